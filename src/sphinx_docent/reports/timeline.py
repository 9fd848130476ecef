"""``timeline.html``: what executed when, on which worker, as one self-contained page."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

_ROW = 26
_WIDTH = 960
_LEFT = 70
_LETTERS = 11  # of a worker's name that fit there
_COLOURS = {"passed": "#2c7fb8", "failed": "#d7301f"}


@dataclass(frozen=True, slots=True)
class Span:
    """One execution.

    :param slot: the worker, from 0.
    :param worker: its name, empty on this machine.
    :param start: seconds since the first execution began.
    :param end: likewise.
    """

    path: str
    slot: int
    start: float
    end: float
    status: str
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A tutorial in the table below the picture."""

    path: str
    action: str
    reason: str
    status: str
    seconds: float
    peak_memory: int


def timeline_page(title: str, spans: Sequence[Span], tutorials: Sequence[Listed]) -> str:
    """The page.

    :param spans: may be empty: nothing was executed.
    """
    counts: dict[str, int] = {}
    for entry in tutorials:
        counts[entry.action] = counts.get(entry.action, 0) + 1
    totals = ", ".join(f"{count} {action}" for action, count in sorted(counts.items()))
    picture = _picture(spans) if spans else "<p>Nothing was executed in this build.</p>"
    rows = "\n".join(_table_row(entry) for entry in tutorials)
    return _PAGE.format(
        title=html.escape(title), totals=html.escape(totals), picture=picture, rows=rows
    )


def busy(spans: Sequence[Span]) -> list[tuple[float, int]]:
    """How many workers are busy from each moment on, in order."""
    moments = sorted([(span.start, 1) for span in spans] + [(span.end, -1) for span in spans])
    steps: list[tuple[float, int]] = []
    count = 0
    for moment, change in moments:
        count += change
        if steps and steps[-1][0] == moment:
            steps[-1] = (moment, count)
        else:
            steps.append((moment, count))
    return steps


def _picture(spans: Sequence[Span]) -> str:
    total = max(span.end for span in spans) or 1.0
    workers = max(span.slot for span in spans) + 1
    scale = (_WIDTH - _LEFT - 10) / total
    lanes = workers * _ROW
    height = lanes + 110
    parts = [
        (
            f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" '
            f'aria-label="{len(spans)} executions on {workers} workers in {total:.1f} seconds">'
        )
    ]
    names = {span.slot: span.worker for span in spans}
    for slot in range(workers):
        name = names.get(slot) or f"worker {slot + 1}"
        shown = name if len(name) <= _LETTERS else f"…{name[1 - _LETTERS :]}"
        parts.append(
            f'<text x="0" y="{slot * _ROW + 17}">{html.escape(shown)}'
            f"<title>{html.escape(name)}</title></text>"
        )
    for span in spans:
        x, y = _LEFT + span.start * scale, span.slot * _ROW + 3
        width = max((span.end - span.start) * scale, 1.5)
        where = f", on {span.worker}" if span.worker else ""
        label = f"{span.path}: {span.end - span.start:.1f} s, {span.status}{where}"
        parts.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_ROW - 6}" rx="3" '
            f'fill="{_COLOURS.get(span.status, "#777")}"><title>{html.escape(label)}</title></rect>'
        )
        name = span.path.rsplit("/", 1)[-1]
        if width > 7 * len(name):
            parts.append(
                f'<text class="name" x="{x + 5:.1f}" y="{y + 14}">{html.escape(name)}</text>'
            )
    parts.append(_busy_area(spans, scale, lanes + 20, workers))
    parts.append(_axis(total, scale, lanes + 85))
    parts.append("</svg>")
    return "\n".join(parts)


def _busy_area(spans: Sequence[Span], scale: float, top: int, workers: int) -> str:
    height, points = 50, [f"{_LEFT},{top + 50}"]
    level = 0
    for moment, count in busy(spans):
        x = _LEFT + moment * scale
        points.append(f"{x:.1f},{top + height - height * level / workers:.1f}")
        points.append(f"{x:.1f},{top + height - height * count / workers:.1f}")
        level = count
    return (
        f'<text x="0" y="{top + 30}">busy</text><polygon class="busy" points="{" ".join(points)}"/>'
    )


def _axis(total: float, scale: float, y: int) -> str:
    step = next(step for step in _STEPS if total / step <= 10)
    marks = [
        f'<text class="mark" x="{_LEFT + index * step * scale:.1f}" y="{y + 12}">'
        f"{index * step:g} s</text>"
        for index in range(int(total / step) + 1)
    ]
    return "".join(marks)


_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600, 7200, 36000, 10**9]


def _table_row(entry: Listed) -> str:
    memory = f"{entry.peak_memory / 2**20:.0f}" if entry.peak_memory else ""
    seconds = f"{entry.seconds:.1f}" if entry.seconds else ""
    cells = [entry.path, entry.action, entry.reason, entry.status]
    text = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    return f'<tr>{text}<td class="n">{seconds}</td><td class="n">{memory}</td></tr>'


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: timeline</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 62rem; }}
body {{ padding: 0 1rem; }}
svg {{ width: 100%; min-width: 40rem; }}
svg text {{ fill: currentColor; font-size: 12px; }}
svg text.name {{ fill: #fff; font-size: 11px; pointer-events: none; }}
svg text.mark {{ font-size: 11px; text-anchor: middle; }}
.busy {{ fill: #7fcdbb; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #8884; padding: 0.2rem 0.6rem; text-align: left; }}
.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
</style>
</head>
<body>
<h1>{title}: timeline</h1>
<p>{totals}</p>
<div class="wide">
{picture}
</div>
<div class="wide">
<table>
<thead><tr><th>Tutorial</th><th>Action</th><th>Why</th><th>Status</th>
<th class="n">Seconds</th><th class="n">MB</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</body>
</html>
"""
