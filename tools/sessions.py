"""Sessions of this project alone; those that build the documentation: ``tools/automation``."""

from __future__ import annotations

import os
import shutil

import nox
from nox.command import CommandFailed

from automation.environments import give_up, install, run
from automation.project import ROOT

SCHEMAS = {
    "github-workflows": ".github/workflows/*.yml",
    "dependabot": ".github/dependabot.yml",
    "gitlab-ci": "docs/guide/ci/gitlab-ci.yml",
    "readthedocs": "docs/guide/ci/readthedocs.yaml",
}
"""Files that are checked against the schema of the service that reads them."""


@nox.session(reuse_venv=True)
def tests(session: nox.Session) -> None:
    """Run the tests on all cores; words after -- go to pytest."""
    install(session, "tests")
    run(session, "-m", "pytest", "-n", "auto", *session.posargs, misuse=4)


@nox.session(reuse_venv=True)
def tests_oldest(session: nox.Session) -> None:
    """Run the tests with the oldest Sphinx and sphinx-gallery that are supported."""
    install(session, "oldest")
    run(session, "-m", "pytest", "-n", "auto", *session.posargs, misuse=4)


@nox.session(reuse_venv=True)
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
    session.env["PYTHONPATH"] = str(ROOT / "src")
    failed = []
    for suite in suites:
        try:
            run(session, "-m", f"tests.suites.{suite}", *words, misuse=2)
        except CommandFailed:
            failed.append(suite)
    if failed:
        session.error(f"not all is right: {', '.join(failed)}")


@nox.session(reuse_venv=True)
def tests_container(session: nox.Session) -> None:
    """Build and run the container with buildah, on a base that is made here (root, Debian)."""
    for name in ("buildah", "mmdebstrap"):
        if shutil.which(name) is None:
            give_up(session, f"{name} is missing: apt-get install buildah mmdebstrap")
    if os.getuid():
        give_up(session, "this needs root: run it in a machine of its own")
    install(session, "tests")
    session.env["DOCENT_TESTS_CONTAINER"] = "1"
    session.env.setdefault("BUILDAH_ISOLATION", "chroot")
    run(session, "-m", "pytest", "tests/container", *session.posargs, misuse=4)


@nox.session(reuse_venv=True)
def benchmark(session: nox.Session) -> None:
    """Measure builds beside plain sphinx-gallery's, and print the ratios (--help)."""
    install(session, "benchmark")
    run(session, "benchmarks/run.py", *session.posargs, misuse=2)


@nox.session(reuse_venv=True)
def lint(session: nox.Session) -> None:
    """Check style, format, types, imports and workflows."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", "--no-cache")
    for schema, pattern in SCHEMAS.items():
        files = sorted(map(str, ROOT.glob(pattern)))
        if files:
            session.run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


@nox.session(reuse_venv=True)
def dist(session: nox.Session) -> None:
    """Make the sdist, the wheel and their bill of materials, and build a gallery with the wheel."""
    install(session, "dist")
    run(session, "tools/distribution.py", misuse=2)


nox.options.sessions = ["lint", "tests", "docs_precheck"]
