"""An entry of the list ignores what its pattern finds, in the file that it names."""

from __future__ import annotations

import re

import pytest

from sphinx_docent.diagnostics.ignore_list import ignore_list
from sphinx_docent.model import Diagnostic, IgnoredWarning

FOUND = Diagnostic("docs/guide/page.rst", 3, "ref.ref", "undefined label: 'later'")


def entry(pattern: str, file: str | None = None) -> IgnoredWarning:
    return IgnoredWarning(re.compile(pattern), file, "it comes later")


@pytest.mark.parametrize(
    "fits",
    [
        entry("later"),
        entry(r"^\[ref\.ref\] undefined"),
        entry("label", "page.rst"),
        entry("label", "guide/page.rst"),
        entry("label", "docs/guide/page.rst"),
    ],
)
def test_what_an_entry_fits_is_ignored(fits: IgnoredWarning) -> None:
    entry_for = ignore_list([entry("something else"), fits])
    assert entry_for(FOUND) is fits


@pytest.mark.parametrize(
    "other",
    [entry("^undefined"), entry("ref.doc"), entry("label", "age.rst"), entry("label", "other.rst")],
)
def test_what_no_entry_fits_is_not(other: IgnoredWarning) -> None:
    assert ignore_list([other])(FOUND) is None


def test_the_first_that_fits_is_used() -> None:
    first, second = entry("later"), entry("label")
    assert ignore_list([first, second])(FOUND) is first
