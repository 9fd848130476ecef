"""The edits that cases are made of. Each returns a function that does it to a site."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from ..harness.model import Edit
from ..harness.site import Site

OLD = 1_500_000_000
"""A time of modification before any build."""


def each(*edits: Edit) -> Edit:
    """Several edits that are one change."""

    def edit(site: Site, case: str) -> None:
        for one in edits:
            one(site, case)

    return edit


def on_path(path: str, change: Callable[[Path], object]) -> Edit:
    """Do something with a path of the site."""

    def edit(site: Site, case: str) -> None:
        change(site.path(path, case))

    return edit


def write(path: str, content: str | bytes) -> Edit:
    """Write a file in place, with the time of now."""
    return lambda site, case: site.write(path, content, case)


def write_as_before(path: str, content: str | bytes) -> Edit:
    """Write a file in place, and give it the time that it had (``cp -p``)."""

    def edit(site: Site, case: str) -> None:
        times = site.path(path, case).stat()
        site.write(path, content, case)
        os.utime(site.path(path, case), ns=(times.st_atime_ns, times.st_mtime_ns))

    return edit


def move_in(path: str, content: str | bytes) -> Edit:
    """Replace a file by one that has an old time (``mv``)."""

    def edit(site: Site, case: str) -> None:
        new = site.outside / f"{case}.new"
        site.write(str(new), content, case)
        os.utime(new, (OLD, OLD))
        new.replace(site.path(path, case))

    return edit


def write_again(path: str) -> Edit:
    """Delete a file and write it with the same content."""

    def edit(site: Site, case: str) -> None:
        file = site.path(path, case)
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)

    return edit


def replace(path: str, old: str, new: str) -> Edit:
    """Replace a text that stands in a file once."""

    def edit(site: Site, case: str) -> None:
        file = site.path(path, case)
        text, before = file.read_text(encoding="utf-8"), site.text(old, case)
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times in {file}")
        file.write_text(text.replace(before, site.text(new, case)), encoding="utf-8")

    return edit


def remove(path: str) -> Edit:
    """Remove a file, a link or a folder."""

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    return edit


def rename(path: str, new: str) -> Edit:
    """Rename a file or a folder."""

    def edit(site: Site, case: str) -> None:
        site.path(path, case).rename(site.path(new, case))

    return edit


def make_folder(path: str) -> Edit:
    """Make an empty folder."""
    return on_path(path, lambda place: place.mkdir(parents=True))


def symlink(path: str, target: str) -> Edit:
    """Make a symbolic link, or have it lead elsewhere.

    :param target: as it shall stand in the link.
    """

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(site.text(target, case))

    return edit


def hard_link(path: str, existing: str) -> Edit:
    """Give a file one more name."""
    return lambda site, case: site.path(path, case).hardlink_to(site.path(existing, case))


def touch(path: str, seconds: float | None = None) -> Edit:
    """Set the times of a file, to now if nothing is given."""
    times = None if seconds is None else (seconds, seconds)
    return on_path(path, lambda place: os.utime(place, times))


def mode(path: str, bits: int) -> Edit:
    """Set who may do what with a file."""
    return on_path(path, lambda place: place.chmod(bits))


def variable(**values: str | None) -> Edit:
    """Set environment variables of the builds that follow; ``None`` removes one."""

    def edit(site: Site, case: str) -> None:
        for name, value in values.items():
            key = site.text(name, case)
            site.env.pop(key, None)
            if value is not None:
                site.env[key] = site.text(value, case)

    return edit


def table(path: str, word: str) -> Edit:
    """Have a word in an SQLite database."""

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        place.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(place)) as base:
            base.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
            base.execute("DELETE FROM words")
            base.execute("INSERT INTO words VALUES (?)", (word,))
            base.commit()

    return edit


def compiled(path: str, source: str, *options: str) -> Edit:
    """Compile C; the old file is replaced by the new one."""

    def edit(site: Site, case: str) -> None:
        place = site.path(path, case)
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f"{place.name}.new")
        subprocess.run(
            [
                "gcc",
                "-x",
                "c",
                "-",
                "-x",
                "none",
                "-o",
                new,
                *(site.text(o, case) for o in options),
            ],
            input=site.text(source, case).encode(),
            cwd=place.parent,
            check=True,
        )
        new.replace(place)

    return edit


def library(path: str, word: str, *options: str) -> Edit:
    """A shared library with a function ``word``."""
    source = f'const char *word(void) {{ return "{word}"; }}\n'
    return compiled(path, source, "-shared", "-fPIC", *options)


def program(path: str, word: str) -> Edit:
    """A program that prints a word."""
    return compiled(path, f'#include <stdio.h>\nint main(void) {{ return puts("{word}") < 0; }}\n')


_EXTENSION = """
#include <Python.h>
static struct PyModuleDef definition = {{PyModuleDef_HEAD_INIT, "{name}", NULL, -1, NULL}};
PyMODINIT_FUNC PyInit_{name}(void)
{{
    PyObject *module = PyModule_Create(&definition);
    PyModule_AddStringConstant(module, "word", "{word}");
    return module;
}}
"""


def extension(folder: str, name: str, word: str) -> Edit:
    """An extension module with a constant ``word``."""

    def edit(site: Site, case: str) -> None:
        source = _EXTENSION.format(name=site.text(name, case), word=word)
        options = ("-shared", "-fPIC", f"-I{site.python.include}")
        compiled(f"{folder}/{name}{site.python.suffix}", source, *options)(site, case)

    return edit


def bytecode(path: str, content: str, target: str = "") -> Edit:
    """The bytecode of a text, as if a module had held it; the module's file stays.

    :param target: of the bytecode; where it is not given, in ``__pycache__``.
    """

    def edit(site: Site, case: str) -> None:
        module = site.path(path, case)
        kept, times = module.read_bytes(), module.stat()
        site.write(path, content, case)
        os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
        command = "import py_compile, sys; py_compile.compile(sys.argv[1], *sys.argv[2:])"
        places = [str(module), *([str(site.path(target, case))] if target else [])]
        subprocess.run([site.python.executable, "-c", command, *places], check=True)
        module.write_bytes(kept)
        os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))

    return edit


def commit(site: Site, _case: str) -> None:
    """Commit what is changed."""
    site.commit()


def install(
    name: str,
    version: str,
    files: Mapping[str, str],
    *,
    direct_url: Mapping[str, object] | None = None,
    summary: str = "",
    entry_points: str = "",
    requires: str = "",
    record: bool = True,
) -> Edit:
    """Install a distribution as pip does; an older version of it goes.

    :param files: by path in ``site-packages``.
    :param record: whether ``RECORD`` says what the files hold now; otherwise it stays.
    """

    def edit(site: Site, case: str) -> None:
        own = site.text(name, case)
        kept = _uninstall(site, own)
        for path, content in files.items():
            site.write(f"@SITE/{path}", content, case)
        about = f"Metadata-Version: 2.1\nName: {own}\nVersion: {version}\n"
        about += f"Summary: {summary}\n" if summary else ""
        about += f"Requires-Dist: {requires}\n" if requires else ""
        info = f"{own.replace('-', '_')}-{version}.dist-info"
        tops = sorted({Path(site.text(path, case)).parts[0].partition(".py")[0] for path in files})
        parts = {"METADATA": about, "INSTALLER": "pip\n", "top_level.txt": "\n".join(tops)}
        if entry_points:
            parts["entry_points.txt"] = site.text(entry_points, case)
        if direct_url:
            parts["direct_url.json"] = site.text(json.dumps(direct_url), case)
        for part, content in parts.items():
            site.write(f"@SITE/{info}/{part}", content, case)
        written = [site.text(path, case) for path in files] + [f"{info}/{part}" for part in parts]
        rows = "".join(_record(site, path) for path in written) + f"{info}/RECORD,,\n"
        site.write(f"@SITE/{info}/RECORD", rows if record or not kept else kept, case)

    return edit


def uninstall(name: str) -> Edit:
    """Remove a distribution with all that it has installed."""

    def edit(site: Site, case: str) -> None:
        _uninstall(site, site.text(name, case))

    return edit


def _uninstall(site: Site, name: str) -> str:
    record = ""
    folders = set()
    for info in site.packages.glob(f"{name.replace('-', '_')}-*.dist-info"):
        record = (info / "RECORD").read_text(encoding="utf-8")
        for row in record.splitlines():
            file = site.packages / row.partition(",")[0]
            file.unlink(missing_ok=True)
            folders |= {file.parent / "__pycache__", file.parent}
            for old in file.parent.glob(f"__pycache__/{file.stem}.*"):
                old.unlink()
    for folder in sorted(folders, reverse=True):
        if folder != site.packages and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return record


def _record(site: Site, path: str) -> str:
    content = (site.packages / path).read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}\n"
