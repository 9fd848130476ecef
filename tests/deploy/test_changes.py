"""A deployment changes what an earlier one has put on the branch, and nothing else."""

from __future__ import annotations

from sphinx_docent.deploy.changes import Changes, after, compare, others_in_the_way
from sphinx_docent.git.tree import REGULAR_FILE, StoredFile

LINK = "120000"
TIP = {
    "CNAME": StoredFile(REGULAR_FILE, "c"),
    "docs/a.html": StoredFile(REGULAR_FILE, "a"),
    "docs/b.html": StoredFile(REGULAR_FILE, "b"),
    "docs/old.html": StoredFile(REGULAR_FILE, "o"),
    "docs/link": StoredFile(LINK, "l"),
}
WANTED = {"docs/a.html": "a", "docs/b.html": "b2", "docs/new.html": "n", "docs/link": "l"}
OWNED = {"docs/a.html", "docs/b.html", "docs/old.html", "docs/gone.html"}


def test_what_differs_is_added_modified_or_removed() -> None:
    changes = compare(TIP, WANTED, OWNED)
    assert changes == Changes(("docs/new.html",), ("docs/b.html", "docs/link"), ("docs/old.html",))
    assert list(changes.lines()) == [
        "M docs/b.html",
        "M docs/link",
        "A docs/new.html",
        "D docs/old.html",
    ]
    assert changes.summary() == "1 added, 2 modified, 1 removed"
    assert after(TIP, changes) == {"CNAME", *WANTED}


def test_what_is_not_owned_is_never_removed() -> None:
    assert compare(TIP, {}, set()) == Changes((), (), ())


def test_files_of_others_in_the_way_are_named() -> None:
    assert others_in_the_way(TIP, WANTED, OWNED) == ["docs/link"]
    assert others_in_the_way(TIP, {"docs/a.html": "a"}, set()) == []
    assert others_in_the_way(TIP, {"docs/a.html": "x"}, set()) == ["docs/a.html"]
    assert others_in_the_way(TIP, {"CNAME/index.html": "x"}, set()) == ["CNAME"]
    assert others_in_the_way(TIP, {"docs": "x"}, OWNED) == ["docs/link"]


def test_a_timeline_alone_is_no_change_of_a_page() -> None:
    assert Changes(("docs/_docent/timeline.html",), (), ()).only_of_the_build()
    assert not Changes(("docs/_docent/timeline.html",), ("docs/a.html",), ()).only_of_the_build()
