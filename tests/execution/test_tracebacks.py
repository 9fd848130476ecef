"""What went wrong is told from its first line, at the tutorial's own line, without our frames."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.execution.tracebacks import (
    PACKAGE,
    own_traceback,
    printable,
    what_and_where,
    without_own_frames,
)

SOURCE = Path("/t/one.py")


def test_an_error_of_many_lines_is_told_by_its_first() -> None:
    inner = (
        'Traceback (most recent call last):\n  File "/t/one.py", line 1, in <module>\nKeyError: 1'
    )
    text = (
        'Traceback (most recent call last):\n  File "/t/one.py", line 7, in <module>\n    f()\n'
        f"ValueError: first\n{inner}\n"
    )
    assert what_and_where(text, SOURCE) == ("ValueError: first", 7)


def test_of_errors_that_led_to_each_other_the_last_counts() -> None:
    one = 'Traceback (most recent call last):\n  File "/t/one.py", line 3, in f\nKeyError: 1\n'
    two = 'Traceback (most recent call last):\n  File "/t/one.py", line 5, in f\nOSError: 2\n'
    words = "During handling of the above exception, another exception occurred"
    assert what_and_where(f"{one}\n{words}:\n\n{two}", SOURCE) == ("OSError: 2", 5)


def test_what_has_no_traceback_is_told_as_it_is() -> None:
    assert what_and_where("OutputTooLong: 29 MB\n", SOURCE) == ("OutputTooLong: 29 MB", None)


def test_our_frames_are_not_shown_and_others_stay() -> None:
    text = (
        'Traceback (most recent call last):\n  File "/t/one.py", line 5, in <module>\n'
        "    import odd\n"
        f'  File "{PACKAGE}execution/import_hook.py", line 9, in watched_import\n'
        "    return real_import(name)\n           ^^^^^^^^^^^^^^^^^\n"
        '  File "/lib/odd.py", line 1, in <module>\n    1 / 0\nZeroDivisionError: by zero\n'
    )
    shown = without_own_frames(text)
    assert "watched_import" not in shown
    assert "real_import" not in shown
    assert shown.splitlines()[1:] == [
        '  File "/t/one.py", line 5, in <module>',
        "    import odd",
        '  File "/lib/odd.py", line 1, in <module>',
        "    1 / 0",
        "ZeroDivisionError: by zero",
    ]


def test_an_error_that_the_tutorial_has_no_part_in() -> None:
    try:
        raise OSError("gone")
    except OSError as error:
        text = own_traceback(error, SOURCE)
    assert text.splitlines()[0] == "Traceback (most recent call last):"
    assert text.splitlines()[-1] == "OSError: gone"


def test_control_characters_are_spelled_out() -> None:
    assert printable("a\x1b[31m\0\ud800\tü\n") == "a\\x1b[31m\\x00\\ud800\tü\n"
