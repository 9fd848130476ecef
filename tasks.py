"""What a person does beside building: serve, freeze, deploy, list tutorials, clean."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"tasks.py: Python {sys.version_info[0]}.{sys.version_info[1]} is not supported:"
        " run invoke with Python 3.11 or newer\n"
    )
    raise SystemExit(2)

import difflib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from graphlib import TopologicalSorter
from pathlib import Path

from invoke import Collection, Context, Exit, task

ROOT = Path(__file__).resolve().parent
SITE = "docs/_build/html"
STATE = "docs/_build/docent"
REQUIREMENTS = ROOT / "requirements"
OLDEST_PYTHON = "3.11"

BUILT = ("docs/_build", "docs/gallery", "docs/gen_modules", "docs/sg_execution_times.rst")
TOOLS = (".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", "dist")


# Serving


@task(
    help={
        "port": "where to listen; 0 takes a free one",
        "host": "name or address to listen at; other machines reach the site at 0.0.0.0",
        "open": "open the browser",
        "live": "rebuild and reload the browser after each edit, executing nothing",
        "execute": "with --live: a regular expression; the tutorials that match are executed",
    }
)
def serve(
    _: Context,
    port: str = "8000",
    host: str = "localhost",
    open: bool = False,  # noqa: A002
    live: bool = False,
    execute: str = "",
) -> None:
    """Show the built site in the browser, at http://localhost:8000."""
    if execute and not live:
        raise Exit("serve: --execute needs --live", code=2)
    if live:
        serve_live(host, free_port(host, port), execute, open_browser=open)
    else:
        flags = ["--host", host, "--port", port, *(["--open"] if open else [])]
        command = [sys.executable, "-m", "sphinx_docent.serve", *flags, SITE]
        run_until_interrupted(command, with_our_source())


def serve_live(host: str, port: int, execute: str, *, open_browser: bool) -> None:
    """Rebuild into a folder of its own at every edit, so that the finished site stays."""
    python = session_python("docs_full" if execute else "docs_precheck")
    address = "127.0.0.1" if host == "localhost" else host
    url = f"http://{'localhost' if address in ('127.0.0.1', '0.0.0.0') else address}:{port}"  # noqa: S104
    command = [python, "-m", "sphinx_autobuild", "--host", address, "--port", str(port)]
    command += ["--watch", "src", "--re-ignore", r"/__pycache__/|/\.[^/]*$|~$"]
    for generated in BUILT:
        command += ["--ignore", generated]
    command += ["-j", "auto", "-D", f"docent_execute={execute or 'none'}"]
    command += ["-d", "docs/_build/live-doctrees", "docs", "docs/_build/live"]
    print(f"Serving docs/_build/live at {url} after the first build (Ctrl-C ends it)", flush=True)
    if open_browser:
        threading.Thread(target=open_when_served, args=(address, port, url), daemon=True).start()
    run_until_interrupted(command)


def free_port(host: str, port: str) -> int:
    """The port, looked at before a build is begun for it; a free one for 0."""
    if not port.isdecimal() or int(port) > 65535:
        raise Exit(f"serve: port {port} does not exist: choose one from 0 to 65535", code=2)
    try:
        family, *_, address = socket.getaddrinfo(
            "127.0.0.1" if host == "localhost" else host, int(port), type=socket.SOCK_STREAM
        )[0]
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"serve: cannot listen at {host}, port {port}: {reason}; choose others"
        raise Exit(message, code=2) from error


def open_when_served(address: str, port: int, url: str) -> None:
    """Open the browser as soon as something answers at the port."""
    while True:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            webbrowser.open(url)
            return


# Freezing


@task(
    iterable=["package"],
    help={
        "upgrade": "take the newest release of everything",
        "package": "NAME: take the newest release of this package (may be given again)",
        "check": "write nothing; exit 1 and show the difference if a lock is out of date",
    },
)
def freeze(
    _: Context, upgrade: bool = False, package: list[str] | None = None, check: bool = False
) -> None:
    """Lock requirements/*.in into *.txt, with hashes.

    Each lock holds for every supported Python and platform. Pins stay as they are unless an .in
    file or a flag asks for another; if one lock cannot be made, all stay as they were.
    """
    packages = package or []
    if check and (upgrade or packages):
        raise Exit("freeze: --check looks at the locks as they are; leave the others out", code=2)
    sources = {path.stem: path for path in sorted(REQUIREMENTS.glob("*.in"))}
    if not sources:
        raise Exit(f"freeze: no *.in file in {REQUIREMENTS.relative_to(ROOT)}", code=2)
    refuse_unknown(packages)
    flags = ["--upgrade"] if upgrade else []
    flags += [word for name in packages for word in ("--upgrade-package", name)]
    with tempfile.TemporaryDirectory(prefix=".freeze-", dir=REQUIREMENTS) as folder:
        work = Path(folder, REQUIREMENTS.name)
        work.mkdir()
        for name, source in sources.items():
            shutil.copyfile(source, work / source.name)
            write_preferences(source.with_suffix(".txt"), work / f"{name}.txt")
        for name in in_order(sources):
            compile_lock(name, work, flags)
        if check:
            report_differences(sources, work)
        else:
            replace_locks(sources, work)


