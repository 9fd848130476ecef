"""Puts a built site on a branch of a git repository: ``python -m sphinx_docent.deploy``.

``__main__`` reads the command line, ``commands`` says what to do, ``git`` is the only room that
talks to git. What is decided is decided in between, by functions without effects: ``layout`` and
``versions`` (where things go), ``content`` and ``front`` (what stands there), ``changes`` (what
differs from the branch), ``complete`` and ``links`` (whether it may go out). Nothing here needs
Sphinx.
"""
