"""What it means that a tutorial fails, or does not, that the project expects to fail. Pure."""

from __future__ import annotations

from dataclasses import replace

from ..model import Failure, Result, Status, Tutorial
from .declarations import KNOWN_FAILURES


def expected_by(tutorial: Tutorial, *, listed: bool) -> str:
    """The setting that says that a tutorial fails; empty if none does.

    :param listed: whether sphinx-gallery's own setting lists it.
    """
    if tutorial.known_failure is not None:
        return KNOWN_FAILURES
    return "expected_failing_examples" if listed else ""


def judge(result: Result, setting: str) -> Result:
    """What an execution means to the project.

    :param setting: the one that says that the tutorial fails; empty if none does.
    """
    if not setting:
        return result
    if result.status is Status.PASSED:
        failure = Failure(f"passed, although {setting} lists it", 1, "")
        return replace(result, status=Status.FAILED, failure=failure)
    if result.status is Status.FAILED:
        return replace(result, status=Status.PASSED)
    return result
