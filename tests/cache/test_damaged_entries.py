"""A damaged or hostile entry of the cache is no entry, and writes nothing anywhere."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.cache_entries import entry_of, rewrite, split
from tests.helpers.comparing import contents, differences
from tests.helpers.reuse import build
from tests.helpers.sites import Build, Site


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
    "an odd isolation": altered(isolation="none"),
    "an odd observation": altered(observation=["complete"]),
    "processes that are a number": altered(processes=1),
    "odd messages": altered(messages=[{"text": 1, "more": 2}]),
    "an input far above": inputs(files={"../../../etc/passwd": None}),
    "an input that never ends": inputs(files={"/dev/zero": None}),
    "an input with a null": inputs(files={"a\0b": "x"}),
    "a folder with a null": inputs(folders={"a\0b": "x"}),
    "an odd distribution": inputs(distributions={"": "1"}),
    "inputs that are a list": inputs(files=["a"]),
}

NEIGHBOURS = {"another", "other", "third"}


@pytest.fixture(scope="module")
def after_damage(make_site: Callable[[], Site]) -> tuple[Site, Build, list[str]]:
    """A build after each tutorial's entry was damaged in its own way; what it wrote elsewhere."""
    site = make_site()
    for name in NEIGHBOURS:
        site.tutorial(name)
    for number in range(len(DAMAGE)):
        site.tutorial(f"hit{number:02}")
    build(site, builder="pseudoxml")
    shutil.rmtree(site.docs / "gallery")
    for number, damage in enumerate(DAMAGE.values()):
        damage(entry_of(site, f"hit{number:02}"))
    generated = ("site/docs/gallery", "site/docs/_build", "site-runs.log", "site/docs/sg_execution")
    before = contents(site.root.parent, *generated)
    done = build(site, builder="pseudoxml")
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
    assert len(NEIGHBOURS & set(done.runs)) <= 1  # one may lie in the folder that is a link


def test_damaged_entries_are_replaced(after_damage: tuple[Site, Build, list[str]]) -> None:
    assert build(after_damage[0], builder="pseudoxml").runs == []


EVIL = [4, hashlib.sha256(b"evil").hexdigest()]


def test_a_damaged_cache_is_executed_again_and_writes_nowhere_else(site: Site) -> None:
    names = ["flipped", "hollow", "hostile", "linked", "sound", "truncated"]
    for name in names:
        site.tutorial(name)
    cache = site.root / "cache"
    option = ("-D", f"docent_cache={cache}", "-D", "docent_execute=all")
    assert site.build(*option).runs == names
    for entry in cache.glob("*/*"):
        body, data = split(entry)
        stem = next(Path(name).stem for name in body["files"] if name.endswith(".rst"))
        if stem == "flipped":
            entry.write_bytes(entry.read_bytes().replace(b"about", b"bloat"))
        elif stem == "hollow":
            rewrite(entry, lambda body: body["files"].clear())
        elif stem == "truncated":
            entry.write_bytes(entry.read_bytes()[: -len(data) // 2])
        elif stem == "hostile":
            rewrite(entry, lambda body: body["files"].update({"../../x.evil": EVIL}))
            entry.write_bytes(entry.read_bytes() + b"evil")
        elif stem == "linked":
            entry.rename(site.root / "target")
            entry.symlink_to(site.root / "target")
    before = {path for path in site.root.rglob("*") if cache not in path.parents}
    shutil.rmtree(site.docs / "gallery")
    build = site.build(*option)
    assert build.code == 0, build.output
    assert build.runs == [name for name in names if name != "sound"]
    assert build.actions["sound"] == "restore"
    for name in names:
        assert f"output of {name}" in build.text(f"gallery/{name}")
    after = {path for path in site.root.rglob("*") if cache not in path.parents}
    assert after - before <= {site.log}
    assert not list(site.root.rglob("*.evil"))
