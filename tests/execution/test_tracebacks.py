"""A tutorial's traceback shows its own lines and what they called, and none of ours."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.execution.tracebacks import PACKAGE, own_traceback, without_own_frames

SOURCE = Path("/t/one.py")


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
