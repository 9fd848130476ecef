"""reST becomes Markdown that says the same: every case is read and resolved by a real Sphinx."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from docutils import nodes
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx.application import Sphinx
from sphinx.locale import admonitionlabels

from sphinx_docent.notebooks.markdown.blocks import to_markdown

CONF = """\
extensions = ["sphinx_design", "sphinx_gallery.load_style", "sphinx.ext.mathjax"]
smartquotes = False
"""

pytestmark = pytest.mark.filterwarnings("ignore:'tags' will become a required keyword argument")

Resolve = Callable[[str], nodes.document]


def address(reference: nodes.Element) -> str | None:
    """The address of what leads out of the page."""
    uri = str(reference.get("refuri", ""))
    return uri if uri.startswith("http") else None


def markdown(children: list[nodes.Node], level: int = 1) -> str:
    return to_markdown(
        children,
        heading_level=level,
        resolve_uri=address,
        resolve_image=lambda image: f"https://e.org/{image['uri']}",
        admonition_titles=admonitionlabels,
    )


def body_section(document: nodes.document) -> nodes.section:
    return next(document.findall(nodes.section))


def body(document: nodes.document) -> list[nodes.Node]:
    """What the page holds below its title."""
    return list(body_section(document).children[1:])


INLINE = {
    "emphasis": ("*one* **two** ``three``", "*one* **two** `three`"),
    "backticks in a literal": ("``a`b`` ```c```", "``a`b`` `` `c` ``"),
    "marks beside words": (r"un\ *like*\ ly **a**\ b", "un<em>like</em>ly <strong>a</strong>b"),
    "marks that touch": (r"*a*\ *b* ``a``\ ``b``", "<em>a</em><em>b</em> `a`<!-- -->`b`"),
    "a formula": (":math:`a_1 < b^*`", "$a_1 < b^*$"),
    "a link": ("`TVM <https://e.org/a_(b)>`_", "[TVM](https://e.org/a_%28b%29)"),
    "a bang before a link": (r"Go!\ `x <https://e.org>`_", r"Go\![x](https://e.org)"),
    "an address": ("https://e.org/x_y", "<https://e.org/x_y>"),
    "a link that is not resolved": (":doc:`Other *words* <index>`", r"Other \*words\*"),
    "roles": (
        ":kbd:`Ctrl+C` :guilabel:`Go` :file:`a/{b}`",
        "<kbd>Ctrl</kbd>+<kbd>C</kbd> **Go** `a/b`",
    ),
    "an abbreviation": (':abbr:`IR (a "form")`', '<abbr title="a &quot;form&quot;">IR</abbr>'),
    "sub and superscript": (":sub:`1` :sup:`2`", "<sub>1</sub> <sup>2</sup>"),
    "a manual page": (":manpage:`ls(1)` :title:`T`", "*ls(1)* *T*"),
    "a download": (":download:`pixel.png`", "`pixel.png`"),
    "a substitution": ("|x| y\n\n.. |x| replace:: *z*", "*z* y"),
    "a badge": (":bdg:`new` :octicon:`report`", "new"),
    "a comment and targets": ("a\n\n.. no\n\n.. _here:\n\nb _`c` d", "a\n\nb c d"),
    "an index entry": (".. index:: gone\n\na :index:`b`", "a b"),
}

BLOCKS = {
    "lines of a paragraph": ("a\nb\n\nc", "a b\n\nc"),
    "a tight list": ("- a\n- b\n\n  - c", "- a\n- b\n  - c"),
    "a loose list": ("- a\n\n  b\n- c", "- a\n\n  b\n\n- c"),
    "numbers": ("3. a\n4. b\n\n   #. c", "3. a\n4. b\n   1. c"),
    "brackets after numbers": ("1) a", "1) a"),
    "three levels": ("1. a\n\n   - b\n\n     - c", "1. a\n   - b\n     - c"),
    "lists that touch": ("- a\n\n* b", "- a\n\n<!-- -->\n\n- b"),
    "an empty item": ("-\n- a", "-\n- a"),
    "code in a list": ("- a\n\n  ::\n\n     x\n\n     y", "- a\n\n  ```\n  x\n\n  y\n  ```"),
    "definitions": (
        "one : type\n  *first*\n\ntwo\n  second",
        "- **one** : *type*<br>\n  *first*\n- **two**<br>\n  second",
    ),
    "fields": ("x\n\n:a b: c\n:d: - e", "x\n\n- **a b:** c\n- **d:**\n  - e"),
    "options": (
        "-a FILE, --all=X  what\n-b  that",
        "- `-a FILE`, `--all=X`<br>\n  what\n- `-b`<br>\n  that",
    ),
    "lines": ("| a\n|   b\n| - c", "a<br>\n&nbsp;&nbsp;&nbsp;&nbsp;b<br>\n\\- c"),
    "code as an item": ("- ::\n\n    $x\n\n- b", "- ```\n  $x\n  ```\n\n- b"),
    "a quote": ("a\n\n  b\n\n  -- c", "a\n\n> b\n>\n> — c"),
    "code": (".. code-block:: c++\n\n   a *b;\n\n\n   c", "```c++\na *b;\n\n\nc\n```"),
    "code without a language": ("::\n\n   $ x", "```\n$ x\n```"),
    "fences in code": ("::\n\n   ```\n   x\n   ```", "````\n```\nx\n```\n````"),
    "code with a caption": (
        ".. code-block:: python\n   :caption: a.py\n\n   x",
        "**a.py**\n\n```python\nx\n```",
    ),
    "a doctest": (">>> 1\n1", "```pycon\n>>> 1\n1\n```"),
    "a display": (".. math:: a = b", "$$\na = b\n$$"),
    "numbered": (".. math:: a = b\n   :label: q\n\n:eq:`q`", "$$\na = b \\tag{1}\n$$\n\n(1)"),
    "two displays": (
        ".. math::\n\n   a\n\n   b",
        "$$\n\\begin{aligned}a \\\\\nb\\end{aligned}\n$$",
    ),
    "aligned": (
        ".. math::\n\n   a &= b \\\\\n   c &= d",
        "$$\n\\begin{aligned}a &= b \\\\\nc &= d\\end{aligned}\n$$",
    ),
    "a display as it is": (
        ".. math::\n   :nowrap:\n\n   \\begin{align}\n   a \\\\ b\n   \\end{align}",
        "$$\n\\begin{align}\na \\\\ b\n\\end{align}\n$$",
    ),
    "a display in a note": (
        ".. note::\n\n   .. math::\n\n      a % c\n      = b",
        "> **Note:**\n>\n> $$a = b$$",
    ),
    "an image": (".. image:: pixel.png\n   :alt: a [b]", r"![a \[b\]](https://e.org/pixel.png)"),
    "an image with a size": (
        ".. image:: pixel.png\n   :width: 40px",
        '<img src="https://e.org/pixel.png" alt="" width="40">',
    ),
    "an image with a link": (
        ".. image:: pixel.png\n   :target: https://e.org",
        "[![](https://e.org/pixel.png)](https://e.org)",
    ),
    "sphinx-gallery's image": (
        ".. image-sg:: /pixel.png\n   :alt: a",
        "![a](https://e.org/pixel.png)",
    ),
    "a figure": (
        ".. figure:: pixel.png\n\n   What *it* is\n\n   More.",
        "![](https://e.org/pixel.png)\n\n<em>What *it* is</em>\n\nMore.",
    ),
    "a note": (".. note:: a\n\n   b", "> **Note:** a\n>\n> b"),
    "a warning with code": (
        ".. warning::\n\n   a::\n\n     x",
        "> **Warning:** a:\n>\n> ```\n> x\n> ```",
    ),
    "a titled note": (".. admonition:: Do *it*\n\n   a", "> <strong>Do *it*</strong>\n>\n> a"),
    "see also": (".. seealso:: a", "> **See also:** a"),
    "a topic": (".. topic:: T\n\n   a", "> **T**\n>\n> a"),
    "a sidebar": (".. sidebar:: T\n   :subtitle: S\n\n   a", "> **T**\n>\n> **S**\n>\n> a"),
    "a rubric": (".. rubric:: a\n\nb", "**a**\n\nb"),
    "a version": (".. versionadded:: 1.0\n   a", "**Added in version 1.0:** a"),
    "footnotes": ("a [1]_\n\n.. [1] b", "a <sup>[1]</sup>\n\n<sup>[1]</sup> b"),
    "citations": ("a [K]_\n\n.. [K] b", "a [K]\n\n**[K]** b"),
    "HTML": (".. raw:: html\n\n   <div>\n\n     <b>a</b>\n   </div>", "<div>\n  <b>a</b>\n</div>"),
    "what is not HTML": (
        "a\n\n.. raw:: latex\n\n   b\n\n.. only:: html\n\n   c\n\n.. only:: latex\n\n   d",
        "a\n\nc",
    ),
    "containers": (".. container:: x\n\n   a\n\n.. compound::\n\n   b", "a\n\nb"),
    "a transition": ("a\n\n----\n\nb", "a\n\n---\n\nb"),
    "a table of contents": (".. toctree::\n\n   index\n\na", "a"),
    "an object": (
        ".. py:function:: f(x: int, *a) -> str\n\n   Does.\n\n   :param x: y",
        "```python\nf(x: int, *a) -> str\n```\n\nDoes.\n\n- **Parameters:** **x** -- y",
    ),
    "a glossary": (".. glossary::\n\n   a\n   b\n     c", "- **a**, **b**<br>\n  c"),
    "a grammar": (".. productionlist::\n   a: b | c", "```\na ::= b | c\n```"),
    "a list in columns": (".. hlist::\n\n   * a\n   * b\n   * c", "- a\n- b\n- c"),
    "centred": (".. centered:: a", "**a**"),
    "thanks": (".. acks::\n\n   * a", "- a"),
    "a card": (".. card:: T\n\n   a", "**T**\n\na"),
    "tabs": (
        ".. tab-set::\n\n   .. tab-item:: A\n\n      a\n\n   .. tab-item:: B\n\n      b",
        "**A**\n\na\n\n**B**\n\nb",
    ),
    "a dropdown": (".. dropdown:: T\n\n   a", "**T**\n\na"),
    "a grid": (
        ".. grid:: 2\n\n   .. grid-item-card:: T\n\n      a\n\n   .. grid-item::\n\n      b",
        "**T**\n\na\n\nb",
    ),
    "a button": (".. button-link:: https://e.org\n\n   Go", "[Go](https://e.org)"),
    "a table": (
        "=====  =====\n*a*    b\n=====  =====\n``|``  a|b\n=====  =====",
        "| *a* | b |\n| --- | --- |\n| `\\|` | a\\|b |",
    ),
    "a table without a head": (
        ".. list-table:: T\n\n   * - a\n     - b",
        "**T**\n\n|  |  |\n| --- | --- |\n| a | b |",
    ),
    "a column of headings": (
        ".. list-table::\n   :stub-columns: 1\n\n   * - a\n     - b",
        "|  |  |\n| --- | --- |\n| **a** | b |",
    ),
    "a formula with a pipe in a table": (
        ".. list-table::\n\n   * - :math:`|x|`",
        "<table>\n<tbody>\n<tr>\n<td>\n\n$|x|$\n\n</td>\n</tr>\n</tbody>\n</table>",
    ),
    "a table with spans": (
        "+---+---+\n| a     |\n+===+===+\n| b | c |\n+---+---+",
        (
            '<table>\n<thead>\n<tr>\n<th colspan="2">\n\na\n\n</th>\n</tr>\n</thead>\n'
            "<tbody>\n<tr>\n<td>\n\nb\n\n</td>\n<td>\n\nc\n\n</td>\n</tr>\n</tbody>\n</table>"
        ),
    ),
    "a table with lists": (
        ".. list-table::\n\n   * - - a\n       - b",
        "<table>\n<tbody>\n<tr>\n<td>\n\n- a\n- b\n\n</td>\n</tr>\n</tbody>\n</table>",
    ),
}


CASES = INLINE | BLOCKS
PAGES = {name: rest for name, (rest, _) in CASES.items()} | {
    "sections": "a\n\nOne #\n-----\n\nTwo\n~~~\n\nb",
    "everything": "\n\n".join(rest for rest, _ in CASES.values() if "[1]" not in rest),
}


@pytest.fixture(scope="module")
def resolve(tmp_path_factory: pytest.TempPathFactory) -> Resolve:
    """A page of a site that has one for every case, resolved for HTML."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.rst").write_text("Front\n=====\n", encoding="utf-8")
    (folder / "pixel.png").write_bytes(b"\x89PNG\r\n")
    names = {name: f"page{number}" for number, name in enumerate(PAGES)}
    for name, text in PAGES.items():
        file = folder / f"{names[name]}.rst"
        file.write_text(f":orphan:\n\nPage\n====\n\n{text}\n", encoding="utf-8")
    out = folder / "_build"
    app = Sphinx(folder, folder, out, out / "doctrees", "html", status=None, warning=None)
    app.builder.read()
    return lambda name: app.env.get_and_resolve_doctree(names[name], app.builder)


