"""All tasks."""

from __future__ import annotations

from invoke import Collection

from .adopting import adopt
from .caching import cache
from .cleaning import clean
from .deploying import deploy
from .freezing import freeze
from .listing import tutorials
from .serving import serve

ns = Collection(serve, freeze, deploy, cache, tutorials, clean, adopt)
