"""Only asked for: what is known of a file, entries of folders, patterns."""

from typing import Any

from ..harness.edits import OLD, mode, symlink, touch, write, write_as_before
from ..harness.model import DATA, Case, Edit, again, same
from .asked_existence import BECOMES_A_FOLDER, NEW, appears

CLAUSE = "only asked for"
PROJECT = "asked"


def _changes(name: str, expression: str, edit: Edit, first: str, then: str, **more: Any) -> Case:
    code = f"import os, glob, stat\nfrom pathlib import Path\nshow({expression})"
    return again(name, code, edit, first=first, then=then, **{"files": {DATA: "one"}, **more})


def _stays(name: str, expression: str, edit: Edit, first: str, **more: Any) -> Case:
    code = f"import os, glob, stat\nfrom pathlib import Path\nshow({expression})"
    return same(name, code, edit, first=first, **more)


CASES = [
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
        BECOMES_A_FOLDER,
        "True",
        "False",
    ),
    _changes(
        "entry_is_dir",
        '*(e.is_dir() for e in os.scandir("CASE"))',
        BECOMES_A_FOLDER,
        "False",
        "True",
    ),
    _changes(
        "walk_tells_folders_from_files",
        '*(len(n) for _, _, n in os.walk("CASE"))',
        BECOMES_A_FOLDER,
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
    appears("glob_of_a_literal_name", 'len(glob.glob("CASE/new.csv"))', first="0", then="1"),
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
    _changes("glob_with_a_star", 'len(glob.glob("CASE/*.csv"))', write(NEW, ""), "1", "2"),
    _changes("glob_of_folders", 'len(glob.glob("CASE/*/"))', BECOMES_A_FOLDER, "0", "1"),
    # What was not asked for
    _stays("exists_edited", 'os.path.exists("CASE/data.csv")', write(DATA, "three"), "True"),
    _stays("isfile_edited", 'os.path.isfile("CASE/data.csv")', write(DATA, "three"), "True"),
    _stays("path_exists_edited", 'Path("CASE/data.csv").exists()', write(DATA, "three"), "True"),
    _stays("exists_touched", 'os.path.exists("CASE/data.csv")', touch(DATA), "True"),
    _stays("isdir_gains_a_file", 'os.path.isdir("CASE")', write(NEW, ""), "True"),
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
    _stays("glob_of_a_literal_name_beside", 'len(glob.glob("CASE/data.csv"))', write(NEW, ""), "1"),
    _stays("missing_file_beside", 'os.path.exists("CASE/absent.csv")', write(NEW, ""), "False"),
    _stays(
        "entry_types_edited",
        '*(e.is_file() for e in os.scandir("CASE"))',
        write(DATA, "three"),
        "True",
    ),
]
