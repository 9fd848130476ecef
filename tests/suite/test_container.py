"""What each container engine is told; the proof that it works: nox -s tests_container."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.repository import ROOT
from tests.helpers.tiny_project import invoke

WORDS = """
import sys
from pathlib import Path

sys.path.insert(0, "tools")
from automation.engines import Engine, Run, buildah_words, gpu_words, run_words

run = Run(
    "image", ["nox"], "1000:100", Path("/home/a b"), {"CI": "true"}, 8000, ["--device", "/dev/x"]
)
for engine in (Engine("docker"), Engine("docker", True), Engine("podman", True), Engine("podman")):
    print(*run_words(engine, run), sep="|")
print(*buildah_words("container", run), sep="|")
root = Path(sys.argv[1])
for name in ("docker", "podman", "buildah"):
    print(*gpu_words(Engine(name), root), sep="|")
"""


def told(folder: Path) -> list[list[str]]:
    """The words for each engine; the tasks' modules are no part of the tests' environment."""
    command = [sys.executable, "-c", WORDS, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line.split("|") for line in done.stdout.splitlines()]


def pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(itertools.pairwise(words))


def test_each_engine_runs_as_the_owner_without_rights_and_on_the_loopback(tmp_path: Path) -> None:
    docker, rootless_docker, rootless_podman, podman, buildah, *_ = told(tmp_path)
    mount = ("--mount", "type=bind,source=/home/a b,target=/home/a b")
    for words in (docker, rootless_docker, rootless_podman, podman):
        assert words[1:4] == ["run", "--rm", "--init"]
        assert words[-2:] == ["image", "nox"]
        assert {
            mount,
            ("--workdir", "/home/a b"),
            ("--publish", "127.0.0.1:8000:8000"),
            ("--cap-drop", "ALL"),
            ("--security-opt", "no-new-privileges"),
            ("--env", "CI=true"),
            ("--device", "/dev/x"),
        } <= pairs(words)
    assert ("--user", "1000:100") in pairs(docker) & pairs(podman) & pairs(rootless_podman)
    assert ("--user", "0:0") in pairs(rootless_docker)
    assert ("--userns", "keep-id") in pairs(rootless_podman)
    assert "--userns" not in podman
    assert buildah[-3:] == ["container", "--", "nox"]
    assert {
        ("--user", "1000:100"),
        ("--volume", "/home/a b:/home/a b:rw"),
        ("--cap-drop", "all"),
    } <= pairs(buildah)


def test_a_gpu_is_handed_through_where_there_is_one(tmp_path: Path) -> None:
    assert told(tmp_path)[5:] == [[""], [""], [""]]
    (tmp_path / "dev").mkdir()
    for name in ("nvidia0", "nvidiactl"):
        (tmp_path / "dev" / name).touch()
    devices = ["--device", "/dev/nvidia0", "--device", "/dev/nvidiactl"]
    assert told(tmp_path)[5:] == [["--gpus", "all"], devices, devices]
    (tmp_path / "etc" / "cdi").mkdir(parents=True)
    (tmp_path / "etc" / "cdi" / "nvidia.yaml").touch()
    assert told(tmp_path)[6] == ["--device", "nvidia.com/gpu=all"]


@pytest.mark.site
def test_without_an_engine_there_is_one_line(project: Path, tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path)}
    for task in (("image",), ("container", "docs_full")):
        refused(invoke(project, *task, **nowhere), 2, "no container engine works", "podman")
        refused(invoke(project, *task, "--engine", "lxc"), 2, "'lxc' is not known", "buildah")
    fake = tmp_path / "docker"
    fake.write_text("#!/bin/sh\necho no daemon >&2; exit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    refused(invoke(project, "image", **nowhere), 2, "no container engine works")


@pytest.mark.site
def test_an_image_is_made_of_the_locks_and_the_settings_of_the_machine(
    project: Path, tmp_path: Path
) -> None:
    """A docker that writes down what it is told."""
    (project / "Containerfile").write_text("FROM scratch\n", encoding="utf-8")
    (project / "docs" / "secret.txt").touch()
    certificates = tmp_path / "bundle.pem"
    certificates.write_text("CERTIFICATES", encoding="utf-8")
    fake = tmp_path / "bin" / "docker"
    fake.parent.mkdir()
    fake.write_text(
        "#!/bin/sh\n[ $1 = info ] && { echo 28 []; exit; }\n"
        f'for word; do echo "$word" >> {tmp_path}/words; last=$word; done\n'
        f"(cd $last; find . -type f) > {tmp_path}/context; cat $last/../settings > {tmp_path}/set\n"
    )
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}/usr/bin{os.pathsep}/bin"
    variables = {"PIP_INDEX_URL": "https://user:secret@index.example/'x", "AWS_SECRET": "no"}
    done = invoke(
        project,
        "image",
        "--base",
        "other@sha256:1",
        PATH=path,
        **variables,
        SSL_CERT_FILE=str(certificates),
    )
    assert done.returncode == 0, done
    assert "docs_precheck, docs_pattern, docs_full, docs_notebooks" in done.stdout
    words = (tmp_path / "words").read_text(encoding="utf-8")
    assert "BASE=other@sha256:1" in words
    assert "secret" not in words.replace("--secret", "")
    context = (tmp_path / "context").read_text(encoding="utf-8").split()
    assert {"./Containerfile", "./noxfile.py", "./requirements/docs.txt"} <= set(context)
    assert "./docs/secret.txt" not in context
    settings = (tmp_path / "set").read_text(encoding="utf-8")
    assert "export PIP_INDEX_URL=" in settings
    assert "export SSL_CERT_FILE=/run/docent/certificates" in settings
    assert "AWS" not in settings
