"""What shapes every page is part of every key; what shapes none is part of none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.reuse import build, use
from tests.helpers.sites import Site

from sphinx_docent.cache.distributions import Distributions
from sphinx_docent.cache.fingerprint import Fingerprints
from sphinx_docent.cache.keys import CacheKeys, declared_files
from sphinx_docent.cache.project_state import ProjectState
from sphinx_docent.model import Tutorial

CONF: dict[str, Any] = {
    "src_dir": "/nowhere",
    "expected_failing_examples": [],
    "image_scrapers": ("matplotlib",),
}


@pytest.fixture
def entry(tmp_path: Path) -> Tutorial:
    """A tutorial that declares a file."""
    source = tmp_path / "one.py"
    source.write_text("x = 1\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "1.csv").write_text("1")
    return Tutorial("/one.py", source, tmp_path / "g", "g/one", inputs=("data/*.csv", "absent"))


def keys(entry: Tutorial, **conf: Any) -> tuple[str, str]:
    """Those of its executed and of its rendered page, as they are now."""
    root = entry.source.parent
    state = ProjectState(root, Distributions(()))
    found = CacheKeys({**CONF, **conf}, state, Fingerprints(root, lambda _: None))
    return found.executed(entry), found.rendered(entry)


def test_a_key_is_the_same_while_all_is_the_same(entry: Tutorial) -> None:
    executed, rendered = keys(entry)
    assert keys(entry) == (executed, rendered)
    assert executed != rendered


def test_the_source_and_the_page_are_part_of_both(entry: Tutorial) -> None:
    executed, rendered = keys(entry)
    moved = keys(replace(entry, page="g/two"))
    entry.source.write_text("x = 2\n")
    edited = keys(entry)
    assert len({executed, moved[0], edited[0]}) == 3
    assert len({rendered, moved[1], edited[1]}) == 3


def test_what_a_tutorial_declares_is_part_of_the_executed_pages(entry: Tutorial) -> None:
    assert declared_files(entry) == [f"{entry.source.parent}/data/1.csv"]
    executed, rendered = keys(entry)
    (entry.source.parent / "data" / "1.csv").write_text("2")
    assert keys(entry)[0] != executed
    assert keys(replace(entry, requires=("cuda",)))[0] != keys(entry)[0]
    assert keys(entry)[1] == rendered


def test_an_option_that_shapes_pages_is_everybodys(site: Site) -> None:
    use(site, "print(1)")
    site.configure('sphinx_gallery_conf["remove_config_comments"] = True')
    assert build(site).runs == ["alone", "uses"]


def test_an_option_that_shapes_indexes_is_nobodys(site: Site) -> None:
    use(site, "print(1)")
    site.configure(
        """
        sphinx_gallery_conf.update(
            download_all_examples=True,
            nested_sections=False,
            write_computation_times=True,
            ignore_pattern="nothing_like_this",
        )
        """
    )
    assert build(site).runs == []


SCRAPER = """
    def scraper(block, block_vars, gallery_conf):
        return "{words}"

    sphinx_gallery_conf["image_scrapers"] = (scraper,)
    """


def test_a_function_of_conf_that_shapes_pages_is_everybodys(site: Site) -> None:
    conf = (site.docs / "conf.py").read_text()
    site.configure(SCRAPER.format(words="one"))
    use(site, "print(1)")
    site.write("docs/conf.py", conf)
    site.configure("# The same function on another line.\n")
    site.configure(SCRAPER.format(words="one"))
    assert build(site).runs == []
    site.write("docs/conf.py", conf)
    site.configure(SCRAPER.format(words="another"))
    assert build(site).runs == ["alone", "uses"]


def test_the_order_of_a_set_in_conf_is_no_change(site: Site) -> None:
    words = ", ".join(f'r"name{number}"' for number in range(20))
    site.configure(f'sphinx_gallery_conf["exclude_implicit_doc"] = {{{words}}}')
    use(site, "print(1)")
    for seed in range(3):
        assert build(site, PYTHONHASHSEED=str(seed)).runs == []