@pytest.mark.parametrize("name", CASES)
def test_rest_becomes_markdown(name: str, resolve: Resolve) -> None:
    assert markdown(body(resolve(name))) == CASES[name][1]


def test_titles_are_as_deep_as_their_sections(resolve: Resolve) -> None:
    section = body_section(resolve("sections"))
    expected = "{0} Page\n\na\n\n{0}# One \\#\n\n{0}## Two\n\nb"
    assert markdown(list(section.children)) == expected.format("#")
    assert markdown(list(section.children), level=3) == expected.format("###")
    assert markdown(list(section.children), level=6).count("\n###### ") == 2


def test_nothing_gives_nothing() -> None:
    assert markdown([]) == ""
    assert markdown([nodes.comment("", "a"), nodes.paragraph()]) == ""


class Unheard(nodes.General, nodes.Element):
    """A node of an extension that nobody knows."""


def test_unknown_nodes_keep_their_words() -> None:
    unknown = Unheard("", nodes.paragraph("", "a"), Unheard("", nodes.Text("b*")))
    inside = nodes.paragraph("", "x", Unheard("", nodes.Text("y")), nodes.Text("z"))
    assert markdown([unknown, inside, Unheard()]) == "a\n\nb\\*\n\nx\n\ny\n\nz"


PLAIN = [
    "snake_case and __init__, _x_ *a* **b** 2 * 3 * 4, f(*args, **kwargs)",
    "`a` ``b`` ```c``` one ` alone",
    "A[i][j](k) [a](b) ![a](b) [a]: b [^1] [x] y",
    "a < b > c <b>d</b> <!-- e --> <https://e.org> &amp; &lt; &#42; & f",
    "$5 and $6, $x$, $$y$$, ${HOME}",
    r"C:\new \* \\ \( x \) \[ y \] \begin{align} z \end{align} a" + "\\",
    "~5 ~~b~~ ~c~ http://e.org/a_b_*c* www.e.org/_a_ a|b|c Hello!",
    "# a",
    "###### b",
    "1. c",
    "23) d",
    "- e",
    "+ f",
    "* g",
    "> h",
    "---",
    "===",
    "***",
    "~~~",
    "~~~py",
    "|a|b|",
    "[ ] todo",
    "[x] done",
    "-1 is less",
    "#5",
    "1.5",
    "+1",
]


