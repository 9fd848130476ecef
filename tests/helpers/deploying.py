"""A git remote to deploy to, and the command that does it, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.helpers.commands import refused
from tests.helpers.git import git
from tests.helpers.repository import SRC

from sphinx_docent.built_site import build_info

CONF = """
html_baseurl = "https://owner.example/docs/"
docent_colab = {"repository": "owner/site", "branch": "pages", "path": "docs"}
docent_redirects = {"old/name": "guide"}
html_sidebars = {"**": ["docent-versions.html", "localtoc.html"]}
"""


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
        index = str(self.folder / "others-index")
        git(self.folder, "read-tree", "--empty", GIT_INDEX_FILE=index)
        git(self.folder, "update-index", "-z", "--index-info", given=rows, GIT_INDEX_FILE=index)
        tree = git(self.folder, "write-tree", GIT_INDEX_FILE=index).strip()
        commit = git(self.folder, "commit-tree", "-m", "others", tree)
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
    colab = {"repository": "owner/site", "branch": "pages", "path": f"docs/{version}"}
    certify_again(site, base_url=f"https://owner.example/docs/{version}/", colab=colab)


def rejected(site: Path, remote: Remote, code: int, *parts: str) -> None:
    """It is not deployed, and the remote is as it was."""
    before = remote.refs()
    refused(deploy(site, remote.folder), code, *parts)
    assert remote.refs() == before
    assert remote.is_whole()
