"""What a tutorial's process may send back, and nothing else.

The answer is written where the tutorial can write as well. So each part of it is checked where it
arrives, and what is not exactly an answer is none.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..model import Message


@dataclass(frozen=True, slots=True)
class Observed:
    """What a tutorial was seen to use.

    :param files: files that it read, or that it looked for and that are absent; absolute, in the
        repository.
    :param folders: folders whose content it listed; likewise.
    :param modules: top-level names of what it imported.
    :param processes: whether it started others.
    :param written: files that it made or wrote itself.
    :param searched: how often Python's import system has listed a folder.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    modules: tuple[str, ...]
    processes: bool
    written: tuple[str, ...] = ()
    searched: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """How a tutorial went whose process came to its end.

    :param seconds: wall-clock time of the execution.
    :param peak_memory: bytes, 0 where they are not known.
    :param traceback: of what it raised, ``None`` if it passed.
    :param messages: warnings that its page emitted.
    :param network: whether it opened a network connection.
    """

    seconds: float
    peak_memory: int
    traceback: str | None
    messages: tuple[Message, ...]
    network: bool
    observed: Observed


def encode_answer(answer: Answer) -> dict[str, Any]:
    """An answer in a form that JSON holds."""
    return asdict(answer)


def read_answer(data: Any, root: Path) -> Answer | None:
    """An answer that has come; ``None`` if it is not to be trusted.

    :param data: what JSON held.
    :param root: the repository's root; nothing outside of it can have been observed.
    """
    try:
        return _answer(data, root)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def _answer(data: Any, root: Path) -> Answer:
    _check(data.keys() == {field.name for field in fields(Answer)}, "parts")
    return Answer(
        seconds=_seconds(data["seconds"]),
        peak_memory=_size(data["peak_memory"]),
        traceback=_traceback(data["traceback"]),
        messages=tuple(map(_message, _list(data["messages"]))),
        network=_flag(data["network"]),
        observed=_observed(data["observed"], root),
    )


def _observed(data: Mapping[str, Any], root: Path) -> Observed:
    _check(data.keys() == {field.name for field in fields(Observed)}, "parts")
    return Observed(
        files=tuple(_inside(name, root) for name in _list(data["files"])),
        folders=tuple(_inside(name, root) for name in _list(data["folders"])),
        modules=tuple(map(_text, _list(data["modules"]))),
        processes=_flag(data["processes"]),
        written=tuple(_inside(name, root) for name in _list(data["written"])),
        searched=tuple(_count(pair, root) for pair in _list(data["searched"])),
    )


def _count(pair: Any, root: Path) -> tuple[str, int]:
    folder, count = _list(pair)
    return _inside(folder, root), _size(count)


def _traceback(value: Any) -> str | None:
    _check(value is None or bool(_text(value).strip()), "traceback")
    return None if value is None else str(value)


def _message(data: Mapping[str, Any]) -> Message:
    return Message(**{name: _text(value) for name, value in data.items()})


def _inside(name: Any, root: Path) -> str:
    text = _text(name)
    _check("\0" not in text and os.path.normpath(text) == text, "path")
    _check(text == str(root) or text.startswith(f"{root}{os.sep}"), "path")
    return text


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
