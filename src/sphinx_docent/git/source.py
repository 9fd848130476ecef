"""What git knows about the repository of the documentation: commit, files, remotes, committer."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .command import ask_git


@dataclass(frozen=True, slots=True)
class Committer:
    """Who commits."""

    name: str
    mail: str


def head_commit(folder: Path) -> str:
    """The commit that a folder is checked out from.

    :returns: empty outside of a repository, before the first commit, and without git.
    """
    return _answer(folder, "rev-parse", "--verify", "--quiet", "HEAD")


def known_commits(folder: Path) -> frozenset[str]:
    """The commits that a folder's own one comes after, and itself, as far as they are here."""
    return frozenset(_answer(folder, "rev-list", "HEAD").split())


def source_commit(folder: Path) -> str:
    """The same, with ``-dirty`` if tracked files differ."""
    commit = head_commit(folder)
    if commit and _answer(folder, "status", "--porcelain", "--untracked-files=no"):
        return f"{commit}-dirty"
    return commit


def project_files(root: Path) -> list[Path] | None:
    """The files that git knows or would add; ``None`` outside of a repository and without git."""
    names = ask_git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if names is None:
        return None
    return [root / os.fsdecode(name) for name in names.split(b"\0") if name]


def remote_address(remote: str, folder: Path) -> str:
    """The address of a remote.

    :param remote: an address, a path, or the name of a remote of the repository in ``folder``.
    """
    if re.fullmatch(r"[\w.-]+", remote):
        known = _answer(folder, "config", "--get", f"remote.{remote}.url")
        if known:
            return known if _is_url(known) else str(folder / known)
    return remote if _is_url(remote) else str((folder / remote).absolute())


def committer(folder: Path) -> Committer:
    """Who commits; git knows nobody on many a CI machine."""
    found = re.match(r"(.+) <(.+)> \d", _answer(folder, "var", "GIT_COMMITTER_IDENT"))
    if found is None:
        return Committer("sphinx-docent", "sphinx-docent@localhost")
    return Committer(found[1], found[2])


def _answer(folder: Path, *words: str) -> str:
    """What git answers, as text; empty if it does not."""
    return (ask_git(folder, *words) or b"").decode(errors="surrogateescape").strip()


def _is_url(address: str) -> bool:
    """Whether an address is more than a path: with a scheme, or ``host:path`` for ssh."""
    return "://" in address or bool(re.match(r"[^/\\]{2,}:", address))
