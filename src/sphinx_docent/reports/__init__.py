"""Tells people and programs what a build did: console, progress, JSON, JUnit, timeline."""
