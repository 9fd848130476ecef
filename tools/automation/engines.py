"""The container engine of this machine, and the words that each is told."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from invoke import Exit

ENGINES = ("podman", "docker", "buildah")
SERVED = "serve"


@dataclass(frozen=True, slots=True)
class Engine:
    """A container engine.

    :param name: one of ``ENGINES``.
    :param rootless: whether it maps the caller to root in its containers.
    """

    name: str
    rootless: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A command in a container.

    :param user: ``uid:gid`` whose files it makes.
    :param folder: the checkout, mounted at its own path; the command starts there.
    :param variables: of the environment.
    :param port: published on this machine's loopback; 0 for none.
    :param gpu: words that hand a GPU through.
    """

    image: str
    command: Sequence[str]
    user: str
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    gpu: Sequence[str] = ()
    interactive: bool = False


def find_engine(wanted: str) -> Engine:
    """The engine that was asked for, or the first that works here.

    :raises Exit: there is none.
    """
    if wanted and wanted not in ENGINES:
        raise Exit(f"engine {wanted!r} is not known: {', '.join(ENGINES)}", code=2)
    for name in (wanted,) if wanted else ENGINES:
        if shutil.which(name) and (rootless := _rootless(name)) is not None:
            return Engine(name, rootless)
    names = wanted or ", ".join(ENGINES)
    message = f"no container engine works here ({names}): install one, or start its service"
    raise Exit(message, code=2)


def build_words(
    engine: Engine,
    context: Path,
    image: str,
    arguments: Mapping[str, str],
    secrets: Mapping[str, Path],
) -> list[str]:
    """The command that builds an image.

    :param secrets: files that are there while it is built, by name.
    """
    words = [engine.name, "build", "--tag", image, "--file", str(context / "Containerfile")]
    words += [word for pair in arguments.items() for word in ("--build-arg", "=".join(pair))]
    words += [w for name, file in secrets.items() for w in ("--secret", f"id={name},src={file}")]
    if engine.name == "buildah":
        words += ["--network", "host", "--layers"]
    return [*words, str(context)]


def run_words(engine: Engine, run: Run) -> list[str]:
    """The command that runs something in a new container, which goes with it."""
    words = [engine.name, "run", "--rm", "--init"]
    words += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
    if run.interactive:
        words += ["--interactive", "--tty"]
    if engine.name == "podman" and engine.rootless:
        words += ["--userns", "keep-id"]
    # In a rootless Docker, root is the caller, and nobody else has the caller's files.
    user = "0:0" if engine.name == "docker" and engine.rootless else run.user
    words += ["--user", user, *_mount(run), "--workdir", str(run.folder)]
    if run.port:
        words += ["--publish", f"127.0.0.1:{run.port}:{run.port}"]
    return [*words, *_variables(run), *run.gpu, run.image, *run.command]


def buildah_words(container: str, run: Run) -> list[str]:
    """The command that runs something in a container of buildah's.

    It publishes no ports: the network is this machine's.
    """
    words = ["buildah", "run", "--network", "host", "--cap-drop", "all", "--user", run.user]
    words += ["--volume", f"{_folder(run)}:{_folder(run)}:rw", "--workingdir", str(run.folder)]
    words += [*_variables(run), *run.gpu]
    return [*words, *(["--tty"] if run.interactive else []), container, "--", *run.command]


def gpu_words(engine: Engine, root: Path = Path("/")) -> list[str]:
    """What hands this machine's GPU through; nothing where there is none.

    :param root: of the file system.
    """
    devices = [*sorted((root / "dev").glob("nvidia*")), root / "dev/dri", root / "dev/kfd"]
    devices = [device for device in devices if device.exists()]
    nvidia = any(device.name.startswith("nvidia") for device in devices)
    if nvidia and engine.name == "docker":
        return ["--gpus", "all"]
    has_cdi = any((root / folder / "cdi/nvidia.yaml").is_file() for folder in ("etc", "var/run"))
    if nvidia and engine.name == "podman" and has_cdi:
        return ["--device", "nvidia.com/gpu=all"]
    plain = [device for device in devices if not device.is_dir() or device.name == "dri"]
    return [word for device in plain for word in ("--device", f"/{device.relative_to(root)}")]


def _rootless(name: str) -> bool | None:
    """Whether an engine maps the caller to root; ``None`` if it does not work."""
    question = {
        "docker": ["docker", "info", "--format", "{{.ServerVersion}} {{.SecurityOptions}}"],
        "podman": ["podman", "info", "--format", "{{.Host.Security.Rootless}}"],
        "buildah": ["buildah", "info"],
    }[name]
    done = subprocess.run(question, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        return None
    return "rootless" in done.stdout or done.stdout.strip() == "true"


def _mount(run: Run) -> list[str]:
    return ["--mount", f"type=bind,source={_folder(run)},target={_folder(run)}"]


def _folder(run: Run) -> str:
    folder = str(run.folder)
    if any(letter in folder for letter in ":,"):
        message = f"{folder}: engines cannot mount a path with a colon or comma in it: move it"
        raise Exit(message, code=2)
    return folder


def _variables(run: Run) -> list[str]:
    return [word for pair in run.variables.items() for word in ("--env", "=".join(pair))]


def owner(folder: Path) -> str:
    """``uid:gid`` of whoever a folder belongs to.

    :raises Exit: it belongs to root, as whom nothing is run.
    """
    facts = folder.stat()
    if facts.st_uid == 0:
        raise Exit(
            f"{folder} belongs to root, and nothing runs as root in a container:"
            f" give it to somebody, as in chown -R 1000:1000 {folder}",
            code=2,
        )
    if os.getuid() not in (0, facts.st_uid):
        raise Exit(f"{folder} is not yours: files that a build makes would be its owner's", code=2)
    return f"{facts.st_uid}:{facts.st_gid}"
