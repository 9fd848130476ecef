"""The picture of a timeline, as SVG: a lane for each worker, and how many are busy. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from .outcome import Span

_ROW = 26
_WIDTH = 960
_LEFT = 70
_LETTERS = 11  # of a worker's name that fit there
_COLOURS = {"passed": "#2c7fb8", "failed": "#d7301f"}


def timeline_picture(spans: Sequence[Span]) -> str:
    """The picture.

    :param spans: at least one.
    """
    total = max(span.end for span in spans) or 1.0
    workers = max(span.slot for span in spans) + 1
    scale = (_WIDTH - _LEFT - 10) / total
    lanes = workers * _ROW
    head = (
        f'<svg viewBox="0 0 {_WIDTH} {lanes + 110}" role="img" '
        f'aria-label="{len(spans)} executions on {workers} workers in {total:.1f} seconds">'
    )
    parts = [
        head,
        *_names(spans, workers),
        *(line for span in spans for line in _bar(span, scale)),
        _busy_area(spans, scale, lanes + 20, workers),
        _axis(total, scale, lanes + 85),
        "</svg>",
    ]
    return "\n".join(parts)


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


def _names(spans: Sequence[Span], workers: int) -> Iterator[str]:
    """The worker of each lane."""
    names = {span.slot: span.worker for span in spans}
    for slot in range(workers):
        name = names.get(slot) or f"worker {slot + 1}"
        shown = name if len(name) <= _LETTERS else f"…{name[1 - _LETTERS :]}"
        yield (
            f'<text x="0" y="{slot * _ROW + 17}">{html.escape(shown)}'
            f"<title>{html.escape(name)}</title></text>"
        )


def _bar(span: Span, scale: float) -> Iterator[str]:
    """One execution in its worker's lane, with the script's name if it fits."""
    x, y = _LEFT + span.start * scale, span.slot * _ROW + 3
    width = max((span.end - span.start) * scale, 1.5)
    where = f", on {span.worker}" if span.worker else ""
    label = f"{span.path}: {span.end - span.start:.1f} s, {span.status}{where}"
    yield (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_ROW - 6}" rx="3" '
        f'fill="{_COLOURS.get(span.status, "#777")}"><title>{html.escape(label)}</title></rect>'
    )
    name = span.path.rsplit("/", 1)[-1]
    if width > 7 * len(name):
        yield f'<text class="name" x="{x + 5:.1f}" y="{y + 14}">{html.escape(name)}</text>'


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
