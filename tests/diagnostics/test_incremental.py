"""An incremental check finds what a clean one finds."""

from __future__ import annotations

import random

import pytest
from tests.helpers.sites import NONE, Site, named

from sphinx_docent.diagnostics.incremental import (
    NOWHERE,
    KeptDiagnostics,
    Phase,
    SeenWarning,
    all_diagnostics,
    begin_resolving,
    end_resolving,
    pages_to_read_again,
    pages_to_resolve_again,
)
from sphinx_docent.model import Diagnostic

A, B, C = (Diagnostic(f"docs/{page}.rst", 1, "ref.ref", "broken") for page in "abc")
ODD = Diagnostic("", 0, "", "odd")


def test_a_page_is_read_again_where_its_table_of_contents_lost_another() -> None:
    included = {"index": ["a", "b"], "a": ["c"]}
    assert pages_to_read_again(included, ["b"]) == {"index"}
    assert pages_to_read_again(included, []) == set()


@pytest.mark.parametrize(
    ("kept", "thorough", "pages"),
    [
        (KeptDiagnostics(), False, ["a", "b", "c"]),
        (KeptDiagnostics("now", "now", True, (), {"a": (A,), "b": ()}), True, ["c"]),
        (KeptDiagnostics("now", "before", True, (), {"a": (A,), "b": ()}), False, ["c"]),
        (KeptDiagnostics("now", "before", True, (), {"a": (A,), "b": ()}), True, ["a", "b", "c"]),
        (KeptDiagnostics("before", "now", True, (), {"a": (A,), "b": (), "c": ()}), True, ["a"]),
        (KeptDiagnostics("before", "", True, (), {"a": (), "gone": (A,)}), False, ["b", "c"]),
        (KeptDiagnostics("now", "now", False, (), {"a": (), "b": (), "c": ()}), True, list("abc")),
    ],
)
def test_pages_are_resolved_again_whose_warnings_may_have_changed(
    kept: KeptDiagnostics, thorough: bool, pages: list[str]
) -> None:
    assert pages_to_resolve_again(kept, "now", "abc", thorough=thorough) == pages


def test_until_a_build_has_ended_nothing_is_certain() -> None:
    kept = KeptDiagnostics("before", "before", True, (C,), {"a": (A,)})
    begun = begin_resolving(kept, "now", thorough=True)
    assert (begun.targets, begun.checked, begun.complete) == ("now", "now", False)
    assert begin_resolving(kept, "now", thorough=False).checked == "before"


def test_a_page_that_was_resolved_forgets_what_was_wrong() -> None:
    kept = KeptDiagnostics("now", "now", False, (C,), {"a": (A,), "b": (B,), "gone": (A,)})
    seen = [SeenWarning(B, Phase.RESOLVING, ("b",)), SeenWarning(A, Phase.READING, ("a",))]
    ended = end_resolving(kept, seen, {"a", "b"}, {"a", "b", "c"}, checked_consistency=False)
    assert ended.complete
    assert ended.pages == {"a": (), "b": (B,)}
    assert ended.consistency == (C,)


def test_a_warning_of_no_page_leaves_the_next_build_uncertain() -> None:
    seen = [SeenWarning(ODD, Phase.RESOLVING, (NOWHERE,)), SeenWarning(A, Phase.CHECKING)]
    ended = end_resolving(KeptDiagnostics(), seen, {"a"}, {"a"}, checked_consistency=True)
    assert not ended.complete
    assert ended.consistency == (A,)
    assert all_diagnostics(ended, seen, {"b": [B]}) == [ODD, A, B]


def test_everything_is_told_once_in_order() -> None:
    kept = KeptDiagnostics(consistency=(A,), pages={"b": (B, A)})
    seen = [SeenWarning(C, Phase.SETUP), SeenWarning(B, Phase.RESOLVING, ("b",))]
    assert all_diagnostics(kept, seen, {"a": [A]}) == [A, B, C]


