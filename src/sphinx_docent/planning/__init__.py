"""Decides what a build does with each tutorial. Pure: it looks at nothing itself.

The door is :func:`.plan.make_plan`; it asks :mod:`.requirements`. :mod:`.selection` says what may
execute, :mod:`.schedule` in which order, and :mod:`.shards` on which of several machines.
"""
