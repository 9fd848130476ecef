"""A person's error is one line and exit code 2, whoever raises it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.helpers.repository import SRC

from sphinx_docent.errors import DocentError, nearest, one_line


def test_nearest_compares_file_names_as_well_as_paths() -> None:
    paths = ["/docs/a/quick_start.py", "/docs/b/roofline.py", "/docs/b/c.py", "/docs/b/d.py"]
    assert nearest("quik_start.py", paths)[0] == "/docs/a/quick_start.py"
    assert nearest("/docs/b/rooflines.py", paths)[0] == "/docs/b/roofline.py"
    assert len(nearest("x", paths)) == 3


def test_an_error_is_one_line_and_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, one_line():
        raise DocentError("docent_jobs is 0")
    assert end.value.code == 2
    assert capsys.readouterr().err == "\nerror: docent_jobs is 0\n"


def test_other_errors_are_left_alone() -> None:
    with pytest.raises(KeyError), one_line():
        raise KeyError("docent_jobs")


@pytest.mark.parametrize(
    "module",
    [
        "errors",
        "model",
        *(f"planning.{name}" for name in ("plan", "schedule", "selection", "shards")),
    ],
)
def test_what_only_decides_needs_no_sphinx(module: str) -> None:
    code = f"import sphinx_docent.{module}, sys; assert 'sphinx' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=SRC, check=True)
