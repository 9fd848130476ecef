"""A selection is all, none, or patterns that are searched in paths."""

from __future__ import annotations

import pytest

from sphinx_docent.errors import DocentError
from sphinx_docent.planning.selection import ALL, NONE, check_selection, parse_selection


@pytest.mark.parametrize("text", ["all", " all ", "all\n"])
def test_all(text: str) -> None:
    assert parse_selection(text, "here") == ALL
    assert "/anything" in ALL


@pytest.mark.parametrize("text", ["none", " none\n"])
def test_none(text: str) -> None:
    assert parse_selection(text, "here") == NONE
    assert "/anything" not in NONE


@pytest.mark.parametrize("text", ["  ", "\n\n"])
def test_a_selection_of_blanks_is_an_error(text: str) -> None:
    with pytest.raises(DocentError, match="here is empty"):
        parse_selection(text, "here")


def test_patterns_are_searched_anywhere_in_the_path() -> None:
    chosen = parse_selection("b/c\n\n  x$ ", "here")
    assert "/a/b/c.py" in chosen
    assert "/a/x" in chosen
    assert "/a/x.py" not in chosen


def test_all_and_none_need_no_tutorial() -> None:
    check_selection(ALL, [], "here")
    check_selection(NONE, [], "here")
    with pytest.raises(DocentError, match="none of the 0 tutorials; the nearest: none"):
        check_selection(parse_selection("x", "here"), [], "here")
