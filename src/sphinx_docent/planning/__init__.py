"""Decides what a build does with each tutorial. Pure: it looks at nothing itself.

The door is :func:`.plan.make_plan`.
"""
