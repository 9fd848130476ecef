"""The edits that cases are made of. Each returns a function that does it to a site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from ..harness.model import Edit
from ..harness.site import Site

OLD = 1_500_000_000
"""A time of modification before any build."""


def each(*edits: Edit) -> Edit:
    """Several edits that are one change."""

    def edit(site: Site, case: str) -> None:
        for one in edits:
            one(site, case)

    return edit


def on_path(path: str, change: Callable[[Path], object]) -> Edit:
    """Do something with a path of the site."""

    def edit(site: Site, case: str) -> None:
        change(site.path(path, case))

    return edit


def write(path: str, content: str | bytes) -> Edit:
    """Write a file in place, with the time of now."""
    return lambda site, case: site.write(path, content, case)


def write_as_before(path: str, content: str | bytes) -> Edit:
    """Write a file in place, and give it the time that it had (``cp -p``)."""

    def edit(site: Site, case: str) -> None:
        times = site.path(path, case).stat()
        site.write(path, content, case)
        os.utime(site.path(path, case), ns=(times.st_atime_ns, times.st_mtime_ns))

    return edit


def move_in(path: str, content: str | bytes) -> Edit:
    """Replace a file by one that has an old time (``mv``)."""

    def edit(site: Site, case: str) -> None:
        new = site.outside / f"{case}.new"
        site.write(str(new), content, case)
        os.utime(new, (OLD, OLD))
        new.replace(site.path(path, case))

    return edit


def write_again(path: str) -> Edit:
    """Delete a file and write it with the same content."""

    def edit(site: Site, case: str) -> None:
        file = site.path(path, case)
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)

    return edit


def replace(path: str, old: str, new: str) -> Edit:
    """Replace a text that stands in a file once."""

    def edit(site: Site, case: str) -> None:
        file = site.path(path, case)
        text, before = file.read_text(encoding="utf-8"), site.text(old, case)
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times in {file}")
        file.write_text(text.replace(before, site.text(new, case)), encoding="utf-8")

    return edit


def remove(path: str) -> Edit:
    """Remove a file, a link or a folder."""

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    return edit


def rename(path: str, new: str) -> Edit:
    """Rename a file or a folder."""

    def edit(site: Site, case: str) -> None:
        site.path(path, case).rename(site.path(new, case))

    return edit


def make_folder(path: str) -> Edit:
    """Make an empty folder."""
    return on_path(path, lambda place: place.mkdir(parents=True))


def symlink(path: str, target: str) -> Edit:
    """Make a symbolic link, or have it lead elsewhere.

    :param target: as it shall stand in the link.
    """

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(site.text(target, case))

    return edit


def hard_link(path: str, existing: str) -> Edit:
    """Give a file one more name."""
    return lambda site, case: site.path(path, case).hardlink_to(site.path(existing, case))


def touch(path: str, seconds: float | None = None) -> Edit:
    """Set the times of a file, to now if nothing is given."""
    times = None if seconds is None else (seconds, seconds)
    return on_path(path, lambda place: os.utime(place, times))


def mode(path: str, bits: int) -> Edit:
    """Set who may do what with a file."""
    return on_path(path, lambda place: place.chmod(bits))


def variable(**values: str | None) -> Edit:
    """Set environment variables of the builds that follow; ``None`` removes one."""

    def edit(site: Site, case: str) -> None:
        for name, value in values.items():
            key = site.text(name, case)
            site.env.pop(key, None)
            if value is not None:
                site.env[key] = site.text(value, case)

    return edit


def commit(site: Site, _case: str) -> None:
    """Commit what is changed."""
    site.commit()
