"""A warning leads to the line that a person wrote."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from sphinx_docent.diagnostics.source_lines import locate, split_location

MODULE = '''\
"""The module.

It refers to `the_module_word`.
"""

constant = 1
"""A constant, see `the_constant_word`."""


class Thing:
    """A thing.

    See `the_thing_word`.
    """

    size: int = 3
    """Its size, see `the_size_word`."""

    def method(self):
        """Does it.

        :param x: see `the_method_word`.
        """

    async def later(self):
        """See `the_later_word`."""


def function():
    """A function.

    First paragraph
    that goes on to `the_function_word`.
    """
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    file = tmp_path / "mod.py"
    file.write_text(MODULE)
    return file


def line_of(file: Path, words: str) -> int:
    (line,) = (n for n, row in enumerate(file.read_text().splitlines(), 1) if words in row)
    return line


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("pkg.mod", "the_module_word"),
        ("pkg.mod.constant", "the_constant_word"),
        ("pkg.mod.Thing", "the_thing_word"),
        ("pkg.mod.Thing.size", "the_size_word"),
        ("pkg.mod.Thing.method", "the_method_word"),
        ("pkg.mod.Thing.later", "the_later_word"),
        ("pkg.mod.function", "the_function_word"),
    ],
)
@pytest.mark.parametrize("line", [1, 2, 9])
def test_a_docstrings_line_is_the_files(module: Path, name: str, word: str, line: int) -> None:
    place = locate(f"{module}:docstring of {name}:{line}", f"no label {word!r}", {})
    assert place == (module, line_of(module, word))


def test_a_docstrings_line_is_counted_where_the_message_quotes_nothing(module: Path) -> None:
    assert locate(f"{module}:docstring of pkg.mod.function:3", "Odd.", {})[1] == 32


def test_a_docstring_that_cannot_be_found_leads_to_the_word_or_the_file(module: Path) -> None:
    place = locate(f"{module}:docstring of pkg.mod.gone:3", "no 'the_later_word'", {})
    assert place == (module, line_of(module, "the_later_word"))
    assert locate(f"{module}:docstring of pkg.mod.gone:3", "Odd.", {}) == (module, 0)


def test_a_long_paragraph_leads_to_the_line_of_the_word(tmp_path: Path) -> None:
    page = tmp_path / "page.rst"
    page.write_text("Title\n=====\n\nOne\ntwo `a_word` three\nfour.\n\nNot `a_word` here.\n")
    assert locate(f"{page}:4", "undefined label: 'a_word'", {}) == (page, 5)
    assert locate(f"{page}:4", "something else", {}) == (page, 4)


def test_a_generated_page_leads_to_its_script(tmp_path: Path) -> None:
    script = tmp_path / "plot.py"
    script.write_text(
        dedent(
            '''\
            """
            Title
            =====

            Intro with `a_word`.
            """
            x = 1
            # %%
            # A later block
            # that names `a_later_word`.
            y = 2
            '''
        )
    )
    page = tmp_path / "gen" / "plot.rst"
    page.parent.mkdir()
    rows = [
        *([".. head"] * 18),
        ".. GENERATED FROM PYTHON SOURCE LINES 1-6",
        *("", "", "Title", "=====", "", "Intro with `a_word`.", ""),
        ".. GENERATED FROM PYTHON SOURCE LINES 8-11",
        *("", "A later block", "that names `a_later_word`.", ""),
    ]
    page.write_text("\n".join(rows))
    sources = {page: [script]}
    first = rows.index("Intro with `a_word`.") + 1
    later = rows.index("A later block") + 1
    assert locate(f"{page}:{first}", "no 'a_word'", sources) == (script, 5)
    assert locate(f"{page}:{later}", "no 'a_later_word'", sources) == (script, 10)
    assert locate(f"{page}:{later}", "odd", sources) == (script, 9)
    assert locate(str(page), "odd", sources) == (script, 0)


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("", (None, 0, None)),
        ("/a/b.rst:12", (Path("/a/b.rst"), 12, None)),
        ("/a/b.rst", (Path("/a/b.rst"), 0, None)),
        ("/a/b.rst:", (Path("/a/b.rst"), 0, None)),
        ("/a/m.py:docstring of m.f:3", (Path("/a/m.py"), 3, "m.f")),
        ("/a/m.py:docstring of m.f", (Path("/a/m.py"), 0, "m.f")),
    ],
)
def test_a_location_has_parts(location: str, parts: tuple[Path | None, int, str | None]) -> None:
    assert split_location(location) == parts


def test_a_file_that_is_gone_is_still_named(tmp_path: Path) -> None:
    assert locate(f"{tmp_path / 'gone.rst'}:7", "no 'word'", {}) == (tmp_path / "gone.rst", 7)
