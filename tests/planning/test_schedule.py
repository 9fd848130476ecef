"""What takes longest begins first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.tutorials import tutorial

from sphinx_docent.planning.schedule import expected_seconds, longest_first

if TYPE_CHECKING:
    pass


def test_the_longest_known_comes_first_and_the_unknown_in_the_middle() -> None:
    entries = [tutorial(name) for name in ("short", "new", "long", "usual")]
    seconds = {"/t/short.py": 1.0, "/t/long.py": 9.0, "/t/usual.py": 4.0}
    order = [entry.source.stem for entry in longest_first(entries, seconds)]
    assert order == ["long", "new", "usual", "short"]


def test_without_anything_known_all_are_alike() -> None:
    assert expected_seconds(["a", "b"], {"gone": 9.0}) == {"a": 1.0, "b": 1.0}
    assert longest_first([tutorial("b"), tutorial("a")], {}) == [tutorial("b"), tutorial("a")]
