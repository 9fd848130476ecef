"""What modules of the project do counts for a setting that reaches them, and nothing else does."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest
from tests.helpers.configurations import STDLIB, fingerprint, installed, run

from sphinx_docent.cache.fingerprint import Fingerprints

HELPER = """
import helper_of_helper
LIMIT = 1
TABLE = {"a": 1}
def used():
    return helper_of_helper.value() + LIMIT
def unused():
    return 1
"""


@pytest.fixture
def helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the project's modules."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "helper_of_helper.py").write_text("def value():\n    return 1\n")
    return tmp_path


def again(root: Path, source: str) -> str:
    """The fingerprint in a new run."""
    for name in ("helper", "helper_of_helper"):
        sys.modules.pop(name, None)
    for cached in root.rglob("*.pyc"):
        cached.unlink()
    return fingerprint(root, source)


WAYS = {
    "the module": "import helper\ndef it(): return helper.used()",
    "the module under another name": "import helper as h\ndef it(): return h.used()",
    "the function": "from helper import used\ndef it(): return used()",
    "the function itself": "from helper import used as it",
    "the module, held": "import helper\nit = [helper]",
    "the module, handed on": "import helper\ndef it(): return print(helper)",
    "an import when it runs": "import helper\ndef it():\n  import helper as h\n  return h.used()",
    "an import of the function when it runs": (
        "import helper\ndef it():\n  from helper import used\n  return used()"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_module_of_the_project_does_counts(way: str, helpers: Path) -> None:
    before = again(helpers, WAYS[way])
    assert again(helpers, WAYS[way]) == before
    (helpers / "helper.py").write_text(HELPER.replace("LIMIT = 1", "LIMIT = 2"))
    assert again(helpers, WAYS[way]) != before
    (helpers / "helper.py").write_text(HELPER)
    (helpers / "helper_of_helper.py").write_text("def value():\n    return 2\n")
    assert again(helpers, WAYS[way]) != before


@pytest.mark.parametrize("way", list(WAYS)[:4])
def test_what_is_not_reached_in_a_module_changes_nothing(way: str, helpers: Path) -> None:
    before = again(helpers, WAYS[way])
    other = HELPER.replace("return 1", "return 2").replace('"a": 1', '"a": 2')
    (helpers / "helper.py").write_text(f"# A comment.\n{other}")
    assert again(helpers, WAYS[way]) == before


def test_beyond_a_limit_all_modules_of_the_project_count_by_their_files(helpers: Path) -> None:
    def told() -> str:
        for name in ("helper", "helper_of_helper"):
            sys.modules.pop(name, None)
        names = run(helpers, "import helper\ndef it(): return helper.used()")
        return Fingerprints(helpers, installed, most=1).of(names["it"])

    before = told()
    assert told() == before
    (helpers / "helper_of_helper.py").write_text("def value():\n    return 22\n")
    assert told() != before


def test_an_object_that_refuses_to_be_looked_at_is_told_by_its_class(tmp_path: Path) -> None:
    source = """
    class A:
        @property
        def __class__(self): raise RuntimeError
        def __repr__(self): raise RuntimeError
        def __getattr__(self, name): raise RuntimeError
    it = [1, A()]
    """
    assert fingerprint(tmp_path, source) == fingerprint(tmp_path, source)
    assert fingerprint(tmp_path, source) != fingerprint(tmp_path, source.replace("[1", "[2"))


def test_what_is_installed_counts_by_its_version(tmp_path: Path) -> None:
    names = run(tmp_path, "import textwrap\ndef it(): return textwrap.dedent('')")

    def told(version: str) -> Fingerprints:
        return Fingerprints(tmp_path, lambda file: version if file.startswith(STDLIB) else None)

    assert told("1").of(names["it"]) == told("1").of(names["it"])
    assert told("1").of(names["it"]) != told("2").of(names["it"])
    assert told("1").of(textwrap.dedent) != told("2").of(textwrap.dedent)
    assert told("1").of(textwrap.TextWrapper) != told("2").of(textwrap.TextWrapper)
