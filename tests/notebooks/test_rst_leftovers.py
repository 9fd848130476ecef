"""reST in a notebook's text is found, and Markdown is not taken for it."""

from __future__ import annotations

import pytest

from sphinx_docent.notebooks.rst_leftovers import find_rst_leftovers


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
