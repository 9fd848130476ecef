# /// script
# dependencies = ["nox[uv]>=2026.10.20"]
# ///
"""A session is an environment made from one lock file, and one command.

Words after ``--`` that begin with ``-`` are handed on to sphinx-build; in docs_pattern and
docs_notebooks the others are the patterns. Exit code 1: something in the documentation is wrong.
Exit code 2: the command or the configuration is wrong.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"noxfile.py: Python {sys.version_info[0]}.{sys.version_info[1]} is not supported:"
        " run nox with Python 3.11 or newer\n"
    )
    raise SystemExit(2)

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2026.10.20"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests", "docs_precheck"]

SPHINX_FLAGS_WITH_VALUE = "bjdcDAtw"
SPHINX_OPTIONS_WITH_VALUE = (
    "--builder",
    "--jobs",
    "--doctree-dir",
    "--conf-dir",
    "--define",
    "--html-define",
    "--tag",
    "--warning-file",
)


@nox.session
def docs_precheck(session: nox.Session) -> None:
    """Check every page and tutorial without executing anything."""
    options = only_options(session)
    install(session, "precheck")
    sphinx(session, "precheck", *options)


@nox.session
def docs_pattern(session: nox.Session) -> None:
    """Build the site, executing the tutorials that match: docs_pattern -- REGEX..."""
    options, patterns = split_words(session, session.posargs)
    if not any(patterns):
        give_up(session, r"no pattern given; try: nox -s docs_pattern -- 'file_name\.py'")
    install(session, "docs")
    sphinx_html(session, "\n".join(patterns), *options)


@nox.session(requires=["docs_precheck"])
def docs_full(session: nox.Session) -> None:
    """Build the site, executing every tutorial that this machine can."""
    options = only_options(session)
    install(session, "docs")
    sphinx_html(session, "all", *options)


@nox.session
def docs_notebooks(session: nox.Session) -> None:
    """Execute every tutorial's notebook as Colab would: docs_notebooks [-- REGEX...]."""
    options, patterns = split_words(session, session.posargs)
    install(session, "notebooks")
    execute = "\n".join(patterns) if any(patterns) else "all"
    sphinx(session, "notebooks", "-D", f"docent_execute={execute}", *options)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests on all cores; words after -- go to pytest."""
    install(session, "tests")
    run(session, "-m", "pytest", "-n", "auto", *session.posargs, misuse=4)


@nox.session
def tests_oldest(session: nox.Session) -> None:
    """Run the tests with the oldest Sphinx and sphinx-gallery that are supported."""
    install(session, "oldest")
    run(session, "-m", "pytest", "-n", "auto", *session.posargs, misuse=4)


@nox.session
def tests_cases(session: nox.Session) -> None:
    """Run the cases of one-input edits and hostile tutorials: tests_cases [-- edits|hostile …].

    Words after ``--``: the suite, if only one shall run, and options of it.
    """
    suites = ["edits", "hostile"]
    words = list(session.posargs)
    if words and not words[0].startswith("-"):
        if words[0] not in suites:
            give_up(session, f"there is no suite {words[0]!r}: edits or hostile")
        suites = [words.pop(0)]
    install(session, "tests")
    session.env["PYTHONPATH"] = str(Path("src").resolve())
    failed = []
    for suite in suites:
        try:
            run(session, "-m", f"tests.suites.{suite}", *words, misuse=2)
        except CommandFailed:
            failed.append(suite)
    if failed:
        session.error(f"not all is right: {', '.join(failed)}")


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure builds beside plain sphinx-gallery's, and print the ratios (--help)."""
    install(session, "benchmark")
    run(session, "benchmarks/run.py", *session.posargs, misuse=2)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format, types, imports and the workflow."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "src"})
    schema = ("--builtin-schema", "vendor.github-workflows")
    session.run("check-jsonschema", *schema, ".github/workflows/docs.yml")


