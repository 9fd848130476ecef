"""A setting reads the same in every run, and another when it means another."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest

from sphinx_docent.cache.fingerprint import fingerprint


def from_conf(source: str) -> Any:
    """The value ``it`` of a ``conf.py``, which is no module."""
    names: dict[str, Any] = {"__name__": "builtins.conf"}
    exec(source, names)
    return names["it"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a", "b", "c"}, {"c", "b", "a"}),
        ({"a": 1, "b": {2, 3}}, {"b": {3, 2}, "a": 1}),
        (frozenset({1, 2}), frozenset({2, 1})),
        ([1, "a"], (1, "a")),
    ],
)
def test_order_that_means_nothing_changes_nothing(one: object, other: object) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2], [2, 1]),
        (1, "1"),
        (1, True),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"b": 1}),
        (None, "None"),
    ],
)
def test_what_means_another_reads_another(one: object, other: object) -> None:
    assert fingerprint(one) != fingerprint(other)


FUNCTION = "def it(x):\n    return {value!r}\n"
NESTED = "def it(x):\n    return (lambda y: {value!r})(x)\n"
CLASS = "class Kind:\n    def __call__(self, x):\n        return {value!r}\nit = Kind()\n"


@pytest.mark.parametrize("source", [FUNCTION, NESTED, CLASS])
def test_a_function_of_conf_is_what_it_does(source: str) -> None:
    one, same = (from_conf(before + source.format(value=1)) for before in ("", "# A line.\n\n"))
    assert fingerprint(one) == fingerprint(same)
    assert fingerprint(one) != fingerprint(from_conf(source.format(value=2)))


def test_a_function_of_a_module_is_that_modules_file() -> None:
    function: Callable[..., object] = from_conf
    assert isinstance(function, FunctionType)
    assert fingerprint(function) == fingerprint(from_conf)
    assert fingerprint(function) != fingerprint(test_a_function_of_conf_is_what_it_does)
