"""A name with odd characters is cached like any other."""

from __future__ import annotations

from ..harness.model import NAMES, Gallery, Tutorial, Want

ODD = (
    "back\\slash",
    "back\\nslash",
    "ends_in_backslash\\",
    "single'quote",
    'double"quote',
    "both'\"quotes",
    "per%cent",
    "per%sent",
    "per%(name)s",
    "per%20cent",
    "{x}",
    "{0}",
    "{",
    "${HOME}",
    "$HOME",
    "with space",
    " leading_space",
    "two  spaces",
    "ünïcödé",
    "日本語",
    "smile😀",
    "u\u0308_decomposed",
    "-leading_dash",
    "--version",
    "#hash",
    "am&persand",
    "semi;colon",
    "com,ma",
    "equals=sign",
    "plus+plus",
    "at@sign",
    "bang!",
    "tilde~",
    "caret^",
    "(round)",
    "[square]",
    "[a-z]",
    "dotted.name",
    "trailing_dot.",
    "1234",
    "plot_001",
    "UPPER",
    "class",
    "a" * 120,
)

# Sphinx composes the names of pages: what is decomposed can be none.
_WANT = {"u\u0308_decomposed": Want.DIAGNOSE}

# Names that sphinx-gallery's own reST does not bear: no diagnostic about them is ours.
UNBEARABLE = ("<angle>", "back`tick", "pipe|pipe", "star*star", "question?", "colon:colon")

CASES = [
    Gallery(
        "odd names",
        NAMES,
        tuple(Tutorial(name, "x = 1", _WANT.get(name, Want.PASS)) for name in ODD),
        again=True,
        limit=120,
    ),
    Gallery(
        "names that break reST",
        NAMES,
        tuple(
            Tutorial(
                name, "x = 1", debatable="sphinx-gallery puts the name into reST that it breaks"
            )
            for name in UNBEARABLE
        ),
        again=True,
        limit=60,
    ),
]
