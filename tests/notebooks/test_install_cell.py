"""A notebook begins with what the tutorial needs of the machine that it is opened on."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from sphinx_docent.errors import DocentError
from sphinx_docent.notebooks.import_names import distribution_name
from sphinx_docent.notebooks.install_cell import Install, OwnProject, first_cells
from sphinx_docent.notebooks.setup_cells import GPU_CHECK

OWN = OwnProject("tiny-project==1.2", frozenset({"tiny"}))


def cell(
    value: dict[str, Any], *requires: str, own: OwnProject | None = None, **probes: Any
) -> str:
    """The first cell's code."""
    install = Install.from_config(value, probes)
    entries = install.entries(requires, lambda name: distribution_name(name, lambda _: ()), own)
    sources = [cell.source for cell in first_cells(entries, ()) if cell.kind == "code"]
    return sources[0] if sources else ""


@pytest.mark.parametrize(
    ("value", "requires", "words"),
    [
        ({}, ["torch"], "torch"),
        ({}, ["sklearn.svm"], "scikit-learn"),
        ({}, ["PIL", "yaml"], "pillow pyyaml"),
        ({}, ["cuda"], ""),
        ({}, [], ""),
        ({"*": "a==1.0"}, [], "a==1.0"),
        ({"*": ["a", "b"]}, ["torch"], "a b torch"),
        ({"*": ["a"], "torch": ["torch>=2", "a"]}, ["torch"], 'a "torch>=2"'),
        ({"sklearn": "scikit-learn-intelex"}, ["sklearn"], "scikit-learn-intelex"),
        ({"cuda": "a[cuda]"}, ["cuda"], '"a[cuda]"'),
        ({"a": 'a; python_version < "4"'}, ["a"], "'a; python_version < \"4\"'"),
        ({"torch": []}, ["torch"], ""),
        ({"*": "a==1.0.dev3"}, ["b"], "--pre a==1.0.dev3 b"),
        ({"*": "a==2.0rc1"}, [], "--pre a==2.0rc1"),
        ({"*": "a==2.0.post1"}, [], "a==2.0.post1"),
        ({"*": ["--pre", "a"]}, ["b"], "--pre a b"),
        ({"*": "git+https://e.org/a@main"}, [], "git+https://e.org/a@main"),
        ({"*": "a @ git+https://e.org/a"}, [], '"a @ git+https://e.org/a"'),
        (
            {"*": ["--extra-index-url=https://e.org/i", "a"]},
            [],
            "--extra-index-url https://e.org/i a",
        ),
    ],
)
def test_the_cell_asks_pip_for_what_is_needed(
    value: dict[str, Any], requires: list[str], words: str
) -> None:
    assert cell(value, *requires) == (f"%pip install {words}" if words else "")


def test_what_has_an_index_of_its_own_is_installed_first_and_alone() -> None:
    value = {"*": "a", "torch": ["--index-url", "https://e.org/cpu", "torch==2"]}
    assert cell(value, "torch", "b").splitlines() == [
        "%pip install --index-url https://e.org/cpu torch==2",
        "%pip install a b",
    ]


def test_the_documented_project_is_installed_as_it_is_documented() -> None:
    assert cell({}, own=OWN) == "%pip install tiny-project==1.2"
    assert cell({"*": "a"}, own=OWN) == "%pip install tiny-project==1.2 a"
    assert cell({"*": "Tiny.Project[all]==1.1"}, own=OWN) == '%pip install "Tiny.Project[all]==1.1"'
    assert cell({"tiny_project": "git+https://e.org/t"}, own=OWN) == (
        "%pip install git+https://e.org/t"
    )
    assert cell({"tiny-project": []}, own=OWN) == ""


def test_the_installed_distribution_is_asked_where_none_is_well_known() -> None:
    owners = {"other": ("of-others",), "same": ("aaa", "same")}
    assert distribution_name("other.part", lambda name: owners.get(name, ())) == "of-others"
    assert distribution_name("same", lambda name: owners.get(name, ())) == "same"
    assert distribution_name("sklearn", lambda name: ("wrong",)) == "scikit-learn"


def test_a_text_stands_above_what_it_tells_of() -> None:
    install = Install.from_config({"a": {"install": "a==1", "text": "Ask for *a key* first."}}, {})
    cells = first_cells(install.entries(["a"], str), ["a"])
    assert [(cell.kind, cell.role) for cell in cells] == [
        ("markdown", "install"),
        ("code", "install"),
        ("code", "restart"),
    ]
    assert (cells[0].source, cells[1].source) == ("Ask for *a key* first.", "%pip install a==1")


def test_a_requirement_that_is_no_package_is_not_installed() -> None:
    probes: dict[str, Any] = {"graphviz": lambda: True, "internet": False, "svm": "sklearn.svm"}
    assert cell({}, *probes, **probes) == "%pip install scikit-learn"
    assert cell({"graphviz": "graphviz"}, "graphviz", **probes) == "%pip install graphviz"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"*": 3}, "docent_install['*'] is 3: give what pip shall install"),
        ({"a": ["b", None]}, "docent_install['a'] is ['b', None]"),
        ({"a": "-r x.txt"}, "docent_install['a']: pip cannot install '-r' ("),
        ({"a": "--index-url"}, "docent_install['a']: pip cannot install '--index-url' ("),
        ({"a": {"packages": "b"}}, "docent_install['a'] is {'packages': 'b'}"),
        ({"a": "b=1"}, "pip cannot install 'b=1'"),
    ],
)
def test_a_bad_setting_is_an_error(value: dict[str, Any], words: str) -> None:
    with pytest.raises(DocentError, match=re.escape(words)):
        Install.from_config(value, {})


@pytest.mark.parametrize(
    ("prints", "found"), [("echo GPU 0: T4", True), ("echo No devices were found", False)]
)
def test_the_check_looks_for_a_gpu(tmp_path: Any, prints: str, found: bool) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\n{prints}\n")
    tool.chmod(0o755)
    for path, expected in ((f"{tmp_path}:/bin:/usr/bin", found), ("/none", False)):
        done = subprocess.run(
            [sys.executable, "-c", GPU_CHECK],
            env={"PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is expected, done
        assert expected or "Runtime > Change runtime type > T4 GPU" in done.stderr
