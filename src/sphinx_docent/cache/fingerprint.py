"""Describes a setting so that it reads the same in every run, and another when it means another.

A set has no order of its own, and a function's ``repr`` is its address: a function of ``conf.py``
is therefore described by its code, one of a project's module by that module's file.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from ..machine.interpreter import installation_folders

_INSTALLED = tuple(installation_folders().values())


def fingerprint(value: Any) -> str:
    """The description of any value."""
    if isinstance(value, Mapping):
        rows = sorted(f"{fingerprint(key)}: {fingerprint(entry)}" for key, entry in value.items())
        return f"{{{', '.join(rows)}}}"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(fingerprint, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(fingerprint, value))}]"
    if isinstance(value, CodeType):
        return _code(value)
    if isinstance(value, FunctionType):
        return f"{value.__module__}.{value.__qualname__} {_function(value)}"
    plain = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    return plain if plain == repr(value) else f"{plain} {_methods(type(value))}"


def _function(function: FunctionType) -> str:
    module = sys.modules.get(function.__module__ or "")
    file = getattr(module, "__file__", None)
    if file and not file.startswith(_INSTALLED):
        return hashlib.sha256(Path(file).read_bytes()).hexdigest()
    return _code(function.__code__)


def _methods(kind: type) -> str:
    return ", ".join(
        f"{name} {_function(entry)}"
        for name, entry in sorted(vars(kind).items())
        if isinstance(entry, FunctionType)
    )


def _code(code: CodeType) -> str:
    parts = (code.co_code, code.co_names, code.co_varnames, code.co_freevars)
    text = f"{parts!r} {fingerprint(code.co_consts)}"
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
