"""An entry of the cache comes back as it was stored, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.cache_entries import rewrite, split

from sphinx_docent.cache.entry import digest
from sphinx_docent.cache.page_writer import write_files
from sphinx_docent.cache.store import Cache
from sphinx_docent.files import write_whole
from sphinx_docent.model import Message, Result, Status

KEY = "ab" * 32
RESULT = Result(Status.PASSED, 1.5, 2048, messages=(Message("careful", "a", "b", "here:3"),))


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    """A cache with one entry, of the tutorial ``plot``."""
    page = tmp_path / "page"
    for name in ("plot.py", "plot.rst", "images/sphx_glr_plot_001.png"):
        write_whole(page / name, name.encode())
    cache = Cache(tmp_path / "cache")
    cache.store(KEY, RESULT, page, [path for path in sorted(page.rglob("*")) if path.is_file()])
    return cache


def entry_of(cache: Cache) -> Path:
    (entry,) = (cache.folder / KEY[:2]).iterdir()
    return entry


def load(cache: Cache, key: str, stem: str) -> tuple[Result, dict[str, bytes]] | None:
    """What a build gets of a key."""
    for record in cache.entries(key, stem):
        files = cache.read(record)
        if files is not None:
            return record.header.result, files
    return None


def edit(cache: Cache, change: Callable[[dict[str, Any]], object]) -> None:
    """Change an entry's first line as somebody would who knows how it is sealed."""
    rewrite(entry_of(cache), change)


def rename_first(data: dict[str, Any], name: str) -> None:
    first, *others = data["files"].items()
    data["files"] = dict([(name, first[1]), *others])


def test_what_was_stored_comes_back(kept: Cache, tmp_path: Path) -> None:
    entry = load(kept, KEY, "plot")
    assert entry is not None
    assert entry[0] == RESULT
    write_files(entry[1], tmp_path / "new")
    assert (tmp_path / "new/images/sphx_glr_plot_001.png").read_bytes().endswith(b"001.png")
    assert (tmp_path / "new/plot.rst").read_bytes() == b"plot.rst"


def test_a_file_that_is_there_already_is_not_touched(kept: Cache, tmp_path: Path) -> None:
    entry = load(kept, KEY, "plot")
    assert entry is not None
    page = tmp_path / "page/plot.rst"
    os.utime(page, (1, 1))
    write_files(entry[1], tmp_path / "page")
    assert page.stat().st_mtime == 1


def test_storing_leaves_nothing_but_the_entry(kept: Cache) -> None:
    assert [path.name for path in kept.folder.iterdir()] == [KEY[:2]]
    assert [path.name[:65] for path in (kept.folder / KEY[:2]).iterdir()] == [f"{KEY}-"]


def test_other_keys_and_other_tutorials_have_no_entry(kept: Cache) -> None:
    assert load(kept, "cd" * 32, "plot") is None
    assert load(kept, KEY, "other") is None


@pytest.mark.parametrize(
    "name",
    [
        "../plot.py",
        "/plot.py",
        "images/../../plot.py",
        "images/thumb/../plot.py",
        "deep/er/plot.py",
        "plot",
        "other.py",
        "plot.py/../../x",
        "plot.\\..\\x",
        "images/",
        "",
    ],
)
def test_a_name_that_is_not_the_tutorials_own_is_refused(kept: Cache, name: str) -> None:
    edit(kept, lambda data: rename_first(data, name))
    assert load(kept, KEY, "plot") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(format=99),
        lambda data: data.update(key="cd" * 32),
        lambda data: data.pop("files"),
        lambda data: data.update(files=[]),
        lambda data: data["files"].pop("plot.rst"),
        lambda data: data.update(files={"plot.py": 1, "plot.rst": 2}),
        lambda data: data["files"].update({"plot.py": [7, "0" * 64]}),
        lambda data: data["files"]["plot.py"].insert(0, -7),
        lambda data: data["files"].update({"plot.py": [-7, data["files"]["plot.py"][1]]}),
        lambda data: data["files"].update({"plot.py": ["7", data["files"]["plot.py"][1]]}),
        lambda data: data.update(inputs={"files": {"a": 1}, "folders": {}, "distributions": {}}),
        lambda data: data.update(inputs=None),
        lambda data: data["result"].update(status="wonderful"),
        lambda data: data["result"].update(status="failed"),
        lambda data: data["result"].update(seconds="long"),
        lambda data: data["result"].update(peak_memory=float("inf")),
        lambda data: data["result"].update(messages=[{"text": "only"}]),
        lambda data: data["result"].update(messages=[1]),
    ],
    ids=range(18),
)
def test_a_damaged_manifest_is_refused(kept: Cache, change: Callable[[Any], object]) -> None:
    edit(kept, change)
    assert load(kept, KEY, "plot") is None


def test_a_first_line_that_was_edited_is_refused(kept: Cache) -> None:
    entry = entry_of(kept)
    entry.write_bytes(entry.read_bytes().replace(b"1.5", b"1.6", 1))
    assert load(kept, KEY, "plot") is None


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "\0", "[" * 100_000, '{"format": 1}'])
def test_a_first_line_that_is_none_is_refused(kept: Cache, text: str) -> None:
    entry = entry_of(kept)
    entry.write_bytes(text.encode() + b"\n" + split(entry)[1])
    assert load(kept, KEY, "plot") is None
    entry.write_text(text)
    assert load(kept, KEY, "plot") is None


@pytest.mark.parametrize("damage", ["flip", "truncate", "extend", "remove", "folder", "link"])
def test_a_damaged_entry_is_refused(kept: Cache, damage: str, tmp_path: Path) -> None:
    (record,) = kept.entries(KEY, "plot")
    entry = entry_of(kept)
    data = entry.read_bytes()
    entry.unlink()
    if damage == "flip":
        entry.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "truncate":
        entry.write_bytes(data[:-1])
    elif damage == "extend":
        entry.write_bytes(data + b"x")
    elif damage == "folder":
        entry.mkdir()
    elif damage == "link":  # though it leads to the right bytes
        (tmp_path / "elsewhere").write_bytes(data)
        entry.symlink_to(tmp_path / "elsewhere")
    assert load(kept, KEY, "plot") is None
    assert kept.read(record) is None


def test_an_entry_is_replaced_whole(kept: Cache, tmp_path: Path) -> None:
    write_whole(tmp_path / "page/plot.rst", b"new")
    kept.store(KEY, RESULT, tmp_path / "page", sorted((tmp_path / "page").glob("plot.*")))
    entry = load(kept, KEY, "plot")
    assert entry is not None
    assert entry[1] == {"plot.py": b"plot.py", "plot.rst": b"new"}


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.mkdir()
    with pytest.raises(OSError, match=r"[Dd]irectory|not permitted"):
        write_whole(place, b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_key_does_not_depend_on_the_order_of_its_parts() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})
