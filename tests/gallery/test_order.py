"""Galleries are ordered as ``conf.py`` lists them, then by name; a wrong name is an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sphinx_docent.errors import DocentError
from sphinx_docent.gallery.order import (
    SubsectionOrder,
    check_subsections,
    check_tutorials,
    rank_in_folder,
)

if TYPE_CHECKING:
    from tests.helpers.sites import Build, Site


def gallery(site: Site) -> None:
    """Two galleries: one with subsections, two of them of the same name."""
    site.replace("docs/conf.py", '["tutorials"]', '["tutorials/one", "tutorials/two"]')
    site.replace("docs/conf.py", '["gallery"]', '["gallery/one", "gallery/two"]')
    site.write("docs/index.rst", "Site\n====\n\n.. toctree::\n   :glob:\n\n   gallery/*/index\n")
    for folder in ("one", "two", "one/alpha", "one/beta", "one/gamma", "two/alpha"):
        site.write(f"docs/tutorials/{folder}/README.txt", f"{folder}\n{'=' * len(folder)}\n")
        for name in "abc":
            site.tutorial(f"{folder}/{folder.replace('/', '_')}_{name}")


def names(build: Build, page: str) -> list[str]:
    """The last letters of the tutorials that a gallery's page shows, or its folders."""
    found = re.findall(r"Title of (\w+)", build.text(page))
    return list(dict.fromkeys(found))


def test_listed_ones_come_first_and_the_others_by_name(site: Site) -> None:
    gallery(site)
    site.configure(
        """
        subsection_order = ["tutorials/one/gamma"]
        within_subsection_order = {
            "one": ["one_c.py", "one_a.py"],
            "one/alpha": ["one_alpha_b.py"],
        }
        """
    )
    build = site.build("-D", "docent_execute=none")
    assert build.code == 0, build.output
    assert "WARNING" not in build.output
    assert names(build, "gallery/one/index") == [
        *("one_c", "one_a", "one_b"),
        *("one_gamma_a", "one_gamma_b", "one_gamma_c"),
        *("one_alpha_b", "one_alpha_a", "one_alpha_c"),
        *("one_beta_a", "one_beta_b", "one_beta_c"),
    ]
    assert names(build, "gallery/two/index")[:3] == ["two_a", "two_b", "two_c"]
    site.replace("docs/conf.py", '"one_c.py", "one_a.py"', '"one_b.py"')
    again = names(site.build("-D", "docent_execute=none"), "gallery/one/index")
    assert again[:3] == ["one_b", "one_a", "one_c"]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (
            'subsection_order = ["tutorials/one/gama"]',
            "there is no subsection 'tutorials/one/gama'; the nearest: tutorials/one/gamma",
        ),
        (
            'within_subsection_order = {"bet": []}',
            "within_subsection_order: there is no folder 'bet'; the nearest: tutorials/one/beta",
        ),
        (
            'within_subsection_order = {"beta": ["one_beta_d.py"]}',
            "['beta']: there is no tutorial 'one_beta_d.py'; the nearest: one_beta_",
        ),
        (
            'within_subsection_order = {"alpha": []}',
            "'alpha' fits several folders: tutorials/one/alpha, tutorials/two/alpha",
        ),
    ],
)
@pytest.mark.parametrize("builder", ["html", "precheck"])
def test_a_name_that_does_not_exist_is_an_error(
    site: Site, order: str, words: str, builder: str
) -> None:
    gallery(site)
    site.configure(order + "\n")
    build = site.build(builder=builder)
    assert build.code == 2
    assert words in build.output
    assert "conf.py" in build.output
    assert "Traceback" not in build.output


def test_objects_that_a_project_made_itself_are_left_alone(site: Site) -> None:
    gallery(site)
    site.configure(
        """
        from sphinx_gallery.sorting import ExplicitOrder, FileNameSortKey

        subsection_order = ExplicitOrder(
            ["tutorials/one/gamma", "tutorials/one/beta", "tutorials/one/alpha",
             "tutorials/two/alpha"]
        )
        within_subsection_order = FileNameSortKey
        sphinx_gallery_conf["subsection_order"] = subsection_order
        sphinx_gallery_conf["within_subsection_order"] = within_subsection_order
        """
    )
    build = site.build("-D", "docent_execute=none")
    assert build.code == 0, build.output
    assert names(build, "gallery/one/index")[3:5] == ["one_gamma_a", "one_gamma_b"]


def test_lists_that_a_project_uses_itself_are_left_alone(site: Site) -> None:
    gallery(site)
    site.configure(
        """
        from sphinx_gallery.sorting import ExplicitOrder

        subsection_order = ["tutorials/one/beta", "*"]
        within_subsection_order = {"anything": ["at all"]}
        sphinx_gallery_conf["subsection_order"] = ExplicitOrder(subsection_order)
        sphinx_gallery_conf["within_subsection_order"] = "FileNameSortKey"
        """
    )
    build = site.build("-D", "docent_execute=none")
    assert build.code == 0, build.output
    assert names(build, "gallery/one/index")[3] == "one_beta_a"


def test_unlisted_subsections_follow_by_name() -> None:
    key = SubsectionOrder(["b/", "./c"])
    assert sorted(["d", "a", "c", "b"], key=key) == ["b", "c", "a", "d"]


def test_a_folder_is_named_by_as_many_parts_as_are_needed() -> None:
    listed = {"x/sub": ["b.py"], "sub": ["c.py"]}

    def order(folder: str) -> list[str]:
        return sorted(
            ["a.py", "b.py", "c.py"], key=lambda name: rank_in_folder(listed, folder, name)
        )

    assert order("/docs/x/sub") == ["b.py", "a.py", "c.py"]
    assert order("/docs/y/sub") == ["c.py", "a.py", "b.py"]
    assert order("/docs/x/mysub") == ["a.py", "b.py", "c.py"]


def test_checks_pass_what_exists() -> None:
    check_subsections(["a/b", "./a/c/"], ["a/b", "a/c"])
    check_tutorials({"b": ["x.py"]}, {"a/b": ["x.py", "y.py"], "a/c": []})
    with pytest.raises(DocentError, match=r"the nearest: y\.py, x\.py"):
        check_tutorials({"b": ["yy.py"]}, {"a/b": ["x.py", "y.py"]})
