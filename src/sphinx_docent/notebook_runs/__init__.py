"""Executes finished notebooks as a reader's machine would, and remembers which ran.

The door is :class:`.runs.NotebookRuns`. What a process of its own does is :mod:`.process`; only
:mod:`.kernel` needs the extra ``notebooks``.
"""
