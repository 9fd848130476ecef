"""Opened through another name: a link in the repository, or relative to something else."""

from ..harness.edits import each, hard_link, on_path, remove, symlink, write
from ..harness.model import DATA, Edit, again

CLAUSE = "another name"
PROJECT = "names"

_MORE = "docs/tutorials/CASE/more.csv"


def _append_in_place(path: str) -> Edit:
    return on_path(path, lambda place: open(place, "r+").write("three"))


CASES = [
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
]
