"""What shapes every page is part of every key; what shapes none is part of none."""

from __future__ import annotations

from tests.helpers.reuse import build, use
from tests.helpers.sites import Site


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
