"""What workflows on GitHub say: the comment on a pull request, the issue of a nightly run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from invoke import Context, Exit, task

from .github_api import ask, ask_all
from .programs import docent
from .project import ROOT

LIMIT = 60_000
"""Characters of a comment; GitHub takes 65,536."""


@task(
    help={
        "head": "OWNER:BRANCH that the pull request comes from",
        "commit": "that it ends in",
    }
)
def pr(_: Context, head: str, commit: str) -> None:
    """Find the pull request of a run on GitHub.

    Its number is an output of the step; empty if it was closed or has a newer commit.
    """
    found = ask_all("pulls", state="open", head=head)
    number = next((entry["number"] for entry in found if entry["head"]["sha"] == commit), "")
    print(f"pull request {number}" if number else f"no open pull request ends in {commit}")
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"number={number}\n")


@task(
    help={
        "number": "of the pull request",
        "report": "FILE: report.json of its build",
        "deployed": "FILE: what invoke deploy --summary wrote",
        "url": "the address of the published site's root",
        "run": "the address of the run",
        "removed": "say that the preview is gone",
    }
)
def comment(
    _: Context,
    number: str,
    report: str = "",
    deployed: str = "",
    url: str = "",
    run: str = "",
    removed: bool = False,
) -> None:
    """Write the comment on a pull request on GitHub."""
    words = ["--report", report, "--deployed", deployed, "--url", url, "--run", run]
    command, environment = docent("reports", *words, *(["--removed"] if removed else []))
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=-1, check=False)
    if done.returncode:
        raise Exit(code=2)
    body = done.stdout.decode()[:LIMIT]
    mark = body.splitlines()[0]
    old = (e for e in ask_all(f"issues/{number}/comments") if e["body"].startswith(mark))
    if known := next(old, None):
        ask("PATCH", f"issues/comments/{known['id']}", {"body": body})
        print(f"the comment on pull request {number} is updated")
    elif not removed:
        ask("POST", f"issues/{number}/comments", {"body": body})
        print(f"pull request {number} has a comment")


@task(
    help={
        "title": "by which the issue is found again",
        "result": "success closes it, everything else opens it",
        "run": "the address of the run",
    }
)
def issue(_: Context, title: str, result: str, run: str = "") -> None:
    """Open or close the issue of a run on GitHub."""
    known = next(
        (e for e in ask_all("issues", state="open") if e["title"] == title and not is_pull(e)),
        None,
    )
    text = f"The run ended with: {result}. {run}".strip()
    if result == "success":
        if known:
            ask("POST", f"issues/{known['number']}/comments", {"body": text})
            ask("PATCH", f"issues/{known['number']}", {"state": "closed"})
        print(f"issue {known['number']} is closed" if known else "nothing to tell")
    elif known:
        ask("POST", f"issues/{known['number']}/comments", {"body": text})
        print(f"issue {known['number']} is told")
    else:
        made = ask("POST", "issues", {"title": title, "body": text})
        print(f"issue {made['number']} is opened")


def is_pull(entry: dict[str, Any]) -> bool:
    """Whether an entry in GitHub's list of issues is a pull request."""
    return "pull_request" in entry
