"""Metadata of installed distributions that is read."""

from ..harness.edits import each, write
from ..harness.installing import install
from ..harness.model import again, same
from .installed_kinds import ONE, two

CLAUSE = "installed"
PROJECT = "installed"
PROJECTS: dict[str, dict[str, str]] = {
    "entry_points": {},
    "all_distributions": {},
}
CASES = [
    again(
        "metadata_version",
        """
        from importlib.metadata import version
        show(version("edits_CASE"))
        """,
        **two("1.0", "2.0"),
        first="1.0",
        then="2.0",
    ),
    again(
        "metadata_version_in_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        **two("1.0", "2.0"),
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
        install("edits_CASE", "1.0", ONE),
        then="1.0",
    ),
    again(
        "metadata_summary",
        """
        from importlib.metadata import metadata
        show(metadata("edits_CASE")["Summary"])
        """,
        install("edits_CASE", "1.0", ONE, summary="three"),
        setup=install("edits_CASE", "1.0", ONE, summary="one"),
    ),
    again(
        "metadata_requires",
        """
        from importlib.metadata import requires
        show(*requires("edits_CASE"))
        """,
        install("edits_CASE", "1.0", ONE, requires="three"),
        setup=install("edits_CASE", "1.0", ONE, requires="one"),
    ),
    again(
        "metadata_files",
        """
        from importlib.metadata import files
        show(sum(path.suffix == ".py" for path in files("edits_CASE")))
        """,
        install("edits_CASE", "1.0", {**ONE, "edits_CASE/b.py": ""}),
        first="1",
        then="2",
        setup=install("edits_CASE", "1.0", ONE),
    ),
    again(
        "metadata_text",
        """
        from importlib.metadata import distribution
        show(distribution("edits_CASE").read_text("top_level.txt").replace("edits_CASE", ""))
        """,
        write("@SITE/edits_CASE-1.0.dist-info/top_level.txt", "three"),
        setup=each(
            install("edits_CASE", "1.0", ONE),
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
            install("other_CASE", "1.0", {"other_CASE.py": ""}), install("edits_CASE", "1.0", ONE)
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
        setup=install("edits_CASE", "1.0", ONE, entry_points="[CASE]\none = edits_CASE:word\n"),
        then="one three",
        project="entry_points",
    ),
    again(
        "entry_point_changed",
        """
        from importlib.metadata import entry_points
        show(*(found.value for found in entry_points(group="CASE")))
        """,
        install("edits_CASE", "1.0", ONE, entry_points="[CASE]\na = three:x\n"),
        setup=install("edits_CASE", "1.0", ONE, entry_points="[CASE]\na = one:x\n"),
        first="one:x",
        then="three:x",
        project="entry_points",
    ),
    again(
        "entry_point_used_by_a_library",
        "import uses_CASE\nshow(uses_CASE.found)",
        install("edits_CASE", "1.0", ONE, entry_points="[CASE]\nthree = a:x\n"),
        setup=each(
            install("edits_CASE", "1.0", ONE, entry_points="[CASE]\none = a:x\n"),
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
        install("edits_CASE", "1.0", ONE),
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
