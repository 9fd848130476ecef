"""What a tutorial's process may send back, and nothing else.

The answer is written where the tutorial can write as well. So each part of it is checked where it
arrives, and what is not exactly an answer is none.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ..cache.inputs import PATHS, TABLES
from ..model import Message

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Observed:
    """What a tutorial was seen to use.

    :param used: by the name of a table in :class:`sphinx_docent.cache.inputs.Inputs`: absolute
        paths, as the repository has them, or names of modules, variables and such.
    :param processes: whether it started others.
    :param written: files that it made or wrote itself.
    :param absent: paths that led nowhere when they were asked for.
    :param searched: how often Python's import system has listed a folder.
    :param too_much: whether it was more than can be told, and nothing of it is.
    """

    used: Mapping[str, tuple[str, ...]]
    processes: bool
    written: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    searched: tuple[tuple[str, int], ...] = ()
    too_much: bool = False

    def also(self, table: str, names: Iterable[str]) -> Observed:
        """The same, with more in a table."""
        known = self.used.get(table, ())
        return replace(self, used={**self.used, table: tuple(sorted({*known, *names}))})


@dataclass(frozen=True, slots=True)
class Answer:
    """How a tutorial went whose process came to its end.

    :param seconds: wall-clock time of the execution.
    :param peak_memory: bytes, 0 where they are not known.
    :param traceback: of what it raised, ``None`` if it passed.
    :param messages: warnings that its page emitted.
    :param network: whether it opened a network connection.
    :param source: SHA-256 of the script as it was executed.
    :param began: when that was, in nanoseconds since the epoch, by the clock of files.
    """

    seconds: float
    peak_memory: int
    traceback: str | None
    messages: tuple[Message, ...]
    network: bool
    source: str
    began: int
    observed: Observed


def encode_answer(answer: Answer) -> dict[str, Any]:
    """An answer in a form that JSON holds."""
    return asdict(answer)


def read_answer(data: Any) -> Answer | None:
    """An answer that has come; ``None`` if it is not to be trusted.

    :param data: what JSON held.
    """
    try:
        return _answer(data)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def _answer(data: Any) -> Answer:
    _check(data.keys() == {field.name for field in fields(Answer)}, "parts")
    return Answer(
        seconds=_seconds(data["seconds"]),
        peak_memory=_size(data["peak_memory"]),
        traceback=_traceback(data["traceback"]),
        messages=tuple(map(_message, _list(data["messages"]))),
        network=_flag(data["network"]),
        source=_digest(data["source"]),
        began=_size(data["began"]),
        observed=_observed(data["observed"]),
    )


def _observed(data: Mapping[str, Any]) -> Observed:
    _check(data.keys() == {field.name for field in fields(Observed)}, "parts")
    _check(isinstance(data["used"], dict) and set(data["used"]) <= set(TABLES), "tables")
    return Observed(
        used={
            table: tuple((_path if table in PATHS else _name)(name) for name in _list(names))
            for table, names in data["used"].items()
        },
        processes=_flag(data["processes"]),
        written=tuple(map(_path, _list(data["written"]))),
        absent=tuple(map(_path, _list(data["absent"]))),
        searched=tuple(_count(pair) for pair in _list(data["searched"])),
        too_much=_flag(data["too_much"]),
    )


def _count(pair: Any) -> tuple[str, int]:
    folder, count = _list(pair)
    return _path(folder), _size(count)


def _traceback(value: Any) -> str | None:
    _check(value is None or bool(_text(value).strip()), "traceback")
    return None if value is None else str(value)


def _message(data: Mapping[str, Any]) -> Message:
    return Message(**{name: _text(value) for name, value in data.items()})


def _path(name: Any) -> str:
    text = _name(name)
    _check(os.path.isabs(text) and os.path.normpath(text) == text, "path")
    return text


def _name(value: Any) -> str:
    text = _text(value)
    _check("\0" not in text and 0 < len(text) < _LONGEST, "name")
    return text


def _digest(value: Any) -> str:
    _check(re.fullmatch("[0-9a-f]{64}", _text(value)) is not None, "digest")
    return str(value)


def _seconds(value: Any) -> float:
    _check(isinstance(value, (int, float)) and math.isfinite(value) and value >= 0, "seconds")
    return float(value)


def _size(value: Any) -> int:
    _check(type(value) is int and value >= 0, "size")
    return int(value)


def _flag(value: Any) -> bool:
    _check(isinstance(value, bool), "flag")
    return bool(value)


def _text(value: Any) -> str:
    _check(isinstance(value, str), "text")
    return str(value)


def _list(value: Any) -> list[Any]:
    _check(isinstance(value, list), "list")
    return list(value)


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"not the {what} of an answer")
