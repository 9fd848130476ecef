"""A notebook begins with what the tutorial needs of the machine that it is opened on."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from sphinx_docent.errors import DocentError
from sphinx_docent.notebooks.install_cell import GPU_CHECK, Install


def cell(value: dict[str, Any], *requires: str, **probes: Any) -> str:
    return Install.from_config(value, probes).cell(requires)


@pytest.mark.parametrize(
    ("value", "requires", "words"),
    [
        ({}, ["torch"], "torch"),
        ({}, ["sklearn.svm"], "sklearn"),
        ({}, ["cuda"], ""),
        ({}, [], ""),
        ({"*": "a==1.0"}, [], "a==1.0"),
        ({"*": ["a", "b"]}, ["torch"], "a b torch"),
        ({"*": ["a"], "torch": ["torch>=2", "a"]}, ["torch"], "a 'torch>=2'"),
        ({"sklearn": "scikit-learn"}, ["sklearn"], "scikit-learn"),
        ({"cuda": "a[cuda]"}, ["cuda"], "'a[cuda]'"),
        ({"torch": []}, ["torch"], ""),
        ({"*": "a==1.0.dev3"}, ["b"], "--pre a==1.0.dev3 b"),
        ({"*": "a==2.0rc1"}, [], "--pre a==2.0rc1"),
        ({"*": "a==2.0.post1"}, [], "a==2.0.post1"),
    ],
)
def test_the_cell_asks_pip_for_what_is_needed(
    value: dict[str, Any], requires: list[str], words: str
) -> None:
    assert cell(value, *requires) == (f"%%shell\npip install {words}" if words else "")


def test_a_requirement_that_is_no_package_is_not_installed() -> None:
    probes = {"graphviz": lambda: True, "internet": False, "svm": "sklearn.svm"}
    assert cell({}, *probes, **probes) == "%%shell\npip install svm"
    assert cell({"graphviz": "graphviz"}, "graphviz", **probes) == "%%shell\npip install graphviz"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"*": 3}, "docent_install['*'] is 3: give what pip shall install"),
        ({"a": ["b", None]}, "docent_install['a'] is ['b', None]"),
        ({"a": "-r x.txt"}, "docent_install['a']: pip cannot install '-r x.txt' ("),
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
