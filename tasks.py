"""What a person does beside building: serve, freeze, deploy, list tutorials, clean."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"tasks.py: Python {sys.version_info[0]}.{sys.version_info[1]} is not supported:"
        " run invoke with Python 3.11 or newer\n"
    )
    raise SystemExit(2)

from automation.caching import cache
from automation.cleaning import clean
from automation.deploying import deploy
from automation.freezing import freeze
from automation.listing import tutorials
from automation.serving import serve
from invoke import Collection

ns = Collection(serve, freeze, deploy, cache, tutorials, clean)
