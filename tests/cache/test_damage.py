"""An entry of the cache that is not what was stored is executed again, and harms nothing.

``DOCENT_DAMAGES=2000`` tries more bytes.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.engine import contents, differences, rewrite, split
from tests.helpers.sites import Build, Site

from sphinx_docent.cache.store import Cache

DAMAGES = int(os.environ.get("DOCENT_DAMAGES", "300"))
SEED = 4


def cache_of(site: Site) -> Path:
    return site.docs / "_build" / "docent" / "cache"


def entry_of(site: Site, stem: str) -> Path:
    """The entry of the executed page of a tutorial."""
    (place,) = (
        entry
        for entry in cache_of(site).glob("*/*")
        if entry.is_file()
        and not entry.is_symlink()
        and f'"{stem}.rst"'.encode() in entry.read_bytes().partition(b"\n")[0]
    )
    return place


def build(site: Site) -> Build:
    done = site.build("-D", "docent_execute=all", builder="dummy")
    assert done.code == 0, done.output
    return done


@pytest.fixture(scope="module")
def filled(make_site: Callable[[], Site]) -> Site:
    """A site that was built once."""
    site = make_site()
    for name in ("hit", "other"):
        site.tutorial(name)
    build(site)
    return site


@pytest.fixture
def damaged(site: Site, filled: Site) -> Site:
    """A copy of it, to be damaged, in which nothing else was built."""
    shutil.rmtree(site.root)
    shutil.copytree(filled.root, site.root)
    shutil.rmtree(site.docs / "gallery")
    return site


def test_every_byte_of_the_first_line_counts(filled: Site, tmp_path: Path) -> None:
    copy = tmp_path / "cache"
    shutil.copytree(cache_of(filled), copy)
    place = copy / entry_of(filled, "hit").relative_to(cache_of(filled))
    cache, key = Cache(copy), place.name.partition("-")[0]
    line, _, data = place.read_bytes().partition(b"\n")
    numbers = random.Random(SEED)
    assert len(list(cache.entries(key, "hit"))) == 1
    for position in range(len(line)):
        for value in {line[position] ^ 1 << numbers.randrange(8), *b" \t0\n"} - {line[position]}:
            changed = line[:position] + bytes([value]) + line[position + 1 :]
            place.write_bytes(changed + b"\n" + data)
            assert not list(cache.entries(key, "hit")), (position, line[position], value)
    for length in range(len(line) + 1):
        place.write_bytes(line[:length])
        assert not list(cache.entries(key, "hit"))


def test_every_byte_of_a_file_counts(filled: Site, tmp_path: Path) -> None:
    copy = tmp_path / "cache"
    shutil.copytree(cache_of(filled), copy)
    place = copy / entry_of(filled, "hit").relative_to(cache_of(filled))
    cache = Cache(copy)
    (record,) = cache.entries(place.name.partition("-")[0], "hit")
    assert cache.read(record) is not None
    whole = place.read_bytes()
    numbers = random.Random(SEED)
    for _ in range(DAMAGES):
        position = numbers.randrange(record.header.size, len(whole))
        value = whole[position] ^ 1 << numbers.randrange(8)
        place.write_bytes(whole[:position] + bytes([value]) + whole[position + 1 :])
        assert cache.read(record) is None
        place.write_bytes(whole[:position])
        assert cache.read(record) is None
        place.write_bytes(whole + b"x")
        assert cache.read(record) is None
    place.write_bytes(whole)
    assert cache.read(record) is not None


def flip(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[-100] ^= 1
    place.write_bytes(data)


def shorten(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-1])


def empty(place: Path) -> None:
    place.write_bytes(b"")


def folder_instead(place: Path) -> None:
    place.unlink()
    place.mkdir()


def link_entry(place: Path) -> None:
    target = place.parents[5] / f"entry-{place.name}"
    place.rename(target)
    place.symlink_to(target)


def link_part(place: Path) -> None:
    target = place.parents[5] / f"part-{place.parent.name}"
    place.parent.rename(target)
    place.parent.symlink_to(target, target_is_directory=True)


def named(name: str) -> Callable[[Path], None]:
    """An entry whose first file goes elsewhere."""

    def change(body: dict[str, Any]) -> None:
        first = next(iter(body["files"]))
        mine = name.replace("hit", first.partition(".")[0])
        body["files"] = {
            (mine if old == first else old): value for old, value in body["files"].items()
        }

    return lambda place: rewrite(place, change)


def altered(**values: object) -> Callable[[Path], None]:
    def change(body: dict[str, Any]) -> None:
        body["result"].update(values)

    return lambda place: rewrite(place, change)


def inputs(**tables: object) -> Callable[[Path], None]:
    def change(body: dict[str, Any]) -> None:
        body["inputs"].update(tables)

    return lambda place: rewrite(place, change)


def nested(place: Path) -> None:
    place.write_bytes(b"[" * 100_000 + b"\n" + split(place)[1])


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a byte changed": flip,
    "a byte missing": shorten,
    "an empty entry": empty,
    "a folder instead of a file": folder_instead,
    "a link to an entry": link_entry,
    "a link to entries": link_part,
    "a deep first line": nested,
    "a name above": named("../hit.rst"),
    "a name far above": named("../../../../hit.rst"),
    "an absolute name": named("/tmp/hit.rst"),
    "another page": named("other.rst"),
    "another folder": named("images/../hit.rst"),
    "a name with a backslash": named("..\\hit.rst"),
    "a name with a null": named("hit.\0rst"),
    "a name of a folder": named("images/"),
    "no name": named(""),
    "an odd status": altered(status="splendid"),
    "a failed status": altered(status="failed"),
    "no number": altered(seconds="many"),
    "an endless number": altered(peak_memory=float("inf")),
    "odd messages": altered(messages=[{"text": 1, "more": 2}]),
    "an input far above": inputs(files={"../../../etc/passwd": None}),
    "an input that never ends": inputs(files={"/dev/zero": None}),
    "an input with a null": inputs(files={"a\0b": "x"}),
    "a folder with a null": inputs(folders={"a\0b": "x"}),
    "an odd distribution": inputs(distributions={"": "1"}),
    "inputs that are a list": inputs(files=["a"]),
}


@pytest.fixture(scope="module")
def after_damage(make_site: Callable[[], Site]) -> tuple[Site, Build, list[str]]:
    """A build after each tutorial's entry was damaged in its own way; what it wrote elsewhere."""
    site = make_site()
    site.tutorial("other")
    for number in range(len(DAMAGE)):
        site.tutorial(f"hit{number:02}")
    build(site)
    shutil.rmtree(site.docs / "gallery")
    for number, damage in enumerate(DAMAGE.values()):
        damage(entry_of(site, f"hit{number:02}"))
    generated = ("site/docs/gallery", "site/docs/_build", "site/runs.log", "site/docs/sg_execution")
    before = contents(site.root.parent, *generated)
    done = build(site)
    return site, done, differences(before, contents(site.root.parent, *generated))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_executed_again(
    after_damage: tuple[Site, Build, list[str]], damage: str
) -> None:
    site, done, _ = after_damage
    stem = f"hit{list(DAMAGE).index(damage):02}"
    assert done.tutorial(stem)["status"] == "passed"
    assert stem in done.runs
    assert f"output of {stem}" in (site.docs / "gallery" / f"{stem}.rst").read_text()


