"""Executes tutorials on the workers of a Dask cluster. Needs the extra ``cluster``.

The doors are :func:`.executor.execute_on_cluster` and :func:`.requirements.missing_on_cluster`. The
build's side speaks with Dask in :mod:`.client` alone; what runs on a machine with a worker is
:mod:`.worker`, called by Dask, and :mod:`.server`, a process beside it. No configuration is
pickled: a worker reads it anew. The only package that imports Dask.
"""
