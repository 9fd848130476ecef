"""The Sphinx builders that this extension adds: ``precheck``, ``notebooks`` and ``tutorials``.

Each is one module with the builder's name.
"""
