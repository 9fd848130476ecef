"""Formulas are written without the macros of the site."""

from __future__ import annotations

import pytest

from sphinx_docent.notebooks.math_macros import expander, read_macros

CONF = {
    "tex": {
        "macros": {
            "RR": r"\mathbb{R}",
            "vec": [r"\mathbf{#1}", 1],
            "two": [r"#2/#1", 2],
            "opt": [r"#2^{#1}", 2, "n"],
            "deep": r"\vec{\RR}",
            "self": r"\self",
        }
    }
}


@pytest.mark.parametrize(
    ("latex", "expanded"),
    [
        (r"x \in \RR", r"x \in {\mathbb{R}}"),
        (r"\RRR \alpha \\ \{", r"\RRR \alpha \\ \{"),
        (r"\vec{a_{1}} \vec b \vec\alpha", r"{\mathbf{a_{1}}} {\mathbf{b}} {\mathbf{\alpha}}"),
        (r"\two{a}{b}", "{b/a}"),
        (r"\opt{x} \opt[2]{x}", "{x^{n}} {x^{2}}"),
        (r"\deep", r"{{\mathbf{{\mathbb{R}}}}}"),
        (r"\vec", r"{\mathbf{}}"),
    ],
)
def test_macros_are_expanded(latex: str, expanded: str) -> None:
    assert expander(read_macros(CONF))(latex) == expanded


def test_of_all_versions_of_mathjax() -> None:
    old = {"TeX": {"Macros": {"a": "b"}}}
    assert expander(read_macros(None, old, {}, {"tex": 3}))(r"\a") == "{b}"
    assert expander(read_macros(None))(r"\a") == r"\a"


def test_a_macro_that_calls_itself_ends() -> None:
    assert expander(read_macros(CONF))(r"\self").strip("{}") == r"\self"
