"""What a code object does, as text: the same wherever its lines stand and whatever surrounds them.

Instructions are written with the names and constants that they use, jumps with the number of the
instruction that they lead to. So no line number, file name, comment or docstring is in it.
"""

from __future__ import annotations

import dis
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

_GLOBAL = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}
_ATTRIBUTE = {"LOAD_ATTR", "LOAD_METHOD"}
_EMPTY = {"CACHE", "EXTENDED_ARG", "NOP", "NOT_TAKEN", "PRECALL", "RESUME"}
_OF_THE_COMPILER = {"__doc__", "__firstlineno__", "__static_attributes__"}
_OF_DOCSTRINGS = {"__doc__", "getdoc"}
_HAS_DOCSTRING = 1 << 26


@dataclass(frozen=True, slots=True)
class Load:
    """A global name that code reads.

    :param attributes: what is read from it at once, ``("a", "b")`` for ``name.a.b``.
    """

    name: str
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """A module that code imports when it runs.

    :param names: that it takes from the module.
    """

    module: str
    level: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeText:
    """What code does, with that of the functions inside it.

    :param reads_docstrings: whether it may; a docstring counts for nobody else.
    """

    text: str
    loads: tuple[Load, ...]
    imports: tuple[Import, ...]
    reads_docstrings: bool


def code_text(code: CodeType) -> CodeText:
    """What a code object does."""
    steps = _steps(code)
    inner = [code_text(part) for part in code.co_consts if isinstance(part, CodeType)]
    loads = [*_loads(steps), *(load for part in inner for load in part.loads)]
    imports = [*_imports(steps), *(found for part in inner for found in part.imports)]
    names = {*code.co_names, *(part for part in code.co_consts if isinstance(part, str))}
    return CodeText(
        text="\n".join(_lines(code, steps)),
        loads=tuple(dict.fromkeys(loads)),
        imports=tuple(dict.fromkeys(imports)),
        reads_docstrings=bool(names & _OF_DOCSTRINGS)
        or any(part.reads_docstrings for part in inner),
    )


def constant_text(value: Any) -> str:
    """A constant of code, with its type: ``1`` is not ``True``; a set has no order."""
    if isinstance(value, CodeType):
        return f"<{code_text(value).text}>"
    if isinstance(value, tuple):
        return f"({', '.join(map(constant_text, value))})"
    if isinstance(value, frozenset):
        return f"{{{', '.join(sorted(map(constant_text, value)))}}}"
    return f"{type(value).__name__} {value!r}"


def docstring(code: CodeType, doc: str | None) -> str:
    """Docstring of a function and of the functions inside it."""
    inner = [
        docstring(part, part.co_consts[0] if part.co_consts else None)
        for part in code.co_consts
        if isinstance(part, CodeType)
    ]
    return repr([doc, *inner])


def _steps(code: CodeType) -> list[dis.Instruction]:
    steps = [step for step in dis.get_instructions(code) if step.opname not in _EMPTY]
    dropped = {
        number + shift
        for number, step in enumerate(steps)
        if step.opname == "STORE_NAME" and step.argval in _OF_THE_COMPILER
        for shift in (-1, 0)
    }
    return [step for number, step in enumerate(steps) if number not in dropped]


def _lines(code: CodeType, steps: Sequence[dis.Instruction]) -> Iterator[str]:
    offsets = [step.offset for step in steps]
    yield f"{code.co_name} {code.co_flags & ~_HAS_DOCSTRING}"
    yield f"{code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount}"
    yield f"{code.co_varnames} {code.co_freevars} {code.co_cellvars}"
    for step in steps:
        if step.opcode in dis.hasconst:
            yield f"{step.opname} {constant_text(step.argval)}"
        elif step.opcode in dis.hasjrel or step.opcode in dis.hasjabs:
            yield f"{step.opname} to {bisect_left(offsets, step.argval)}"
        else:
            yield f"{step.opname} {step.argrepr or step.arg}"
    for entry in getattr(dis.Bytecode(code), "exception_entries", ()):
        reach = [bisect_left(offsets, place) for place in (entry.start, entry.end, entry.target)]
        yield f"except {reach} {entry.depth} {entry.lasti}"


def _loads(steps: Sequence[dis.Instruction]) -> Iterator[Load]:
    for number, step in enumerate(steps):
        if step.opname in _GLOBAL:
            attributes = []
            for later in steps[number + 1 :]:
                if later.opname not in _ATTRIBUTE:
                    break
                attributes.append(later.argval)
            yield Load(step.argval, tuple(attributes))


def _imports(steps: Sequence[dis.Instruction]) -> Iterator[Import]:
    for number, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            level, names = (before.argval for before in steps[number - 2 : number])
            yield Import(step.argval, level, tuple(names or ()))
