"""What this machine has.

Its doors are :func:`.requirements.missing_here` (devices and packages) and
:func:`.cores.available_cores`.
"""
