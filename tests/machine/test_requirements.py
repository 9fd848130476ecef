"""What a tutorial needs is looked for on the machine, and nothing is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.repository import SRC

from sphinx_docent.machine.requirements import has_cuda, has_package, missing_here

if TYPE_CHECKING:
    from tests.helpers.sites import Site


def test_a_name_without_a_probe_is_a_package() -> None:
    assert missing_here(["json", "no_such_package", "xml.dom"], {}) == {"no_such_package"}


def test_a_probe_of_the_project_replaces_ours() -> None:
    probes = {"cuda": lambda: True, "json": lambda: False, "licence": lambda: True}
    assert missing_here(["cuda", "json", "licence"], probes) == {"json"}


def test_a_probe_is_asked_once_and_only_if_its_name_is_needed() -> None:
    asked: list[str] = []

    def probe() -> bool:
        asked.append("a")
        return True

    missing_here(["a", "a"], {"a": probe, "b": lambda: pytest.fail("nobody needs b")})
    assert asked == ["a"]


@pytest.mark.parametrize("name", ["no_such_package.below", "json.no.such", ".relative", "sys.x"])
def test_a_name_that_cannot_be_found_is_missing(name: str) -> None:
    assert not has_package(name)


def test_looking_for_a_package_does_not_import_it(tmp_path: Path) -> None:
    (tmp_path / "costly.py").write_text("raise SystemExit('imported')")
    module = "from sphinx_docent.machine import requirements"
    code = f"{module}; assert not requirements.missing_here(['costly'], {{}})"
    path = os.pathsep.join([str(tmp_path), str(SRC)])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_a_machine_whose_devices_are_hidden_has_no_cuda(
    monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
    has_cuda.cache_clear()
    assert not has_cuda()
    has_cuda.cache_clear()


@pytest.mark.skipif(Path("/dev/nvidiactl").exists(), reason="this machine has a GPU")
def test_a_machine_without_a_driver_has_no_cuda() -> None:
    has_cuda.cache_clear()
    assert not has_cuda()


def test_a_project_tells_what_its_machine_has(site: Site) -> None:
    site.configure(
        """
        def has_board():
            return True

        docent_requirements = {
            "cuda": True,
            "board": has_board,
            "gone": lambda: False,
            "alias": "json",
            "absent": False,
        }
        """
    )
    for name in ("cuda", "board", "gone", "alias", "absent", "json"):
        site.tutorial(f"needs_{name}", comments=f'# sphinx_gallery_requires = ["{name}"]')
    build = site.build("-D", "docent_execute=all")
    assert build.code == 0, build.output
    assert "WARNING" not in build.output
    assert build.runs == ["needs_alias", "needs_board", "needs_cuda", "needs_json"]
    assert build.actions["needs_gone"] == build.actions["needs_absent"] == "skip"
    again = site.build("-D", "docent_execute=all")
    assert again.runs == []
    assert "updating environment: 0 added, 0 changed, 0 removed" in again.output
