"""Only asked for: what a tutorial looks at without opening it."""

from typing import Any

from ..harness.edits import (
    OLD,
    each,
    make_folder,
    mode,
    remove,
    symlink,
    touch,
    write,
    write_as_before,
)
from ..harness.model import DATA, Case, Edit, again, same

CLAUSE = "only asked for"

_NEW = "docs/tutorials/CASE/new.csv"
_APPEARS = {"files": {DATA: ""}, "first": "False", "then": "True"}
_GOES = {"files": {DATA: ""}, "first": "True", "then": "False"}
_BECOMES_A_FOLDER = each(remove(DATA), make_folder(DATA))


def _appears(name: str, expression: str, **more: Any) -> Case:
    code = f"import os, glob, shutil\nfrom pathlib import Path\nshow({expression})"
    return again(name, code, write(_NEW, ""), **{**_APPEARS, **more})


def _changes(name: str, expression: str, edit: Edit, first: str, then: str, **more: Any) -> Case:
    code = f"import os, glob, stat\nfrom pathlib import Path\nshow({expression})"
    return again(name, code, edit, first=first, then=then, **{"files": {DATA: "one"}, **more})


def _stays(name: str, expression: str, edit: Edit, first: str, **more: Any) -> Case:
    code = f"import os, glob, stat\nfrom pathlib import Path\nshow({expression})"
    return same(name, code, edit, first=first, **more)


