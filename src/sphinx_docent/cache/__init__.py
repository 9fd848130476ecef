"""Where results are kept, and how it is decided that one still holds.

The doors: :class:`.store.Cache` keeps entries, :class:`.keys.CacheKeys` names them, and
:class:`.inputs.Inputs` is what a tutorial was observed to use. ``python -m sphinx_docent.cache``
looks after a cache.
"""
