"""Executes tutorials on the workers of a Dask cluster. Needs the extra ``cluster``.

The door is :func:`.executor.execute_on_cluster`. The only package that imports Dask.
"""
