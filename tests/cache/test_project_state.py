"""A change of anything that was used is told, in words; a change of anything else is not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from tests.helpers.installed_projects import install, install_editable

from sphinx_docent.cache.changes import changes
from sphinx_docent.cache.collection import collect_inputs
from sphinx_docent.cache.distributions import Distributions
from sphinx_docent.cache.inputs import Inputs
from sphinx_docent.cache.project_state import ProjectState


@dataclass
class Place:
    """A repository, an environment and a home folder."""

    base: Path
    documented: str | None = None
    environ: dict[str, str] = field(default_factory=lambda: {"A": "1", "PWD": "/x"})
    made: tuple[str, ...] = ("repo/docs/_build",)

    def path(self, name: str) -> Path:
        return self.base / name

    @property
    def site(self) -> Path:
        return self.path("env/site-packages")

    def write(self, name: str, text: str = "1") -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text)

    def state(self) -> ProjectState:
        return ProjectState(
            self.path("repo"),
            Distributions([str(self.path("repo/lib")), str(self.site)], self.documented),
            made=[self.path(name) for name in self.made],
            environ=self.environ,
            home=self.path("home"),
        )

    def stock(self, **used: str) -> Inputs:
        """What was used: of files and folders the names in the base folder."""
        tables: dict[str, list[str]] = {}
        for table, names in used.items():
            each = [names] if table == "ambient" else names.split()
            tables[table] = each if table in _NAMES else [str(self.path(name)) for name in each]
        return collect_inputs(tables, self.state())


_NAMES = ("modules", "distributions", "variables", "ambient")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project with a few files; its modules can be imported."""
    found = Place(tmp_path)
    for name in ("repo/docs/x.csv", "repo/lib/own.py", "home/.rc", "other/x.csv"):
        found.write(name, "1")
    found.write("repo/lib/pk/__init__.py")
    found.write("repo/lib/pk/a.py")
    found.path("repo/docs/link").symlink_to("x.csv")
    found.site.mkdir(parents=True)
    install(found.site, "dist", "1", {"dist/__init__.py": "", "dist/data.csv": "1"})
    for folder in (found.site, found.path("repo/lib")):
        monkeypatch.syspath_prepend(str(folder))
    return found


def touch(place: Place, name: str) -> None:
    os.utime(place.path(name), ns=(1, 1))


def rename(place: Place, old: str, new: str) -> None:
    place.path(new).parent.mkdir(parents=True, exist_ok=True)
    place.path(old).rename(place.path(new))


def to_folder(place: Place) -> None:
    place.path("repo/docs/x.csv").unlink()
    place.write("repo/docs/x.csv/a")


def relink(place: Place) -> None:
    place.path("repo/docs/link").unlink()
    place.path("repo/docs/link").symlink_to("y.csv")


