"""The macros that a site defines for MathJax, and that no reader of a notebook has. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
_DEEPEST = 20

Macros = Mapping[str, tuple[str, int, str | None]]
"""By name without backslash: definition, number of arguments, default of the first."""


def read_macros(*configurations: Any) -> Macros:
    """The macros in MathJax's configuration.

    :param configurations: as Sphinx has them for MathJax 2 (``TeX.Macros``), 3 and 4
        (``tex.macros``).
    """
    found: dict[str, tuple[str, int, str | None]] = {}
    for value in configurations:
        for part, key in (("TeX", "Macros"), ("tex", "macros")):
            section = value.get(part) if isinstance(value, Mapping) else None
            macros = section.get(key) if isinstance(section, Mapping) else None
            for name, definition in macros.items() if isinstance(macros, Mapping) else ():
                parts = [definition] if isinstance(definition, str) else list(definition)
                if parts and isinstance(parts[0], str):
                    count = int(parts[1]) if len(parts) > 1 else 0
                    default = str(parts[2]) if len(parts) > 2 else None
                    found[str(name)] = (parts[0], count, default)
    return found


def expander(macros: Macros) -> Callable[[str], str]:
    """A function that writes formulas without the macros."""
    return lambda latex: _expanded(latex, macros, 0) if macros else latex


def _expanded(latex: str, macros: Macros, depth: int) -> str:
    parts: list[str] = []
    at = 0
    while found := _COMMAND.search(latex, at):
        parts.append(latex[at : found.start()])
        at = found.end()
        if found[1] not in macros or depth > _DEEPEST:
            parts.append(found[0])
            continue
        body, count, default = macros[found[1]]
        values: list[str] = []
        if count and default is not None:
            optional = re.compile(r"\s*\[([^\]]*)\]").match(latex, at)
            values.append(optional[1] if optional else default)
            at = optional.end() if optional else at
        while len(values) < count:
            value, at = _argument(latex, at)
            values.append(value)
        parts.append(f"{{{_expanded(_filled(body, values), macros, depth + 1)}}}")
    return "".join([*parts, latex[at:]])


def _filled(body: str, values: list[str]) -> str:
    """A definition with its arguments."""

    def value(match: re.Match[str]) -> str:
        number = int(match[1])
        return values[number - 1] if number <= len(values) else ""

    return re.sub(r"#([1-9])", value, body)


def _argument(latex: str, at: int) -> tuple[str, int]:
    """What a macro takes next, a group or one token, and where that ends."""
    while latex[at : at + 1].isspace():
        at += 1
    if latex[at : at + 1] != "{":
        token = _COMMAND.match(latex, at)
        end = token.end() if token else at + 1
        return latex[at:end], min(end, len(latex))
    depth = 0
    for end in range(at, len(latex)):
        escaped = end > 0 and latex[end - 1] == "\\"
        depth += 0 if escaped else {"{": 1, "}": -1}.get(latex[end], 0)
        if depth == 0:
            return latex[at + 1 : end], end + 1
    return latex[at + 1 :], len(latex)
