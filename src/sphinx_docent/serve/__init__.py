"""Shows a built site in the browser: ``python -m sphinx_docent.serve FOLDER``. Needs no Sphinx.

The doors: :func:`.listening.open_server` opens the port, and :func:`.lookup.find` decides what a
request is answered with.
"""
