"""What was not used changes nothing; each question is answered once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from tests.helpers.installed_projects import install, install_editable
from tests.helpers.places import Place, touch

from sphinx_docent.cache.changes import changes
from sphinx_docent.cache.collection import collect_inputs

USED = {
    "files": "repo/docs/x.csv repo/docs/missing.csv home/.rc",
    "kinds": "repo/docs/x.csv repo/docs repo/lib",
    "sizes": "repo/docs/x.csv",
    "folders": "repo repo/docs",
    "links": "repo/docs/link",
    "modules": "own pk pk.a dist json",
    "variables": "A B",
    "ambient": "locale",
}

NOTHING: dict[str, Callable[[Place], object]] = {
    "nothing": lambda place: None,
    "times": lambda place: touch(place, "repo/docs/x.csv"),
    "what builds make": lambda place: place.write("repo/docs/_build/html/index.html"),
    "cached bytecode": lambda place: place.write("repo/docs/__pycache__/x.pyc"),
    "another file outside": lambda place: place.write("other/y.csv"),
    "another variable": lambda place: place.environ.update(C="1"),
    "a module that nobody looked for": lambda place: place.write("repo/lib/pk/b.py"),
    "another distribution": lambda place: install(place.site, "more", "1", {"more.py": ""}),
    "a permission": lambda place: place.path("repo/docs/x.csv").chmod(0o755),
}


@pytest.mark.parametrize("what", NOTHING)
def test_nothing_is_told_of(what: str, place: Place) -> None:
    before = place.stock(**USED)
    NOTHING[what](place)
    assert list(changes(before, place.state())) == []


def test_another_checkout_on_another_machine_is_the_same(place: Place, tmp_path: Path) -> None:
    before = place.stock(
        files="repo/docs/x.csv home/.rc", folders="repo/docs", links="repo/docs/link"
    )
    shutil.copytree(tmp_path, tmp_path.parent / "moved", symlinks=True)
    moved = Place(tmp_path.parent / "moved")
    assert list(changes(before, moved.state())) == []
    assert list(before.files) == ["home:.rc", "repo:docs/x.csv"]
    shutil.rmtree(tmp_path.parent / "moved")


def test_the_content_counts_of_what_was_installed_from_a_folder(place: Place) -> None:
    url = {"url": "file:///x", "dir_info": {}}
    files = {"local/__init__.py": "1", "local/used.csv": "1", "local/unused.py": "1"}
    install(place.site, "local", "1", files, direct_url=url)
    inside = "env/site-packages/local"
    before = place.stock(modules="local", files=f"{inside}/__init__.py {inside}/used.csv")
    assert before.distributions == {"local": "by content"}
    install(place.site, "local", "1.1", {**files, "local/unused.py": "2"}, direct_url=url)
    assert list(changes(before, place.state())) == []
    install(place.site, "local", "1", {**files, "local/used.csv": "2"}, direct_url=url)
    assert list(changes(before, place.state())) == ["`local/local/used.csv` changed"]
    install(place.site, "local", "1", files)
    assert list(changes(before, place.state())) == ["`local` is 1, was by content"]


def test_a_wheels_result_does_not_hold_for_the_tree(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(place.site, "mine", "1", {"mine/__init__.py": "1"})
    before = place.stock(modules="mine", files="env/site-packages/mine/__init__.py")
    place.write("repo/src/mine/__init__.py", "1")
    monkeypatch.syspath_prepend(str(place.path("repo/src")))
    assert list(changes(before, place.state())) == [
        "`mine` is imported from `src/mine/__init__.py`, was from `installed`"
    ]


def test_an_editable_one_counts_file_by_file_wherever_its_tree_lies(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("__init__", "used", "unused"):
        place.write(f"tree/edit/{name}.py", "1")
    install_editable(place.site, "edit", place.path("tree"))
    monkeypatch.syspath_prepend(str(place.path("tree")))
    before = place.stock(modules="edit", files="tree/edit/__init__.py tree/edit/used.py")
    assert list(before.files) == ["dist:edit/~/edit/__init__.py", "dist:edit/~/edit/used.py"]
    place.write("tree/edit/unused.py", "2")
    assert list(changes(before, place.state())) == []
    place.write("tree/edit/used.py", "2")
    assert list(changes(before, place.state())) == ["`edit/edit/used.py` changed"]


def test_of_a_variable_only_a_digest_is_kept(place: Place) -> None:
    place.environ["TOKEN"] = "secret"
    assert "secret" not in str(asdict(place.stock(variables="TOKEN *")))


def test_a_module_of_the_project_that_is_loaded_is_looked_for_all_the_same(place: Place) -> None:
    import own

    before = place.stock(modules="own")
    place.path("repo/lib/own.py").unlink()
    assert list(changes(before, place.state())) == ["`own` can no longer be imported"]
    del sys.modules[own.__name__]


def test_each_question_is_answered_once(place: Place) -> None:
    state = place.state()
    assert state.value("files", "repo:docs/x.csv")
    place.path("repo/docs/x.csv").unlink()
    assert state.value("files", "repo:docs/x.csv")
    assert place.state().value("files", "repo:docs/x.csv") is None


def test_what_cannot_be_read_is_not_there(place: Place) -> None:
    os.mkfifo(place.path("repo/pipe"))
    place.path("repo/loop").symlink_to("loop")
    before = place.stock(files="repo/pipe repo/loop repo/docs", kinds="repo/loop repo/pipe")
    assert set(before.files.values()) == {None}
    assert before.kinds == {}
    assert place.stock(kinds="repo/pipe").kinds == {"repo:pipe": "other"}
    device = collect_inputs({"files": ["/dev/zero", "/proc/self/status"]}, place.state())
    assert device.files == {}
