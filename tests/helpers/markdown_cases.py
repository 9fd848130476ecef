"""reST, and the Markdown that says the same."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import admonitionlabels

from sphinx_docent.notebooks.markdown.blocks import to_markdown

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
    "code in a list": ("- a\n\n  ::\n\n     x\n\n     y", "- a\n\n  ```python\n  x\n\n  y\n  ```"),
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
        "> **Warning:** a:\n>\n> ```python\n> x\n> ```",
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
