"""Known seconds come back; what is damaged is as if nothing were known."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_docent.cache.durations import load_durations, read_durations, save_durations
from sphinx_docent.cache.store import Cache


def test_new_ones_are_added_to_those_that_others_have_kept_meanwhile(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert load_durations(cache) == {}
    save_durations(cache, {}, {"/a.py": 1.5})
    save_durations(cache, {}, {"/b.py": 2.0})
    assert load_durations(cache) == {"/a.py": 1.5, "/b.py": 2.0}
    assert load_durations(cache, "others.json") == {}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b'{"a": "long"}', b'{"a": []}', b"\xff"])
def test_what_is_damaged_is_nothing(data: bytes) -> None:
    assert read_durations(data) == {}


def test_endless_ones_are_left_out() -> None:
    assert read_durations(b'{"a": Infinity, "b": NaN, "c": 3}') == {"c": 3.0}
