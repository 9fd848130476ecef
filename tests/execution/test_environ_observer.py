"""The variables count that the project's own code asks for; it notices nothing of being seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.observed import observed

ASKED = {
    'os.environ["A"]': ["A"],
    'os.environ.get("A")': ["A"],
    'os.environ.get("MISSING")': ["MISSING"],
    'os.getenv("MISSING", "x")': ["MISSING"],
    '"A" in os.environ': ["A"],
    'os.environb[b"A"]': ["A"],
    'os.getenvb(b"MISSING")': ["MISSING"],
    'os.environ.pop("A")': ["A"],
    'os.environ.setdefault("A", "x")': ["A"],
    'os.path.expandvars("$A/x")': ["A"],
    'os.path.expanduser("~/x")': ["HOME"],
    "Path.home()": ["HOME"],
    'from os import environ; environ["A"]': ["A"],
    '(lambda: [os.environ[name] for name in ("A", "B")])()': ["A", "B"],
    'try:\n  os.environ["MISSING"]\nexcept KeyError: pass': ["MISSING"],
    "for name in os.environ: pass": ["*"],
    "sorted(os.environ)": ["*"],
    '{k: v for k, v in os.environ.items() if k == "A"}': ["*"],
    "list(os.environ.values())": ["*"],
    "print(os.environ)": ["*"],
    'print(os.environ.copy()["A"])': ["*"],
    'print(dict(os.environ)["A"])': ["*"],
    "os.get_exec_path()": ["PATH"],
}

NOT_ASKED = (
    'subprocess.run(["true"], env=os.environ.copy())',
    'subprocess.run(["true"], env=dict(os.environ, A="2"))',
    'subprocess.run(["true"], env={**os.environ})',
    'subprocess.run(["true"], env=os.environ | {"A": "2"})',
    'def given(): return os.environ.copy()\nsubprocess.run(["true"], env=given())',
    "os.environ.clear()",
    'os.environ["A"] = "2"; os.environ["A"]',
    'del os.environ["A"]; os.environ.get("A")',
    'os.environ.update(A="2")',
    "len(os.environ)",
    'subprocess.run(["true"])',
    'subprocess.run(["true"], env=dict(os.environ))',
    "import tempfile; tempfile.gettempdir()",
    "import shutil; shutil.which('true')",
    "os.environ['TMPDIR']",
)


@pytest.fixture(autouse=True)
def variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two variables that are set."""
    monkeypatch.setenv("A", "1")
    monkeypatch.setenv("B", "1")
    monkeypatch.setenv("TMPDIR", "/tmp")


IMPORTS = "import os, subprocess\nfrom pathlib import Path\n"


@pytest.mark.parametrize("code", ASKED)
def test_a_variable_that_is_asked_for_counts(code: str, tmp_path: Path) -> None:
    assert observed(tmp_path, IMPORTS + code).get("variables") == ASKED[code]


@pytest.mark.parametrize("code", NOT_ASKED)
def test_what_libraries_read_and_processes_are_given_does_not_count(
    code: str, tmp_path: Path
) -> None:
    found = observed(tmp_path, IMPORTS + code)
    assert found.get("variables") is None
    assert found["output"] == []


def test_the_environment_is_as_it_always_is(tmp_path: Path) -> None:
    code = """
    import os, subprocess, sys
    from collections.abc import MutableMapping
    say(type(os.environ).__name__)
    say(isinstance(os.environ, MutableMapping))
    os.environ["NEW"] = "1"
    say(os.environb[b"NEW"] == b"1" and os.getenv("NEW") == "1" and "NEW" in list(os.environ))
    say(subprocess.run(["sh", "-c", "echo $NEW"], capture_output=True, text=True).stdout.strip())
    say(dict(os.environ) == os.environ.copy() == {**os.environ} == dict(os.environ.items()))
    os.environ.pop("NEW")
    say(subprocess.run(["sh", "-c", "echo $NEW"], capture_output=True, text=True).stdout.strip())
    say(len(os.environ) == len(list(os.environ)) and repr(os.environ).startswith("environ({"))
    try:
        os.environ[1]
    except TypeError as error:
        say(str(error))
    """
    assert observed(tmp_path, code)["output"] == [
        *("_Environ", True, True, "1", True, "", True, "str expected, not int")
    ]


def test_a_traceback_is_the_same_as_without(tmp_path: Path) -> None:
    code = "import os\nos.environ['MISSING']\n"
    (seen,) = observed(tmp_path, code)["output"]
    plain = subprocess.run(
        [sys.executable, tmp_path / "tutorial.py"], capture_output=True, text=True, check=False
    )
    assert seen.partition("tutorial.py")[2] == plain.stderr.partition("tutorial.py")[2]


def test_this_process_is_not_observed() -> None:
    assert type(os.environ).__module__ == "os"
