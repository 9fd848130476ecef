"""Formulas as MathML, which browsers draw by themselves: no script, and no other host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the math renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def visit_inline(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula within a line."""
    self.body.append(mathml(self, node, as_block=False))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula of its own."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(mathml(self, node, as_block=True))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def mathml(writer: HTML5Translator, node: nodes.Element, *, as_block: bool) -> str:
    """A formula as MathML; one that cannot be read is a warning, and shown as it was written."""
    try:
        return str(tex2mathml(node.astext(), as_block=as_block))
    except MathError as error:
        logger.warning("the formula cannot be read: %s", error, location=node, type="mathml")
        return f"<code>{writer.encode(node.astext())}</code>"
