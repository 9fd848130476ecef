"""What the keys of the latest results of each tutorial were made from, to say why there is none.

A key hides what it was made from. So that is kept beside the results, by name: settings of all
tutorials once, and what is a tutorial's own with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .entry import digest
from .keys import KeyParts, Parts
from .store import Cache

NAME = "variants.json"
_MOST = 8
"""Results that are remembered of each tutorial."""


class Variants:
    """What is known of the results of all tutorials.

    :param shared: parts of keys that tutorials have in common, by their digest.
    :param tutorials: by path: of each result, the latest first, the digest of its shared parts,
        and its own.
    """

    def __init__(
        self, shared: dict[str, Parts], tutorials: dict[str, list[tuple[str, Parts]]]
    ) -> None:
        self._shared = shared
        self._tutorials = tutorials
        self._digests: dict[int, str] = {}
        self.has_changed = False

    def add(self, path: str, parts: KeyParts) -> None:
        """Remember a result."""
        found = self._digest(parts.shared)
        self._shared[found] = parts.shared
        others = [entry for entry in self._tutorials.get(path, ()) if entry != (found, parts.own)]
        self._tutorials[path] = [(found, parts.own), *others][:_MOST]
        self.has_changed = True

    def difference(self, path: str, parts: KeyParts) -> str | None:
        """What is not as in the most similar result, in words; ``None`` if there is none."""
        nearest: list[str] | None = None
        for found, own in self._tutorials.get(path, ()):
            before = {**self._shared.get(found, {}), **own}
            now = {**parts.shared, **parts.own}
            differing = [
                _in_words(name, before.get(name), now.get(name))
                for name in [*now, *(name for name in before if name not in now)]
                if before.get(name) != now.get(name)
            ]
            if nearest is None or len(differing) < len(nearest):
                nearest = differing
        if nearest is None:
            return None
        return min(nearest, key=_SPECIFIC, default="its result is no longer in the cache")

    def merged(self, others: Variants) -> Variants:
        """These, and those of others that are not among them."""
        tutorials = {
            path: [*self._tutorials.get(path, ()), *entries]
            for path, entries in others._tutorials.items()
        }
        merged = {**self._tutorials, **tutorials}
        unique = {
            path: [entry for place, entry in enumerate(entries) if entry not in entries[:place]]
            for path, entries in merged.items()
        }
        return Variants(
            {**others._shared, **self._shared},
            {path: entries[:_MOST] for path, entries in unique.items()},
        )

    def to_json(self) -> bytes:
        """What :func:`read_variants` reads."""
        used = {found for entries in self._tutorials.values() for found, _ in entries}
        shared = {found: parts for found, parts in self._shared.items() if found in used}
        return json.dumps({"shared": shared, "tutorials": self._tutorials}).encode()

    def _digest(self, shared: Parts) -> str:
        if id(shared) not in self._digests:
            self._digests[id(shared)] = digest(shared)
        return self._digests[id(shared)]


def load_variants(cache: Cache) -> Variants:
    """What the cache knows."""
    known = Variants({}, {})
    for data in cache.metadata(NAME):
        known = read_variants(data).merged(known)
    return known


def save_variants(cache: Cache, variants: Variants) -> None:
    """Keep it; others may have added to it meanwhile."""
    if variants.has_changed:
        cache.write_metadata(NAME, variants.merged(load_variants(cache)).to_json())


def read_variants(data: bytes) -> Variants:
    """What :meth:`Variants.to_json` wrote; nothing where this is something else."""
    try:
        found = json.loads(data)
        return Variants(
            {str(name): _parts(parts) for name, parts in found["shared"].items()},
            {
                str(path): [(str(shared), _parts(own)) for shared, own in entries]
                for path, entries in found["tutorials"].items()
            },
        )
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return Variants({}, {})


def _parts(data: Mapping[Any, Any]) -> Parts:
    return {str(name): None if part is None else str(part) for name, part in data.items()}


def _SPECIFIC(words: str) -> bool:  # noqa: N802
    return not words.startswith("`")


def _in_words(name: str, before: str | None, now: str | None) -> str:
    kind, _, rest = name.partition(" ")
    if kind in ("setting", "declared") and rest:
        verb = "is gone" if now is None else "is new" if before is None else "changed"
        return f"`{rest}` {verb}"
    words = {
        "source": "changed",
        "page": "its page has another name",
        "requires": "its requirements changed",
        "expected to fail": "whether it is expected to fail changed",
        "conf.py": "what `conf.py` sets for tutorials changed",
        "python": f"Python is {now}, was {before}",
    }
    return words.get(name, f"`{name}` is {now or 'gone'}, was {before or 'missing'}")
