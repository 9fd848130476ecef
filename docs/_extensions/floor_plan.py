"""The directive ``floor-plan``: the package's floors, drawn from the contract that lint checks.

The floors are the ``layers`` of the first contract of import-linter in ``pyproject.toml``; what is
said of a room is the first paragraph of its docstring. So the picture cannot be wrong.
"""

from __future__ import annotations

import ast
import html
import re
import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

ROOT = Path(__file__).parents[2]
WIDTH, LEFT, GAP, LINE, PADDING = 960, 4, 8, 17, 12


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("floor-plan", FloorPlan)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class FloorPlan(SphinxDirective):
    """A picture for a browser, a list for others."""

    def run(self) -> list[nodes.Node]:
        floors = read_floors(ROOT / "pyproject.toml")
        self.env.note_dependency(str(ROOT / "pyproject.toml"))
        words = {
            room: say(ROOT / "src", package, room) for package, rooms in floors for room in rooms
        }
        listed = nodes.bullet_list()
        for _, rooms in floors:
            for room in rooms:
                text = nodes.paragraph("", f"{room}: {words[room]}")
                listed += nodes.list_item("", text)
        shown = addnodes.only("", listed, expr="not html")
        picture = draw([rooms for _, rooms in floors], words)
        return [nodes.raw("", picture, format="html"), shown]


def read_floors(project: Path) -> list[tuple[str, list[str]]]:
    """The package and the rooms of each floor, from the top."""
    settings = tomllib.loads(project.read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    package = contract["containers"][0]
    return [(package, re.split(r"\s*[|:]\s*", layer)) for layer in contract["layers"]]


def say(source: Path, package: str, room: str) -> str:
    """The first sentence of a room's docstring."""
    place = source / package / room
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    paragraph = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n\n")[0]
    plain = re.sub(r":\w+:`[~.]*([^`]*)`", r"\1", paragraph).replace("``", "")
    return " ".join(plain.split())


def draw(floors: list[list[str]], words: dict[str, str]) -> str:
    """The floors as SVG: a room stands above all that it may import."""
    parts: list[str] = []
    top = GAP
    for rooms in floors:
        width = (WIDTH - 2 * LEFT - GAP * (len(rooms) - 1)) / len(rooms)
        wrapped = [textwrap.wrap(words[room], int(width / 7.6)) for room in rooms]
        height = 2 * PADDING + LINE * (1 + max(map(len, wrapped)))
        for index, (room, lines) in enumerate(zip(rooms, wrapped, strict=True)):
            parts.append(_room(LEFT + index * (width + GAP), top, width, height, room, lines))
        top += height + GAP
    label = "The floors of the package, from the top; imports run downwards only"
    return (
        f'<svg class="floor-plan" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {top}">'
        f"{''.join(parts)}</svg>"
    )


def _room(x: float, y: float, width: float, height: float, name: str, lines: list[str]) -> str:
    text = "".join(
        f'<text x="{x + PADDING:.0f}" y="{y + PADDING + LINE * (row + 1.7):.0f}">'
        f"{html.escape(line)}</text>"
        for row, line in enumerate(lines)
    )
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="4"/>'
        f'<text class="name" x="{x + PADDING:.0f}" y="{y + PADDING + LINE * 0.7:.0f}">{name}</text>'
        f"{text}"
    )
