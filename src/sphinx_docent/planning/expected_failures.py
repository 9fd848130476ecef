"""What it means that a tutorial fails, or does not, that the project expects to fail. Pure."""

from __future__ import annotations

from dataclasses import replace

from ..model import Failure, Result, Status


def judge(result: Result, *, expected_to_fail: bool) -> Result:
    """What an execution means to the project.

    :param expected_to_fail: whether ``expected_failing_examples`` lists the tutorial.
    """
    if not expected_to_fail:
        return result
    if result.status is Status.PASSED:
        failure = Failure("passed, although expected_failing_examples lists it", 1, "")
        return replace(result, status=Status.FAILED, failure=failure)
    if result.status is Status.FAILED:
        return replace(result, status=Status.PASSED)
    return result
