"""A base image, an image of ours on it, and a small project that is run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers import tiny_project
from tests.helpers.repository import ROOT

USER = 1000
BASE_VARIABLE = "DOCENT_TEST_BASE"
INCLUDED = "python3,python3-venv,git,ca-certificates"


def command(*words: str) -> str:
    """What a program prints; it must succeed."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done
    return done.stdout.strip()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of an image that has Python and git, and nothing of ours."""
    if name := os.environ.get(BASE_VARIABLE):
        yield name
        return
    archive = tmp_path_factory.mktemp("base") / "base.tar"
    command("mmdebstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", str(archive))
    container = command("buildah", "from", "scratch")
    command("buildah", "add", container, str(archive), "/")
    image = command("buildah", "commit", "--quiet", container, "localhost/docent-tests-base")
    command("buildah", "rm", container)
    yield "localhost/docent-tests-base"
    command("buildah", "rmi", "--force", image)


@pytest.fixture(scope="session")
def checkout(base: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of somebody who is not root, whose image is built."""
    folder = tmp_path_factory.mktemp("a checkout")
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.getuid() and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o011)
    tiny_project.make(folder)
    shutil.copyfile(ROOT / "Containerfile", folder / "Containerfile")
    shutil.copyfile(ROOT / "requirements" / "dev.txt", folder / "requirements" / "dev.txt")
    with (folder / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("import os\nPath('user.txt').write_text(f'{os.getuid()} {os.getcwd()}')\n")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER)
    sessions = ("--session", "docs_precheck", "--session", "docs_full")
    words = ("-m", "invoke", "image", "--engine", "buildah", "--base", base, *sessions)
    done = subprocess.run(
        [shutil.which("python") or "python", *words],
        cwd=folder,
        env=tiny_project.environment(),
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done
    assert "is built for docs_precheck, docs_full" in done.stdout
    return folder
