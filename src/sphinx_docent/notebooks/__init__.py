"""Makes a tutorial's notebook from its resolved page.

The door is :func:`.conversion.make_cells`; :mod:`.ipynb` makes the document of the cells. The text
is translated by :mod:`.markdown`, which knows neither Sphinx nor the disk.
"""
