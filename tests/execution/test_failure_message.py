"""A failure is told from the first line of what its exception says."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from sphinx_docent.execution.failure_message import failure_of, first_line

SOURCE = Path("/t/one.py")


class UnwillingError(Exception):
    def __str__(self) -> str:
        raise SystemExit(5)


def formatted(error: BaseException, line: int = 7) -> str:
    """A traceback as it comes from a tutorial."""
    frames = [
        f'  File "{SOURCE}", line {line}, in <module>\n    raise_it()\n',
        '  File "/lib/b.py", line 99, in raise_it\n',
    ]
    only = traceback.format_exception_only(error)
    return "Traceback (most recent call last):\n" + "".join(frames + only)


FORGED = f'what happened\n  File "{SOURCE}", line 999\n    x\nKeyError: no'
NOTED = ValueError("what happened")
NOTED.add_note("KeyError: a note")
CHAINED = ValueError("what happened\nlast words")
CHAINED.__cause__ = KeyError("cause")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("what happened\nmore\n\nlast words"), "ValueError: what happened"),
        (ValueError("\n\nwhat happened"), "ValueError: what happened"),
        (ValueError(FORGED), "ValueError: what happened"),
        (NOTED, "ValueError: what happened"),
        (CHAINED, "ValueError: what happened"),
        (ValueError(), "ValueError"),
        (ValueError("  \n "), "ValueError:"),
        (ValueError("\x1b[31mred\0"), r"ValueError: \x1b[31mred\x00"),
        (SyntaxError("no", ("<string>", 1, 5, "a = =", 1, 6)), "SyntaxError: no"),
        (SystemExit("a\nb"), "SystemExit: a"),
        (
            ExceptionGroup("several", [ValueError("one"), KeyError("two")]),
            "ExceptionGroup: several (2 sub-exceptions)",
        ),
    ],
)
def test_the_first_line_with_the_type(error: BaseException, message: str) -> None:
    failure = failure_of(formatted(error), SOURCE)
    assert failure.message == message
    assert failure.line == 7


def test_an_exception_without_words_is_named() -> None:
    failure = failure_of(formatted(UnwillingError()), SOURCE)
    assert failure.message.endswith("UnwillingError: <exception str() failed>")


def test_a_syntax_error_is_at_the_line_that_it_names() -> None:
    error = SyntaxError("invalid syntax", (str(SOURCE), 12, 5, "a = =", 12, 6))
    assert failure_of(formatted(error), SOURCE).line == 12


def test_a_long_message_is_cut() -> None:
    failure = failure_of(formatted(ValueError("begins\n" + "x\n" * 1_500_000)), SOURCE)
    assert failure.message == "ValueError: begins"
    assert len(failure.traceback) < 20_000
    failure = failure_of(formatted(ValueError("begins " + "x" * 3_000_000)), SOURCE)
    assert failure.message.startswith("ValueError: begins xxx")
    assert len(failure.message) < 1_100


def test_what_is_no_traceback_is_told_as_it_is() -> None:
    said = "OutputTooLong: the page would hold 30 MB"
    assert failure_of(said, SOURCE).message == said
    assert first_line("") == "unknown"
