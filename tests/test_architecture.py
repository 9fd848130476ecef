"""The house keeps its form: small files and functions, git in one package, contracts that bite."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "sphinx_docent"
FILES = sorted(
    path
    for pattern in ("src/**/*.py", "tests/**/*.py", "benchmarks/*.py", "tools/**/*.py", "*.py")
    for path in ROOT.glob(pattern)
)


def test_no_file_is_long() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in FILES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not long


def test_no_function_is_long() -> None:
    long = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or node.lineno) - node.lineno >= 40
    }
    assert not long


def test_the_top_level_holds_the_face_the_settings_and_the_words() -> None:
    assert len(list(SOURCE.glob("*.py"))) <= 10


def test_every_package_says_what_it_is_for() -> None:
    for face in SOURCE.glob("*/**/__init__.py"):
        module = ast.parse(face.read_text(encoding="utf-8"))
        assert ast.get_docstring(module), face
        assert len(module.body) == 1, f"{face} does more than say so"


def test_one_package_runs_git() -> None:
    running = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.List, ast.Tuple))
        and node.elts
        and isinstance(node.elts[0], ast.Constant)
        and node.elts[0].value == "git"
    }
    assert running == {"git"}


PLANTED = {
    "upwards": ("cache/store.py", "from ..build import pipeline"),
    "beside": ("notebooks/cells.py", "from ..planning import plan"),
    "sphinx": ("planning/plan.py", "import sphinx.application"),
    "disk": ("notebooks/markdown/inline.py", "import os"),
    "sphinx-gallery": ("build/plan.py", "import sphinx_gallery.gen_rst"),
    "Dask": ("execution/pool.py", "import distributed"),
    "fsspec": ("build/restore.py", "import fsspec"),
}


@pytest.mark.site  # quick alone, and not seven times
@pytest.mark.parametrize("where", PLANTED)
def test_a_planted_import_breaks_a_contract(where: str, tmp_path: Path) -> None:
    pytest.importorskip("importlinter")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    assert _contracts(tmp_path).returncode == 0
    file, line = PLANTED[where]
    path = tmp_path / "src" / "sphinx_docent" / file
    future = "from __future__ import annotations\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(future, f"{future}{line}\n"), encoding="utf-8")
    broken = _contracts(tmp_path)
    assert broken.returncode == 1, broken.stdout


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": "src", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
