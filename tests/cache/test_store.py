"""What the cache gives out is what was stored, byte for byte, and pruning removes nothing else."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.cache_entries import cache_of, entry_of
from tests.helpers.reuse import build
from tests.helpers.sites import Site

from sphinx_docent.cache.store import Cache

DAMAGES = int(os.environ.get("DOCENT_DAMAGES", "300"))
SEED = 4


@pytest.fixture(scope="module")
def filled(make_site: Callable[[], Site]) -> Site:
    """A site that was built once."""
    site = make_site()
    for name in ("hit", "other"):
        site.tutorial(name)
    build(site, builder="pseudoxml")
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
    assert len(build(damaged, builder="pseudoxml").runs) == len(entries) - 1


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
    assert build(damaged, builder="pseudoxml").runs == []
    assert victim.read_text() == "precious"
    assert hashlib.sha256(victim.read_bytes()).hexdigest()
