"""Edits of what is no text: shared libraries, programs, bytecode, databases."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing

from ..harness.model import Edit
from ..harness.site import Site


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
