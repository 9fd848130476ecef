"""The cases: each module holds a table ``CASES``."""
