"""A reader of the Markdown sees the characters that the author wrote."""

from __future__ import annotations

import html
import re

import pytest
from docutils import nodes
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from tests.helpers.markdown_cases import markdown

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


def test_nothing_gives_nothing() -> None:
    assert markdown([]) == ""
    assert markdown([nodes.comment("", "a"), nodes.paragraph()]) == ""


class Unheard(nodes.General, nodes.Element):
    """A node of an extension that nobody knows."""


def test_unknown_nodes_keep_their_words() -> None:
    unknown = Unheard("", nodes.paragraph("", "a"), Unheard("", nodes.Text("b*")))
    inside = nodes.paragraph("", "x", Unheard("", nodes.Text("y")), nodes.Text("z"))
    assert markdown([unknown, inside, Unheard()]) == "a\n\nb\\*\n\nx\n\ny\n\nz"


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
    text = nodes.paragraph("", r"\begin{a} \(b \c \.")
    wanted = r"<span>&#92;</span>begin{a} <span>&#92;</span>(b \c &#92;."
    assert markdown([text]) == wanted


def test_a_backslash_does_not_escape_the_mark_behind_it() -> None:
    assert markdown([nodes.emphasis("", "a\\ "), nodes.Text("b")]) == "*a&#92;* b"


def test_jupyterlab_finds_no_formula_between_prices() -> None:
    """It looks for dollars again in each element's text, after Markdown has been rendered."""
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(dollarmath_plugin)
    text = nodes.paragraph("", "", nodes.Text("$5 now, then $10; $1000 and "), nodes.math("", "x"))
    rendered = parser.render(markdown([text]))
    assert not any(re.search(r"\$.*\$", part) for part in re.split(r"<[^>]*>", rendered))
    assert markdown([text]).endswith(" and $x$")


def test_the_words_for_an_image_hold_no_elements() -> None:
    image = nodes.image(uri="a.png", alt="costs $5 or $6")
    assert markdown([image]) == r"![costs \$5 or \$6](https://e.org/a.png)"
