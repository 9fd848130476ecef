"""A branch of a remote repository, and commits that are pushed to it.

The work is done in a repository of its own, in a temporary folder: bare, with the tip of one branch
and no history. A commit is made by ``git fast-import``; the remote sees it whole or not at all.
Addresses, which may hold a password, are written to a file and never to a command line.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .command import feed_git, run_git
from .complaints import push_failure, reason_of, unreachable
from .errors import GitFailedError, InvalidNameError
from .fast_import import NewCommit, import_stream
from .source import Committer
from .tree import StoredFile

_TIP = "refs/docent/tip"
_NEW = "refs/docent/new"
_ABSENT = ""


@dataclass(frozen=True, slots=True)
class RemoteBranch:
    """A branch of a remote, seen from the temporary repository.

    :param folder: the temporary repository.
    :param address: of the remote.
    :param algorithm: the hash by which git names contents.
    """

    folder: Path
    address: str
    name: str
    committer: Committer
    algorithm: str = "sha1"

    @property
    def ref(self) -> str:
        """The branch's full name."""
        return f"refs/heads/{self.name}"

    def fetch(self) -> str:
        """Take in the tip of the branch.

        :returns: its commit; empty if there is no such branch yet.
        :raises UnreachableError: there is no answer.
        """
        listed = self._remote("ls-remote", "site", self.ref)
        if not listed.strip():
            return _ABSENT
        spec = f"+{self.ref}:{_TIP}"
        options = ("--quiet", "--no-tags", "--depth=1", "--filter=blob:none")
        self._remote("fetch", *options, "site", spec)
        return self._local("rev-parse", "--verify", _TIP).decode().strip()

    def history(self) -> frozenset[str]:
        """The commits that the branch consists of; of their files, nothing is fetched."""
        spec = f"+{self.ref}:{_TIP}"
        options = ("--quiet", "--no-tags", f"--depth={2**31 - 1}", "--filter=tree:0")
        self._remote("fetch", *options, "site", spec)
        return frozenset(self._local("rev-list", _TIP).decode().split())

    def files(self, commit: str) -> dict[str, StoredFile]:
        """All files of a commit, by path."""
        if not commit:
            return {}
        rows = self._local("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        found = {}
        for row in filter(None, rows):
            facts, _, path = row.partition(b"\t")
            mode, _, blob = facts.decode().split()
            found[os.fsdecode(path)] = StoredFile(mode, blob)
        return found

    def content(self, blob: str) -> bytes:
        """The content of a file, which is got from the remote."""
        return self._remote("cat-file", "blob", blob)

    def has_parent(self, commit: str) -> bool:
        """Whether a commit has a history."""
        facts = self._local("cat-file", "commit", commit).partition(b"\n\n")[0]
        return b"\nparent " in facts

    def blob_name(self, content: bytes) -> str:
        """The name that git gives to a content."""
        digest = hashlib.new(self.algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
        digest.update(content)
        return digest.hexdigest()

    def commit(self, new: NewCommit) -> str:
        """Make a commit on top of another one; nothing of it is seen anywhere yet.

        :returns: the new commit.
        :raises GitFailedError: it could not be made.
        """
        words = ("fast-import", "--quiet", "--force", "--done", "--date-format=now")
        stream = import_stream(new, _NEW, self.committer)
        done = feed_git(*self._in_folder(words), stream=stream)
        if done.returncode:
            ended = f"git was ended by signal {-done.returncode}".encode()
            raise self._not_made(done.stderr or ended)
        return self._local("rev-parse", "--verify", _NEW).decode().strip()

    def squashed(self, commit: str, message: str) -> str:
        """The same files in a commit without a history."""
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", self.committer.name), ("EMAIL", self.committer.mail))
        }
        done = self._run("commit-tree", f"{commit}^{{tree}}", "-m", message, **who)
        if done.returncode:
            raise self._not_made(done.stderr)
        return done.stdout.decode().strip()

    def push(self, commit: str, tip: str, *, replace: bool = False) -> None:
        """Make the branch end in a commit.

        :param tip: what it was seen to end in.
        :param replace: drop what is there, if that is still ``tip``.
        :raises OvertakenError: the branch ends in something else by now.
        :raises RefusedError: the remote does not want it.
        :raises UnreachableError: there is no answer.
        """
        lease = [f"--force-with-lease={self.ref}:{tip}"] if replace and tip else []
        options = ["--porcelain", "--no-verify", "--no-follow-tags", *lease]
        done = self._run("push", *options, "site", f"{commit}:{self.ref}")
        if done.returncode:
            raise push_failure(done.stdout, done.stderr, self.name, self.address)

    def _local(self, *words: str) -> bytes:
        """What git answers to a command that needs nobody else.

        :raises GitFailedError: it does not.
        """
        done = self._run(*words)
        if done.returncode:
            raise GitFailedError(f"git {words[0]}: {reason_of(done.stderr, self.address)}")
        return done.stdout

    def _remote(self, *words: str) -> bytes:
        """What git answers to a command that needs the remote.

        :raises UnreachableError: it does not.
        """
        done = self._run(*words)
        if done.returncode:
            raise unreachable(done.stderr, self.address)
        return done.stdout

    def _run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run git in the temporary repository."""
        return run_git(*self._in_folder(words), **variables)

    def _in_folder(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return ("--git-dir", str(self.folder), *words)

    def _not_made(self, complaint: bytes) -> GitFailedError:
        reason = reason_of(complaint, self.address)
        return GitFailedError(f"the commit could not be made: {reason}")


def open_branch(folder: Path, address: str, name: str, who: Committer) -> RemoteBranch:
    """Make the temporary repository for a branch; the remote is not asked yet.

    :param folder: an empty folder that nobody else can read.
    :raises InvalidNameError: the branch's name or the address is none.
    :raises GitMissingError: there is no git.
    """
    if any(ord(letter) < 32 for letter in address):
        raise InvalidNameError("the address of the remote has a line break in it")
    branch = RemoteBranch(folder, address, name, who)
    branch._local("init", "--quiet", "--bare", "--template=", str(folder))
    if branch._run("check-ref-format", branch.ref).returncode or name.startswith("-"):
        raise InvalidNameError(f"{name!r} is no name for a branch")
    _configure(folder, address)
    algorithm = branch._local("rev-parse", "--show-object-format").decode().strip()
    return replace(branch, algorithm=algorithm)


def _configure(folder: Path, address: str) -> None:
    quoted = address.replace("\\", "\\\\").replace('"', '\\"')
    with (folder / "config").open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(
            f'[remote "site"]\n\turl = "{quoted}"\n\tpromisor = true\n'
            "\tpartialclonefilter = blob:none\n"
            "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
            "[http]\n\tlowSpeedLimit = 1000\n\tlowSpeedTime = 60\n"
        )