CASES = [
    # Whether something exists
    _appears("exists", 'os.path.exists("CASE/new.csv")'),
    _appears("lexists", 'os.path.lexists("CASE/new.csv")'),
    _appears("isfile", 'os.path.isfile("CASE/new.csv")'),
    _appears("access", 'os.access("CASE/new.csv", os.R_OK)'),
    _appears("path_exists", 'Path("CASE/new.csv").exists()'),
    _appears("path_is_file", 'Path("CASE", "new.csv").is_file()'),
    _appears("exists_by_its_absolute_name", 'os.path.exists(os.path.abspath("CASE/new.csv"))'),
    _appears(
        "exists_in_the_folder_of_a_descriptor",
        'os.access("new.csv", os.F_OK, dir_fd=os.open("CASE", 0))',
    ),
    _appears(
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
        _BECOMES_A_FOLDER,
        **_GOES,
    ),
    again(
        "is_a_folder_now",
        'import os\nshow(os.path.isdir("CASE/data.csv"))',
        _BECOMES_A_FOLDER,
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
        write(_NEW, ""),
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
        write(_NEW, ""),
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
        write(_NEW, ""),
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
        write(_NEW, "three"),
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
    # What is known of it
    _changes("getsize", 'os.path.getsize("CASE/data.csv")', write(DATA, "three"), "3", "5"),
    _changes("stat_size", 'os.stat("CASE/data.csv").st_size', write(DATA, "three"), "3", "5"),
    _changes(
        "path_stat_size", 'Path("CASE/data.csv").stat().st_size', write(DATA, "three"), "3", "5"
    ),
    _changes("lstat_size", 'os.lstat("CASE/data.csv").st_size', write(DATA, "three"), "3", "5"),
    _changes(
        "stat_by_descriptor",
        'os.stat("data.csv", dir_fd=os.open("CASE", 0)).st_size',
        write(DATA, "three"),
        "3",
        "5",
    ),
    _changes(
        "fstat_of_a_path_descriptor",
        'os.fstat(os.open("CASE/data.csv", os.O_PATH)).st_size',
        write(DATA, "three"),
        "3",
        "5",
    ),
    _changes(
        "stat_size_of_a_link",
        'os.stat("CASE/link.csv").st_size',
        write(DATA, "three"),
        "3",
        "5",
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    _changes(
        "getmtime",
        'int(os.path.getmtime("CASE/data.csv"))',
        touch(DATA, OLD + 9),
        f"{OLD}",
        f"{OLD + 9}",
        setup=touch(DATA, OLD),
    ),
    _changes(
        "stat_mtime",
        'int(os.stat("CASE/data.csv").st_mtime)',
        touch(DATA, OLD + 9),
        f"{OLD}",
        f"{OLD + 9}",
        setup=touch(DATA, OLD),
    ),
    _changes(
        "path_stat_mtime",
        'int(Path("CASE/data.csv").stat().st_mtime)',
        touch(DATA, OLD + 9),
        f"{OLD}",
        f"{OLD + 9}",
        setup=touch(DATA, OLD),
    ),
    _changes(
        "stat_mode",
        'stat.filemode(os.stat("CASE/data.csv").st_mode)',
        mode(DATA, 0o755),
        "-rw-r--r--",
        "-rwxr-xr-x",
        setup=mode(DATA, 0o644),
    ),
    _changes(
        "access_to_execute",
        'os.access("CASE/data.csv", os.X_OK)',
        mode(DATA, 0o755),
        "False",
        "True",
    ),
    _changes(
        "readlink",
        'os.readlink("CASE/link")',
        symlink("docs/tutorials/CASE/link", "three"),
        "one",
        "three",
        setup=symlink("docs/tutorials/CASE/link", "one"),
    ),
    _changes(
        "path_readlink",
        'Path("CASE/link").readlink()',
        symlink("docs/tutorials/CASE/link", "three"),
        "one",
        "three",
        setup=symlink("docs/tutorials/CASE/link", "one"),
    ),
    _changes(
        "samefile",
        'os.path.samefile("CASE/data.csv", "CASE/link")',
        symlink("docs/tutorials/CASE/link", "other.csv"),
        "True",
        "False",
        files={DATA: "", "docs/tutorials/CASE/other.csv": ""},
        setup=symlink("docs/tutorials/CASE/link", "data.csv"),
    ),
    # Entries of folders that are listed
    _changes(
        "entry_size",
        '*(e.stat().st_size for e in os.scandir("CASE"))',
        write(DATA, "three"),
        "3",
        "5",
    ),
    _changes(
        "entry_is_file",
        '*(e.is_file() for e in os.scandir("CASE"))',
        _BECOMES_A_FOLDER,
        "True",
        "False",
    ),
    _changes(
        "entry_is_dir",
        '*(e.is_dir() for e in os.scandir("CASE"))',
        _BECOMES_A_FOLDER,
        "False",
        "True",
    ),
    _changes(
        "walk_tells_folders_from_files",
        '*(len(n) for _, _, n in os.walk("CASE"))',
        _BECOMES_A_FOLDER,
        "1",
        "0 0",
    ),
    _changes(
        "iterdir_size",
        '*(p.stat().st_size for p in Path("CASE").iterdir())',
        write(DATA, "three"),
        "3",
        "5",
    ),
    # Patterns
    _appears("glob_of_a_literal_name", 'len(glob.glob("CASE/new.csv"))', first="0", then="1"),
    _changes(
        "glob_with_a_literal_last_part",
        'len(glob.glob("CASE/*/meta.txt"))',
        write("docs/tutorials/CASE/b/meta.txt", ""),
        "1",
        "2",
        files={"docs/tutorials/CASE/a/meta.txt": "", "docs/tutorials/CASE/b/x.txt": ""},
    ),
    _changes(
        "path_glob_with_a_literal_last_part",
        'len(list(Path("CASE").glob("*/meta.txt")))',
        write("docs/tutorials/CASE/b/meta.txt", ""),
        "1",
        "2",
        files={"docs/tutorials/CASE/a/meta.txt": "", "docs/tutorials/CASE/b/x.txt": ""},
    ),
    _changes(
        "rglob_with_a_literal_last_part",
        'len(list(Path("CASE").rglob("meta.txt")))',
        write("docs/tutorials/CASE/b/meta.txt", ""),
        "1",
        "2",
        files={"docs/tutorials/CASE/a/meta.txt": "", "docs/tutorials/CASE/b/x.txt": ""},
    ),
    _changes(
        "glob_in_a_root_dir",
        'len(glob.glob("*/meta.txt", root_dir="CASE"))',
        write("docs/tutorials/CASE/b/meta.txt", ""),
        "1",
        "2",
        files={"docs/tutorials/CASE/a/meta.txt": "", "docs/tutorials/CASE/b/x.txt": ""},
    ),
    _changes(
        "glob_recursive",
        'len(glob.glob("CASE/**/meta.txt", recursive=True))',
        write("docs/tutorials/CASE/b/meta.txt", ""),
        "1",
        "2",
        files={"docs/tutorials/CASE/a/meta.txt": "", "docs/tutorials/CASE/b/x.txt": ""},
    ),
    _changes("glob_with_a_star", 'len(glob.glob("CASE/*.csv"))', write(_NEW, ""), "1", "2"),
    _changes("glob_of_folders", 'len(glob.glob("CASE/*/"))', _BECOMES_A_FOLDER, "0", "1"),
    # What was not asked for
    _stays("exists_edited", 'os.path.exists("CASE/data.csv")', write(DATA, "three"), "True"),
    _stays("isfile_edited", 'os.path.isfile("CASE/data.csv")', write(DATA, "three"), "True"),
    _stays("path_exists_edited", 'Path("CASE/data.csv").exists()', write(DATA, "three"), "True"),
    _stays("exists_touched", 'os.path.exists("CASE/data.csv")', touch(DATA), "True"),
    _stays("isdir_gains_a_file", 'os.path.isdir("CASE")', write(_NEW, ""), "True"),
    _stays("access_edited", 'os.access("CASE/data.csv", os.R_OK)', write(DATA, "three"), "True"),
    _stays(
        "readlink_target_edited",
        'os.readlink("CASE/link")',
        write(DATA, "three"),
        "data.csv",
        setup=symlink("docs/tutorials/CASE/link", "data.csv"),
    ),
    _stays("getsize_touched", 'os.path.getsize("CASE/data.csv")', touch(DATA), "3"),
    _stays(
        "getsize_edited_to_the_same_size",
        'os.path.getsize("CASE/data.csv")',
        write_as_before(DATA, "six"),
        "3",
    ),
    _stays(
        "stat_size_touched",
        'os.stat("CASE/data.csv").st_size',
        touch(DATA),
        "3",
        debatable="`stat` hands out size and time at once; which was used is hard to tell",
    ),
    _stays(
        "glob_of_a_literal_name_edited",
        'len(glob.glob("CASE/data.csv"))',
        write(DATA, "three"),
        "1",
    ),
    _stays(
        "glob_of_a_literal_name_beside", 'len(glob.glob("CASE/data.csv"))', write(_NEW, ""), "1"
    ),
    _stays("missing_file_beside", 'os.path.exists("CASE/absent.csv")', write(_NEW, ""), "False"),
    _stays(
        "entry_types_edited",
        '*(e.is_file() for e in os.scandir("CASE"))',
        write(DATA, "three"),
        "True",
    ),
]