def test_a_page_that_went_or_came_changes_what_is_wrong(site: Site) -> None:
    site.write("docs/a.rst", "A\n=\n")
    site.append("docs/index.rst", "   a\n\n:doc:`a`\n")
    assert site.precheck().code == 0
    (site.docs / "a.rst").unlink()
    gone = site.precheck()
    assert gone.code == 1
    assert {found[2] for found in gone.found} == {"toc.not_readable", "ref.doc"}
    assert site.precheck().found == gone.found == site.precheck("-E", out="clean").found
    site.write("docs/a.rst", "A\n=\n")
    assert site.precheck().found == []
    site.replace("docs/index.rst", "   a\n", "")
    orphan = site.precheck()
    assert [found[2] for found in orphan.found] == [named("toc.not_included")]
    assert orphan.found[0][0] == "docs/a.rst"
    again = site.precheck()
    assert again.found == orphan.found
    for build in (orphan, again):
        assert "docs/a.rst:: WARNING: document isn't included" in build.output
        assert "a.rst.rst" not in build.output


def test_one_folder_of_doctrees_for_all_builders(site: Site) -> None:
    doctrees = ("-d", str(site.docs / "_build/doctrees"))
    site.write("docs/a.rst", ":orphan:\n\n.. _target:\n\nA\n=\n")
    site.write("docs/b.rst", ":orphan:\n\nB\n=\n\nSee :ref:`target`.\n")
    site.write("docs/c.rst", ":orphan:\n\nC\n=\n\nSee :ref:`nowhere`.\n")
    site.build(*doctrees, *NONE)
    assert site.precheck(*doctrees).places == ["docs/c.rst:6"]
    site.replace("docs/a.rst", "_target", "_other")
    site.build(*doctrees, *NONE)
    assert site.precheck(*doctrees).places == ["docs/b.rst:6", "docs/c.rst:6"]


BODIES = (
    ":ref:`label-{}`",
    ":doc:`{}`",
    ":py:func:`func_{}`",
    ":ref:`sphx_glr_gallery_t{}.py`",
    ".. py:function:: func_{}()",
    ".. _label-{}:\n\nSection\n-------",
    ":norole:`x`",
    ".. include:: part_{}.inc",
    ".. image:: image_{}.png",
    ".. [Cite{}] Text.",
    "See [Cite{}]_.",
    "Only text.",
)


def edit(site: Site, chance: random.Random) -> str:
    """One random edit of a small site; says what it was."""
    names = "abcd"
    page = chance.choice(names)
    file = site.docs / f"{page}.rst"
    other = chance.choice(names)
    kind = chance.choice(["write", "write", "remove", "tutorial", "gone", "tree", "nothing"])
    body = chance.choice(BODIES).format(other)
    if kind == "write":
        label = f".. _label-{page}:\n\n" if chance.random() < 0.6 else ""
        file.write_text(f"{label}Page {page}\n======\n\n{body}\n")
    elif kind == "remove":
        file.unlink(missing_ok=True)
    elif kind == "tutorial":
        site.tutorial(f"t{other}", text=body)
    elif kind == "gone":
        (site.docs / f"tutorials/t{other}.py").unlink(missing_ok=True)
    elif kind == "tree":
        listed = "".join(f"   {name}\n" for name in names if chance.random() < 0.7)
        site.write("docs/index.rst", f"Site\n====\n\n.. toctree::\n\n   gallery/index\n{listed}")
    return f"{kind} {page} {other} {body!r}"


@pytest.mark.parametrize("seed", range(2))
def test_an_incremental_precheck_finds_what_a_clean_one_finds(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    site.configure("nitpicky = True\n")
    site.tutorial("ta")
    for name in "abcd":
        site.write(f"docs/{name}.rst", f".. _label-{name}:\n\nPage {name}\n======\n")
    done: list[str] = []
    for _ in range(8):
        done.append(edit(site, chance))
        if chance.random() < 0.2:
            site.build(*NONE)
        incremental = site.precheck()
        clean = site.precheck("-E", out="clean")
        assert incremental.found == clean.found, done
        assert incremental.code == clean.code == (1 if clean.found else 0)
