"""Outputs that were kept are put into a page that was generated anew."""

from __future__ import annotations

from sphinx_docent.gallery.page_text import with_outputs

HEAD = "\n.. only:: html\n\n    Head {look}.\n\n.. _sphx_glr_gallery_one.py:\n\n\nTitle\n=====\n\n"
CODE = (
    ".. GENERATED FROM PYTHON SOURCE LINES 5-7\n\n.. code-block:: Python\n{option}\n\n"
    "    x = 1\n\n    x\n\n"
)
TEXT = (
    ".. GENERATED FROM PYTHON SOURCE LINES 8-{end}\n\nText.\n\n.. code-block:: python\n\n   y\n\n"
)
OUTPUT = (
    ".. rst-class:: sphx-glr-script-out\n\n .. code-block:: none\n\n    1\n\n    "
    ".. GENERATED FROM PYTHON SOURCE LINES 1-2\n\n\n\n"
)
TIMING = "\n.. rst-class:: sphx-glr-timing\n\n   **Total running time of the script:** (1 s)\n\n"
FOOT = "\n.. _sphx_glr_download_gallery_one.py:\n\n.. only:: html\n\n  {look}\n"


def page(look: str, *, output: str = "", timing: str = "", option: str = "", end: int = 9) -> str:
    code, text = CODE.format(option=option), TEXT.format(end=end)
    return HEAD.format(look=look) + code + output + text + timing + FOOT.format(look=look)


def test_looks_are_new_and_outputs_and_time_are_kept() -> None:
    executed = page("old", output=OUTPUT, timing=TIMING)
    rendered = page("new", option="   :lineno-start: 5", end=8)
    expected = page("new", output=OUTPUT, timing=TIMING, option="   :lineno-start: 5", end=8)
    assert with_outputs(rendered, executed) == expected


def test_a_page_of_other_blocks_does_not_fit() -> None:
    executed = page("old", output=OUTPUT, timing=TIMING)
    assert with_outputs(page("new").replace("LINES 5-7", "LINES 6-7"), executed) is None
    without = page("new").replace(CODE.format(option=""), "")
    assert with_outputs(without, executed) is None


def test_memory_that_was_measured_is_not_made_up() -> None:
    executed = page("old", timing=TIMING + "**Estimated memory usage:**  9 MB\n\n")
    assert with_outputs(page("new"), executed) is None
