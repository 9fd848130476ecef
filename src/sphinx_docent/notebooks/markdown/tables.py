"""Tables as Markdown: with pipes where they suffice, as HTML around Markdown where not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes

Render = Callable[[Sequence[nodes.Node]], str]


@dataclass(frozen=True, slots=True)
class _Cell:
    content: Sequence[nodes.Node]
    is_heading: bool
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class _Group:
    head: Sequence[Sequence[_Cell]]
    body: Sequence[Sequence[_Cell]]

    @property
    def cells(self) -> Iterator[_Cell]:
        return (cell for row in (*self.head, *self.body) for cell in row)


def table_blocks(table: nodes.Element, *, inline: Render, blocks: Render) -> list[str]:
    """The blocks of a table: its title, then its rows.

    :param table: the ``table`` node.
    :param inline: renders what stands in a line.
    :param blocks: renders anything.
    """
    out: list[str] = []
    for part in table.children:
        if isinstance(part, nodes.tgroup):
            group = _group(part)
            out.append(_with_pipes(group, inline) or _as_html(group, blocks))
        else:
            out.append(blocks([part]))
    return [block for block in out if block]


def _group(node: nodes.tgroup) -> _Group:
    columns = [child for child in node.children if isinstance(child, nodes.colspec)]
    stubs = sum(bool(column.get("stub")) for column in columns)
    return _Group(
        head=[
            row for part in node.children if isinstance(part, nodes.thead) for row in _rows(part)
        ],
        body=[
            row
            for part in node.children
            if isinstance(part, nodes.tbody)
            for row in _rows(part, stubs)
        ],
    )


def _rows(part: nodes.Element, stubs: int | None = None) -> Iterator[list[_Cell]]:
    """The cells of each row: all of them headings, or as many as there are stub columns.

    A cell that spans rows leaves its column out of the rows below.
    """
    taken: dict[int, int] = {}
    for row in part.children:
        cells, column = [], 0
        for entry in (child for child in row.children if isinstance(child, nodes.entry)):
            while taken.get(column, 0):
                taken[column] -= 1
                column += 1
            rows, columns = entry.get("morerows", 0) + 1, entry.get("morecols", 0) + 1
            cells.append(_Cell(entry.children, stubs is None or column < stubs, rows, columns))
            for spanned in range(column, column + columns):
                taken[spanned] = rows - 1
            column += columns
        for further in [spanned for spanned in taken if spanned >= column]:
            taken[further] = max(0, taken[further] - 1)
        yield cells


def _with_pipes(group: _Group, inline: Render) -> str:
    """The table in GitHub's syntax, empty if that cannot hold it."""
    if len(group.head) > 1 or not all(_is_simple(cell) for cell in group.cells):
        return ""
    body = [[_pipe_cell(cell, inline) for cell in row] for row in group.body]
    width = max((len(row) for row in (*group.head, *body)), default=0)
    head = [inline(_line(cell)) for row in group.head for cell in row] or [""] * width
    if not width or any("\n" in text or r"\|" in text for row in (head, *body) for text in row):
        return ""
    rows = [[text.replace("|", r"\|") for text in row] for row in (head, *body)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _is_simple(cell: _Cell) -> bool:
    """Whether the cell spans nothing, holds one line, and no formula with a pipe."""
    if cell.rows > 1 or cell.columns > 1:
        return False
    if not all(isinstance(node, nodes.Text | nodes.Inline) for node in _line(cell)):
        return False
    formulas = (math for node in cell.content for math in node.findall(nodes.math))
    return not any("|" in formula.astext() for formula in formulas)


def _line(cell: _Cell) -> Sequence[nodes.Node]:
    """The nodes in the cell's line, if it holds one."""
    if len(cell.content) == 1 and isinstance(cell.content[0], nodes.paragraph):
        return cell.content[0].children
    return cell.content


def _pipe_cell(cell: _Cell, inline: Render) -> str:
    if not cell.is_heading or not cell.content:
        return inline(_line(cell))
    return inline([nodes.strong("", "", *(node.deepcopy() for node in _line(cell)))])


def _as_html(group: _Group, blocks: Render) -> str:
    parts = [
        [f"<{tag}>", *(line for row in rows for line in _html_row(row, blocks)), f"</{tag}>"]
        for tag, rows in (("thead", group.head), ("tbody", group.body))
        if rows
    ]
    return "\n".join(["<table>", *(line for part in parts for line in part), "</table>"])


def _html_row(row: Sequence[_Cell], blocks: Render) -> Iterator[str]:
    yield "<tr>"
    for cell in row:
        tag = "th" if cell.is_heading else "td"
        spans = (("rowspan", cell.rows), ("colspan", cell.columns))
        attributes = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
        text = blocks(cell.content)
        # Between blank lines, the content of an HTML block is Markdown again.
        yield (
            f"<{tag}{attributes}>\n\n{text}\n\n</{tag}>" if text else f"<{tag}{attributes}></{tag}>"
        )
    yield "</tr>"