CHANGES: dict[str, tuple[dict[str, str], Callable[[Place], object], str]] = {
    "a file is edited": (
        {"files": "repo/docs/x.csv"},
        lambda place: place.write("repo/docs/x.csv", "2"),
        "`docs/x.csv` changed",
    ),
    "a file is gone": (
        {"files": "repo/docs/x.csv"},
        lambda place: place.path("repo/docs/x.csv").unlink(),
        "`docs/x.csv` is gone",
    ),
    "a file is there that was missing": (
        {"files": "repo/docs/y.csv"},
        lambda place: place.write("repo/docs/y.csv"),
        "`docs/y.csv` is new",
    ),
    "a file outside is edited": (
        {"files": "other/x.csv"},
        lambda place: place.write("other/x.csv", "2"),
        "`{base}/other/x.csv` changed",
    ),
    "a file at home is edited": (
        {"files": "home/.rc"},
        lambda place: place.write("home/.rc", "2"),
        "`~/.rc` changed",
    ),
    "a file exists that was asked for": (
        {"kinds": "repo/docs/y.csv"},
        lambda place: place.write("repo/docs/y.csv"),
        "`docs/y.csv` is new",
    ),
    "a file has become a folder": (
        {"kinds": "repo/docs/x.csv"},
        to_folder,
        "`docs/x.csv` is a folder, was a file",
    ),
    "a file can be run": (
        {"modes": "repo/docs/x.csv"},
        lambda place: place.path("repo/docs/x.csv").chmod(0o755),
        "`docs/x.csv` can be run",
    ),
    "a size is another": (
        {"sizes": "repo/docs/x.csv"},
        lambda place: place.write("repo/docs/x.csv", "12"),
        "the size of `docs/x.csv` changed",
    ),
    "a time is another": (
        {"times": "repo/docs/x.csv"},
        lambda place: touch(place, "repo/docs/x.csv"),
        "the time of `docs/x.csv` changed",
    ),
    "a link leads elsewhere": (
        {"links": "repo/docs/link"},
        relink,
        "the link `docs/link` leads elsewhere",
    ),
    "a folder has one file more": (
        {"folders": "repo/docs"},
        lambda place: place.write("repo/docs/y.csv"),
        "the files in `docs` changed",
    ),
    "a file in a folder has become a folder": (
        {"folders": "repo/docs"},
        to_folder,
        "the files in `docs` changed",
    ),
    "a missing module can be imported": (
        {"modules": "absent"},
        lambda place: place.write("repo/lib/absent.py"),
        "`absent` can be imported",
    ),
    "a missing submodule can be imported": (
        {"modules": "pk.absent"},
        lambda place: place.write("repo/lib/pk/absent.py"),
        "`pk.absent` can be imported",
    ),
    "a module is gone": (
        {"modules": "own"},
        lambda place: place.path("repo/lib/own.py").unlink(),
        "`own` can no longer be imported",
    ),
    "a module has become a package": (
        {"modules": "pk.a"},
        lambda place: place.write("repo/lib/pk/a/__init__.py"),
        "`pk.a` is imported from `lib/pk/a/__init__.py`, was from `lib/pk/a.py`",
    ),
    "a module of Python is shadowed": (
        {"modules": "this"},
        lambda place: place.write("repo/lib/this.py"),
        "`this` is imported from `lib/this.py`, was from `installed`",
    ),
    "an installed module is shadowed": (
        {"modules": "dist"},
        lambda place: place.write("repo/lib/dist/__init__.py"),
        "`dist` is imported from `lib/dist/__init__.py`, was from `installed`",
    ),
    "a namespace has one folder more": (
        {"modules": "space"},
        lambda place: place.write("env/site-packages/space/b.py"),
        "`space` is imported from",
    ),
    "a distribution is another version": (
        {"modules": "dist"},
        lambda place: install(place.site, "dist", "2", {"dist/__init__.py": ""}),
        "`dist` is 2, was 1",
    ),
    "a data file's distribution is another version": (
        {"files": "env/site-packages/dist/data.csv"},
        lambda place: install(place.site, "dist", "2", {"dist/__init__.py": ""}),
        "`dist` is 2, was 1",
    ),
    "the metadata's distribution is another version": (
        {"files": "env/site-packages/dist-1.dist-info/METADATA"},
        lambda place: install(place.site, "dist", "2", {"dist/__init__.py": ""}),
        "`dist` is 2, was 1",
    ),
    "a distribution is gone": (
        {"distributions": "dist"},
        lambda place: shutil.rmtree(place.site / "dist-1.dist-info"),
        "`dist` is gone, was 1",
    ),
    "a variable is another": (
        {"variables": "A"},
        lambda place: place.environ.update(A="2"),
        "the variable `A` changed",
    ),
    "a variable is set": (
        {"variables": "B"},
        lambda place: place.environ.update(B=""),
        "the variable `B` changed",
    ),
    "any variable is set": (
        {"variables": "*"},
        lambda place: place.environ.update(B=""),
        "the variable `*` changed",
    ),
    "the locale is another": (
        {"ambient": "locale"},
        lambda place: place.environ.update(LANG="tr_TR.UTF-8"),
        "the locale changed",
    ),
    "an entry point is new": (
        {"ambient": "entry points"},
        lambda place: install(place.site, "plug", "1", {}, entry_points="[plugins]\na = b:c\n"),
        "the entry points changed",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_told_when(what: str, place: Place) -> None:
    used, edit, words = CHANGES[what]
    place.write("repo/lib/space/a.py")
    before = place.stock(**used)
    assert list(changes(before, place.state())) == []
    edit(place)
    told = list(changes(before, place.state()))
    assert len(told) == 1
    assert told[0].startswith(words.format(base=place.base))
    assert list(changes(place.stock(**used), place.state())) == []


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
    import own  # type: ignore[import-not-found]

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
