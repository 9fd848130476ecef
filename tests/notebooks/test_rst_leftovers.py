"""reST in a notebook's text is found, and Markdown is not taken for it."""

from __future__ import annotations

import pytest

from sphinx_docent.notebooks.rst_leftovers import find_rst_leftovers
from sphinx_docent.notebooks.visible_text import visible_text


@pytest.mark.parametrize(
    "text",
    [
        ".. note:: x",
        "- .. code-block:: x",
        "> .. x",
        "A :ref:`label` here",
        "A :py:func:`~a.b` here",
        "A ``literal`` here",
        "A `link <https://e.org>`_ here",
        "A `link`__ here",
        "A note [1]_ or [#]_",
        "Cited [Knuth84]_.",
        ":param x: what",
        "Title\n=====\n",
        "Title\n-----\n",
        "=====  =====\na      b\n",
        "Follows::\n",
    ],
)
def test_rest_is_found(text: str) -> None:
    assert find_rst_leftovers(f"Words.\n\n{text}\n\nWords.") != []


@pytest.mark.parametrize(
    "text",
    [
        "```python\n.. note:: x\n:ref:`a`\n```",
        "- a\n  ```\n  .. note:: x\n  ```",
        "> ````\n> ```\n> .. note::\n> ```\n> ````",
        "`:ref:` and `.. note::` and `` a`b `` and ``a`b``",
        "$$\na::\n$$ and $x::$",
        "| a | b |\n| --- | --- |\n\n---\n\nand ... so on: `x`",
        "<pre>\n.. note::\n</pre>",
        "at 10:30 `x`, `a`_b, std::vector",
        r"\:ref:\`a\` and \``a\``",
    ],
)
def test_markdown_is_not_taken_for_rest(text: str) -> None:
    assert find_rst_leftovers(text) == []


def test_a_picture_that_the_text_holds_is_passed_over() -> None:
    picture = "iVBORw0KGgo" * 100_000
    text = f"![One ``x``](data:image/png;base64,{picture}) and ``more``"
    assert visible_text(text).text == "![One \x00] and \x00"
    assert [found.text for found in find_rst_leftovers(text)] == ["``x``", "``more``"]


@pytest.mark.parametrize(
    "part",
    ["a", "`a ``b ", "```\n~~~\n", ":a", "$a $$b ", "<pre <svg <!-- ", "==== ", "](", "<a ", "[a"],
)
def test_no_text_takes_long(part: str) -> None:
    """A hundred thousand of each: what is not linear takes hours."""
    find_rst_leftovers(part * 100_000)


def test_what_a_reader_does_not_see_is_no_leftover() -> None:
    assert find_rst_leftovers('[a](https://e.org/:ref:`b`) <img alt="``c``" src="d::">') == []
