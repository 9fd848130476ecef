"""Distributions that are installed as they stand in a folder, and the documented project's own."""

import os

from ..harness.edits import write
from ..harness.installing import install, uninstall
from ..harness.model import Edit, again, same
from ..harness.site import Site
from .installed_kinds import CODE, PART_CODE

CLAUSE = "installed"
PROJECT = "installed"
PROJECTS: dict[str, dict[str, str]] = {"own": {}, "own_tree": {}}

_EDITABLE = {"url": "file://@OUTSIDE/CASE", "dir_info": {"editable": True}}


def _editable(version: str = "1.0") -> Edit:
    return install(
        "edits_CASE",
        version,
        {"__editable__.edits_CASE.pth": "@OUTSIDE/CASE/src\n"},
        direct_url=_EDITABLE,
    )


_FINDER = """\
import sys
from importlib.util import spec_from_file_location


class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "edits_CASE":
            return spec_from_file_location(name, "@OUTSIDE/CASE/src/edits_CASE/__init__.py")


def install():
    sys.meta_path.append(Finder)
"""
_SOURCE = "@OUTSIDE/CASE/src/edits_CASE/__init__.py"
_WHEEL_OR_TREE = """
        import own
        show("one" if "site-packages" in own.__file__ else "three")
        """
_OWN = {"project": "own"}
_OWN_FILES = {"pyproject.toml": '[project]\nname = "own"\nversion = "1.0"\n', "src/own/x.txt": ""}


def _own_module(word: str) -> Edit:
    """Another content of one module of the project's own wheel, whose ``RECORD`` tells."""

    def edit(site: Site, case: str) -> None:
        files = {"own/__init__.py": ""}
        for path in sorted((site.packages / "own").glob("*.py")):
            files[f"own/{path.name}"] = path.read_text(encoding="utf-8")
        install("own", "1.0", {**files, f"own/{case}.py": f'word = "{word}"\n'})(site, case)

    return edit


def _use_the_tree(site: Site, case: str) -> None:
    """The wheel goes; what the repository holds is used instead."""
    uninstall("own")(site, case)
    paths = [str(site.root / "src"), site.env.get("PYTHONPATH", "")]
    if paths[0] not in paths[1]:
        site.env["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)


CASES = [
    # Editable
    again(
        "editable",
        CODE,
        write(_SOURCE, 'word = "three"\n'),
        setup=_editable(),
        files={_SOURCE: 'word = "one"\n'},
    ),
    again(
        "editable_part",
        PART_CODE,
        write("@OUTSIDE/CASE/src/edits_CASE/part.py", 'word = "three"\n'),
        setup=_editable(),
        files={_SOURCE: "", "@OUTSIDE/CASE/src/edits_CASE/part.py": 'word = "one"\n'},
    ),
    again(
        "editable_used_by_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        write(_SOURCE, 'word = "three"\n'),
        setup=_editable(),
        files={_SOURCE: 'word = "one"\n', "lib/CASE_module.py": "from edits_CASE import word\n"},
    ),
    again(
        "editable_with_a_finder",
        CODE,
        write(_SOURCE, 'word = "three"\n'),
        setup=install(
            "edits_CASE",
            "1.0",
            {
                "__editable___edits_CASE_finder.py": _FINDER,
                "__editable__.edits_CASE.pth": "import __editable___edits_CASE_finder as f; "
                "f.install()\n",
            },
            direct_url=_EDITABLE,
        ),
        files={_SOURCE: 'word = "one"\n'},
    ),
    again(
        "editable_data",
        "import edits_CASE\nshow(edits_CASE.word())",
        write("@OUTSIDE/CASE/src/edits_CASE/word.txt", "three"),
        setup=_editable(),
        files={
            _SOURCE: "from pathlib import Path\n\n\ndef word():\n"
            "    return Path(__file__).with_name('word.txt').read_text()\n",
            "@OUTSIDE/CASE/src/edits_CASE/word.txt": "one",
        },
    ),
    again(
        "editable_missing_part",
        """
        try:
            from edits_CASE import absent
            show("three")
        except ImportError:
            show("one")
        """,
        write("@OUTSIDE/CASE/src/edits_CASE/absent.py", ""),
        setup=_editable(),
        files={_SOURCE: ""},
    ),
    again(
        "editable_old_style",
        CODE,
        write("@OUTSIDE/CASE/edits_CASE.py", 'word = "three"\n'),
        files={
            "@SITE/edits_CASE.egg-link": "@OUTSIDE/CASE\n.",
            "@SITE/CASE.pth": "@OUTSIDE/CASE\n",
            "@OUTSIDE/CASE/edits_CASE.egg-info/PKG-INFO": "Metadata-Version: 2.1\n"
            "Name: edits_CASE\nVersion: 1.0\n",
            "@OUTSIDE/CASE/edits_CASE.egg-info/top_level.txt": "edits_CASE\n",
            "@OUTSIDE/CASE/edits_CASE.py": 'word = "one"\n',
        },
    ),
    same(
        "editable_part_beside",
        PART_CODE,
        write("@OUTSIDE/CASE/src/edits_CASE/other.py", "x = 3\n"),
        setup=_editable(),
        files={
            _SOURCE: "",
            "@OUTSIDE/CASE/src/edits_CASE/part.py": 'word = "one"\n',
            "@OUTSIDE/CASE/src/edits_CASE/other.py": "x = 1\n",
        },
    ),
    same(
        "editable_not_imported",
        'show("one")',
        write(_SOURCE, "x = 3\n"),
        setup=_editable(),
        files={_SOURCE: "x = 1\n"},
    ),
    # The documented project's own distribution
    again(
        "own_wheel",
        "from own import CASE\nshow(CASE.word)",
        _own_module("three"),
        files=_OWN_FILES,
        setup=_own_module("one"),
        **_OWN,
    ),
    again(
        "own_wheel_as_a_whole",
        "import own.CASE\nshow(own.CASE.word)",
        _own_module("three"),
        files=_OWN_FILES,
        setup=_own_module("one"),
        **_OWN,
    ),
    same(
        "own_wheel_part_beside",
        "import own\nshow('one')",
        _own_module("three"),
        files=_OWN_FILES,
        setup=_own_module("one"),
        **_OWN,
        debatable="`RECORD` as a whole could be said to be what counts",
    ),
    same(
        "own_wheel_not_imported",
        "show('one')",
        _own_module("three"),
        files=_OWN_FILES,
        setup=_own_module("one"),
        **_OWN,
    ),
    again(
        "own_wheel_against_the_tree",
        _WHEEL_OR_TREE,
        _use_the_tree,
        files={**_OWN_FILES, "src/own/__init__.py": 'word = "one"\n'},
        setup=install("own", "1.0", {"own/__init__.py": 'word = "one"\n'}),
        project="own_tree",
    ),
    again(
        "own_wheel_against_the_tree_same_output",
        "import own\nshow(own.word)",
        _use_the_tree,
        files={},
        project="own_tree",
        then="one",
    ),
    same(
        "own_wheel_against_the_tree_unused",
        "show('one')",
        write("src/own/README", ""),
        files={},
        project="own_tree",
    ),
]
