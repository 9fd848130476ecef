"""``invoke image`` and ``invoke container``: the sessions in a container of ours."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from invoke import Context, Exit, task

from .engines import (
    SERVED,
    Engine,
    Run,
    build_words,
    buildah_words,
    find_engine,
    gpu_words,
    owner,
    run_words,
)
from .process_tree import end_tree
from .project import LAYOUT, ROOT

SESSIONS = ("docs_precheck", "docs_pattern", "docs_full", "docs_notebooks")
HANDED_ON = ("CI", "DOCENT_", "DOCS_", "GITHUB_ACTIONS", "NO_COLOR", "TERM", "TVM_")
SETTINGS = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "PIP_", "UV_")
CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
SERVED_PORT = 8000
INTERRUPTED = 130
ENVIRONMENTS = "/opt/docent/environments"


@task(
    iterable=["session"],
    help={
        "base": "another image to begin with: Python 3.11 or newer with venv, git, certificates",
        "session": "NAME: a session that the image has an environment for (may be given again)",
        "engine": "podman, docker or buildah; the first that works here by default",
    },
)
def image(_: Context, base: str = "", session: list[str] | None = None, engine: str = "") -> None:
    """Build the image that holds the environments of the sessions."""
    found = find_engine(engine)
    sessions = session or [name for name in SESSIONS if lock_of(name).is_file()]
    arguments = {"SESSIONS": " ".join(sessions), "REQUIREMENTS": LAYOUT.requirements}
    arguments |= {"BASE": base} if base else {}
    with tempfile.TemporaryDirectory(prefix="docent-image-") as folder:
        context = stage(Path(folder) / "context")
        secrets = write_settings(Path(folder), os.environ)
        words = build_words(found, context, image_name(), arguments, secrets)
        if subprocess.run(words, cwd=ROOT, check=False).returncode:
            raise Exit("image: it could not be built: see above", code=2)
    print(f"{image_name()} is built for {', '.join(sessions)}")


@task(
    iterable=["env"],
    positional=["session"],
    help={
        "session": "a session such as docs_full; or serve; words after -- are its own",
        "engine": "podman, docker or buildah; the first that works here by default",
        "env": "NAME: a variable to hand on (may be given again)",
    },
)
def container(
    context: Context, session: str, engine: str = "", env: list[str] | None = None
) -> None:
    """Run a session in a container: container SESSION [-- WORDS].

    The checkout is mounted at its own path, and what is made there belongs to its owner.
    """
    found = find_engine(engine)
    refuse_missing_image(found)
    words = shlex.split(context.remainder)
    run = Run(
        image_name(),
        session_command(session, words, found),
        owner(ROOT),
        ROOT,
        variables(os.environ, env or ()),
        SERVED_PORT if session == SERVED else 0,
        gpu_words(found),
        sys.stdin.isatty() and sys.stdout.isatty(),
    )
    if found.name == "buildah":
        code = in_buildah(run)
    else:
        code = told(run_words(found, run), interactive=run.interactive)
    # An interrupted server has done its work: that is no failure.
    raise Exit(code=0 if session == SERVED and code == INTERRUPTED else code)


def session_command(session: str, words: list[str], engine: Engine) -> list[str]:
    """What runs in the container."""
    if session == SERVED:
        host = "127.0.0.1" if engine.name == "buildah" else "0.0.0.0"  # noqa: S104
        return ["invoke", SERVED, "--host", host, "--port", str(SERVED_PORT), *words]
    nox = ["nox", "--non-interactive", "--envdir", ENVIRONMENTS, "--session", session]
    return [*nox, *(["--", *words] if words else [])]


def in_buildah(run: Run) -> int:
    """Run in a working container, which is removed afterwards.

    :returns: the exit code.
    """
    tool = [shutil.which("buildah") or "buildah"]
    made = subprocess.run([*tool, "from", run.image], capture_output=True, check=False)
    if made.returncode:
        raise Exit(f"container: {made.stderr.decode(errors='replace').strip()}", code=2)
    name = made.stdout.decode().strip()
    try:
        return told(buildah_words(name, run), interactive=run.interactive)
    finally:
        subprocess.run([*tool, "rm", name], stdout=subprocess.DEVNULL, check=False)


def told(words: list[str], *, interactive: bool) -> int:
    """Run to the end, or until interrupted; the exit code is 0, 1 or 2, as everywhere."""

    def interrupt(*_received: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    # A terminal's own group gets its Ctrl-C.
    process = subprocess.Popen(words, cwd=ROOT, start_new_session=not interactive)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        if not interactive:
            end_tree(process)
        process.wait()
        return INTERRUPTED
    return code if code in (0, 1, 2) else 2 if code in (125, 126, 127) else 1


def refuse_missing_image(engine: Engine) -> None:
    """See that the image is there, made from the locks as they are now."""
    inspect = [engine.name, "inspect", "--type", "image", image_name()]
    if subprocess.run(inspect, capture_output=True, check=False).returncode:
        raise Exit("container: no image for these locks yet: run invoke image", code=2)


def image_name() -> str:
    """The image's name, with a digest of all that it is made from."""
    total = hashlib.sha256()
    for file in [ROOT / "Containerfile", *sorted((ROOT / LAYOUT.requirements).glob("*.txt"))]:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return f"localhost/docent:{total.hexdigest()[:16]}"


def lock_of(session: str) -> Path:
    """The lock file of a session."""
    name = {"docs_precheck": "precheck", "docs_notebooks": "notebooks"}.get(session, "docs")
    return ROOT / LAYOUT.requirements / f"{name}.txt"


def stage(context: Path) -> Path:
    """Copy what an image is made from; what the locks do not hold is installed when it runs."""
    for name in ("Containerfile", "noxfile.py", "pyproject.toml", LAYOUT.sessions):
        if name and (ROOT / name).is_file():
            (context / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, context / name)
    package = Path(__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, context / package.relative_to(ROOT), ignore=ignored)
    for site in LAYOUT.sites:  # sessions look for it, and build nothing
        (context / site.documentation).mkdir(parents=True, exist_ok=True)
        (context / site.documentation / "conf.py").touch()
    (context / LAYOUT.requirements).mkdir(parents=True, exist_ok=True)
    for lock in (ROOT / LAYOUT.requirements).glob("*.txt"):
        if not lock.stem.endswith("-unhashed"):
            shutil.copyfile(lock, context / LAYOUT.requirements / lock.name)
    return context


def write_settings(folder: Path, environ: Mapping[str, str]) -> dict[str, Path]:
    """How this machine reaches its package index, as files that are not kept in the image."""
    chosen = {n: v for n, v in environ.items() if n.upper().startswith(SETTINGS)}
    bundle = next((Path(environ[n]) for n in CERTIFICATES if n in environ), None)
    data = bundle.read_bytes() if bundle and bundle.is_file() else b""
    if data:
        chosen |= dict.fromkeys(CERTIFICATES, "/run/docent/certificates")
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in chosen.items()]
    settings, certificates = folder / "settings", folder / "certificates"
    settings.write_text("".join(lines), encoding="utf-8")
    certificates.write_bytes(data)
    return {"settings": settings, "certificates": certificates}


def variables(environ: Mapping[str, str], names: list[str] | tuple[str, ...]) -> dict[str, str]:
    """The variables that are handed on."""
    missing = [name for name in names if name not in environ]
    if missing:
        raise Exit(f"container: --env {missing[0]}: there is no such variable", code=2)
    return {n: v for n, v in environ.items() if n.startswith(HANDED_ON) or n in names}
