"""Builds small hostile galleries with a plain ``sphinx-build`` and looks at what came of them.

Nothing here imports the package under test: it is seen through its commands and files alone.
"""
