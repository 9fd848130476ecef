"""Displayed formulas as Markdown."""

from __future__ import annotations

import re

from docutils import nodes

from .context import Context
from .escaping import on_one_line


def render_math_block(node: nodes.Element, context: Context) -> list[str]:
    text = re.sub(r"\n\s*\n", "\n\n", context.expand(node.astext()).strip())
    environment = re.match(r"\\begin\{(align|eqnarray|equation|flalign|gather|multline)", text)
    as_it_is = environment or node.get("nowrap") or node.get("no-wrap")
    if not as_it_is:
        parts = [
            rf"\begin{{aligned}}{part}\end{{aligned}}" if r"\\" in part else part
            for part in text.split("\n\n")
        ]
        text = " \\\\\n".join(parts)
        text = rf"\begin{{aligned}}{text}\end{{aligned}}" if len(parts) > 1 else text
        text += rf" \tag{{{node['number']}}}" if node.get("number") else ""
    text = text.replace("\n\n", "\n")
    if context.in_quote:
        # JupyterLab would take the marks of a quote's further lines for a part of the formula.
        return [f"$${on_one_line(text)}$$"] if text else []
    return [f"$$\n{text}\n$$"] if text else []
