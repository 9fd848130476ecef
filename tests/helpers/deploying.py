"""A remote to deploy to, and the command that does it, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sphinx_docent.built_site import build_info

SRC = Path(__file__).parents[2] / "src"

CONF = """
html_baseurl = "https://owner.example/docs/"
docent_colab = {"repository": "owner/site", "branch": "pages", "path": "docs"}
docent_redirects = {"old/name": "guide"}
html_sidebars = {"**": ["docent-versions.html", "localtoc.html"]}
"""


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """What git answers; it must succeed."""
    identity = ("-c", "user.name=someone", "-c", "user.email=someone@localhost")
    command = ["git", *identity, "-C", str(folder), *words]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(errors="surrogateescape")


class Remote:
    """A bare repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare")

    def files(self, branch: str = "pages") -> dict[str, str]:
        """The blob of every file."""
        rows = git(self.folder, "ls-tree", "-r", "-z", "--full-tree", branch).split("\0")
        return {row.partition("\t")[2]: row.split()[2] for row in rows if row}

    def read(self, path: str, branch: str = "pages") -> str:
        """A file's content."""
        return git(self.folder, "cat-file", "blob", f"{branch}:{path}")

    def json(self, path: str) -> Any:
        """A JSON file's content."""
        return json.loads(self.read(path))

    def commits(self, branch: str = "pages") -> list[str]:
        """The subjects of all commits, the newest first; none without the branch."""
        if not git(self.folder, "for-each-ref", f"refs/heads/{branch}"):
            return []
        return git(self.folder, "log", "--format=%s", branch).splitlines()

    def refs(self) -> str:
        """All branches, and what they end in."""
        return git(self.folder, "for-each-ref")

    def hook(self, name: str, script: str) -> None:
        """Install a hook."""
        file = self.folder / "hooks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def put(self, files: dict[str, str], branch: str = "pages") -> None:
        """Commit files as somebody else."""
        rows = b""
        for path, text in files.items():
            blob = git(self.folder, "hash-object", "-w", "--stdin", given=text.encode()).strip()
            rows += f"100644 {blob}\t{path}\0".encode()
        index = {**os.environ, "GIT_INDEX_FILE": str(self.folder / "others-index")}
        for words in (["read-tree", "--empty"], ["update-index", "-z", "--index-info"]):
            command = ["git", "-C", str(self.folder), *words]
            subprocess.run(command, env=index, input=rows, check=True)
        done = subprocess.run(
            ["git", "-C", str(self.folder), "write-tree"],
            env=index,
            capture_output=True,
            check=True,
        )
        commit = git(self.folder, "commit-tree", "-m", "others", done.stdout.decode().strip())
        git(self.folder, "update-ref", f"refs/heads/{branch}", commit.strip())
        (self.folder / "others-index").unlink()

    def is_whole(self) -> bool:
        """Whether git finds nothing to complain of, and no draft was left."""
        found = git(self.folder, "fsck", "--full", "--strict", "--no-dangling")
        return not found.replace("notice: HEAD points to an unborn branch (master)", "").strip()


def command(site: Path, remote: Path | str, *flags: str) -> list[str]:
    """The command line of a deployment."""
    words = [sys.executable, "-m", "sphinx_docent.deploy", str(site)]
    return [*words, "--remote", str(remote), *flags]


def environment(**more: str) -> dict[str, str]:
    """Variables of a machine where nobody has told git who he is."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "DOCENT_"))}
    return {**kept, "PYTHONPATH": str(SRC), "HOME": "/nonexistent", **more}


def deploy(
    site: Path, remote: Path | str, *flags: str, folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the command, and wait.

    :param folder: where it is run.
    """
    return subprocess.run(
        command(site, remote, *flags),
        cwd=folder or site.parent,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def deployed(site: Path, remote: Remote, *flags: str, **variables: str) -> str:
    """Deploy; it must succeed, and leave the remote whole.

    :returns: what was said.
    """
    done = deploy(site, remote.folder, *flags, folder=None, **variables)
    assert done.returncode == 0, done
    assert done.stderr == ""
    assert remote.is_whole()
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int, *parts: str) -> None:
    """It ended with a code, and said why in one line."""
    assert done.returncode == code, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(part in done.stderr for part in parts), done.stderr


def certify_again(site: Path, **changes: Any) -> None:
    """Make a site that was edited pass for one that was built so."""
    facts = json.loads((site / build_info.FILE_NAME).read_bytes())
    facts.pop("format")
    build_info.write_build_info(site, build_info.BuildInfo(**{**facts, **changes}))


def for_release(site: Path, version: str) -> None:
    """Let the Colab links of a built site lead to a release's folder."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(
            text.replace("/docs/_notebooks/", f"/docs/{version}/_notebooks/").replace(
                "owner.example/docs/", f"owner.example/docs/{version}/"
            ),
            encoding="utf-8",
        )
    certify_again(site, base_url=f"https://owner.example/docs/{version}/")
