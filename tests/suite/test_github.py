"""What workflows say on GitHub: the comment on a pull request, the issue of a nightly run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.github_server import Repository, github
from tests.helpers.tiny_project import invoke

from sphinx_docent.reports.pull_request import MARK

pytestmark = pytest.mark.site

DEPLOYED = {"folder": "pr/12", "pages": {"changed": ["guide"], "added": [], "removed": []}}


@pytest.fixture
def repository() -> Iterator[Repository]:
    with github() as served:
        yield served


def test_a_pull_request_has_one_comment_that_is_updated(
    project: Path, repository: Repository, tmp_path: Path
) -> None:
    deployed = tmp_path / "deployed.json"
    deployed.write_text(json.dumps(DEPLOYED), encoding="utf-8")
    others = [{"id": number, "body": f"Number {number}"} for number in range(150)]
    repository.lists["issues/12/comments"] = others
    words = ("comment", "--number", "12", "--deployed", str(deployed), "--url", "https://o.example")
    done = invoke(project, *words, **repository.environment)
    assert done.returncode == 0, done
    ((method, path, data),) = repository.written
    assert (method, path) == ("POST", "issues/12/comments")
    assert data["body"].startswith(MARK)
    assert "https://o.example/pr/12/guide.html" in data["body"]
    assert repository.tokens == {"Bearer secret"}

    others.append({"id": 99, "body": data["body"]})
    invoke(project, *words, **repository.environment)
    assert repository.written[-1][:2] == ("PATCH", "issues/comments/99")
    invoke(project, "comment", "--number", "12", "--removed", **repository.environment)
    told = repository.written[-1][2]["body"]
    assert told == f"{MARK}\nThe preview of this pull request was removed.\n"


def test_what_a_pull_request_has_made_up_is_no_traceback(
    project: Path, repository: Repository, tmp_path: Path
) -> None:
    repository.lists["issues/12/comments"] = []
    for content in ("[" * 100_000, "{", '{"totals": 3}', "\x00"):
        (tmp_path / "report.json").write_text(content, encoding="utf-8")
        words = ("--report", str(tmp_path / "report.json"), "--deployed", str(tmp_path / "none"))
        done = invoke(project, "comment", "--number", "12", *words, **repository.environment)
        assert (done.returncode, done.stderr) == (0, ""), done
    assert "no preview" in repository.written[-1][2]["body"]


def test_the_pull_request_of_a_run_is_found_by_its_commit(
    project: Path, repository: Repository, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    entries = [{"number": n, "head": {"sha": f"commit{n}"}} for n in (3, 12)]
    repository.lists["pulls"] = entries
    words = ("pr", "--head", "somebody:a&state=closed#b", "--commit")
    variables = {**repository.environment, "GITHUB_OUTPUT": str(output)}
    assert "pull request 12" in invoke(project, *words, "commit12", **variables).stdout
    assert "no open pull request" in invoke(project, *words, "older", **variables).stdout
    assert output.read_text(encoding="utf-8") == "number=12\nnumber=\n"
    assert "head=somebody%3Aa%26state%3Dclosed%23b" in repository.asked[0]


def test_a_nightly_run_opens_one_issue_and_closes_it(project: Path, repository: Repository) -> None:
    words = ("issue", "--title", "The newest do not work", "--run", "https://r/1", "--result")
    repository.lists["issues"] = []
    assert "nothing to tell" in invoke(project, *words, "success", **repository.environment).stdout
    assert repository.written == []
    invoke(project, *words, "failure", **repository.environment)
    text = "The run ended with: failure. https://r/1"
    made = {"title": "The newest do not work", "body": text}
    assert repository.written == [("POST", "issues", made)]
    pull = {"number": 4, "title": "The newest do not work", "pull_request": {}}
    repository.lists["issues"] = [pull, {"number": 7, "title": "The newest do not work"}]
    invoke(project, *words, "failure", **repository.environment)
    assert repository.written[1:] == [("POST", "issues/7/comments", {"body": text})]
    invoke(project, *words, "success", **repository.environment)
    assert repository.written[-1] == ("PATCH", "issues/7", {"state": "closed"})


def test_without_github_there_is_one_line(project: Path, repository: Repository) -> None:
    words = ("issue", "--title", "T", "--result", "failure")
    refused(invoke(project, *words, GITHUB_TOKEN=""), 2, "GITHUB_TOKEN", "workflows")
    refused(invoke(project, *words, **repository.environment), 2, "refuses GET issues", "404")
    gone = {**repository.environment, "GITHUB_API_URL": "http://127.0.0.1:1"}
    refused(invoke(project, *words, **gone), 2, "does not answer")
