"""An entry of the cache that is not what was stored is executed again, and harms nothing.

``DOCENT_DAMAGES=2000`` tries more bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Build, Site
from tests.engine import contents, differences

from sphinx_docent.cache import Cache, digest

DAMAGES = int(os.environ.get("DOCENT_DAMAGES", "300"))
SEED = 4


def cache_of(site: Site) -> Path:
    return site.docs / "_build" / "docent" / "cache"


def entry_of(site: Site, stem: str) -> Path:
    """The entry of the executed page of a tutorial."""
    (place,) = (
        manifest.parent
        for manifest in cache_of(site).glob("*/*/*/manifest.json")
        if not manifest.parent.is_symlink()
        and (data := manifest.read_bytes()).startswith(b"{")
        and f"{stem}.rst" in json.loads(data)["files"]
    )
    return place


def rewrite(place: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a manifest as one would who knows how its digest is made."""
    body = json.loads((place / "manifest.json").read_bytes())
    del body["sha256"]
    change(body)
    (place / "manifest.json").write_text(json.dumps({**body, "sha256": digest(body)}))


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


def test_every_byte_of_the_manifest_counts(filled: Site, tmp_path: Path) -> None:
    copy = tmp_path / "cache"
    shutil.copytree(cache_of(filled), copy)
    place = copy / entry_of(filled, "hit").relative_to(cache_of(filled))
    cache, key = Cache(copy), place.parent.name
    whole = (place / "manifest.json").read_bytes()
    numbers = random.Random(SEED)
    assert len(list(cache.records(key, "hit"))) == 1
    for position in range(len(whole)):
        for value in {whole[position] ^ 1 << numbers.randrange(8), *b" \t0"} - {whole[position]}:
            changed = whole[:position] + bytes([value]) + whole[position + 1 :]
            (place / "manifest.json").write_bytes(changed)
            assert not list(cache.records(key, "hit")), (position, whole[position], value)
    for length in range(len(whole)):
        (place / "manifest.json").write_bytes(whole[:length])
        assert not list(cache.records(key, "hit"))


def test_every_byte_of_a_file_counts(filled: Site, tmp_path: Path) -> None:
    copy = tmp_path / "cache"
    shutil.copytree(cache_of(filled), copy)
    place = copy / entry_of(filled, "hit").relative_to(cache_of(filled))
    cache = Cache(copy)
    (record,) = cache.records(place.parent.name, "hit")
    assert cache.read(record) is not None
    files = sorted(path for path in place.iterdir() if path.name.isdigit())
    numbers = random.Random(SEED)
    for _ in range(DAMAGES):
        file = numbers.choice(files)
        whole = file.read_bytes()
        position = numbers.randrange(len(whole))
        value = whole[position] ^ 1 << numbers.randrange(8)
        file.write_bytes(whole[:position] + bytes([value]) + whole[position + 1 :])
        assert cache.read(record) is None
        file.write_bytes(whole[:position])
        assert cache.read(record) is None
        file.write_bytes(whole + b"x")
        assert cache.read(record) is None
        file.write_bytes(whole)
    assert cache.read(record) is not None


def flip(place: Path) -> None:
    file = place / "0"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def remove(place: Path) -> None:
    (place / "1").unlink()


def empty(place: Path) -> None:
    (place / "manifest.json").write_bytes(b"")


def folder_instead(place: Path) -> None:
    (place / "0").unlink()
    (place / "0").mkdir()


def link_file(place: Path) -> None:
    target = place.parents[6] / f"file-{place.parent.name}"
    target.write_bytes((place / "0").read_bytes())
    (place / "0").unlink()
    (place / "0").symlink_to(target)


def link_entry(place: Path) -> None:
    target = place.parents[6] / f"entry-{place.parent.name}"
    place.rename(target)
    place.symlink_to(target, target_is_directory=True)


def link_key(place: Path) -> None:
    target = place.parents[6] / f"key-{place.parent.name}"
    place.parent.rename(target)
    place.parent.symlink_to(target, target_is_directory=True)


def named(name: str) -> Callable[[Path], None]:
    """An entry whose first file goes elsewhere."""

    def change(body: dict[str, Any]) -> None:
        first = next(iter(body["files"]))
        mine = name.replace("hit", first.partition(".")[0])
        body["files"] = {
            (mine if old == first else old): sha256 for old, sha256 in body["files"].items()
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
    (place / "manifest.json").write_bytes(b"[" * 100_000)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a byte changed": flip,
    "a file removed": remove,
    "an empty manifest": empty,
    "a folder instead of a file": folder_instead,
    "a link to a file": link_file,
    "a link to an entry": link_entry,
    "a link to all entries": link_key,
    "a deep manifest": nested,
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
    (outside / "mine").mkdir(parents=True)
    (outside / "mine" / "manifest.json").write_text("{}")
    (outside / "mine" / "letters.txt").write_text("x" * 3_000_000)
    (cache_of(damaged) / "00").mkdir(exist_ok=True)
    (cache_of(damaged) / "00" / "key").symlink_to(outside, target_is_directory=True)
    (cache_of(damaged) / "01").symlink_to(outside.parent, target_is_directory=True)
    Cache(cache_of(damaged)).prune(1000)
    assert (outside / "mine" / "letters.txt").is_file()
    assert (outside / "mine" / "manifest.json").is_file()


def test_what_was_not_used_for_longest_goes_first(damaged: Site) -> None:
    cache = Cache(cache_of(damaged))
    entries = sorted(cache_of(damaged).glob("*/*/*/manifest.json"))
    for age, manifest in enumerate(entries):
        os.utime(manifest, (1_000_000 - age, 1_000_000 - age))
    size = sum(path.stat().st_size for path in entries[0].parent.iterdir())
    cache.prune(size)
    assert sorted(cache_of(damaged).glob("*/*/*/manifest.json")) == entries[:1]
    assert len(build(damaged).runs) == len(entries) - 1


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
