"""Where results are kept, and how it is decided that one still holds.

The doors: :func:`.backends.open_cache` gives a :class:`.store.Cache`, :class:`.keys.CacheKeys`
names what it keeps, and :class:`.inputs.Inputs` is what a tutorial was observed to use.
``python -m sphinx_docent.cache`` looks after a cache.
"""
