"""Shows a built site in the browser: ``python -m sphinx_docent.serve FOLDER``. Needs no Sphinx."""
