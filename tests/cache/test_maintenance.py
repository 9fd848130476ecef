"""``invoke cache``: what is kept is shown, checked, merged and removed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sphinx_docent.cache.__main__ import main
from sphinx_docent.cache.durations import load_durations
from sphinx_docent.cache.entry_files import entry_files
from sphinx_docent.cache.inputs import Inputs
from sphinx_docent.cache.store import Cache
from sphinx_docent.files import write_whole
from sphinx_docent.model import Result, Status

KEYS = {name: f"{index:02x}" * 32 for index, name in enumerate(("a", "b", "c"))}


def fill(state: Path, *names: str) -> Path:
    """A cache with an entry of a mebibyte for each name."""
    cache = Cache(state / "cache")
    for name in names:
        page = state.parent / "pages" / name
        for ending, data in ((".py", b"code"), (".rst", b"x" * 2**20)):
            write_whole(page / f"{name}{ending}", data)
        inputs = Inputs({"repo:data.csv": None})
        cache.store(KEYS[name], Result(Status.PASSED, 1.5), page, sorted(page.iterdir()), inputs)
    cache.write_metadata("durations.json", json.dumps(dict.fromkeys(names, 1.5)).encode())
    return state / "cache"


def entry(folder: Path, name: str) -> Path:
    (place,) = folder.glob(f"*/{KEYS[name]}-*")
    return place


def damage(folder: Path, name: str) -> Path:
    place = entry(folder, name)
    place.write_bytes(place.read_bytes()[:-1] + b"y")
    return place


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str], str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_size_entries_and_the_last_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "state", "a", "b")
    assert run(capsys, tmp_path / "state") == (
        0,
        [f"{folder}: 2 entries, 2.0 MiB", "last build: none known"],
        "",
    )
    used = {"folder": str(folder), "remote": None, "hits": 7, "misses": 2, "problem": None}
    (tmp_path / "state" / "report.json").write_text(json.dumps({"cache": used}))
    assert run(capsys, tmp_path / "state")[1][1] == "last build: 7 hits, 2 misses"
    used |= {"remote": "s3://bucket/x", "fetched": 5, "problem": "PermissionError: Forbidden"}
    (tmp_path / "state" / "report.json").write_text(json.dumps({"cache": used}))
    assert run(capsys, tmp_path / "state")[1][1:] == [
        "last build: 7 hits, 5 of them from s3://bucket/x, 2 misses",
        "last build: trouble with s3://bucket/x: PermissionError: Forbidden",
    ]


def test_nothing_is_there_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, tmp_path / "state", "--verify", "--prune")
    assert code == 0
    assert said[-2] == f"{tmp_path / 'state' / 'cache'}: 0 entries, 0.0 MiB"


def test_what_is_damaged_is_found_and_removed_only_if_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "state", "a", "b", "c")
    bad = damage(folder, "b")
    code, said, _ = run(capsys, tmp_path / "state", "--verify")
    assert code == 1
    assert said[:2] == [f"damaged: {bad}", "verified: 1 damaged"]
    assert bad.exists()
    code, said, _ = run(capsys, tmp_path / "state", "--verify", "--prune")
    assert code == 0
    assert said[0] == f"damaged, removed: {bad}"
    assert not bad.exists()
    assert len(entry_files(folder)) == 2


def test_an_entry_under_a_wrong_name_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "state", "a")
    place = entry(folder, "a")
    place.rename(place.with_name(place.name[:-1] + ("0" if place.name[-1] != "0" else "1")))
    assert run(capsys, tmp_path / "state", "--verify")[0] == 1


def test_pruning_removes_what_was_not_used_for_longest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "state", "a", "b", "c")
    os.utime(entry(folder, "b"), (1, 1))
    code, said, _ = run(capsys, tmp_path / "state", "--prune", "--size", "2.5")
    assert (code, said[0]) == (0, "pruned: 1 entry, 1.0 MiB")
    assert [place.name[:64] for place in entry_files(folder)] == [KEYS["a"], KEYS["c"]]
    run(capsys, tmp_path / "state", "--prune", "--size", "0")
    assert entry_files(folder) == []


def test_merging_takes_what_is_sound_and_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "state", "a")
    other = fill(tmp_path / "other", "a", "b", "c")
    bad = damage(other, "c")
    code, said, _ = run(capsys, tmp_path / "state", "--merge", other, "--merge", tmp_path / "other")
    assert code == 0
    assert said[:4] == [
        f"merged {other}: 1 taken, 1 known, 1 damaged",
        f"damaged, not taken: {bad}",
        f"merged {other}: 0 taken, 2 known, 1 damaged",
        f"damaged, not taken: {bad}",
    ]
    assert entry(folder, "b").read_bytes() == entry(other, "b").read_bytes()
    assert load_durations(Cache(folder)) == {"a": 1.5, "b": 1.5, "c": 1.5}


def test_merging_mends_what_is_damaged_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(fill(tmp_path / "state", "a"), "a")
    other = fill(tmp_path / "other", "a")
    assert "1 taken" in run(capsys, tmp_path / "state", "--merge", other)[1][0]
    assert run(capsys, tmp_path / "state", "--verify")[0] == 0


def test_links_are_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = fill(tmp_path / "other", "a", "b")
    place = entry(other, "a")
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    entry(other, "b").parent.rename(tmp_path / "part")
    (other / KEYS["b"][:2]).symlink_to(tmp_path / "part", target_is_directory=True)
    assert "0 taken, 0 known" in run(capsys, tmp_path / "state", "--merge", other)[1][0]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--merge", "nowhere"], "cache: --merge nowhere: there is no such folder\n"),
        (["--size", "-1"], "cache: --size is -1: give MiB, 0 or more\n"),
        (["--size", "much"], "cache: argument --size: invalid float value: 'much'\n"),
        (["--purge"], "cache: unrecognized arguments: --purge\n"),
    ],
)
def test_a_wrong_command_is_one_line(
    words: list[str], error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, tmp_path, *words) == (2, [], error)
