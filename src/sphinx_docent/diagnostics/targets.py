"""A digest of everything that a reference can lead to.

While it stays the same, a page that was not edited resolves as it did before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def targets_digest(env: BuildEnvironment) -> str:
    """SHA-256 of all pages, objects, labels, citations and equations."""
    rows = [f"page {page}" for page in env.all_docs]
    for domain in env.domains.sorted():
        rows.extend(
            f"{domain.name} {name} {kind} {page} {anchor}"
            for name, _, kind, page, anchor, _ in domain.get_objects()
        )
        for table in ("anonlabels", "labels", "citations", "equations"):
            entries = domain.data.get(table, {})
            # A domain of another extension may keep under this name what it likes.
            pairs = entries.items() if isinstance(entries, Mapping) else enumerate(entries or ())
            rows.extend(f"{domain.name} {table} {name} {entry}" for name, entry in pairs)
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
