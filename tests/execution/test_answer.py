"""What a tutorial's process sends back is an answer to the letter, or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinx_docent.execution.answer import Answer, Observed, encode_answer, read_answer
from sphinx_docent.model import Message

ROOT = Path("/project")
ANSWER = Answer(
    seconds=1.5,
    peak_memory=2048,
    traceback=None,
    messages=(Message("careful", "a", "b", "here:3"),),
    network=False,
    source="ab" * 32,
    began=17,
    observed=Observed(
        {"files": ("/project/data.csv",), "folders": ("/project",), "modules": ("json",)},
        processes=True,
    ),
)


def sent() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(encode_answer(ANSWER)))
    return data


def test_an_answer_arrives_as_it_was_sent() -> None:
    assert read_answer(sent()) == ANSWER


@pytest.mark.parametrize("data", [None, 7, "text", [], {}, {"seconds": 1.5}])
def test_what_is_no_answer_is_none(data: Any) -> None:
    assert read_answer(data) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("seconds"),
        lambda data: data.update(more=1),
        lambda data: data.update(seconds="1"),
        lambda data: data.update(seconds=-1),
        lambda data: data.update(seconds=float("nan")),
        lambda data: data.update(peak_memory=1.5),
        lambda data: data.update(peak_memory=True),
        lambda data: data.update(traceback=" "),
        lambda data: data.update(traceback=["a"]),
        lambda data: data.update(network=0),
        lambda data: data.update(messages={}),
        lambda data: data["messages"].append("text"),
        lambda data: data["messages"].append({"text": "only"}),
        lambda data: data["messages"][0].update(text=1),
        lambda data: data.update(observed=None),
        lambda data: data["observed"].update(more=[]),
        lambda data: data["observed"].update(processes=1),
        lambda data: data["observed"].update(used=[]),
        lambda data: data["observed"]["used"].update(modules=[1]),
        lambda data: data["observed"]["used"].update(more=[]),
        lambda data: data["observed"]["used"].update(files="/project/a"),
        lambda data: data["observed"]["used"]["files"].append("/project/../etc/passwd"),
        lambda data: data["observed"]["used"]["files"].append("x" * 5000),
        lambda data: data["observed"]["used"]["folders"].append("relative"),
        lambda data: data["observed"]["used"]["folders"].append("/project/a\0b"),
        lambda data: data.update(source="ab"),
        lambda data: data.update(began=1.5),
    ],
    ids=range(27),
)
def test_an_answer_that_was_tampered_with_is_none(change: Callable[[Any], object]) -> None:
    data = sent()
    change(data)
    assert read_answer(data) is None
