"""What runs only because this machine is as it is proves nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.installed_projects import install, install_editable
from tests.helpers.notebook_builds import build_notebooks
from tests.helpers.sites import Build, Site

from sphinx_docent.cache.distribution import find_distributions
from sphinx_docent.notebook_runs.visible_packages import Hidden

pytestmark = pytest.mark.site
INSTALLS = "# sphinx_gallery_requires = "


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter with all that this one has, the package to install, and working copies."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = (folder / "lib").glob("python*/site-packages")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        (site / entry.name).symlink_to(entry)
    install(site, "docent_tiny", "1", {"docent_tiny.py": "VERSION = 'there already'\n"})
    install(site, "docent_absent", "1", {"docent_absent.py": ""})
    for name in ("docent_copy", "docent_project"):
        (folder / name).mkdir()
        (folder / name / f"{name}.py").write_text("")
        install_editable(site, name, folder / name)
    return str(folder / "bin/python")


@pytest.fixture(scope="module")
def planted(make_site: Callable[[], Site], python: str) -> tuple[Site, Build]:
    site = make_site()
    site.write("pyproject.toml", '[project]\nname = "docent-absent"\n')
    version = "import docent_tiny\n\nassert docent_tiny.VERSION == 2"
    site.tutorial("installs", version, comments=f'{INSTALLS}["docent_tiny"]')
    site.tutorial(
        "by_magic", version, text=".. code-block:: bash\n\n   %%shell\n   pip install docent-tiny"
    )
    site.tutorial("working_copy", "import docent_copy")
    site.tutorial("own", "import docent_absent")
    site.tutorial("there", "import docutils")
    site.tutorial(
        "kernels_own", "import jedi", text=".. code-block:: bash\n\n   %%shell\n   pip install jedi"
    )
    return site, build_notebooks(site, python=python)


def test_what_is_there_is_installed_nevertheless(planted: tuple[Site, Build]) -> None:
    _, build = planted
    for name in ("installs", "by_magic", "there"):
        assert f"{name}.py executed in" in build.output


def test_a_working_copy_and_the_project_itself_are_not_there(planted: tuple[Site, Build]) -> None:
    site, build = planted
    assert build.code == 1
    line = site.line("docs/tutorials/working_copy.py", "import docent_copy")
    failed = "ERROR: the notebook failed: ModuleNotFoundError: No module named 'docent_copy'"
    assert f"working_copy.py:{line}: {failed}" in build.output
    failed = "ERROR: the notebook failed: the install cell failed: ERROR: Could not find a version"
    assert f"own.py:1: {failed}" in build.output


def test_what_cannot_be_left_out_is_said_and_tried_again(
    planted: tuple[Site, Build], python: str
) -> None:
    site, build = planted
    said = "kernels_own.py: not counted as proven: the kernel itself needs jedi, which it installs"
    assert said in build.output
    again = build_notebooks(site, python=python)
    assert again.runs == ["kernels_own", "working_copy"]


def test_an_installation_without_a_version_counts_for_a_day(site: Site) -> None:
    site.configure('docent_install = {"one": "docent-tiny==1", "two": "docent-tiny"}\n')
    site.configure('docent_requirements = {"one": True, "two": True}\n')
    for name in ("one", "two"):
        site.tutorial(name, "import docent_tiny", comments=f'{INSTALLS}["{name}"]')
    assert build_notebooks(site).runs == ["one", "two"]
    assert build_notebooks(site).runs == []
    site.configure("docent_notebooks_expire = 0.000001\n")
    expired = build_notebooks(site)
    assert (expired.code, expired.runs) == (0, ["two"])
    entries = json.loads((site.state / "notebooks.json").read_bytes())["tutorials"]
    assert {entry["reason"] for entry in entries} == {
        "unchanged",
        "installs without a version, and ran long ago",
    }


def test_a_failed_pip_line_fails_its_cell(site: Site) -> None:
    text = ".. code-block:: python\n\n   %%time\n   %pip install docent-absent"
    site.tutorial("one", text=text)
    build = build_notebooks(site)
    assert build.code == 1
    line = site.line("docs/tutorials/one.py", "%%time")
    assert f"one.py:{line}: ERROR: the notebook failed: %pip failed with exit code 1: ERROR: " in (
        build.output
    )


def test_of_a_shared_namespace_only_the_own_files_are_left_out(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "one", "1", {"space/one/__init__.py": "", "space/first.py": ""})
    install(site, "two", "1", {"space/two/__init__.py": ""})
    names = {entry.name for entry in find_distributions(str(site), None)}
    assert names == {"one", "two"}
    Hidden(frozenset({"one"})).link_packages(tmp_path / "seen", [site])
    assert (tmp_path / "seen/space/two/__init__.py").is_file()
    assert [path.name for path in (tmp_path / "seen/space").iterdir()] == ["two"]
    assert [entry.name for entry in find_distributions(str(tmp_path / "seen"), None)] == ["two"]
