"""The sessions in a container, as buildah runs it: nox -s tests_container."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.container.conftest import USER, command
from tests.helpers import tiny_project
from tests.helpers.tiny_project import invoke

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif("DOCENT_TESTS_CONTAINER" not in os.environ, reason="nox -s tests_container"),
]

BROKEN = "Front\n=====\n\n:ref:`nowhere`\n"


@pytest.fixture(autouse=True)
def nothing_is_left(checkout: Path) -> Iterator[None]:
    """No container stays, and no file belongs to root."""
    before = command("buildah", "containers", "--quiet")
    yield
    assert command("buildah", "containers", "--quiet") == before
    assert not [path for path in checkout.rglob("*") if path.lstat().st_uid != USER]


def test_a_session_builds_the_site_as_the_owner_of_the_checkout(checkout: Path) -> None:
    done = invoke(checkout, "container", "docs_full")
    assert done.returncode == 0, done
    assert (checkout / "docs/_build/html/index.html").is_file()
    assert (checkout / "docs/user.txt").read_text() == f"{USER} {checkout}/docs"
    assert "Creating virtual environment" not in done.stderr
    assert "pip" not in done.stderr


def test_the_exit_codes_are_those_of_the_session(checkout: Path) -> None:
    page = checkout / "docs" / "index.rst"
    whole = page.read_text(encoding="utf-8")
    page.write_text(BROKEN, encoding="utf-8")
    done = invoke(checkout, "container", "docs_precheck", "--", "-W")
    assert done.returncode == 1
    assert f"{page}:4: WARNING: undefined label" in done.stdout + done.stderr
    page.write_text(whole, encoding="utf-8")
    assert invoke(checkout, "container", "docs_precheck", "--", "--no-such-option").returncode == 2
    assert invoke(checkout, "container", "docs_precheck", "--", "word").returncode == 2


def test_variables_of_the_documentation_are_handed_on(checkout: Path) -> None:
    conf = checkout / "docs" / "conf.py"
    whole = conf.read_text(encoding="utf-8")
    conf.write_text(
        whole + "Path('seen.txt').write_text(repr([os.environ.get(n) for n in"
        " ('DOCS_VERSION', 'MINE', 'SECRET')]))\n",
        encoding="utf-8",
    )
    variables = {"DOCS_VERSION": "v1", "MINE": "a b", "SECRET": "x"}
    done = invoke(checkout, "container", "docs_precheck", "--env", "MINE", **variables)
    assert done.returncode == 0, done
    assert (checkout / "docs/seen.txt").read_text() == "['v1', 'a b', None]"
    conf.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_on_the_loopback_until_it_is_interrupted(
    checkout: Path, number: signal.Signals
) -> None:
    assert invoke(checkout, "container", "docs_full").returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "container", "serve"],
        cwd=checkout,
        env=tiny_project.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "http://localhost:8000" in process.stdout.readline()
    with urllib.request.urlopen("http://127.0.0.1:8000/") as answer:
        assert b"The first words." in answer.read()
    process.send_signal(number)
    assert process.wait(timeout=60) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen("http://127.0.0.1:8000/")


def test_locks_that_changed_need_another_image(checkout: Path, tmp_path: Path) -> None:
    other = shutil.copytree(checkout, tmp_path / "other", symlinks=True)
    with (other / "requirements" / "docs.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = invoke(other, "container", "docs_full")
    assert done.returncode == 2
    assert done.stderr == "container: no image for these locks yet: run invoke image\n"


def test_nothing_runs_as_root(checkout: Path) -> None:
    os.chown(checkout, 0, 0)
    try:
        done = invoke(checkout, "container", "docs_full")
        assert done.returncode == 2
        assert "belongs to root, and nothing runs as root" in done.stderr
    finally:
        os.chown(checkout, USER, USER)
