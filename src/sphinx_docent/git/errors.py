"""Why git did not do what it was asked for, in one line for the person who asked."""

from __future__ import annotations


class GitError(Exception):
    """What was asked for cannot be had from git; nothing was changed."""


class InvalidNameError(GitError):
    """A branch or a remote cannot have this name."""


class GitMissingError(GitError):
    """There is no git."""


class UnreachableError(GitError):
    """The remote does not answer, or lets nobody in."""


class RefusedError(GitError):
    """The remote does not take the commit."""


class OvertakenError(GitError):
    """Somebody else pushed meanwhile."""


class GitFailedError(GitError):
    """Something else, of this machine: a full disk, for example."""
