"""A tutorial's own comments are read, and what is wrong in its form is found, unexecuted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_docent.gallery.script import read_script

if TYPE_CHECKING:
    from tests.helpers.sites import Site

TITLE = '"""\nTitle\n=====\n\nIntro.\n"""\n'


@pytest.mark.parametrize(
    ("comments", "requires"),
    [
        ('# sphinx_gallery_requires = ["torch", "cuda"]', ("cuda", "torch")),
        ("# sphinx_gallery_requires = ('torch',)", ("torch",)),
        ('# sphinx_gallery_requires = "torch"', ("torch",)),
        ("#sphinx_gallery_requires=['torch']", ("torch",)),
        ("# sphinx_gallery_requires = torch", ("torch",)),
        ("# sphinx_gallery_requires_cuda = True", ("cuda",)),
        ("# sphinx_gallery_requires_cuda", ("cuda",)),
        ("# sphinx_gallery_requires_cuda = False", ()),
        (
            '# sphinx_gallery_requires = ["a.b"]\n# sphinx_gallery_requires_cuda = True',
            ("a.b", "cuda"),
        ),
        ("    # sphinx_gallery_requires_cuda = True", ("cuda",)),
        ("# we say sphinx_gallery_requires_cuda = True", ()),
        ("# sphinx_gallery_requires = []", ()),
    ],
)
def test_requirements_are_declared_in_comments(comments: str, requires: tuple[str, ...]) -> None:
    script = read_script(f"{TITLE}{comments}\n")
    assert script.requires == requires
    assert script.problems == ()


def test_a_comment_in_the_docstring_is_text() -> None:
    docstring = '"""\nTitle\n=====\n\n# sphinx_gallery_requires_cuda = True\n"""\n'
    assert read_script(docstring).requires == ()


def test_a_timeout_is_declared_in_a_comment() -> None:
    assert read_script(f"{TITLE}# sphinx_gallery_timeout = 12.5\n").timeout == 12.5
    assert read_script(TITLE).timeout is None


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("requires_gpu = True", "did you mean 'sphinx_gallery_requires'"),
        ("requires_cude = True", "did you mean 'sphinx_gallery_requires"),
        ("require = ['cuda']", "did you mean 'sphinx_gallery_requires'"),
        ("reqiures = ['cuda']", "did you mean 'sphinx_gallery_requires'"),
        ("timeuot = 3", "did you mean 'sphinx_gallery_timeout'"),
        ("requires_cuda = 1", "1 is neither True nor False"),
        ("requires = [1]", "is not a list of names"),
        ("requires = ['a b']", "is not a list of names"),
        ("requires", "is not a list of names"),
        ("timeout = 'long'", "is not a number of seconds above 0"),
        ("timeout = -1", "is not a number of seconds above 0"),
        ("timeout = True", "is not a number of seconds above 0"),
    ],
)
def test_a_comment_that_means_nothing_is_a_problem_at_its_line(comment: str, words: str) -> None:
    (problem,) = read_script(f"{TITLE}\n# sphinx_gallery_{comment}\n").problems
    assert (problem.line, problem.category) == (8, "comment")
    assert words in problem.message


@pytest.mark.parametrize(
    "key",
    [
        "thumbnail_number = 2",
        "thumbnail_path = 'a.png'",
        "failing_thumbnail = False",
        "line_numbers = True",
        "dummy_images = 3",
        "multi_image = 'single'",
        "capture_repr = ()",
        "defer_figures",
        "start_ignore",
        "end_ignore",
        "tags = ['a']",
    ],
)
def test_the_comments_of_sphinx_gallery_and_of_others_are_left_alone(key: str) -> None:
    assert read_script(f"{TITLE}# sphinx_gallery_{key}\n").problems == ()


@pytest.mark.parametrize(
    "docstring",
    [
        '"""\nTitle\n=====\n"""',
        '"""Title\n=====\n"""',
        '"""\n=====\nTitle\n=====\n\nText.\n"""',
        'r"""\n.. _label:\n\nTitle\n-----\n"""',
        "'''\nTitle\n~~~~~\n'''",
        '# A comment\n\n"""\nTitle\n#####\n"""',
        '"""\n.. meta::\n   :description: x\n\nTitle\n=====\n"""',
    ],
)
def test_a_title_is_an_underlined_paragraph(docstring: str) -> None:
    assert read_script(docstring + "\nx = 1\n").problems == ()


@pytest.mark.parametrize(
    ("source", "line", "category"),
    [
        ("x = 1\n", 1, "title"),
        ("", 1, "title"),
        ('"""   """\n', 1, "title"),
        ('\n\n"""=====\n\nText."""\n', 3, "title"),
        (TITLE + "x = (\n", 7, "syntax"),
        (TITLE + "def f():\npass\n", 8, "syntax"),
        ("x = '\0'\n", 1, "syntax"),
    ],
)
def test_what_is_wrong_has_a_line(source: str, line: int, category: str) -> None:
    (problem,) = read_script(source).problems
    assert (problem.line, problem.category) == (line, category)


def test_a_broken_tutorial_is_told_and_the_others_are_built(site: Site) -> None:
    good = site.tutorial("good")
    typo = site.tutorial("typo", comments="# sphinx_gallery_requires_gpu = True")
    unparsed = site.tutorial("unparsed", code="x = (")
    site.write("docs/tutorials/sentence.py", '"""Only a sentence."""\nprint(1)\n')
    site.write("docs/tutorials/silent.py", "print(1)\n")
    expected = {
        (typo, site.line(typo, "requires_gpu"), "docent.comment"),
        (unparsed, site.line(unparsed, "x = ("), "docent.syntax"),
        ("docs/tutorials/silent.py", 1, "docent.title"),
    }
    for build in (site.precheck(), site.precheck()):
        assert build.code == 1
        assert {found[:3] for found in build.found if found[2].startswith("docent")} == expected
        assert build.runs == []
    for build in (site.build("-D", "docent_execute=all"), site.build("-D", "docent_execute=all")):
        assert build.code == 1, build.output
        assert {found[:3] for found in build.found if "docent" in found[2]} >= expected
        assert "typo" not in build.runs
        assert build.actions["good"] in ("execute", "restore")
        assert "output of good" in build.text("gallery/good")
        # sphinx-gallery takes the first line as the title of the card.
        assert "Only a sentence." in build.text("gallery/index")
        assert "Traceback" not in build.output.replace("Traceback (most recent call last)", "")
    assert good not in "".join(build.places)
    site.tutorial("typo")
    site.tutorial("unparsed")
    site.write("docs/tutorials/untitled.py", '"""\nTitle\n=====\n"""\n')
    site.write("docs/tutorials/silent.py", '"""\nOther title\n===========\n"""\nprint(1)\n')
    mended = site.precheck()
    assert (mended.code, mended.found) == (0, []), mended.output
