"""Opened through another name."""

from ..harness.edits import (
    each,
    hard_link,
    make_folder,
    mode,
    on_path,
    remove,
    rename,
    symlink,
    touch,
    write,
    write_again,
)
from ..harness.model import DATA, Edit, again, same

CLAUSE = "another name"

PROJECTS = {"alias": {"alias": True}}

_MORE = "docs/tutorials/CASE/more.csv"
_LIST = {"files": {DATA: ""}, "first": "data.csv", "then": "data.csv more.csv"}


def _append_in_place(path: str) -> Edit:
    return on_path(path, lambda place: open(place, "r+").write("three"))


CASES = [
    # Renamed, linked, copied by the tutorial
    again(
        "renamed",
        """
        import os
        os.rename("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "replaced",
        """
        import os
        open("CASE/moved.csv", "w").write("two")
        os.replace("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "moved_with_shutil",
        """
        import shutil
        shutil.move("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "moved_out_of_the_repository",
        """
        import shutil, tempfile
        with tempfile.TemporaryDirectory() as folder:
            shutil.move("CASE/data.csv", folder)
            show(open(f"{folder}/data.csv").read())
        """,
    ),
    again(
        "renamed_with_pathlib",
        """
        from pathlib import Path
        show(Path("CASE/data.csv").rename("CASE/moved.csv").read_text())
        """,
    ),
    again(
        "folder_renamed",
        """
        import os
        os.rename("CASE", "CASE_moved")
        show(open("CASE_moved/data.csv").read())
        """,
    ),
    again(
        "renamed_by_a_child",
        """
        import subprocess
        subprocess.run(["mv", "CASE/data.csv", "CASE/moved.csv"], check=True)
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "copied",
        """
        import shutil
        shutil.copy("CASE/data.csv", "CASE/copy.csv")
        show(open("CASE/copy.csv").read())
        """,
    ),
    again(
        "folder_copied",
        """
        import shutil
        shutil.copytree("CASE", "CASE_copy")
        show(open("CASE_copy/data.csv").read())
        """,
    ),
    again(
        "copied_by_a_child",
        """
        import subprocess
        subprocess.run(["cp", "-r", "CASE", "CASE_copy"], check=True)
        show(open("CASE_copy/data.csv").read())
        """,
    ),
    again(
        "linked",
        """
        import os
        os.link("CASE/data.csv", "CASE/other.csv")
        show(open("CASE/other.csv").read())
        """,
    ),
    again(
        "linked_with_pathlib",
        """
        from pathlib import Path
        Path("CASE/other.csv").hardlink_to("CASE/data.csv")
        show(Path("CASE/other.csv").read_text())
        """,
    ),
    again(
        "symlinked",
        """
        import os
        os.symlink("data.csv", "CASE/other.csv")
        show(open("CASE/other.csv").read())
        """,
    ),
    again(
        "symlinked_from_elsewhere",
        """
        import os, tempfile
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.abspath("CASE/data.csv"), f"{folder}/link")
            show(open(f"{folder}/link").read())
        """,
    ),
    again(
        "folder_symlinked",
        """
        import os
        os.symlink("CASE", "CASE_link")
        show(open("CASE_link/data.csv").read())
        """,
    ),
    again(
        "linked_by_a_child",
        """
        import subprocess
        subprocess.run(["ln", "CASE/data.csv", "CASE/other.csv"], check=True)
        show(open("CASE/other.csv").read())
        """,
    ),
    # Links in the repository
    again(
        "link",
        'show(open("CASE/link.csv").read())',
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "link_retargeted",
        'show(open("CASE/link.csv").read())',
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "link_replaced_by_a_file",
        'show(open("CASE/link.csv").read())',
        each(
            remove("docs/tutorials/CASE/link.csv"), write("docs/tutorials/CASE/link.csv", "three")
        ),
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
        files={DATA: "one"},
    ),
    again(
        "link_to_a_link",
        'show(open("CASE/first.csv").read())',
        symlink("docs/tutorials/CASE/second.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=each(
            symlink("docs/tutorials/CASE/first.csv", "second.csv"),
            symlink("docs/tutorials/CASE/second.csv", "data.csv"),
        ),
    ),
    again(
        "link_to_a_folder_above",
        'show(open("CASE/link/CASE.csv").read())',
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
        setup=symlink("docs/tutorials/CASE/link", "../../../data"),
    ),
    again(
        "link_to_a_folder_retargeted",
        'show(open("CASE/link/data.csv").read())',
        symlink("docs/tutorials/CASE/link", "new"),
        files={
            "docs/tutorials/CASE/old/data.csv": "one",
            "docs/tutorials/CASE/new/data.csv": "three",
        },
        setup=symlink("docs/tutorials/CASE/link", "old"),
    ),
    again(
        "link_retargeted_read_by_c_code",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"CASE/link.csv", 0), text, 9)
        show(text.value.decode())
        """,
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "link_retargeted_read_by_a_child",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/link.csv"], capture_output=True, text=True).stdout)
        """,
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "dangling_link_gets_its_target",
        """
        try:
            show(open("CASE/link.csv").read())
        except FileNotFoundError:
            show("one")
        """,
        write(_MORE, "three"),
        setup=symlink("docs/tutorials/CASE/link.csv", "more.csv"),
    ),
    again(
        "link_out_of_the_repository",
        'show(open("CASE/link.csv").read())',
        write("@OUTSIDE/CASE.csv", "three"),
        files={"@OUTSIDE/CASE.csv": "one"},
        setup=symlink("docs/tutorials/CASE/link.csv", "@OUTSIDE/CASE.csv"),
    ),
    again(
        "hard_link_edited_by_its_other_name",
        'show(open("CASE/data.csv").read())',
        _append_in_place("data/CASE.csv"),
        files={DATA: "one", "data/README": ""},
        setup=hard_link("data/CASE.csv", DATA),
    ),
    again(
        "realpath",
        """
        import os
        show(open(os.path.realpath("CASE/link.csv")).read())
        """,
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "realpath_retargeted",
        """
        import os
        show(open(os.path.realpath("CASE/link.csv")).read())
        """,
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "realpath_alone",
        """
        import os
        show(os.path.basename(os.path.realpath("CASE/link.csv")))
        """,
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        first="data.csv",
        then="more.csv",
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    again(
        "resolve",
        """
        from pathlib import Path
        show(Path("CASE/link.csv").resolve().read_text())
        """,
        symlink("docs/tutorials/CASE/link.csv", "more.csv"),
        files={DATA: "one", _MORE: "three"},
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    # Relative to something else
    again(
        "dir_fd",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY | os.O_DIRECTORY)
        show(os.read(os.open("data.csv", os.O_RDONLY, dir_fd=folder), 9).decode())
        """,
    ),
    again(
        "dir_fd_of_an_opener",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY | os.O_DIRECTORY)
        def opener(path, flags):
            return os.open(path, flags, dir_fd=folder)
        show(open("data.csv", opener=opener).read())
        """,
    ),
    again(
        "dir_fd_above",
        """
        import os
        folder = os.open("../../data", os.O_RDONLY | os.O_DIRECTORY)
        show(os.read(os.open("CASE.csv", os.O_RDONLY, dir_fd=folder), 9).decode())
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    again(
        "dir_fd_missing",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY | os.O_DIRECTORY)
        try:
            show(os.read(os.open("more.csv", os.O_RDONLY, dir_fd=folder), 9).decode())
        except FileNotFoundError:
            show("one")
        """,
        write(_MORE, "three"),
        files={DATA: ""},
    ),
    again("chdir", 'import os\nos.chdir("CASE")\nshow(open("data.csv").read())'),
    again(
        "fchdir",
        """
        import os
        os.fchdir(os.open("CASE", os.O_RDONLY))
        show(open("data.csv").read())
        """,
    ),
    again("proc_self_cwd", 'show(open("/proc/self/cwd/CASE/data.csv").read())'),
    again(
        "proc_self_root", 'show(open("/proc/self/root@ROOT/docs/tutorials/CASE/data.csv").read())'
    ),
    again(
        "proc_self_fd",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY)
        show(open(f"/proc/self/fd/{folder}/data.csv").read())
        """,
    ),
    again(
        "path_descriptor",
        """
        import os
        handle = os.open("CASE/data.csv", os.O_PATH)
        show(open(f"/proc/self/fd/{handle}").read())
        """,
    ),
    again("bytes_name", 'show(open(b"CASE/data.csv").read())'),
    again("winding_name", 'show(open("./CASE/..//./CASE/data.csv").read())'),
    again(
        "above_a_link",
        'show(open("CASE/link/../CASE.csv").read())',
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one", "data/CASE/x.csv": ""},
        setup=symlink("docs/tutorials/CASE/link", "../../../data/CASE"),
    ),
    # Listed
    again("listdir", 'import os\nshow(*sorted(os.listdir("CASE")))', write(_MORE, ""), **_LIST),
    again(
        "scandir",
        """
        import os
        show(*sorted(entry.name for entry in os.scandir("CASE")))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "walk",
        """
        import os
        show(*sorted(name for _, _, names in os.walk("CASE") for name in names))
        """,
        write("docs/tutorials/CASE/deep/more.csv", ""),
        setup=make_folder("docs/tutorials/CASE/deep"),
        **_LIST,
    ),
    again(
        "iterdir",
        """
        from pathlib import Path
        show(*sorted(path.name for path in Path("CASE").iterdir()))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "listdir_of_a_descriptor",
        """
        import os
        show(*sorted(os.listdir(os.open("CASE", os.O_RDONLY))))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "scandir_of_a_descriptor",
        """
        import os
        show(*sorted(entry.name for entry in os.scandir(os.open("CASE", os.O_RDONLY))))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "fwalk",
        """
        import os
        show(*sorted(name for _, _, names, _ in os.fwalk("CASE") for name in names))
        """,
        write("docs/tutorials/CASE/deep/more.csv", ""),
        setup=make_folder("docs/tutorials/CASE/deep"),
        **_LIST,
    ),
    again(
        "fwalk_of_a_descriptor",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY)
        show(*sorted(name for _, _, names, _ in os.fwalk(dir_fd=folder) for name in names))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "fwalk_reads",
        """
        import os
        for _, _, names, folder in os.fwalk("CASE"):
            for name in names:
                show(os.read(os.open(name, 0, dir_fd=folder), 9).decode())
        """,
    ),
    again(
        "listdir_of_the_current_folder",
        """
        import os
        os.chdir("CASE")
        show(*sorted(os.listdir()))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "listed_file_is_renamed",
        'import os\nshow(*os.listdir("CASE"))',
        rename(DATA, _MORE),
        files={DATA: ""},
        first="data.csv",
        then="more.csv",
    ),
    # An alias of the repository
    again(
        "alias_of_the_repository",
        'show(open("@OUTSIDE/CASE/docs/tutorials/CASE/data.csv").read())',
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_for_a_module",
        """
        import sys
        sys.path.insert(0, "@OUTSIDE/CASE/lib")
        import CASE_module
        show(CASE_module.word)
        """,
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_for_a_child",
        """
        import subprocess
        name = "@OUTSIDE/CASE/docs/tutorials/CASE/data.csv"
        show(subprocess.run(["cat", name], capture_output=True, text=True).stdout)
        """,
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_listed",
        """
        import os
        show(*sorted(os.listdir("@OUTSIDE/CASE/docs/tutorials/CASE")))
        """,
        write(_MORE, ""),
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
        **_LIST,
    ),
    # Builds that name the repository by a link
    again("built_by_an_alias", 'show(open("CASE/data.csv").read())', project="alias"),
    again(
        "built_by_an_alias_absolute",
        'show(open("@ROOT/docs/tutorials/CASE/data.csv").read())',
        project="alias",
    ),
    again(
        "built_by_an_alias_module",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
        project="alias",
    ),
    again(
        "built_by_an_alias_child",
        """
        import subprocess
        show(subprocess.run(["cat", "../../data/CASE.csv"], capture_output=True, text=True).stdout)
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
        project="alias",
    ),
    same(
        "built_by_an_alias_unused",
        'show(open("CASE/data.csv").read())',
        write(_MORE, ""),
        project="alias",
    ),
    # What changes nothing
    same("another_hard_link", 'show(open("CASE/data.csv").read())', hard_link(_MORE, DATA)),
    same("written_with_the_same_content", 'show(open("CASE/data.csv").read())', write_again(DATA)),
    same("other_mode", 'show(open("CASE/data.csv").read())', mode(DATA, 0o664)),
    same(
        "link_made_anew",
        'show(open("CASE/link.csv").read())',
        symlink("docs/tutorials/CASE/link.csv", "data.csv"),
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    same(
        "listed_files_are_edited",
        'import os\nshow(*os.listdir("CASE"))',
        write(DATA, "three"),
        first="data.csv",
    ),
    same(
        "listed_file_is_touched",
        'import os\nshow(*os.listdir("CASE"))',
        touch(DATA),
        first="data.csv",
    ),
]
