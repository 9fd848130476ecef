"""What other extensions draw on a page is in its notebook, and nothing is lost in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
from tests.helpers.notebooks import cells
from tests.helpers.sites import NONE, Build, Site

pytestmark = pytest.mark.site
needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="needs Debian's package graphviz")

OTHERS = """
from docutils import nodes
from docutils.parsers.rst import Directive


class mermaid(nodes.General, nodes.Inline, nodes.Element):
    pass


class film(nodes.General, nodes.Element):
    pass


class SphinxTabsTablist(nodes.container):
    pass


class Draw(Directive):
    required_arguments = 1

    def run(self):
        if self.arguments[0] == "tabs":
            labels = [nodes.paragraph("", word) for word in ("Linux", "Mac")]
            panes = [nodes.container("", nodes.paragraph("", f"On {word}.")) for word in "ab"]
            return [nodes.container("", SphinxTabsTablist("", *labels), *panes)]
        node = mermaid(code="graph TD;\\n\\nA-->B") if self.arguments[0] == "mermaid" else film()
        node["html"] = self.arguments[0]
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]


HTML = {
    "film": '<video poster="../_images/no.png"><source src="../_static/a.mp4"></video>',
    "frame": '<iframe src="https://www.youtube.com/embed/ab-c"></iframe>',
    "svg": '<svg viewBox="0 0 1 1"><text>a &lt; b</text><path d="M0"/></svg>',
    "words": "<b>Only words</b><script>alert()</script>",
    "nothing": "<script>alert()</script>",
}


def visit(translator, node):
    translator.body.append(HTML.get(node["html"], ""))
    raise nodes.SkipNode


def setup(app):
    app.add_directive("draw", Draw)
    for kind in (mermaid, film):
        app.add_node(kind, html=(visit, None))
    app.add_node(SphinxTabsTablist, html=(lambda *_: None, lambda *_: None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""

CONF = """
import sys
sys.path.insert(0, os.path.abspath("."))
extensions += ["sphinx.ext.graphviz", "sphinx.ext.inheritance_diagram", "others"]
extensions += ["matplotlib.sphinxext.plot_directive", "matplotlib.sphinxext.mathmpl"]
extensions += ["sphinx.ext.mathjax"]
mathjax3_config = {"tex": {"macros": {"RR": r"\\mathbb{R}"}}}
html_baseurl = "https://e.org/site/"
"""

TEXT = r"""
.. draw:: mermaid

.. draw:: film

.. draw:: frame

.. draw:: svg

.. draw:: nothing

.. draw:: tabs

.. plot::

   import matplotlib.pyplot as plt
   plt.plot([1, 2])

Some :mathmpl:`\alpha` within, and :math:`x \in \RR`.

.. raw:: html

   <p>Seen: <iframe src="https://www.youtube.com/embed/xyz"></iframe></p>
"""


def text_of(build: Build, name: str) -> str:
    (file,) = build.out.glob(f"_downloads/*/{name}.ipynb")
    text = "\n\n".join(source for kind, source in cells(file) if kind == "markdown")
    return re.sub(r"base64,[\w+/=]{40,}", "base64,PICTURE", text)


@pytest.fixture(scope="module")
def drawn(make_site: Callable[[], Site]) -> tuple[Site, Build]:
    site = make_site()
    site.write("docs/others.py", OTHERS)
    site.write("docs/kinds.py", "class A: pass\nclass B(A): pass\n")
    site.configure("import os\n" + CONF)
    site.tutorial("one", text=TEXT)
    site.tutorial("words", text="Before.\n\n.. draw:: words")
    return site, site.build(*NONE)


@pytest.mark.parametrize(
    "wanted",
    [
        "```mermaid\ngraph TD;\n\nA-->B\n```",
        '<a href="https://e.org/site/_static/a.mp4">https://e.org/site/_static/a.mp4</a>',
        '<a href="https://www.youtube.com/watch?v=ab-c">',
        '<img src="data:image/svg+xml;base64,PICTURE" alt="">',
        "**Linux**\n\nOn a.\n\n**Mac**\n\nOn b.",
        "![](data:image/png;base64,PICTURE)",
        'Some <img src="data:image/png;base64,PICTURE" alt=""> within, and $x \\in {\\mathbb{R}}$.',
        '<p>Seen: <a href="https://www.youtube.com/watch?v=xyz">',
    ],
)
def test_what_the_page_shows_is_in_the_notebook(drawn: tuple[Site, Build], wanted: str) -> None:
    assert wanted in text_of(drawn[1], "one")


def test_what_is_lost_is_a_diagnostic_at_its_line(drawn: tuple[Site, Build]) -> None:
    site, build = drawn
    assert build.code == 0, build.output
    path = "docs/tutorials/words.py"
    lost = "the page shows something here (film) and the notebook does not"
    assert [entry for entry in build.found if entry[2] == "docent.notebook"] == [
        (path, site.line(path, "draw:: words"), "docent.notebook", lost),
    ]


@needs_dot
def test_graphs_are_pictures(make_site: Callable[[], Site]) -> None:
    site = make_site()
    site.write("docs/kinds.py", "class A: pass\nclass B(A): pass\n")
    site.write("docs/others.py", OTHERS)
    site.configure("import os\n" + CONF)
    site.tutorial("one", text=".. digraph:: g\n\n   a -> b\n\n.. inheritance-diagram:: kinds.B")
    png = site.build("-W", *NONE)
    assert png.code == 0, png.output
    found = re.findall(
        r'<img src="data:image/(.*?);base64,PICTURE" alt="(.*?)"', text_of(png, "one")
    )
    assert found == [("png", "digraph g { a -&gt; b }"), ("png", "Inheritance diagram of kinds.B")]
    svg = site.build("-W", "-E", "-D", "graphviz_output_format=svg", *NONE, out="svg")
    assert svg.code == 0, svg.output
    assert text_of(svg, "one").count("data:image/svg+xml;base64,PICTURE") == 2
