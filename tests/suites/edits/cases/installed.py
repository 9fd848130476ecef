"""Installed distributions: versions, contents, where they lie, metadata that was read.

Every case has distributions of its own, ``edits_CASE``, in a real ``site-packages``.
"""

import os
from collections.abc import Mapping
from typing import Any

from ..harness.edits import each, install, uninstall, write
from ..harness.model import Edit, again, same
from ..harness.site import Site

CLAUSE = "installed"

PROJECTS = {
    "own": {},
    "own_tree": {},
    "preloaded": {"conf": 'docent_preload = ["edits_preloaded", "edits_preloaded_content"]\n'},
    "entry_points": {},
    "all_distributions": {},
}

_CODE = "import edits_CASE\nshow(edits_CASE.word)"
_FILE = "edits_CASE/__init__.py"
_ONE = {_FILE: 'word = "one"\n'}
_THREE = {_FILE: 'word = "three"\n'}
_PARTS = {_FILE: "", "edits_CASE/part.py": 'word = "one"\n', "edits_CASE/other.py": "x = 1\n"}
_PARTS_OTHER = {**_PARTS, "edits_CASE/other.py": "x = 3\n"}
_PART_CODE = "from edits_CASE.part import word\nshow(word)"

_VCS = {"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "1" * 40}}
_NEXT = {"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "3" * 40}}
_LOCAL = {"url": "file://@OUTSIDE/CASE", "dir_info": {}}
_ARCHIVE = {"url": "file:///tmp/x.whl", "archive_info": {"hash": "sha256=" + "1" * 64}}
_ARCHIVE_3 = {"url": "file:///tmp/x.whl", "archive_info": {"hash": "sha256=" + "3" * 64}}
_EDITABLE = {"url": "file://@OUTSIDE/CASE", "dir_info": {"editable": True}}
_TREE = {"url": "file://@ROOT", "dir_info": {"editable": True}}


def _two(
    first: str,
    then: str,
    url: Mapping[str, object] | None = None,
    url_then: Mapping[str, object] | None = None,
    *,
    one: Mapping[str, str] = _ONE,
    three: Mapping[str, str] = _THREE,
) -> dict[str, Any]:
    """Installed once in one version and then in another."""
    return {
        "setup": install("edits_CASE", first, one, direct_url=url),
        "edit": install("edits_CASE", then, three, direct_url=url_then or url),
    }


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
    # Releases
    again("release", _CODE, **_two("1.0", "2.0")),
    again("release_of_the_same_content", _CODE, **_two("1.0", "2.0", three=_ONE), then="one"),
    again(
        "release_of_a_single_module",
        _CODE,
        **_two(
            "1.0",
            "2.0",
            one={"edits_CASE.py": 'word = "one"\n'},
            three={"edits_CASE.py": 'word = "three"\n'},
        ),
    ),
    again(
        "release_under_another_name",
        "import other_CASE\nshow(other_CASE.word)",
        install("Edits-CASE", "2.0", {"other_CASE.py": 'word = "three"\n'}),
        setup=install("Edits-CASE", "1.0", {"other_CASE.py": 'word = "one"\n'}),
    ),
    again(
        "release_of_a_part",
        _PART_CODE,
        **_two(
            "1.0", "2.0", one=_PARTS, three={**_PARTS, "edits_CASE/part.py": 'word = "three"\n'}
        ),
    ),
    again(
        "release_that_a_distribution_uses",
        _CODE,
        install("deep_CASE", "2.0", {"deep_CASE.py": 'word = "three"\n'}),
        setup=each(
            install("deep_CASE", "1.0", {"deep_CASE.py": 'word = "one"\n'}),
            install("edits_CASE", "1.0", {_FILE: "from deep_CASE import word\n"}),
        ),
    ),
    again(
        "release_that_a_distribution_uses_late",
        "import edits_CASE\nshow(edits_CASE.word())",
        install("deep_CASE", "2.0", {"deep_CASE.py": 'word = "three"\n'}),
        setup=each(
            install("deep_CASE", "1.0", {"deep_CASE.py": 'word = "one"\n'}),
            install(
                "edits_CASE",
                "1.0",
                {_FILE: "def word():\n    import deep_CASE\n    return deep_CASE.word\n"},
            ),
        ),
    ),
    again(
        "release_that_a_module_of_the_project_uses",
        "import CASE_module\nshow(CASE_module.word)",
        **_two("1.0", "2.0"),
        files={"lib/CASE_module.py": "from edits_CASE import word\n"},
    ),
    again(
        "release_by_importlib",
        """
        import importlib
        show(importlib.import_module("edits_CASE").word)
        """,
        **_two("1.0", "2.0"),
    ),
    again(
        "release_in_a_child",
        """
        import subprocess, sys
        show(subprocess.run([sys.executable, "-c", "import edits_CASE; print(edits_CASE.word)"],
                            capture_output=True, text=True).stdout.strip())
        """,
        **_two("1.0", "2.0"),
        debatable="a child's imports from outside the repository are not seen by any watch in it",
    ),
    again(
        "release_not_there_yet",
        """
        try:
            import edits_CASE
            show(edits_CASE.word)
        except ImportError:
            show("one")
        """,
        install("edits_CASE", "1.0", _THREE),
    ),
    again(
        "release_that_goes",
        """
        try:
            import edits_CASE
            show(edits_CASE.word)
        except ImportError:
            show("three")
        """,
        uninstall("edits_CASE"),
        setup=install("edits_CASE", "1.0", _ONE),
    ),
    again(
        "release_looked_for",
        """
        from importlib.util import find_spec
        show("three" if find_spec("edits_CASE") else "one")
        """,
        install("edits_CASE", "1.0", _THREE),
    ),
    again(
        "part_not_there_yet",
        """
        try:
            from edits_CASE import absent
            show("three")
        except ImportError:
            show("one")
        """,
        **_two("1.0", "1.1", one={_FILE: ""}, three={_FILE: "", "edits_CASE/absent.py": ""}),
    ),
    again(
        "release_preloaded",
        "import edits_preloaded\nshow(edits_preloaded.word)",
        install("edits_preloaded", "2.0", {"edits_preloaded.py": 'word = "three"\n'}),
        setup=install("edits_preloaded", "1.0", {"edits_preloaded.py": 'word = "one"\n'}),
        project="preloaded",
    ),
    again(
        "development_version_preloaded",
        "import edits_preloaded_content as e\nshow(e.word)",
        install(
            "edits_preloaded_content", "1.dev1", {"edits_preloaded_content.py": 'word = "three"\n'}
        ),
        setup=install(
            "edits_preloaded_content", "1.dev1", {"edits_preloaded_content.py": 'word = "one"\n'}
        ),
        project="preloaded",
    ),
    same("release_not_imported", 'show("one")', **_two("1.0", "2.0")),
    same(
        "release_edited_by_hand",
        _CODE,
        setup=install("edits_CASE", "1.0", _ONE),
        edit=write(f"@SITE/{_FILE}", 'word = "three"\n'),
        debatable="an edit of site-packages by hand; a release counts by its version",
    ),
    same("release_written_again", _CODE, **_two("1.0", "1.0", three=_ONE)),
    same(
        "namespace_has_other_owners",
        "import space_CASE.part\nshow(space_CASE.part.word)",
        install("other_CASE", "2.0", {"space_CASE/other.py": ""}),
        setup=each(
            install("other_CASE", "1.0", {"space_CASE/other.py": ""}),
            install("edits_CASE", "1.0", {"space_CASE/part.py": 'word = "one"\n'}),
        ),
    ),
    same(
        "namespace_gets_another_owner",
        "import space_CASE.part\nshow(space_CASE.part.word)",
        install("other_CASE", "1.0", {"space_CASE/other.py": ""}),
        setup=install("edits_CASE", "1.0", {"space_CASE/part.py": 'word = "one"\n'}),
    ),
    again(
        "namespace_has_another_version",
        "import space_CASE.part\nshow(space_CASE.part.word)",
        install("edits_CASE", "2.0", {"space_CASE/part.py": 'word = "three"\n'}),
        setup=each(
            install("other_CASE", "1.0", {"space_CASE/other.py": ""}),
            install("edits_CASE", "1.0", {"space_CASE/part.py": 'word = "one"\n'}),
        ),
    ),
    # By content
    again("development_version", _CODE, **_two("1.0.dev3", "1.0.dev3")),
    again("development_version_of_git", _CODE, **_two("1.0.dev3+gabc", "1.0.dev3+gabc")),
    again("local_version", _CODE, **_two("1.0+local", "1.0+local")),
    again("installed_from_a_folder", _CODE, **_two("1.0", "1.0", _LOCAL)),
    again("installed_from_a_local_wheel", _CODE, **_two("1.0", "1.0", _ARCHIVE, _ARCHIVE_3)),
    again("installed_from_a_repository", _CODE, **_two("1.0", "1.0", _VCS, _NEXT)),
    again(
        "installed_from_a_repository_part",
        _PART_CODE,
        **_two(
            "1.0",
            "1.0",
            _VCS,
            _NEXT,
            one=_PARTS,
            three={**_PARTS, "edits_CASE/part.py": 'word = "three"\n'},
        ),
    ),
    again("installed_from_a_folder_now", _CODE, **_two("1.0", "1.0", None, _LOCAL)),
    again(
        "of_no_distribution",
        _CODE,
        write(f"@SITE/{_FILE}", 'word = "three"\n'),
        files={f"@SITE/{_FILE}": 'word = "one"\n'},
        debatable="it has no version that could count, so its content has to",
    ),
    same(
        "development_version_part_beside",
        _PART_CODE,
        **_two("1.0.dev3", "1.0.dev3", one=_PARTS, three=_PARTS_OTHER),
        debatable="`RECORD` as a whole could be said to be what counts",
    ),
    same(
        "installed_from_a_folder_part_beside",
        _PART_CODE,
        **_two("1.0", "1.0", _LOCAL, one=_PARTS, three=_PARTS_OTHER),
        debatable="`RECORD` as a whole could be said to be what counts",
    ),
    same("development_version_written_again", _CODE, **_two("1.dev3", "1.dev3", three=_ONE)),
    # Editable
    again(
        "editable",
        _CODE,
        write(_SOURCE, 'word = "three"\n'),
        setup=_editable(),
        files={_SOURCE: 'word = "one"\n'},
    ),
    again(
        "editable_part",
        _PART_CODE,
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
        _CODE,
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
        _CODE,
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
        _PART_CODE,
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
    # Metadata that is read
    again(
        "metadata_version",
        """
        from importlib.metadata import version
        show(version("edits_CASE"))
        """,
        **_two("1.0", "2.0"),
        first="1.0",
        then="2.0",
    ),
    again(
        "metadata_version_in_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        **_two("1.0", "2.0"),
        first="1.0",
        then="2.0",
        files={
            "lib/CASE_module.py": "from importlib import metadata\n"
            "word = metadata.version('edits_CASE')\n"
        },
    ),
    again(
        "metadata_of_what_is_missing",
        """
        from importlib import metadata
        try:
            show(metadata.version("edits_CASE"))
        except metadata.PackageNotFoundError:
            show("one")
        """,
        install("edits_CASE", "1.0", _ONE),
        then="1.0",
    ),
    again(
        "metadata_summary",
        """
        from importlib.metadata import metadata
        show(metadata("edits_CASE")["Summary"])
        """,
        install("edits_CASE", "1.0", _ONE, summary="three"),
        setup=install("edits_CASE", "1.0", _ONE, summary="one"),
    ),
    again(
        "metadata_requires",
        """
        from importlib.metadata import requires
        show(*requires("edits_CASE"))
        """,
        install("edits_CASE", "1.0", _ONE, requires="three"),
        setup=install("edits_CASE", "1.0", _ONE, requires="one"),
    ),
    again(
        "metadata_files",
        """
        from importlib.metadata import files
        show(sum(path.suffix == ".py" for path in files("edits_CASE")))
        """,
        install("edits_CASE", "1.0", {**_ONE, "edits_CASE/b.py": ""}),
        first="1",
        then="2",
        setup=install("edits_CASE", "1.0", _ONE),
    ),
    again(
        "metadata_text",
        """
        from importlib.metadata import distribution
        show(distribution("edits_CASE").read_text("top_level.txt").replace("edits_CASE", ""))
        """,
        write("@SITE/edits_CASE-1.0.dist-info/top_level.txt", "three"),
        setup=each(
            install("edits_CASE", "1.0", _ONE),
            write("@SITE/edits_CASE-1.0.dist-info/top_level.txt", "one"),
        ),
    ),
    same(
        "metadata_of_another",
        """
        from importlib.metadata import version
        show(version("edits_CASE"))
        """,
        install("other_CASE", "2.0", {"other_CASE.py": ""}),
        first="1.0",
        setup=each(
            install("other_CASE", "1.0", {"other_CASE.py": ""}), install("edits_CASE", "1.0", _ONE)
        ),
    ),
    again(
        "entry_point",
        """
        from importlib.metadata import entry_points
        show(*sorted(found.name for found in entry_points(group="CASE")))
        """,
        install(
            "plugin_CASE",
            "1.0",
            {"plugin_CASE.py": ""},
            entry_points="[CASE]\nthree = plugin_CASE:x\n",
        ),
        setup=install("edits_CASE", "1.0", _ONE, entry_points="[CASE]\none = edits_CASE:word\n"),
        then="one three",
        project="entry_points",
    ),
    again(
        "entry_point_changed",
        """
        from importlib.metadata import entry_points
        show(*(found.value for found in entry_points(group="CASE")))
        """,
        install("edits_CASE", "1.0", _ONE, entry_points="[CASE]\na = three:x\n"),
        setup=install("edits_CASE", "1.0", _ONE, entry_points="[CASE]\na = one:x\n"),
        first="one:x",
        then="three:x",
        project="entry_points",
    ),
    again(
        "entry_point_used_by_a_library",
        "import uses_CASE\nshow(uses_CASE.found)",
        install("edits_CASE", "1.0", _ONE, entry_points="[CASE]\nthree = a:x\n"),
        setup=each(
            install("edits_CASE", "1.0", _ONE, entry_points="[CASE]\none = a:x\n"),
            install(
                "uses_CASE",
                "1.0",
                {
                    "uses_CASE.py": "from importlib.metadata import entry_points\n"
                    "found = [e.name for e in entry_points(group='CASE')][0]\n"
                },
            ),
        ),
        project="entry_points",
    ),
    same(
        "entry_point_of_another_group",
        """
        from importlib.metadata import entry_points
        show(len(entry_points(group="CASE")))
        """,
        install(
            "plugin_CASE",
            "1.0",
            {"plugin_CASE.py": ""},
            entry_points="[other_CASE]\nthree = plugin_CASE:x\n",
        ),
        first="0",
        project="entry_points",
        debatable="`entry_points(group=…)` reads those of every distribution",
    ),
    same(
        "entry_points_nobody_asks_for",
        'show("one")',
        install(
            "plugin_CASE",
            "1.0",
            {"plugin_CASE.py": ""},
            entry_points="[CASE]\nthree = plugin_CASE:x\n",
        ),
        project="entry_points",
    ),
    again(
        "list_of_distributions",
        """
        from importlib.metadata import distributions
        show(sum("edits" in found.name for found in distributions()))
        """,
        install("edits_CASE", "1.0", _ONE),
        first="0",
        then="1",
        project="all_distributions",
    ),
    same(
        "list_of_distributions_not_asked_for",
        'show("one")',
        install("b_CASE", "1.0", {}),
        project="all_distributions",
    ),
]
