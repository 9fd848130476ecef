"""The tasks of ``invoke``, one module for each; ``tasks.py`` collects them."""
