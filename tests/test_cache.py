"""A damaged or hostile entry of the cache is no entry, and writes nothing anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_docent.cache import Cache, digest, put
from sphinx_docent.files import write_whole
from sphinx_docent.model import Message, Result, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Site

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
    (entry,) = (cache.folder / KEY[:2] / KEY).iterdir()
    return entry


def load(cache: Cache, key: str, stem: str) -> tuple[Result, dict[str, bytes]] | None:
    """What a build gets of a key."""
    for record in cache.records(key, stem):
        files = cache.read(record)
        if files is not None:
            return record.result, files
    return None


def edit(cache: Cache, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a manifest as somebody would who knows how it is sealed."""
    manifest = entry_of(cache) / "manifest.json"
    data = json.loads(manifest.read_bytes())
    change(data)
    manifest.write_text(json.dumps(sealed(data)))


def sealed(data: dict[str, Any]) -> dict[str, Any]:
    body = {name: value for name, value in data.items() if name != "sha256"}
    return {**body, "sha256": digest(body)}


def rename_first(data: dict[str, Any], name: str) -> None:
    first, *others = data["files"].items()
    data["files"] = dict([(name, first[1]), *others])


def test_what_was_stored_comes_back(kept: Cache, tmp_path: Path) -> None:
    entry = load(kept, KEY, "plot")
    assert entry is not None
    assert entry[0] == RESULT
    put(entry[1], tmp_path / "new")
    assert (tmp_path / "new/images/sphx_glr_plot_001.png").read_bytes().endswith(b"001.png")
    assert (tmp_path / "new/plot.rst").read_bytes() == b"plot.rst"


def test_a_file_that_is_there_already_is_not_touched(kept: Cache, tmp_path: Path) -> None:
    entry = load(kept, KEY, "plot")
    assert entry is not None
    page = tmp_path / "page/plot.rst"
    os.utime(page, (1, 1))
    put(entry[1], tmp_path / "page")
    assert page.stat().st_mtime == 1


def test_storing_leaves_nothing_but_the_entry(kept: Cache) -> None:
    assert [path.name for path in kept.folder.iterdir()] == [KEY[:2]]
    assert [path.name for path in (kept.folder / KEY[:2]).iterdir()] == [KEY]


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
        lambda data: data["files"].update({"plot.py": "0" * 64}),
        lambda data: data.update(inputs={"files": {"a": 1}, "folders": {}, "distributions": {}}),
        lambda data: data.update(inputs=None),
        lambda data: data["result"].update(status="wonderful"),
        lambda data: data["result"].update(status="failed"),
        lambda data: data["result"].update(seconds="long"),
        lambda data: data["result"].update(peak_memory=float("inf")),
        lambda data: data["result"].update(messages=[{"text": "only"}]),
        lambda data: data["result"].update(messages=[1]),
    ],
    ids=range(15),
)
def test_a_damaged_manifest_is_refused(kept: Cache, change: Callable[[Any], object]) -> None:
    edit(kept, change)
    assert load(kept, KEY, "plot") is None


def test_a_manifest_that_was_edited_is_refused(kept: Cache) -> None:
    manifest = entry_of(kept) / "manifest.json"
    manifest.write_text(manifest.read_text().replace("1.5", "1.6"))
    assert load(kept, KEY, "plot") is None


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "\0", "[" * 100_000, '{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(kept: Cache, text: str) -> None:
    (entry_of(kept) / "manifest.json").write_text(text)
    assert load(kept, KEY, "plot") is None


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "folder"])
@pytest.mark.parametrize("file", ["0", "1", "2"])
def test_a_damaged_file_is_refused(kept: Cache, damage: str, file: str) -> None:
    path = entry_of(kept) / file
    data = path.read_bytes()
    path.unlink()
    if damage == "flip":
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    elif damage == "truncate":
        path.write_bytes(data[:-1])
    elif damage == "folder":
        path.mkdir()
    assert load(kept, KEY, "plot") is None


def test_a_link_is_refused_even_if_it_leads_to_the_right_bytes(kept: Cache, tmp_path: Path) -> None:
    path = entry_of(kept) / "0"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert load(kept, KEY, "plot") is None


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


def test_a_damaged_cache_is_executed_again_and_writes_nowhere_else(site: Site) -> None:
    names = ["flipped", "hollow", "hostile", "linked", "sound", "truncated"]
    for name in names:
        site.tutorial(name)
    cache = site.root / "cache"
    option = ("-D", f"docent_cache={cache}", "-D", "docent_execute=all")
    assert site.build(*option).runs == names
    for manifest in cache.glob("*/*/*/manifest.json"):
        data = json.loads(manifest.read_bytes())
        index, page = next(
            (i, Path(name)) for i, name in enumerate(data["files"]) if name.endswith(".rst")
        )
        file = manifest.parent / str(index)
        content = file.read_bytes()
        if page.stem == "flipped":
            file.write_bytes(content.replace(b"about", b"bloat"))
        elif page.stem == "hollow":
            data["files"] = {}
        elif page.stem == "truncated":
            file.write_bytes(content[: len(content) // 2])
        elif page.stem == "hostile":
            (manifest.parent / str(len(data["files"]))).write_bytes(b"evil")
            data["files"]["../../hostile.evil"] = hashlib.sha256(b"evil").hexdigest()
        elif page.stem == "linked":
            file.rename(site.root / "target")
            file.symlink_to(site.root / "target")
        manifest.write_text(json.dumps(sealed(data)))
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
    assert not list(site.root.rglob("hostile.evil"))
