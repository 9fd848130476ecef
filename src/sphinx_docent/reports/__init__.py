"""Tells people and programs what a build did: console, progress, JSON, JUnit, timeline, GitHub.

The door is :func:`.report_files.write_reports`; every report is made from one
:class:`.outcome.Outcome`.
"""
