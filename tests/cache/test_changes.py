"""A change of anything that was used is told, in words."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from tests.helpers.installed_projects import install
from tests.helpers.places import Place, relink, to_folder, touch

from sphinx_docent.cache.changes import changes

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
    assert 0 < len(told) <= 2  # with a version, the name of its metadata changes
    assert told[0].startswith(words.format(base=place.base))
    assert list(changes(place.stock(**used), place.state())) == []
