"""Every construct of a tutorial's text, beside the Markdown that it must become in a notebook.

reST first, then Markdown; a line of ``=>`` stands between.
"""

from __future__ import annotations

BASE = "https://docs.example/v1/"
OTHER = "https://other.example/"

_TEXT = """
## references
See :ref:`a-label`, :ref:`words <a-label>`, :doc:`/index`, :doc:`words </page>`.
=>
See [A section](BASEpage.html#a-label), [words](BASEpage.html#a-label), [Site](BASEindex.html), [words](BASEpage.html).

## another tutorial
:ref:`sphx_glr_gallery_comments.py`
=>
[Title of comments](BASEgallery/comments.html#sphx-glr-gallery-comments-py)

## objects
:func:`tool.run`, :class:`~tool.Kind`, :py:meth:`.Kind.go`, :any:`tool.run`, :py:data:`tool.absent`
=>
[`tool.run()`](BASEpage.html#tool.run), [`Kind`](BASEpage.html#tool.Kind), [`Kind.go()`](BASEpage.html#tool.Kind.go), [`tool.run`](BASEpage.html#tool.run), `tool.absent`

## objects of another project
:func:`remote.call`, :external+other:py:func:`remote.call`, :ref:`other:remote-label`
=>
[`remote.call()`](OTHERapi.html#remote.call), [`remote.call()`](OTHERapi.html#remote.call), [A remote section](OTHERpage.html#remote-label)

## other roles
:term:`tile`, :option:`tool --fast`, :envvar:`TOOL`, :numref:`a-figure`, :download:`a file </snippet.py>`
=>
[tile](BASEpage.html#term-tile), [`tool --fast`](BASEpage.html#cmdoption-tool-fast), [`TOOL`](BASEpage.html#envvar-TOOL), [Fig. 2](BASEpage.html#a-figure), [`a file`](BASE_downloads/DIGEST/snippet.py)

## roles of text
:pep:`8`, :kbd:`Ctrl+C`, :menuselection:`Runtime --> Run all`, :guilabel:`&Go`, :command:`ls`, :file:`a/{name}`, :abbr:`IR (intermediate representation)`, H\\ :sub:`2`\\ O
=>
[**PEP 8**](https://peps.python.org/pep-0008/), <kbd>Ctrl</kbd>+<kbd>C</kbd>, **Runtime ‣ Run all**, **Go**, **ls**, `a/name`, <abbr title="intermediate representation">IR</abbr>, H<sub>2</sub>O

## links
`Named <https://e.org/a>`_, `again`_, https://e.org/b, Footer_.

.. _again: https://e.org/c
.. _Footer: https://e.org/d
=>
[Named](https://e.org/a), [again](https://e.org/c), <https://e.org/b>, [Footer](https://e.org/d).

## admonitions
.. note:: Take care.

   A list:

   - one
   - two

.. warning::

   .. code-block:: python

      x = 1

.. admonition:: Try it *yourself*

   Now.

.. tip:: :ref:`words <a-label>`

.. seealso:: :doc:`/index`
=>
> **Note:** Take care.
>
> A list:
>
> - one
> - two

> **Warning:**
>
> ```python
> x = 1
> ```

> <strong>Try it *yourself*</strong>
>
> Now.

> **Tip:** [words](BASEpage.html#a-label)

> **See also:** [Site](BASEindex.html)

## formulas
Inline :math:`a_1 < b`, and

.. math::
   :label: sum

   \\sum_i x_i

which is :eq:`sum`.
=>
Inline $a_1 < b$, and

$$
\\sum_i x_i \\tag{1}
$$

which is [(1)](BASEgallery/formulas.html#equation-sum).

## tables
===== =====
Name  Means
===== =====
``a`` *one*
b     :math:`x`
===== =====

.. csv-table:: Costs
   :header: What, Seconds

   compile, 1.5
=>
| Name | Means |
| --- | --- |
| `a` | *one* |
| b | $x$ |

**Costs**

| What | Seconds |
| --- | --- |
| compile | 1.5 |

## tables with blocks
.. list-table::
   :header-rows: 1

   * - Case
     - Steps
   * - first
     - 1. one
       2. two
=>
<table>
<thead>
<tr>
<th>

Case

</th>
<th>

Steps

</th>
</tr>
</thead>
<tbody>
<tr>
<td>

first

</td>
<td>

1. one
2. two

</td>
</tr>
</tbody>
</table>

## nested lists
- one

  1. first
  2. second

     - deep

       .. code-block:: python

          x = 1

- two
=>
- one

  1. first

  2. second

     - deep

       ```python
       x = 1
       ```

- two

## images
.. image:: /pixel.png
   :alt: A pixel

.. image:: https://e.org/far.png
   :alt: Far

.. figure:: /pixel.png
   :alt: Another
   :width: 40px

   What it *shows*

   And a legend.
=>
![A pixel](data:image/png;base64,PIXEL)

![Far](https://e.org/far.png)

<img src="data:image/png;base64,PIXEL" alt="Another" width="40">

<em>What it *shows*</em>

And a legend.

## footnotes
One [#]_ and two [#named]_ and [2]_.

.. [#] The *first*.
.. [#named] The second.
.. [2] The third.
=>
One <sup>[1]</sup> and two <sup>[3]</sup> and <sup>[2]</sup>.

<sup>[1]</sup> The *first*.

<sup>[3]</sup> The second.

<sup>[2]</sup> The third.

## citations
See [Knuth84]_ and [Elsewhere]_.

.. [Knuth84] Literate Programming.
=>
See [\\[Knuth84\\]](BASEgallery/citations.html#knuth84) and [\\[Elsewhere\\]](BASEpage.html#elsewhere).

**[Knuth84]** Literate Programming.

## substitutions
|words| and |project| and |arrow|

.. |words| replace:: some *words*
.. |arrow| unicode:: U+2192
=>
some *words* and the project and →

## included text
Before.

.. include:: /included.inc

After.
=>
Before.

Included with [a link](BASEpage.html#a-label).

After.

## included code
.. literalinclude:: /snippet.py
   :lines: 2-
   :caption: The file
=>
**The file**

```
def go():
    return 1
```

## comments
Before.

.. A comment,
   of two lines.

..
   Another :ref:`nowhere`.

After.
=>
Before.

After.

## only
.. only:: html

   For the web.

.. only:: latex

   For paper.

.. only:: not html

   Never.

.. only:: builder_html

   For this builder.
=>
For the web.

For this builder.

## raw
.. role:: raw-html(raw)
   :format: html

Some :raw-html:`<b>bold</b>` words.

.. raw:: html

   <div class="x">

     <p>Raw <i>HTML</i></p>
   </div>

.. raw:: latex

   \\\\newpage
=>
Some <b>bold</b> words.

<div class="x">
  <p>Raw <i>HTML</i></p>
</div>

## definitions
tile
  A part of a loop.

  It is small.
axis : int
  Which one.
=>
- **tile**<br>
  A part of a loop.

  It is small.

- **axis** : *int*<br>
  Which one.

## code
.. code-block:: python
   :linenos:
   :emphasize-lines: 1

   x = "``y``"  # :ref:`z`

Then::

   .. note:: as it is

>>> 1 + 1
2

.. code-block:: console
   :name: a-name

   $ ls
=>
```python
x = "``y``"  # :ref:`z`
```

Then:

```
.. note:: as it is
```

```pycon
>>> 1 + 1
2
```

```console
$ ls
```

## cards
.. card:: Title
   :link: https://e.org

   Words.

.. grid:: 2

   .. grid-item-card:: First
      :link: a-label
      :link-type: ref

      One.

   .. grid-item-card:: Second

      Two.
=>
**Title**

Words.

<https://e.org>

**First**

One.

[A section](BASEpage.html#a-label)

**Second**

Two.

## tabs
.. tab-set::

   .. tab-item:: Linux

      .. code-block:: python

         x = 1

   .. tab-item:: macOS

      Words.
=>
**Linux**

```python
x = 1
```

**macOS**

Words.

## dropdowns and badges
.. dropdown:: More *words*

   Hidden.

:bdg-primary:`new` :octicon:`report` :bdg-link-info:`site <https://e.org>`

.. button-ref:: a-label
   :color: primary

   Go there
=>
**More words**

Hidden.

new [site](https://e.org)

[Go there](BASEpage.html#a-label)

## versions
.. versionadded:: 1.2
   It *runs*.

.. deprecated:: 2.0

Done.
=>
**Added in version 1.2:** It *runs*.

**Deprecated since version 2.0.**

Done.

## fields and options
:Author: Somebody
:Status: *draft*

-f FILE  the file
--all    everything
=>
- **Author:** Somebody
- **Status:** *draft*

<!-- -->

- `-f FILE`<br>
  the file
- `--all`<br>
  everything

## other blocks
.. rubric:: A rubric

| one
|   two

.. epigraph::

   Words.

   -- Somebody

.. topic:: A topic

   Its text.

.. hlist::

   * a
   * b

.. centered:: Middle

.. container:: wide

   Inside.

.. todo:: Later.
=>
**A rubric**

one<br>
&nbsp;&nbsp;&nbsp;&nbsp;two

> Words.
>
> — Somebody

> **A topic**
>
> Its text.

- a
- b

**Middle**

Inside.

## sections
First
-----

.. _own-label:

Text of `first`_.

Deeper
~~~~~~

See `first`_ and :ref:`own-label <own-label>`.
=>
## First

Text of [first](BASEgallery/sections.html#first).

### Deeper

See [first](BASEgallery/sections.html#first) and [own-label](BASEgallery/sections.html#own-label).

## objects described
.. py:function:: go(x: int) -> str
   :no-index:

   Goes.

   :param x: how far
   :returns: where
=>
```python
go(x: int) -> str
```

Goes.

- **Parameters:** **x** -- how far
- **Returns:** where

## documented objects
.. autofunction:: tool_module.work
   :no-index:
=>
```python
tool_module.work(x)
```

Works on *x*, see [`tool.run()`](BASEpage.html#tool.run).
"""


def _cases() -> dict[str, tuple[str, str]]:
    cases = {}
    for part in _TEXT.strip("\n").split("\n\n## "):
        name, _, rest = part.removeprefix("## ").partition("\n")
        rst, _, markdown = rest.partition("\n=>\n")
        cases[name.replace(" ", "_")] = (rst, markdown.strip("\n"))
    return cases


CASES = _cases()
"""reST and Markdown by name."""
