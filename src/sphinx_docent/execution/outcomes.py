"""What the end of a tutorial's process means: passed, failed and why.

Executors tell of tutorials in these words, wherever they have executed them.
"""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass, replace
from pathlib import Path

from ..machine.memory import size_in_words
from ..model import Failure, Result, Status, Tutorial
from ..printable import printable_line, printable_text
from .answer import Answer, Observed, read_answer
from .failure_message import failure_of
from .forked_end import SILENT
from .jobs import JobEnded
from .kernel_events import KernelEvents, combine
from .options import ExecutionOptions
from .tracebacks import without_own_frames

# A line of what faulthandler prints.
_FRAME = re.compile(r'  File "(?P<file>.+?)", line (?P<line>\d+)')
_LINES, _WIDEST = 20, 300


@dataclass(frozen=True, slots=True)
class Started:
    """A tutorial has begun.

    :param slot: which of the workers executes it, from 0.
    :param worker: its name, empty on this machine.
    """

    tutorial: Tutorial
    slot: int
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A tutorial has ended.

    :param answer: what its process has told of it; ``None`` if that died.
    :param gap: why not all of it can have been seen; empty if that is not so.
    :param reason: why it worked in a copy of its folder; empty if it did not.
    """

    tutorial: Tutorial
    result: Result
    answer: Answer | None = None
    gap: str = ""
    reason: str = ""


def outcome_of(
    tutorial: Tutorial, event: JobEnded, options: ExecutionOptions, full: Path | None = None
) -> Ended:
    """What is told of a process's end means to its tutorial.

    :param full: the folder in which it had no room left.
    """
    answer = read_answer(event["answer"])
    if event["late"]:
        timeout = options.timeout_of(tutorial)
        return _died(tutorial, event, f"took longer than {timeout:g} s and was ended")
    if answer is None:
        return _died(tutorial, event, how_it_ended(event))
    told, events = event["place"], _events(event)
    traceback = told.get("problem") or answer.traceback
    failure = failure_of(traceback, tutorial.source) if traceback else None
    failure = _blaming_disk(failure, full)
    result = Result(
        status=Status.FAILED if failure else Status.PASSED,
        seconds=answer.seconds,
        peak_memory=answer.peak_memory,
        failure=failure,
        messages=answer.messages,
        network=answer.network,
        isolation=told.get("isolation"),
        observation=_observation(events, answer.observed),
        processes=answer.observed.processes,
    )
    ended = Ended(tutorial, result, answer, reason=told.get("reason", ""))
    if answer.observed.too_much:
        return replace(ended, gap="more was asked for than could be noted")
    if events is None:
        return ended
    observed = combine(answer.observed, events, str(tutorial.source))
    return replace(ended, answer=replace(answer, observed=observed), gap=events.gap)


def never_ran(tutorial: Tutorial, message: str) -> Ended:
    """What it means that nobody has executed a tutorial to its end.

    :param message: why.
    """
    failure = Failure(message, None, message)
    return Ended(tutorial, Result(Status.FAILED, failure=failure))


def _blaming_disk(failure: Failure | None, full: Path | None) -> Failure | None:
    """The failure of a tutorial, which says so if no room was left for it."""
    if failure is None or full is None:
        return failure
    message = f"no space was left in {full}: make room, or set TMPDIR ({failure.message})"
    return replace(failure, message=message)


def how_it_died(code: int) -> str:
    """What the exit code of a process that did not finish says, in words."""
    if code < 0:
        name = _signal_name(-code)
        hint = " (out of memory, perhaps)" if name == "SIGKILL" else ""
        return f"the process was ended by {name}{hint}"
    return f"the process ended with exit code {code} before the tutorial did"


def how_it_ended(event: JobEnded) -> str:
    """What is known of why there is no answer, in words."""
    problem = event["problem"].strip()
    if problem and not event["code"]:
        return problem
    if event["code"] == SILENT and problem:
        return f"its process could not go on: {problem.splitlines()[-1]}"
    words = how_it_died(event["code"])
    if event["code"] == -signal.SIGKILL and event["peak"]:
        words += f"; it held at most {size_in_words(event['peak'])}"
    return words


def _events(event: JobEnded) -> KernelEvents | None:
    events = event["place"].get("events")
    return KernelEvents.from_json(events) if events is not None else None


def _observation(events: KernelEvents | None, seen: Observed) -> str:
    if seen.too_much or (events is not None and events.gap):
        return "incomplete"
    return "python" if events is None else "complete"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one of the many that have no name
        return f"signal {number}"


def _died(tutorial: Tutorial, event: JobEnded, message: str) -> Ended:
    message = printable_line(message)
    tail = printable_text(_last_lines(without_own_frames(event["tail"]), tutorial.source))
    own = (frame for frame in _FRAME.finditer(tail) if frame["file"] == str(tutorial.source))
    lines = [int(frame["line"]) for frame in own]
    text = f"{message}\n\nthe last lines of its output:\n{tail}" if tail else message
    failure = Failure(message, lines[0] if lines else None, text)
    isolation = event["place"].get("isolation")
    result = Result(Status.FAILED, event["elapsed"], failure=failure, isolation=isolation)
    return Ended(tutorial, result)


def _last_lines(text: str, source: Path) -> str:
    """The end of what a process printed; of each stack, the tutorial's lines and what they called.

    A fatal error's stack has the most recent call first.
    """
    lines: list[str] = []
    called: list[str] = []
    for line in text.strip().splitlines():
        frame = _FRAME.match(line)
        if frame is None:
            called.clear()
            if not line.startswith("Extension modules: "):
                lines.append(line[:_WIDEST])
        elif Path(frame["file"]).name == source.name:
            within = line[frame.end() :][:_WIDEST]
            lines += [*called, f'  File "{source}", line {frame["line"]}{within}']
            called.clear()
        else:
            called.append(line[:_WIDEST])
    return "\n".join(lines[-_LINES:])
