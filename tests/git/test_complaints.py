"""What git complains of becomes one line that says why, without secrets."""

from __future__ import annotations

import pytest

from sphinx_docent.git.complaints import push_failure, reason_of, unreachable
from sphinx_docent.git.errors import GitError, OvertakenError, RefusedError, UnreachableError

ADDRESS = "https://me:hunter22@host/x.git"


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        (b"warning: x\nremote: hello\nfatal: no such host\nerror: y", "fatal: no such host"),
        (b"remote: one\nremote: two", "remote: two"),
        (b"something\nodd", "odd"),
        (b"", "it gave no reason"),
        (b"fatal: cannot reach https://me:hunter22@host/", "fatal: cannot reach https://***@host/"),
    ],
)
def test_the_line_that_says_why_is_chosen(complaint: bytes, reason: str) -> None:
    assert reason_of(complaint, ADDRESS) == reason


def test_a_remote_that_does_not_answer_is_named_without_its_user() -> None:
    error = unreachable(b"fatal: timeout", ADDRESS)
    assert str(error) == "the remote https://***@host/x.git does not answer: fatal: timeout"


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (b"!\ta:b\t[rejected] (fetch first)\n", OvertakenError, "somebody else pushes to pages"),
        (b"!\ta:b\t[remote rejected] (cannot lock ref 'x')\n", OvertakenError, "try again later"),
        (
            b"To x\n!\ta:b\t[remote rejected] (hook declined)\nDone\n",
            RefusedError,
            "refused the push to pages: [remote rejected] (hook declined): No deploys on Fridays",
        ),
        (b"", UnreachableError, "does not answer: fatal: gone"),
    ],
)
def test_a_push_fails_for_one_of_three_reasons(
    answer: bytes, kind: type[GitError], words: str
) -> None:
    complaint = (
        b"remote: error: hook declined to update\nremote: No deploys on Fridays\nfatal: gone"
    )
    error = push_failure(answer, complaint, "pages", ADDRESS)
    assert type(error) is kind
    assert words in str(error)
