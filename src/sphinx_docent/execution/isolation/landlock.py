"""Keeps a process from writing below a folder, and from reaching others, by Linux's landlock.

For machines without namespaces: it needs no right, and cannot be taken back. It knows what is
allowed, not what is forbidden; so all is allowed that lies beside the way to the folder. It sees
nothing of permissions, times and attributes. See :manpage:`landlock(7)`.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress

from . import libc

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_SET_NO_NEW_PRIVILEGES = 38
_WRITE_FILE = 1 << 1
_OF_FOLDERS = sum(1 << bit for bit in range(4, 13))  # removing and making entries of all kinds
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_ABSTRACT_SOCKETS, _SIGNALS = 1, 2
_LEAST = 2  # before, nothing may be moved from one folder to another


def confine(folder: str, own: Iterable[str]) -> bool:
    """Let this process and those that it starts write nothing below a folder.

    They may neither signal nor trace others then, where the kernel knows of that.

    :param folder: a real path.
    :param own: where they may write nevertheless.
    :returns: whether this kernel can do that.
    """
    call = libc.raw_call
    version = call(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    if version < _LEAST:
        return False
    rights = _WRITE_FILE | _OF_FOLDERS | _REFER | (_TRUNCATE if version >= 3 else 0)
    scoped = _SIGNALS if version >= 6 else 0
    attributes = (ctypes.c_uint64 * 3)(rights, 0, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = call(_CREATE, attributes, ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        for place in (*_beside(folder), *own):
            _allow(rules, place, rights)
        libc.set_process_option(_SET_NO_NEW_PRIVILEGES, 1)
        return call(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, place: str, rights: int) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(f"/proc/self/fd/{handle}"):
            rights &= _WRITE_FILE | _TRUNCATE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, handle))
        libc.raw_call(_ADD_RULE, rules, _PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)


def _beside(folder: str) -> Iterator[str]:
    """All that lies beside the way to a folder, whose links are not followed."""
    parts = folder.strip("/").split("/")
    for depth, part in enumerate(parts):
        above = "/" + "/".join(parts[:depth])
        with suppress(OSError):
            for name in os.listdir(above):
                place = os.path.join(above, name)
                if name != part and not os.path.islink(place):
                    yield place
