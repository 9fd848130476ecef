"""Sessions that build the documentation. Each is an environment made from one lock file, and
one command for each ``conf.py``.

Words after ``--`` that begin with ``-`` are handed on to sphinx-build; in docs_pattern and
docs_notebooks the others are the patterns. Exit code 1: something in the documentation is wrong.
Exit code 2: the command or the configuration is wrong.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import nox
from nox.command import CommandFailed

from .environments import give_up, install, run
from .project import LAYOUT, ROOT
from .sphinx_words import WordError, only_options, split_words

_Words = TypeVar("_Words")


@nox.session(reuse_venv=True)
def docs_precheck(session: nox.Session) -> None:
    """Check every page and tutorial without executing anything."""
    options = checked(session, only_options)
    install(session, "precheck")
    sphinx(session, "precheck", *options)


@nox.session(reuse_venv=True)
def docs_pattern(session: nox.Session) -> None:
    """Build the site, executing the tutorials that match: docs_pattern -- REGEX..."""
    options, patterns = checked(session, split_words)
    if not any(patterns):
        give_up(session, r"no pattern given; try: nox -s docs_pattern -- 'file_name\.py'")
    install(session, "docs")
    sphinx_html(session, "\n".join(patterns), *options)


@nox.session(reuse_venv=True, requires=["docs_precheck"])
def docs_full(session: nox.Session) -> None:
    """Build the site, executing every tutorial that this machine can."""
    options = checked(session, only_options)
    install(session, "docs")
    sphinx_html(session, "all", *options)


@nox.session(reuse_venv=True)
def docs_notebooks(session: nox.Session) -> None:
    """Execute every tutorial's notebook as Colab would: docs_notebooks [-- REGEX...]."""
    options, patterns = checked(session, split_words)
    install(session, "notebooks")
    execute = "\n".join(patterns) if any(patterns) else "all"
    sphinx(session, "notebooks", "-D", f"docent_execute={execute}", *options)


def sphinx_html(session: nox.Session, execute: str, *options: str) -> None:
    """Build the site, executing the selected tutorials; every warning is an error in the end."""
    sphinx(session, "html", "-W", "--keep-going", "-D", f"docent_execute={execute}", *options)


def sphinx(session: nox.Session, builder: str, *options: str) -> None:
    """Prepare, and run sphinx-build from each documentation folder to its build folder."""
    prepare(session)
    for site in LAYOUT.sites:
        if not (ROOT / site.documentation / "conf.py").is_file():
            give_up(
                session,
                f"{site.documentation}/conf.py is missing: name its folder in pyproject.toml"
                " ([tool.docent] documentation), or have it found: invoke adopt",
            )
        folders = (site.documentation, f"{site.build}/{builder}")
        run(session, "-m", "sphinx", "-b", builder, "-j", "auto", *options, *folders, misuse=2)


def prepare(session: nox.Session) -> None:
    """Run the project's own commands that make sources."""
    for command in LAYOUT.prepare:
        try:
            session.run(*command, external=True)
        except CommandFailed:
            words = " ".join(command)
            give_up(session, f"{words} failed: see above; pyproject.toml: [tool.docent] prepare")


def checked(session: nox.Session, read: Callable[[Sequence[str]], _Words]) -> _Words:
    """What ``read`` makes of the words after ``--``."""
    try:
        return read(session.posargs)
    except WordError as error:
        give_up(session, str(error))


def load_own_sessions() -> None:
    """Load the file with sessions of the project's own, if it has one."""
    if not LAYOUT.sessions:
        return
    file = ROOT / LAYOUT.sessions
    if not file.is_file():
        sys.stderr.write(f"pyproject.toml: [tool.docent] sessions: there is no {LAYOUT.sessions}\n")
        raise SystemExit(2)
    spec = importlib.util.spec_from_file_location("own_sessions", file)
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
