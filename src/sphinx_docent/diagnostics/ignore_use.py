"""Which builder needs which entry of ``docent_ignored_warnings``, remembered from build to build.

What one builder never complains of, another one may: a precheck executes nothing, and only some
builders write pages.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from ..files import write_whole
from ..model import IgnoredWarning

Uses = dict[str, list[str]]
"""The keys of the entries that each builder needed in its last build, by kind of builder."""


def load_uses(file: Path) -> Uses:
    """What is kept; nothing where the file is absent or damaged."""
    try:
        found = json.loads(file.read_bytes())
        return {str(kind): [str(key) for key in keys] for kind, keys in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def save_uses(file: Path, uses: Uses) -> None:
    """Keep it."""
    write_whole(file, json.dumps(uses).encode())


def with_build(uses: Uses, kind: str, needed: Collection[IgnoredWarning]) -> Uses:
    """What is known after a build.

    :param kind: of its builder.
    :param needed: the entries that it needed.
    """
    return {**uses, kind: sorted(map(_key, needed))}


def unused(
    entries: Sequence[IgnoredWarning], uses: Uses, kinds: Collection[str]
) -> list[IgnoredWarning]:
    """The entries that nobody needs.

    :param kinds: of the builders that must have been heard before that can be said.
    """
    if not uses.keys() >= set(kinds):
        return []
    needed = {key for keys in uses.values() for key in keys}
    return [entry for entry in entries if _key(entry) not in needed]


def _key(entry: IgnoredWarning) -> str:
    return json.dumps([entry.pattern.pattern, entry.file])
