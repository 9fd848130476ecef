"""Executes finished notebooks as a reader's machine would, and remembers which ran.

The door is :class:`.runs.NotebookRuns`. Needs the extra ``notebooks``.
"""