def test_nothing_is_written_elsewhere(after_damage: tuple[Site, Build, list[str]]) -> None:
    _, done, elsewhere = after_damage
    assert elsewhere == []
    assert "other" not in done.runs


def test_damaged_entries_are_replaced(after_damage: tuple[Site, Build, list[str]]) -> None:
    assert build(after_damage[0]).runs == []


def test_pruning_removes_nothing_outside(damaged: Site) -> None:
    outside = damaged.root.parent / "outside"
    outside.mkdir()
    (outside / "letters.txt").write_text("x" * 3_000_000)
    (cache_of(damaged) / "00").mkdir(exist_ok=True)
    (cache_of(damaged) / "00" / "key").symlink_to(outside / "letters.txt")
    (cache_of(damaged) / "01").symlink_to(outside, target_is_directory=True)
    Cache(cache_of(damaged)).prune(1000)
    assert (outside / "letters.txt").is_file()


def test_what_was_not_used_for_longest_goes_first(damaged: Site) -> None:
    cache = Cache(cache_of(damaged))
    entries = sorted(cache_of(damaged).glob("*/*"))
    for age, entry in enumerate(entries):
        os.utime(entry, (1_000_000 - age, 1_000_000 - age))
    cache.prune(entries[0].stat().st_size)
    assert sorted(cache_of(damaged).glob("*/*")) == entries[:1]
    assert len(build(damaged).runs) == len(entries) - 1


def test_drafts_of_builds_that_were_killed_go(damaged: Site) -> None:
    part = next(path for path in cache_of(damaged).iterdir() if path.is_dir())
    for name, age in (("old", 7200), ("young", 60)):
        (part / f".new-{name}").touch()
        os.utime(part / f".new-{name}", (time.time() - age,) * 2)
    Cache(cache_of(damaged)).prune(10**9)
    assert [path.name for path in part.glob(".new-*")] == [".new-young"]


def test_a_file_is_never_written_through_a_link(damaged: Site) -> None:
    """A page whose place is a link to elsewhere."""
    victim = damaged.root.parent / "victim.txt"
    victim.write_text("precious")
    gallery = damaged.docs / "gallery"
    gallery.mkdir()
    (gallery / "hit.rst").symlink_to(victim)
    assert build(damaged).runs == []
    assert victim.read_text() == "precious"
    assert hashlib.sha256(victim.read_bytes()).hexdigest()
