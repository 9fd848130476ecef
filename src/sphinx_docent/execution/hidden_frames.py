"""Functions of ours that stand between a tutorial and Python leave no trace in its tracebacks."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

FILE = "<docent>"


def stand_in(function: Any, original: Callable[..., Any], module: str = "os") -> Any:
    """Make a function pass for the one that it calls.

    :param module: where it is put in the place of the original.
    """
    if isinstance(function, FunctionType):
        name = original.__name__
        function.__code__ = function.__code__.replace(co_filename=FILE, co_name=name)
        function.__name__ = function.__qualname__ = name
        function.__doc__ = original.__doc__
        function.__module__ = module
        function.__dict__["__wrapped__"] = original
    return function
