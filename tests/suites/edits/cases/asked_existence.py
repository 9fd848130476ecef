"""Only asked for: whether something exists."""

from typing import Any

from ..harness.edits import each, make_folder, mode, remove, symlink, write
from ..harness.model import DATA, Case, again

CLAUSE = "only asked for"
PROJECT = "asked"

NEW = "docs/tutorials/CASE/new.csv"
_APPEARS = {"files": {DATA: ""}, "first": "False", "then": "True"}
_GOES = {"files": {DATA: ""}, "first": "True", "then": "False"}
BECOMES_A_FOLDER = each(remove(DATA), make_folder(DATA))


def appears(name: str, expression: str, **more: Any) -> Case:
    code = f"import os, glob, shutil\nfrom pathlib import Path\nshow({expression})"
    return again(name, code, write(NEW, ""), **{**_APPEARS, **more})


CASES = [
    # Whether something exists
    appears("exists", 'os.path.exists("CASE/new.csv")'),
    appears("lexists", 'os.path.lexists("CASE/new.csv")'),
    appears("isfile", 'os.path.isfile("CASE/new.csv")'),
    appears("access", 'os.access("CASE/new.csv", os.R_OK)'),
    appears("path_exists", 'Path("CASE/new.csv").exists()'),
    appears("path_is_file", 'Path("CASE", "new.csv").is_file()'),
    appears("exists_by_its_absolute_name", 'os.path.exists(os.path.abspath("CASE/new.csv"))'),
    appears(
        "exists_in_the_folder_of_a_descriptor",
        'os.access("new.csv", os.F_OK, dir_fd=os.open("CASE", 0))',
    ),
    appears(
        "exists_from_a_thread",
        'next(__import__("concurrent.futures").futures.ThreadPoolExecutor()'
        '.map(os.path.exists, ["CASE/new.csv"]))',
    ),
    again(
        "exists_above",
        'import os\nshow(os.path.exists("../../data/CASE.csv"))',
        write("data/CASE.csv", ""),
        **_APPEARS,
    ),
    again(
        "isdir",
        'import os\nshow(os.path.isdir("CASE/new"))',
        make_folder("docs/tutorials/CASE/new"),
        **_APPEARS,
    ),
    again(
        "path_is_dir",
        'from pathlib import Path\nshow(Path("CASE/new").is_dir())',
        make_folder("docs/tutorials/CASE/new"),
        **_APPEARS,
    ),
    again(
        "folder_of_what_is_asked_for_is_missing",
        'import os\nshow(os.path.exists("CASE/deep/er/new.csv"))',
        write("docs/tutorials/CASE/deep/er/new.csv", ""),
        **_APPEARS,
    ),
    again(
        "exists_no_longer",
        'import os\nshow(os.path.exists("CASE/data.csv"))',
        remove(DATA),
        **_GOES,
    ),
    again(
        "is_a_file_no_longer",
        'import os\nshow(os.path.isfile("CASE/data.csv"))',
        BECOMES_A_FOLDER,
        **_GOES,
    ),
    again(
        "is_a_folder_now",
        'import os\nshow(os.path.isdir("CASE/data.csv"))',
        BECOMES_A_FOLDER,
        **_APPEARS,
    ),
    again(
        "islink",
        'import os\nshow(os.path.islink("CASE/data.csv"))',
        symlink(DATA, "other.csv"),
        files={DATA: "", "docs/tutorials/CASE/other.csv": ""},
        first="False",
        then="True",
    ),
    again(
        "which",
        """
        import shutil
        show(shutil.which("CASE-tool", path="../../tools") is not None)
        """,
        each(write("tools/CASE-tool", "#!/bin/sh\n"), mode("tools/CASE-tool", 0o755)),
        **{**_APPEARS, "files": {"tools/README": ""}},
    ),
    again(
        "asked_by_a_helper",
        "import CASE_helper\nshow(CASE_helper.found)",
        write("lib/CASE.csv", ""),
        first="False",
        then="True",
        files={
            "lib/CASE_helper.py": "from pathlib import Path\n"
            "found = Path(__file__).with_name('CASE.csv').exists()\n"
        },
    ),
    again(
        "asked_by_a_library",
        """
        import numpy
        show(numpy.lib.npyio.DataSource(None).exists("CASE/new.csv"))
        """,
        write(NEW, ""),
        **_APPEARS,
    ),
    again(
        "exclusive_creation",
        """
        try:
            open("CASE/new.csv", "x")
            show("one")
        except FileExistsError:
            show("three")
        """,
        write(NEW, ""),
        files={DATA: ""},
    ),
    again(
        "make_a_folder",
        """
        import os
        try:
            os.mkdir("CASE/new")
            show("one")
        except FileExistsError:
            show("three")
        """,
        make_folder("docs/tutorials/CASE/new"),
        files={DATA: ""},
    ),
    again(
        "remove_if_there",
        """
        import os
        try:
            os.remove("CASE/new.csv")
            show("three")
        except FileNotFoundError:
            show("one")
        """,
        write(NEW, ""),
        files={DATA: ""},
    ),
    again(
        "open_a_missing_file",
        """
        try:
            show(open("CASE/new.csv").read())
        except FileNotFoundError:
            show("one")
        """,
        write(NEW, "three"),
        files={DATA: ""},
    ),
    again(
        "open_in_a_missing_folder",
        """
        try:
            show(open("CASE/deep/new.csv").read())
        except FileNotFoundError:
            show("one")
        """,
        write("docs/tutorials/CASE/deep/new.csv", "three"),
        files={DATA: ""},
    ),
    again(
        "list_a_missing_folder",
        """
        import os
        try:
            show(*os.listdir("CASE/deep"))
        except FileNotFoundError:
            show("one")
        """,
        write("docs/tutorials/CASE/deep/three", ""),
        files={DATA: ""},
    ),
]
