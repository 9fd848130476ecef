"""Code, signatures and grammars as Markdown."""

from __future__ import annotations

import ast

from docutils import nodes

from .context import Context
from .dispatch import render_blocks
from .layout import fenced


def render_literal_block(node: nodes.Element, context: Context) -> list[str]:
    """A fence; what is Python unless it cannot be is looked at, as Sphinx does."""
    text = node.astext()
    language = str(node.get("language") or context.language)
    if language == "default":
        language = _python(text)
    return fenced(text, "" if language in {"guess", "none"} else language)


def _python(text: str) -> str:
    if text.startswith(">>>"):
        return "pycon"
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return "python"


def render_doctest_block(node: nodes.Element, _context: Context) -> list[str]:
    return fenced(node.astext(), "pycon")


def render_production_list(node: nodes.Element, _context: Context) -> list[str]:
    rules = []
    for rule in node.children:
        text = rule.astext().strip()
        name = rule.get("tokenname", "") if isinstance(rule, nodes.Element) else ""
        rules.append(text if "::=" in text or not name else f"{name} ::= {text}")
    return fenced("\n".join(rules))


def render_description(node: nodes.Element, context: Context) -> list[str]:
    """The signatures of an object as code, then what is said about it."""
    lines = [child for child in node.children if type(child).__name__ == "desc_signature"]
    domain = str(node.get("domain", ""))
    language = {"py": "python", "js": "javascript", "std": "", "rst": ""}.get(domain, domain)
    signatures = fenced("\n".join(_signature(line) for line in lines), language) if lines else []
    return signatures + render_blocks(
        [child for child in node.children if child not in lines], context
    )


def _signature(node: nodes.Node) -> str:
    parts = [child for child in node.children if not isinstance(child, nodes.reference)]
    multiline = any(type(part).__name__ == "desc_signature_line" for part in parts)
    return ("\n" if multiline else "").join(part.astext() for part in parts)
