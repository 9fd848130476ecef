"""All tasks."""

from __future__ import annotations

from invoke import Collection

from .adopting import adopt
from .caching import cache
from .cleaning import clean
from .container import container, image
from .deploying import deploy
from .freezing import freeze
from .github import comment, issue, pr
from .listing import tutorials
from .serving import serve

ns = Collection(serve, freeze, deploy, cache, tutorials, image, container, clean, adopt)
for said_on_github in (pr, comment, issue):
    ns.add_task(said_on_github)
