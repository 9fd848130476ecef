"""Reads the text of scripts: the only place that does.

A gallery's folder may hold anything under a script's name. Only regular files are opened, and what
sphinx-gallery could not take is told with its line.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import tokenize
import unicodedata
from pathlib import Path

from ..printable import printable_name

_LONGEST = 16 * 2**20  # bytes
_LONGEST_NAME = 220  # bytes, with which those of pictures stay below the 255 of file systems
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_AS_UTF8 = "sphinx-gallery reads scripts as UTF-8: save it as UTF-8"


class SourceError(Exception):
    """A script cannot be read.

    :param line: 1-based.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def read_bytes(path: Path) -> bytes:
    """The content of a regular file; nothing else is ever opened.

    :raises SourceError: there is none, or it cannot be read.
    """
    try:
        _check_kind(os.stat(path))
        # It may have become a pipe meanwhile, which nobody ever writes to.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            _check_kind(os.fstat(handle))
            data = file.read(_LONGEST + 1)
    except OSError as error:
        raise SourceError(f"the tutorial cannot be read: {error.strerror or error}") from None
    if len(data) > _LONGEST:
        raise SourceError(f"the tutorial is larger than {_LONGEST // 2**20} MB")
    return data


def read_source(path: Path) -> str:
    """The text of a script, as sphinx-gallery reads it.

    :raises SourceError: it has none that sphinx-gallery could take, or such a name.
    """
    _check_name(path.name)
    data = read_bytes(path)
    text = _decode(data)
    _check_encoding(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a file as far as they can be read, to find and show places in it."""
    try:
        text = read_bytes(path).decode("utf-8", errors="replace")
    except SourceError:
        return ()
    if path.suffix != ".py":
        return tuple(text.splitlines())  # as docutils counts them
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(rows if rows[-1] else rows[:-1])


def _check_name(name: str) -> None:
    if unicodedata.normalize("NFC", name) != name:
        raise SourceError(
            "rename the tutorial: Sphinx finds no page whose name holds a letter and its accent as "
            "two characters (write it in Unicode's form NFC)"
        )
    if len(os.fsencode(name)) > _LONGEST_NAME:
        raise SourceError(
            f"rename the tutorial: its name is too long for files that are named after it, it may"
            f" have {_LONGEST_NAME} bytes"
        )
    if printable_name(name) != name:
        shown = printable_name(name)
        raise SourceError(f"rename the tutorial: no page can be called {shown}")


def _check_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
        raise SourceError(f"the tutorial is no file, but {kind}")


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(f"the tutorial is UTF-16 or UTF-32; {_AS_UTF8}")
    if data.startswith(codecs.BOM_UTF8):
        raise SourceError(
            "the tutorial begins with a byte order mark (BOM), which sphinx-gallery cannot take: "
            "save it as UTF-8 without"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise SourceError(f"{byte}; {_AS_UTF8}", _line(data, error.start)) from None
    if "\0" in text:
        raise SourceError("the tutorial holds a NUL character", _line(data, data.index(b"\0")))
    return text


def _check_encoding(data: bytes) -> None:
    """See that the encoding that a script declares is one, and what it is read as."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        can_hold_scripts = b"#\n".decode(encoding) == "#\n"
    except SyntaxError as error:
        raise SourceError(f"the tutorial does not parse: {error}") from None
    except (LookupError, UnicodeError):
        can_hold_scripts = False
    if not can_hold_scripts:
        raise SourceError(f"the tutorial declares to be {encoding}, which no script can be")
    if encoding != "utf-8" and not data.isascii():
        raise SourceError(f"the tutorial declares to be {encoding}; {_AS_UTF8}")


def _line(data: bytes, position: int) -> int:
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
