"""Everything that is said to git, and what it answers.

The work is done in a repository of its own, in a temporary folder: bare, with the tip of one branch
and no history. A commit is made by ``git fast-import``; the remote sees it whole or not at all.
Addresses, which may hold a password, are written to a file and never to a command line.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from .changes import FILE, Stored
from .errors import DeployError, redacted

_TIP = "refs/docent/tip"
_NEW = "refs/docent/new"
_ABSENT = ""


class GitMissingError(DeployError):
    """There is no git."""


class UnreachableError(DeployError):
    """The remote does not answer, or lets nobody in."""


class RefusedError(DeployError):
    """The remote does not take the commit."""


class OvertakenError(DeployError):
    """Somebody else pushed meanwhile."""


class GitFailedError(DeployError):
    """Something else, of this machine: a full disk, for example."""


def source_commit(folder: Path) -> str:
    """The commit that a folder is checked out from, with ``-dirty`` if tracked files differ.

    :returns: empty outside of a repository, before the first commit, and without git.
    """
    found = _quietly(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    if not found:
        return ""
    changed = _quietly(folder, "status", "--porcelain", "--untracked-files=no")
    return f"{found}-dirty" if changed else found


def address_of(remote: str, folder: Path) -> str:
    """The address of a remote.

    :param remote: an address, a path, or the name of a remote of the repository in ``folder``.
    """
    if re.fullmatch(r"[\w.-]+", remote):
        known = _quietly(folder, "config", "--get", f"remote.{remote}.url")
        if known:
            return known if _is_url(known) else str(folder / known)
    return remote if _is_url(remote) else str((folder / remote).absolute())


class Repository:
    """The temporary repository.

    :param folder: an empty folder that nobody else can read.
    :param address: of the remote.
    :param source: the repository of the documentation, for the name of the committer.
    :raises DeployError: the branch's name is none, or git is missing.
    """

    def __init__(self, folder: Path, address: str, branch: str, source: Path) -> None:
        if any(ord(letter) < 32 for letter in address):
            raise DeployError("the address of the remote has a line break in it")
        self.folder, self.address, self.branch = folder, address, branch
        self.ref = f"refs/heads/{branch}"
        self.identity = _identity(source)
        self._local("init", "--quiet", "--bare", "--template=", str(folder))
        if self._run("check-ref-format", self.ref).returncode or branch.startswith("-"):
            raise DeployError(f"{branch!r} is no name for a branch")
        self._configure()
        self.algorithm = self._local("rev-parse", "--show-object-format").decode().strip()

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

    def files(self, commit: str) -> dict[str, Stored]:
        """All files of a commit, by path."""
        if not commit:
            return {}
        rows = self._local("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        found = {}
        for row in filter(None, rows):
            facts, _, path = row.partition(b"\t")
            mode, _, blob = facts.decode().split()
            found[os.fsdecode(path)] = Stored(mode, blob)
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

    def commit(
        self, tip: str, message: str, removed: Iterable[str], written: Mapping[str, bytes | Path]
    ) -> str:
        """Make a commit on top of another one; nothing of it is seen anywhere yet.

        :returns: the new commit.
        :raises GitFailedError: it could not be made.
        """
        command = self._command("fast-import", "--quiet", "--force", "--done", "--date-format=now")
        with subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin is not None  # noqa: S101
            assert process.stderr is not None  # noqa: S101
            try:
                with process.stdin as stream:
                    for chunk in self._import_stream(tip, message, removed, written):
                        stream.write(chunk)
            except BrokenPipeError:
                pass  # it has ended, and says why
            complaint = process.stderr.read()
        if process.returncode:
            ended = f"git was ended by signal {-process.returncode}".encode()
            reason = self._reason(complaint or ended)
            raise GitFailedError(f"the commit could not be made: {reason}")
        return self._local("rev-parse", "--verify", _NEW).decode().strip()

    def squashed(self, commit: str, message: str) -> str:
        """The same files in a commit without a history."""
        name, mail = self.identity
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", mail))
        }
        done = self._run("commit-tree", f"{commit}^{{tree}}", "-m", message, **who)
        if done.returncode:
            raise GitFailedError(f"the commit could not be made: {self._reason(done.stderr)}")
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
        if done.returncode == 0:
            return
        answer = re.search(r"^!\t[^\t]*\t(.*)$", done.stdout.decode(errors="replace"), re.MULTILINE)
        if answer is None:
            raise UnreachableError(self._unreachable(done.stderr))
        if re.search(
            r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref"
            r"|incorrect old value|already exists|failed to lock",
            answer[1],
        ):
            raise OvertakenError(
                f"somebody else pushes to {self.branch} all the time: try again later"
            )
        reason = self._safe(answer[1].strip())
        said = re.findall(
            r"^remote: (?!error: hook declined)(.*\S)",
            done.stderr.decode(errors="replace"),
            re.MULTILINE,
        )
        words = self._safe("; ".join(said[:3]))
        raise RefusedError(
            f"the remote refused the push to {self.branch}: {reason}"
            + (f": {words}" if words else "")
        )

    def _configure(self) -> None:
        address = self.address.replace("\\", "\\\\").replace('"', '\\"')
        with (self.folder / "config").open("a", encoding="utf-8", errors="surrogateescape") as file:
            file.write(
                f'[remote "site"]\n\turl = "{address}"\n\tpromisor = true\n'
                "\tpartialclonefilter = blob:none\n"
                "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
                "[http]\n\tlowSpeedLimit = 1000\n\tlowSpeedTime = 60\n"
            )

    def _import_stream(
        self, tip: str, message: str, removed: Iterable[str], written: Mapping[str, bytes | Path]
    ) -> Iterable[bytes]:
        words = message.encode()
        who = f"{self.identity[0]} <{self.identity[1]}> now"
        yield f"commit {_NEW}\ncommitter {who}\ndata {len(words)}\n".encode() + words + b"\n"
        if tip:
            yield f"from {tip}\n".encode()
        for path in removed:
            yield b"D " + _quoted(path) + b"\n"
        for path, content in written.items():
            data = content if isinstance(content, bytes) else content.read_bytes()
            yield f"M {FILE} inline ".encode() + _quoted(path) + b"\ndata %d\n" % len(data)
            yield data
            yield b"\n"
        yield b"\ndone\n"

    def _local(self, *words: str) -> bytes:
        done = self._run(*words)
        if done.returncode:
            raise GitFailedError(f"git {words[0]}: {self._reason(done.stderr)}")
        return done.stdout

    def _remote(self, *words: str) -> bytes:
        done = self._run(*words)
        if done.returncode:
            raise UnreachableError(self._unreachable(done.stderr))
        return done.stdout

    def _run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._command(*words),
            env=_environment() | variables,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def _command(self, *words: str) -> list[str]:
        if shutil.which("git") is None:
            raise GitMissingError("git is missing: install it")
        return ["git", "--git-dir", str(self.folder), *words]

    def _unreachable(self, complaint: bytes) -> str:
        return f"the remote {self._safe(self.address)} does not answer: {self._reason(complaint)}"

    def _reason(self, complaint: bytes) -> str:
        """What git complained of, in one line."""
        lines = [line.strip() for line in complaint.decode(errors="replace").splitlines()]
        told = [line for line in lines if re.match(r"(?:fatal|error|ERROR|remote): \S", line)]
        first = next((line for line in told if line.startswith("fatal")), None)
        return self._safe(first or (told or lines or ["it gave no reason"])[-1])

    def _safe(self, text: str) -> str:
        return redacted(text, self.address)


def _quietly(folder: Path, *words: str) -> str:
    """What git answers about a repository; empty if it does not."""
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(
        ["git", "-C", str(folder), *words],  # noqa: S607
        env=_environment(),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return "" if done.returncode else done.stdout.decode(errors="surrogateescape").strip()


def _identity(source: Path) -> tuple[str, str]:
    """Name and mail address of who commits; git has none on many a CI machine."""
    found = re.match(r"(.+) <(.+)> \d", _quietly(source, "var", "GIT_COMMITTER_IDENT"))
    return (found[1], found[2]) if found else ("sphinx-docent", "sphinx-docent@localhost")


def _environment() -> dict[str, str]:
    """Variables under which git speaks English, asks nothing, traces nothing."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_TRACE", "GIT_CURL_VERBOSE"))
        and name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
    }
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _is_url(address: str) -> bool:
    """Whether an address is more than a path: with a scheme, or ``host:path`` for ssh."""
    return "://" in address or bool(re.match(r"[^/\\]{2,}:", address))


def _quoted(path: str) -> bytes:
    """A path as ``git fast-import`` reads it."""
    raw = os.fsencode(path)
    escaped = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"'
