"""Everything that knows sphinx-gallery: the only package that imports it.

Finds the scripts, has their pages written, and hands finished pages over in the form in which
sphinx-gallery keeps its own.
"""