def visible(text: str) -> str:
    """The words that a reader of the Markdown sees."""
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(dollarmath_plugin)
    rendered = re.sub(r"<!--.*?-->|<[^>]*>", "", parser.render(text))
    return re.sub(r"\s+", " ", html.unescape(rendered)).strip()


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("kind", ["paragraph", "emphasis", "literal", "link", "item", "cell"])
def test_a_reader_sees_the_same_characters(text: str, kind: str) -> None:
    words = nodes.Text(text)
    wrapped: dict[str, nodes.Node] = {
        "paragraph": words,
        "emphasis": nodes.emphasis("", "", words),
        "literal": nodes.literal("", "", words),
        "link": nodes.reference("", "", words, refuri="https://e.org"),
        "item": words,
        "cell": words,
    }
    paragraph = nodes.paragraph("", "", wrapped[kind])
    block: nodes.Node = paragraph
    if kind == "item":
        block = nodes.bullet_list("", nodes.list_item("", paragraph))
    if kind == "cell":
        row = nodes.row("", nodes.entry("", paragraph))
        block = nodes.table("", nodes.tgroup("", nodes.colspec(), nodes.tbody("", row), cols=1))
    assert visible(markdown([block])) == text


@pytest.mark.parametrize(
    "text",
    ["snake_case", "2 * 3", "A[i, j]", "a < b & c", "Hello!", "-1", "#5", "1.5 ~ 2", "a \\ b"],
)
def test_nothing_is_escaped_without_need(text: str) -> None:
    assert markdown([nodes.paragraph("", text)]) == text


def test_escapes_do_not_end_up_in_an_address() -> None:
    text = nodes.paragraph("", "http://e.org/_a_ https://e.org ftp://e.org www.e.org/_a_")
    assert markdown([text]) == (r"http\://e.org/\_a\_ https\://e.org ftp\://e.org www\.e.org/\_a\_")


def test_a_command_of_latex_in_text_begins_no_formula() -> None:
    assert markdown([nodes.paragraph("", r"\begin{a} \(b \c")]) == r"&#92;begin{a} &#92;(b \c"


def test_a_backslash_does_not_escape_the_mark_behind_it() -> None:
    assert markdown([nodes.emphasis("", "a\\ "), nodes.Text("b")]) == "*a&#92;* b"


def test_a_page_of_everything_is_whole_and_the_same_every_time(resolve: Resolve) -> None:
    first, second = (markdown(body(resolve("everything"))) for _ in range(2))
    assert first == second
    outside_code = re.sub(r"(?ms)^(`{3,}).*?^\1", "code", first)
    assert "\n\n\n" not in outside_code
    assert not first.endswith("\n")
    assert not re.search(r"^\.\. |:\w+:`", outside_code, re.MULTILINE)
