"""``timeline.html``: what executed when, on which worker, as one self-contained page. Pure."""

from __future__ import annotations

import html
from collections import Counter

from ..model import Result, Step
from .outcome import Outcome
from .timeline_picture import timeline_picture


def timeline_page(outcome: Outcome) -> str:
    """The page; nothing may have been executed."""
    title = f"{outcome.project}: shard {outcome.shard}" if outcome.shard else outcome.project
    counts = Counter(str(step.action) for step in outcome.steps)
    totals = ", ".join(f"{count} {action}" for action, count in sorted(counts.items()))
    nothing = "<p>Nothing was executed in this build.</p>"
    return _PAGE.format(
        title=html.escape(title),
        totals=html.escape(totals),
        picture=timeline_picture(outcome.spans) if outcome.spans else nothing,
        rows="\n".join(_table_row(step, outcome.result(step)) for step in outcome.steps),
    )


def _table_row(step: Step, result: Result) -> str:
    memory = f"{result.peak_memory / 2**20:.0f}" if result.peak_memory else ""
    seconds = round(result.seconds, 3)
    shown = f"{seconds:.1f}" if seconds else ""
    cells = [step.tutorial.path, str(step.action), step.reason, str(result.status)]
    text = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    return f'<tr>{text}<td class="n">{shown}</td><td class="n">{memory}</td></tr>'


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
