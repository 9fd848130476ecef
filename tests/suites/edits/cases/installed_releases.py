"""Installed distributions: their versions, or their contents where a version says too little."""

from ..harness.edits import each, write
from ..harness.installing import install, uninstall
from ..harness.model import again, same
from .installed_kinds import CODE, FILE, ONE, PART_CODE, PARTS, PARTS_OTHER, THREE, two

CLAUSE = "installed"
PROJECT = "installed"
PROJECTS = {
    "preloaded": {"conf": 'docent_preload = ["edits_preloaded", "edits_preloaded_content"]\n'},
}

_VCS = {"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "1" * 40}}
_NEXT = {"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "3" * 40}}
_LOCAL = {"url": "file://@OUTSIDE/CASE", "dir_info": {}}
_ARCHIVE = {"url": "file:///tmp/x.whl", "archive_info": {"hash": "sha256=" + "1" * 64}}
_ARCHIVE_3 = {"url": "file:///tmp/x.whl", "archive_info": {"hash": "sha256=" + "3" * 64}}

CASES = [
    # Releases
    again("release", CODE, **two("1.0", "2.0")),
    again("release_of_the_same_content", CODE, **two("1.0", "2.0", three=ONE), then="one"),
    again(
        "release_of_a_single_module",
        CODE,
        **two(
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
        PART_CODE,
        **two("1.0", "2.0", one=PARTS, three={**PARTS, "edits_CASE/part.py": 'word = "three"\n'}),
    ),
    again(
        "release_that_a_distribution_uses",
        CODE,
        install("deep_CASE", "2.0", {"deep_CASE.py": 'word = "three"\n'}),
        setup=each(
            install("deep_CASE", "1.0", {"deep_CASE.py": 'word = "one"\n'}),
            install("edits_CASE", "1.0", {FILE: "from deep_CASE import word\n"}),
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
                {FILE: "def word():\n    import deep_CASE\n    return deep_CASE.word\n"},
            ),
        ),
    ),
    again(
        "release_that_a_module_of_the_project_uses",
        "import CASE_module\nshow(CASE_module.word)",
        **two("1.0", "2.0"),
        files={"lib/CASE_module.py": "from edits_CASE import word\n"},
    ),
    again(
        "release_by_importlib",
        """
        import importlib
        show(importlib.import_module("edits_CASE").word)
        """,
        **two("1.0", "2.0"),
    ),
    again(
        "release_in_a_child",
        """
        import subprocess, sys
        show(subprocess.run([sys.executable, "-c", "import edits_CASE; print(edits_CASE.word)"],
                            capture_output=True, text=True).stdout.strip())
        """,
        **two("1.0", "2.0"),
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
        install("edits_CASE", "1.0", THREE),
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
        setup=install("edits_CASE", "1.0", ONE),
    ),
    again(
        "release_looked_for",
        """
        from importlib.util import find_spec
        show("three" if find_spec("edits_CASE") else "one")
        """,
        install("edits_CASE", "1.0", THREE),
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
        **two("1.0", "1.1", one={FILE: ""}, three={FILE: "", "edits_CASE/absent.py": ""}),
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
    same("release_not_imported", 'show("one")', **two("1.0", "2.0")),
    same(
        "release_edited_by_hand",
        CODE,
        setup=install("edits_CASE", "1.0", ONE),
        edit=write(f"@SITE/{FILE}", 'word = "three"\n'),
        debatable="an edit of site-packages by hand; a release counts by its version",
    ),
    same("release_written_again", CODE, **two("1.0", "1.0", three=ONE)),
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
    again("development_version", CODE, **two("1.0.dev3", "1.0.dev3")),
    again("development_version_of_git", CODE, **two("1.0.dev3+gabc", "1.0.dev3+gabc")),
    again("local_version", CODE, **two("1.0+local", "1.0+local")),
    again("installed_from_a_folder", CODE, **two("1.0", "1.0", _LOCAL)),
    again("installed_from_a_local_wheel", CODE, **two("1.0", "1.0", _ARCHIVE, _ARCHIVE_3)),
    again("installed_from_a_repository", CODE, **two("1.0", "1.0", _VCS, _NEXT)),
    again(
        "installed_from_a_repository_part",
        PART_CODE,
        **two(
            "1.0",
            "1.0",
            _VCS,
            _NEXT,
            one=PARTS,
            three={**PARTS, "edits_CASE/part.py": 'word = "three"\n'},
        ),
    ),
    again("installed_from_a_folder_now", CODE, **two("1.0", "1.0", None, _LOCAL)),
    again(
        "of_no_distribution",
        CODE,
        write(f"@SITE/{FILE}", 'word = "three"\n'),
        files={f"@SITE/{FILE}": 'word = "one"\n'},
        debatable="it has no version that could count, so its content has to",
    ),
    same(
        "development_version_part_beside",
        PART_CODE,
        **two("1.0.dev3", "1.0.dev3", one=PARTS, three=PARTS_OTHER),
        debatable="`RECORD` as a whole could be said to be what counts",
    ),
    same(
        "installed_from_a_folder_part_beside",
        PART_CODE,
        **two("1.0", "1.0", _LOCAL, one=PARTS, three=PARTS_OTHER),
        debatable="`RECORD` as a whole could be said to be what counts",
    ),
    same("development_version_written_again", CODE, **two("1.dev3", "1.dev3", three=ONE)),
]
