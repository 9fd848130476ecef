"""Where there is no result, the reason names what is not as in the most similar one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.helpers.reuse import build, use
from tests.helpers.sites import Site

from sphinx_docent.cache.keys import KeyParts
from sphinx_docent.cache.store import Cache
from sphinx_docent.cache.variants import Variants, load_variants, read_variants, save_variants

SHARED = {"setting image_scrapers": "1", "setting reset_modules": "1", "python": "3.12"}
NONE: Mapping[str, str] = {}
OWN = {"source": "a", "declared docs/x.csv": "1"}


def parts(shared: Mapping[str, str] = NONE, own: Mapping[str, str] = NONE) -> KeyParts:
    return KeyParts({**SHARED, **shared}, {**OWN, **own})


def test_nothing_is_said_of_a_tutorial_that_is_not_known() -> None:
    assert Variants({}, {}).difference("/a.py", parts()) is None


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (parts({"setting image_scrapers": "2"}), "`image_scrapers` changed"),
        (parts({"python": "3.13"}), "Python is 3.13, was 3.12"),
        (parts(own={"source": "b"}), "changed"),
        (parts(own={"declared docs/x.csv": "2"}), "`docs/x.csv` changed"),
        (parts(own={"declared docs/y.csv": "2"}), "`docs/y.csv` is new"),
        (parts(own={"source": "b", "declared docs/x.csv": "2"}), "`docs/x.csv` changed"),
        (parts(), "its result is no longer in the cache"),
    ],
    ids=str,
)
def test_what_differs_is_told(now: KeyParts, words: str) -> None:
    known = Variants({}, {})
    known.add("/a.py", parts())
    assert known.difference("/a.py", now) == words


def test_the_most_similar_result_counts_and_not_the_latest() -> None:
    known = Variants({}, {})
    known.add("/a.py", parts())
    known.add("/a.py", parts({"setting image_scrapers": "2"}))
    now = parts({"setting reset_modules": "2"})
    assert known.difference("/a.py", now) == "`reset_modules` changed"


def test_it_is_kept_with_the_cache_and_merged_with_what_others_added(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    mine, theirs = load_variants(cache), load_variants(cache)
    mine.add("/a.py", parts())
    theirs.add("/b.py", parts(own={"source": "b"}))
    save_variants(cache, mine)
    save_variants(cache, theirs)
    found = load_variants(cache)
    assert found.difference("/a.py", parts(own={"source": "x"})) == "changed"
    assert found.difference("/b.py", parts()) == "changed"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"shared": 1}', b'{"shared": {}, "tutorials": 7}'])
def test_what_is_damaged_is_nothing(data: bytes) -> None:
    assert read_variants(data).difference("/a.py", parts()) is None


def test_a_site_names_the_setting(site: Site) -> None:
    use(site, "print(1)")
    site.configure('sphinx_gallery_conf["capture_repr"] = ()\n')
    done = build(site)
    assert done.tutorial("uses")["reason"] == "`capture_repr` changed"
    site.configure("import warnings\nwarnings.simplefilter('error')\n")
    done = build(site)
    assert done.tutorial("uses")["reason"] == "what `conf.py` sets for tutorials changed"
