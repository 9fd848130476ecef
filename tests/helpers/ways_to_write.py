"""Ways in which a tutorial may change files of the repository."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.helpers import isolated_functions

here = Path.cwd  # a tutorial's working folder is its own, docs/tutorials


def top() -> Path:
    return Path.cwd().parent.parent


def overwrite(path: Path) -> None:
    path.write_text("overwritten")


def by_hard_link() -> None:
    os.link(top() / "data/x.csv", here() / "hard.csv")
    overwrite(here() / "hard.csv")


def by_symbolic_link() -> None:
    overwrite(top() / "link.csv")


def by_rename() -> None:
    (here() / "new.csv").write_text("new")
    os.rename(here() / "new.csv", top() / "data/x.csv")


def by_descriptor_of_a_folder() -> None:
    folder = os.open(top() / "data", os.O_RDONLY)
    handle = os.open("x.csv", os.O_WRONLY | os.O_TRUNC, dir_fd=folder)
    os.write(handle, b"overwritten")


def by_map() -> None:

    with open(top() / "data/x.csv", "r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        content[0:1] = b"9"


def by_c() -> None:
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    handle = library.fopen(os.fsencode(top() / "data/x.csv"), b"w")
    library.fputs(b"overwritten", ctypes.c_void_p(handle))
    library.fclose(ctypes.c_void_p(handle))


def by_git() -> None:
    shutil.rmtree(top() / ".git/refs")
    overwrite(top() / ".git/config")


def by_git_commit() -> None:
    overwrite(top() / "data/x.csv")
    isolated_functions.git(top(), "commit", "-qam", "tutorial")


def by_socket() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("here.sock")


def by_cwd_of_a_child() -> None:
    subprocess.run(["sh", "-c", "cd ../../data && echo overwritten > x.csv"], check=True)


def by_own_descriptor() -> None:
    handle = os.open(top() / "data/x.csv", os.O_RDONLY)
    Path(f"/proc/self/fd/{handle}").write_text("overwritten")


def by_own_root() -> None:
    overwrite(Path(f"/proc/self/root{top()}/data/x.csv"))


def by_sqlite() -> None:
    with sqlite3.connect(top() / "data/base.sqlite") as base:
        base.execute("pragma journal_mode=wal")
        base.execute("create table t (x)")


def by_extended_attribute() -> None:
    os.setxattr(top() / "data/x.csv", "user.a", b"b")


def by_making_all_unreadable() -> None:
    for path in (top() / "data/x.csv", top() / "data", here() / "deep", top() / "src"):
        path.chmod(0)


def by_depth() -> None:
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")


WAYS: dict[str, Callable[[], Any]] = {
    "beside": lambda: overwrite(here() / "new.csv"),
    "over": lambda: overwrite(here() / "data.csv"),
    "append": lambda: (here() / "data.csv").open("a").write("x"),
    "relative": lambda: overwrite(Path("../../data/x.csv")),
    "absolute": lambda: overwrite(Path(os.path.abspath("../../data/x.csv"))),
    "unlink": lambda: (top() / "data/x.csv").unlink(),
    "rmtree": lambda: shutil.rmtree(top() / "src"),
    "mkdir": lambda: (top() / "data/new/folder").mkdir(parents=True),
    "chmod": lambda: (top() / "data/x.csv").chmod(0o600),
    "utime": lambda: os.utime(top() / "data/x.csv", (1, 1)),
    "truncate": lambda: os.truncate(top() / "data/x.csv", 0),
    "fifo": lambda: os.mkfifo("fifo"),
    "child": lambda: subprocess.run(["cp", "data.csv", "../../data/x.csv"], check=True),
    "root itself": lambda: (top() / "new").write_text("x"),
    "move a folder": lambda: shutil.move(top() / "data", top() / "moved"),
    "hard link": by_hard_link,
    "symbolic link": by_symbolic_link,
    "rename": by_rename,
    "dir_fd": by_descriptor_of_a_folder,
    "map": by_map,
    "C": by_c,
    ".git": by_git,
    "commit": by_git_commit,
    "socket": by_socket,
    "child's folder": by_cwd_of_a_child,
    "/proc/self/fd": by_own_descriptor,
    "/proc/self/root": by_own_root,
    "sqlite": by_sqlite,
    "xattr": by_extended_attribute,
    "mode 000": by_making_all_unreadable,
    "depth": by_depth,
}
