"""Ways in which a tutorial may read a file of the repository, and what they read."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy  # type: ignore[import-not-found,unused-ignore]

X = "../../data/x.csv"


def by_c() -> Any:
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.fopen(X.encode(), b"r"))
    library.fgetc(handle)
    library.fclose(handle)


def by_c_unclosed() -> Any:
    return ctypes.CDLL(None).open(X.encode(), os.O_RDONLY)


def by_map() -> Any:
    with open(X, "rb") as file:
        kept = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    return len(kept[:])


def by_map_of_c() -> Any:
    library = ctypes.CDLL(None)
    library.mmap.restype = ctypes.c_void_p
    handle = library.open(X.encode(), os.O_RDONLY)
    address = library.mmap(None, 4, 1, 2, handle, ctypes.c_long(0))
    library.close(handle)
    return ctypes.string_at(address, 4).decode()


def by_sqlite() -> Any:
    with sqlite3.connect("file:base.sqlite?mode=ro", uri=True) as base:
        return base.execute("select x from t").fetchall()


def by_numpy() -> Any:
    # Loaded before the fork: a user who may not read the interpreter can load nothing.
    return len(numpy.fromfile(X, dtype="u1"))


def by_grandchild() -> Any:
    return subprocess.run(["sh", "-c", f"(cat {X}; true) & wait"], check=True).returncode


def by_posix_spawn() -> Any:
    return os.waitpid(os.posix_spawn("/bin/cat", ["cat", X], os.environ), 0)[1]


def by_fork() -> Any:
    pid = os.fork()
    if pid == 0:
        os.close(os.open(X, os.O_RDONLY))
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def by_orphan() -> Any:
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.close(os.open(X, os.O_RDONLY))
            os.close(write)
        os._exit(0)
    os.close(write)
    return os.read(read, 1).decode()


def by_dir_fd() -> Any:
    folder = os.open("../../data", os.O_PATH)
    return os.read(os.open("x.csv", os.O_RDONLY, dir_fd=folder), 9).decode()


def by_link() -> Any:
    os.symlink(os.path.abspath(X), "own")
    return Path("own").read_text()


def by_repository_link() -> Any:
    return subprocess.run(["cat", "../../link.csv"], check=True).returncode


def by_rename() -> Any:
    os.rename(X, "renamed.csv")
    return subprocess.run(["cat", "renamed.csv"], check=True).returncode


def by_copy() -> Any:
    return shutil.copy(X, "copy.csv")


def by_sendfile() -> Any:
    with open(X, "rb") as source, open("copy.csv", "wb") as target:
        return os.sendfile(target.fileno(), source.fileno(), 0, 9)


def by_proc() -> Any:
    return Path(f"/proc/self/root{os.path.abspath(X)}").read_text()


def by_thread() -> Any:
    import threading

    thread = threading.Thread(target=by_c)
    thread.start()
    thread.join()


def by_writing_and_reading_back() -> Any:
    Path("own.csv").write_text("own")
    return Path("own.csv").read_text()


def by_update() -> Any:
    with open(X, "r+") as file:
        return file.read()


WAYS: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "Python": (lambda: Path(X).read_text(), {"data/x.csv"}),
    "C": (by_c, {"data/x.csv"}),
    "C, not closed": (by_c_unclosed, {"data/x.csv"}),
    "map": (by_map, {"data/x.csv"}),
    "map by C": (by_map_of_c, {"data/x.csv"}),
    "sqlite": (by_sqlite, {"docs/tutorials/base.sqlite"}),
    "numpy": (by_numpy, {"data/x.csv"}),
    "child": (lambda: subprocess.run(["cat", X]).returncode, {"data/x.csv"}),
    "grandchild": (by_grandchild, {"data/x.csv"}),
    "posix_spawn": (by_posix_spawn, {"data/x.csv"}),
    "fork": (by_fork, {"data/x.csv"}),
    "orphan": (by_orphan, {"data/x.csv"}),
    "execve": (lambda: subprocess.run(["./script.sh"]).returncode, {"docs/tutorials/script.sh"}),
    "binary": (lambda: subprocess.run(["../../src/true"]).returncode, {"src/true"}),
    "dlopen": (lambda: bool(ctypes.CDLL("../../src/package/fast.so")), {"src/package/fast.so"}),
    "dir_fd": (by_dir_fd, {"data/x.csv"}),
    "own link": (by_link, {"data/x.csv"}),
    "repository's link": (by_repository_link, {"data/x.csv"}),
    "rename": (by_rename, {"data/x.csv"}),
    "copy": (by_copy, {"data/x.csv"}),
    "sendfile": (by_sendfile, {"data/x.csv"}),
    "/proc": (by_proc, {"data/x.csv"}),
    "thread": (by_thread, {"data/x.csv"}),
    "exec": (
        lambda: subprocess.run(["cmp", X, "data.csv"]).returncode,
        {"data/x.csv", "docs/tutorials/data.csv"},
    ),
    "own file": (by_writing_and_reading_back, set()),
    "stat": (lambda: os.stat(X).st_size, set()),
    "nothing": (lambda: None, set()),
}