def refuse_unknown(packages: Sequence[str]) -> None:
    """A name that no lock has is a slip of the pen."""
    pins = {
        pin.partition("==")[0] for lock in REQUIREMENTS.glob("*.txt") for pin in read_lock(lock)
    }
    for package in packages:
        name = re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~]", package)[0]).lower()
        if pins and name not in pins:
            near = ", ".join(difflib.get_close_matches(name, pins)) or "none is like it"
            raise Exit(f"freeze: no lock has the package {name!r}; nearest: {near}", code=2)


def in_order(sources: Mapping[str, Path]) -> Iterator[str]:
    """The names, those that another one builds on (``-r x.in``, ``-c x.txt``) before it."""
    builds_on = {
        name: re.findall(r"^-[rc]\s*(\S+)\.(?:in|txt)\s*$", source.read_text("utf-8"), re.MULTILINE)
        for name, source in sources.items()
    }
    return (name for name in TopologicalSorter(builds_on).static_order() if name in sources)


def write_preferences(lock: Path, copy: Path) -> None:
    """The old lock's pins, which uv prefers; without hashes, so that it looks for all of them."""
    if lock.is_file():
        copy.write_text("".join(f"{pin}\n" for pin in read_lock(lock)), encoding="utf-8")


def compile_lock(name: str, work: Path, flags: Sequence[str]) -> None:
    """Resolve one ``.in`` for every Python and platform at once."""
    command = [*tool("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", OLDEST_PYTHON, "--custom-compile-command", "invoke freeze"]
    command += [*flags, f"{work.name}/{name}.in", "--output-file", f"{work.name}/{name}.txt"]
    done = subprocess.run(command, cwd=work.parent, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        message = f"freeze: cannot lock {work.name}/{name}.in (see above); no lock was changed"
        raise Exit(message, code=2)


def replace_locks(sources: Mapping[str, Path], work: Path) -> None:
    """Move the new locks in place of the old ones, and say which differ."""
    for name, source in sources.items():
        old, new = source.with_suffix(".txt"), work / f"{name}.txt"
        changed = not old.is_file() or old.read_bytes() != new.read_bytes()
        new.replace(old)
        print(f"{old.relative_to(ROOT)}: {'written' if changed else 'unchanged'}")


def report_differences(sources: Mapping[str, Path], work: Path) -> None:
    """Exit 1 if a lock does not hold what its ``.in`` asks for."""
    differences = [
        line
        for name, source in sources.items()
        for line in lock_difference(source.with_suffix(".txt"), work / f"{name}.txt")
    ]
    if differences:
        print("\n".join(differences))
        raise Exit("freeze: the locks are out of date: run invoke freeze", code=1)
    print("The locks are up to date.")


def lock_difference(old: Path, new: Path) -> Iterator[str]:
    """A unified diff of what two locks install; files that were uploaded later are none."""
    before = read_lock(old) if old.is_file() else {}
    after = {
        pin: hashes & before.get(pin, set()) or hashes for pin, hashes in read_lock(new).items()
    }
    name = old.relative_to(ROOT).as_posix()
    return difflib.unified_diff(
        lock_lines(before), lock_lines(after), name, f"{name} (new)", lineterm="", n=0
    )


def lock_lines(pins: Mapping[str, set[str]]) -> list[str]:
    """One line for each pin and each hash, in order."""
    return [
        line for pin in sorted(pins) for line in (pin, *(f"    {h}" for h in sorted(pins[pin])))
    ]


def read_lock(lock: Path) -> dict[str, set[str]]:
    """What a lock installs: each pin, with its marker, and its hashes."""
    text = re.sub(r"\\\n", " ", lock.read_text("utf-8"))
    lines = [re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines()]
    entries = [line.split("--hash=") for line in lines if line.strip()]
    return {" ".join(pin.split()): {h.strip() for h in hashes} for pin, *hashes in entries}


# Deploying


@task(
    iterable=["alias"],
    help={
        "remote": "the site's repository: address, path or name; or the variable DOCENT_REMOTE",
        "branch": "where the site goes; if not given, the one that its Colab links name",
        "version": "dev, at docs/, or a release such as v1.2, at docs/v1.2/",
        "alias": "NAME, such as latest: leads to this version from now on (may be given again)",
        "dry-run": "check everything and list what would change, but push nothing",
        "squash": "leave the branch one commit, without its history",
        "allow-partial": "publish a site that is not complete; the branch says so",
        "adopt": "replace files in the version's folder that no deployment has put there",
    },
)
def deploy(
    _: Context,
    remote: str = "",
    branch: str = "",
    version: str = "dev",
    alias: list[str] | None = None,
    dry_run: bool = False,
    squash: bool = False,
    allow_partial: bool = False,
    adopt: bool = False,
) -> None:
    """Check the built site, and put it on a branch that is published.

    Only files of this version are touched. It is one commit, pushed without force: where it cannot
    be made or pushed, the branch stays as it was.
    """
    switches = {
        "--dry-run": dry_run,
        "--squash": squash,
        "--allow-partial": allow_partial,
        "--adopt": adopt,
    }
    command = [sys.executable, "-m", "sphinx_docent.deploy", SITE]
    command += [f"--remote={remote}", f"--branch={branch}", f"--version={version}"]
    command += [f"--alias={name}" for name in alias or ()]
    command += [switch for switch, is_on in switches.items() if is_on]
    finish(subprocess.run(command, cwd=ROOT, env=with_our_source(), check=False))


# Results that are kept


@task(
    iterable=["merge"],
    help={
        "merge": "DIR: take the results of another cache, after verifying them (may be repeated)",
        "verify": "read and check every result; exit 1 if one is damaged",
        "prune": "remove what was not used for longest; with --verify, also what is damaged",
        "size": "with --prune: how many MiB may stay",
        "folder": "where the results lie; as the last build says by default",
    },
)
def cache(
    _: Context,
    merge: list[str] | None = None,
    verify: bool = False,
    prune: bool = False,
    size: str = "4096",
    folder: str = "",
) -> None:
    """Show, check, merge or remove the kept results of tutorials."""
    words = [STATE, "--size", size, *(["--folder", folder] if folder else [])]
    words += [word for other in merge or [] for word in ("--merge", other)]
    words += [f"--{name}" for name, on in (("verify", verify), ("prune", prune)) if on]
    command = [sys.executable, "-m", "sphinx_docent.cache", *words]
    finish(subprocess.run(command, cwd=ROOT, env=with_our_source(), check=False))


# Listing and cleaning


@task
def tutorials(_: Context) -> None:
    """Show what a full build would do with each tutorial, and why."""
    python = session_python("docs_full")
    command = [python, "-m", "sphinx", "-q", "-b", "tutorials", "-D", "docent_execute=all"]
    finish(subprocess.run([*command, "docs", "docs/_build/tutorials"], cwd=ROOT, check=False))


@task(help={"all": "also the environments of Nox and the caches of tools"})
def clean(_: Context, all: bool = False) -> None:  # noqa: A002
    """Remove what builds make, and nothing else."""
    removed = [name for name in (*BUILT, *(TOOLS if all else ())) if remove(ROOT / name)]
    print("\n".join(f"removed {name}" for name in removed) or "nothing to remove")


def remove(path: Path) -> bool:
    """Remove a file, a folder or a link, but never what a link leads to."""
    if not path.parent.resolve().is_relative_to(ROOT):
        return False
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        return False
    return True


# Programs


def session_python(session: str) -> str:
    """The Python of a Nox session's environment, which is made or brought up to date first."""
    command = [*tool("nox"), "--noxfile", str(ROOT / "noxfile.py"), "--install-only"]
    finish(subprocess.run([*command, "--session", session], cwd=ROOT, check=False))
    folder = ROOT / os.environ.get("NOX_ENVDIR", ".nox") / session
    windows = folder / "Scripts" / "python.exe"
    return str(windows if windows.exists() else folder / "bin" / "python")


def tool(name: str) -> list[str]:
    """How to run a tool that lives beside invoke, or else on the path."""
    if importlib.util.find_spec(name):
        return [sys.executable, "-m", name]
    if found := shutil.which(name):
        return [found]
    message = f"{name} is missing: python -m pip install -r requirements/dev.txt"
    raise Exit(message, code=2)


def with_our_source() -> dict[str, str]:
    """The environment in which this clone's extension is the one that Python finds."""
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


def finish(done: subprocess.CompletedProcess[bytes]) -> None:
    """End with the exit code of a program that failed; it has said why."""
    if done.returncode:
        raise Exit(code=done.returncode if done.returncode in (1, 2) else 1)


def run_until_interrupted(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> None:
    """Run a program in a group of its own; an interruption ends the whole group.

    An interrupted server has done its work: that is no failure.
    """

    def interrupt(*_received: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        end_group(process)
    else:
        if code:
            raise Exit(code=code if code in (1, 2) else 1)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask a process and all that it started to end, then insist."""
    if os.name != "posix":
        process.kill()
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=3)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


ns = Collection(serve, freeze, deploy, cache, tutorials, clean)