def sphinx(session: nox.Session, builder: str, *options: str) -> None:
    """Run sphinx-build from ``docs`` to ``docs/_build/BUILDER``."""
    output = f"docs/_build/{builder}"
    run(session, "-m", "sphinx", "-b", builder, "-j", "auto", *options, "docs", output, misuse=2)


def sphinx_html(session: nox.Session, execute: str, *options: str) -> None:
    """Build the site, executing the selected tutorials; every warning is an error in the end."""
    sphinx(session, "html", "-W", "--keep-going", "-D", f"docent_execute={execute}", *options)


def run(session: nox.Session, *arguments: str, misuse: int) -> None:
    """Run the session's Python; the exit code ``misuse`` ends everything with 2."""
    try:
        session.run("python", *arguments)
    except CommandFailed as failure:
        if failure.return_code == misuse:
            raise SystemExit(2) from failure
        raise


def only_options(session: nox.Session) -> list[str]:
    """The words after ``--``, where each must belong to an option of sphinx-build."""
    options, others = split_words(session, session.posargs)
    if others:
        give_up(
            session,
            f"{others[0]!r} is no option of sphinx-build;"
            " to execute by pattern: nox -s docs_pattern -- REGEX",
        )
    return options


def split_words(session: nox.Session, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of sphinx-build with their values, and the other words."""
    options: list[str] = []
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            others.append(word)
            continue
        options.append(word)
        if takes_next_word(word):
            value = next(rest, None)
            if value is None:
                give_up(session, f"{word} needs a value after it, as in -D name=value")
            options.append(value)
    return options, others


def takes_next_word(option: str) -> bool:
    """Whether the option's value is the next word: ``-D``, not ``-Dname=value``."""
    if option.startswith("--"):
        return option in SPHINX_OPTIONS_WITH_VALUE
    flags = option[1:]
    with_value = [flag in SPHINX_FLAGS_WITH_VALUE for flag in flags]
    return True in with_value and with_value.index(True) == len(flags) - 1


def install(session: nox.Session, name: str) -> None:
    """Make the environment hold what ``requirements/NAME.txt`` says: that, and nothing else.

    A stamp in the environment keeps the lock's digest, so that the same lock costs nothing again.
    """
    session.env["PYTHONPATH"] = None
    lock = Path("requirements", f"{name}.txt")
    if not lock.is_file():
        give_up(session, f"{lock} is missing: run invoke freeze")
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = session.env_dir / "installed.sha256"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    stamp.unlink(missing_ok=True)
    log = session.env_dir / "install.log"
    try:
        done = sync(session, lock, log)
    except CommandFailed:
        give_up(
            session,
            f"cannot install {lock} ({first_error(log)});"
            f" see to the network or the lock and run this again; all of it is in {log}",
        )
    if done:
        stamp.write_text(digest, encoding="ascii")


def sync(session: nox.Session, lock: Path, log: Path) -> bool:
    """Install the lock with uv or else with pip; false where Nox was told to install nothing."""
    if session.venv_backend == "uv":
        command = ["uv", "pip", "sync", "--require-hashes", "--compile-bytecode", str(lock)]
    else:
        fresh = [sys.executable, "-m", "virtualenv", "--clear", "--quiet", str(session.env_dir)]
        session.run_install(*fresh, external=True, silent=True, log=False)
        command = ["python", "-m", "pip", "install", "--require-hashes", "-r", str(lock)]
    with log.open("w", encoding="utf-8") as file:
        return session.run_install(*command, stdout=file, external=True) is not None


def first_error(log: Path) -> str:
    """What the installer complained of, in one line."""
    marks = ("error", "cause", "\N{MULTIPLICATION SIGN}")
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines()]
    errors = [line for line in lines if line.lower().startswith(marks)]
    return "; ".join(errors[:2] or lines[-1:]) or "no reason given"


def give_up(session: nox.Session, message: str) -> NoReturn:
    """End everything with one line and exit code 2."""
    sys.stderr.write(f"{session.name}: {message}\n")
    raise SystemExit(2)


if __name__ == "__main__":
    nox.main()
