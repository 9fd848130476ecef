"""This project's layout, read once; where it makes no sense, the command ends with 2."""

from __future__ import annotations

import sys

from .layout import ROOT, Layout, LayoutError, read_layout

__all__ = ["LAYOUT", "ROOT"]


def layout_or_exit() -> Layout:
    """The layout.

    :raises SystemExit: with exit code 2, after one line on the error stream.
    """
    try:
        return read_layout(ROOT)
    except LayoutError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None


LAYOUT = layout_or_exit()
