"""What a project says of itself in ``[tool.docent]``: read, checked, and told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.repository import ROOT

from automation.layout import Layout, LayoutError, Published, Site, read_layout


def layout_of(text: str, folder: Path) -> Layout:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return read_layout(folder)


def test_a_project_that_says_nothing_is_laid_out_as_ours(tmp_path: Path) -> None:
    found = read_layout(tmp_path)
    assert found.sites == (Site("docs", "docs/_build", "docs/_build/docent"),)
    assert found.requirements == "requirements"
    assert found.python == "3.11"
    assert found.built == ("docs/_build", "docs/sg_execution_times.rst")
    assert found.published == Published("docs", "docs/{version}")
    ours = read_layout(ROOT)
    assert (ours.sites, ours.requirements, ours.python) == (found.sites, "requirements", "3.11")


def test_every_folder_may_be_elsewhere(tmp_path: Path) -> None:
    found = layout_of(
        """
        [project]
        requires-python = ">=3.12,<4"

        [tool.docent]
        documentation = "doc/source"
        build = "./doc/build/"
        requirements = "requirements/docent"
        state = ".docent"
        languages = ["de", "zh_CN"]
        prepare = [["make", "api"]]
        pythonpath = ["lib"]
        watch = ["examples"]
        generated = ["doc/source/auto_examples"]

        [tool.docent.published]
        development = "dev"
        release = "{version}"
        """,
        tmp_path,
    )
    assert found.site == Site("doc/source", "doc/build", ".docent")
    assert found.site.html == "doc/build/html"
    assert found.requirements == "requirements/docent"
    assert found.languages == ("de", "zh_CN")
    assert found.prepare == (("make", "api"),)
    assert (found.pythonpath, found.watch) == (("lib",), ("examples",))
    assert found.python == "3.12"
    assert found.published == Published("dev", "{version}")
    assert found.built == (
        "doc/build",
        "doc/source/auto_examples",
        "doc/source/sg_execution_times.rst",
    )


def test_the_oldest_python_may_stand_in_setup_cfg(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[options]\npython_requires = >=3.13\n", encoding="utf-8")
    assert read_layout(tmp_path).python == "3.13"
    assert layout_of('[project]\nrequires-python = ">=3.9"\n', tmp_path).python == "3.11"
    assert layout_of('[tool.docent]\npython = "3.12"\n', tmp_path).python == "3.12"


def test_several_documentations_have_each_their_own_build_and_state(tmp_path: Path) -> None:
    found = layout_of(
        '[tool.docent]\nstate = ".docent"\n[tool.docent.sites]\ndocs = "build/docs"\n"b/c" = "x"\n',
        tmp_path,
    )
    assert found.sites == (
        Site("docs", "build/docs", ".docent/docs"),
        Site("b/c", "x", ".docent/b/c"),
    )


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("documentation = 3", ("documentation is 3", "such as 'doc/build'")),
        ("documentation = ''", ("documentation is ''",)),
        ("build = '../elsewhere'", ("build is '../elsewhere'", "in the project")),
        ("build = '/tmp'", ("build is '/tmp'",)),
        ("requirement = 'x'", ("requirement is not known", "requirements")),
        ("languages = ['German']", ("languages has 'German'", "zh_CN")),
        ("languages = 'de'", ("languages is 'de'", "give a list")),
        ("prepare = ['make api']", ("prepare has 'make api'", '[["make"')),
        ("prepare = [[]]", ("prepare has []",)),
        ("watch = [1]", ("watch is 1",)),
        ("python = 3.11", ("python is 3.11", "'3.11'")),
        ("published = 1", ("[tool.docent.published] is 1", "table")),
        ("published = {development = 'a', releases = 'b'}", ("releases is not known", "release")),
        ("published = {release = 'stable'}", ("release is 'stable'", "{version}")),
        ("sites = {}", ("sites is empty",)),
        ("build = 'x'\nsites = {docs = 'x'}", ("leave those out",)),
    ],
)
def test_what_makes_no_sense_is_named_in_one_line(
    line: str, parts: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(LayoutError) as error:
        layout_of(f"[tool.docent]\n{line}\n", tmp_path)
    message = str(error.value)
    assert message.startswith("pyproject.toml: ")
    assert "\n" not in message
    assert all(part in message for part in parts), message


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"^pyproject\.toml: .+table declaration"):
        layout_of("[tool.docent", tmp_path)
    with pytest.raises(LayoutError, match=r"\[tool\.docent\] is 1: make it a table"):
        layout_of("[tool]\ndocent = 1\n", tmp_path)
