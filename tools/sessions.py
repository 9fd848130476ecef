"""Sessions of this project alone; those that build the documentation: ``tools/automation``."""

from __future__ import annotations

import nox

from automation.environments import install, run


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
def benchmark(session: nox.Session) -> None:
    """Measure builds beside plain sphinx-gallery's, and print the ratios (--help)."""
    install(session, "benchmark")
    run(session, "benchmarks/run.py", *session.posargs, misuse=2)


@nox.session(reuse_venv=True)
def lint(session: nox.Session) -> None:
    """Check style, format, types, imports and the workflow."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", "--no-cache")
    schema = ("--builtin-schema", "vendor.github-workflows")
    session.run("check-jsonschema", *schema, ".github/workflows/docs.yml")


@nox.session(reuse_venv=True)
def dist(session: nox.Session) -> None:
    """Make the sdist, the wheel and their bill of materials, and build a gallery with the wheel."""
    install(session, "dist")
    run(session, "tools/distribution.py", misuse=2)


nox.options.sessions = ["lint", "tests", "docs_precheck"]
