"""What git says when something does not work, as one line for a person."""

from __future__ import annotations

import re

from .errors import GitError, OvertakenError, RefusedError, UnreachableError
from .redaction import redacted

_OVERTAKEN = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref"
    r"|incorrect old value|already exists|failed to lock"
)


def reason_of(complaint: bytes, address: str) -> str:
    """The line, of all that git complained of, that says why.

    :param address: of the remote; what is secret in it is left out.
    """
    lines = [line.strip() for line in complaint.decode(errors="replace").splitlines()]
    told = [line for line in lines if re.match(r"(?:fatal|error|ERROR|remote): \S", line)]
    first = next((line for line in told if line.startswith("fatal")), None)
    return redacted(first or (told or lines or ["it gave no reason"])[-1], address)


def unreachable(complaint: bytes, address: str) -> UnreachableError:
    """The remote did not answer."""
    shown, reason = redacted(address, address), reason_of(complaint, address)
    return UnreachableError(f"the remote {shown} does not answer: {reason}")


def push_failure(answer: bytes, complaint: bytes, branch: str, address: str) -> GitError:
    """Why a push did not work.

    :param answer: what ``git push --porcelain`` printed.
    """
    said = re.search(r"^!\t[^\t]*\t(.*)$", answer.decode(errors="replace"), re.MULTILINE)
    if said is None:
        return unreachable(complaint, address)
    if _OVERTAKEN.search(said[1]):
        return OvertakenError(f"somebody else pushes to {branch} all the time: try again later")
    reason = redacted(said[1].strip(), address)
    remarks = re.findall(
        r"^remote: (?!error: hook declined)(.*\S)", complaint.decode(errors="replace"), re.MULTILINE
    )
    words = redacted("; ".join(remarks[:3]), address)
    return RefusedError(
        f"the remote refused the push to {branch}: {reason}" + (f": {words}" if words else "")
    )
