"""Puts a built site on a branch of a git repository: ``python -m sphinx_docent.deploy``.

The door is :func:`.deployment.deploy`: what a deployment does, in order. What is decided is decided
by functions without effects: where things go (:mod:`.layout`, :mod:`.versions`), what stands there
(:mod:`.version_files`, :mod:`.shared_files`), what differs from the branch (:mod:`.changes`), and
whether it may go out (:mod:`.completeness`, :mod:`.link_check`). Nothing here needs Sphinx.
"""
