"""A result is used again only while everything that the tutorial was seen to use is the same."""

from __future__ import annotations

import shutil

from tests.helpers.distributions import distribution, installed
from tests.helpers.reuse import build, on_path, use
from tests.helpers.sites import Site
from tests.helpers.uses import CHANGED, HELPER


def test_the_reason_names_what_changed(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    use(site, 'print(open("data.csv").read())')
    site.write("docs/tutorials/data.csv", "12")
    assert build(site).tutorial("uses")["reason"] == "`docs/tutorials/data.csv` changed"


def test_declared_files_are_inputs(site: Site) -> None:
    site.write("docs/tutorials/data/1.csv", "1")
    site.write("data/1.csv", "1")
    use(
        site,
        'import subprocess\nsubprocess.run(["cat", "data/1.csv"], check=True)',
        comments='# sphinx_gallery_inputs = ["data/*.csv", "../../data/**/*.csv"]',
    )
    for path in ("docs/tutorials/data/1.csv", "docs/tutorials/data/2.csv", "data/deep/2.csv"):
        site.write(path, "12")
        assert build(site).runs == ["uses"], path
    site.write("docs/tutorials/data/other.txt", "1")
    assert build(site).runs == []


def test_what_nobody_uses_matters_to_nobody(site: Site) -> None:
    site.write("lib/helper.py", HELPER)
    site.write("lib/unused.py", HELPER)
    site.write("lib/pkg/__init__.py", "")
    site.write("lib/pkg/used.py", HELPER)
    site.write("lib/pkg/unused.py", HELPER)
    site.write("docs/tutorials/unused.csv", "1")
    on_path(site, "lib")
    use(site, "import helper\nfrom pkg.used import value\nprint(helper.value())")
    site.write("lib/unused.py", CHANGED)
    site.write("lib/pkg/unused.py", CHANGED)
    site.write("docs/tutorials/unused.csv", "12")
    site.write("docs/page.rst", ":orphan:\n\nPage\n====\n")
    site.configure("html_theme = 'alabaster'\nhtml_theme_options = {'show_related': True}")
    for path in (site.docs / "tutorials").glob("*.py"):
        path.touch()
    (site.root / "lib" / "helper.py").touch()
    assert build(site).runs == []


def test_a_comment_in_a_helper_that_is_used_is_a_change(site: Site) -> None:
    site.write("lib/helper.py", HELPER)
    on_path(site, "lib")
    use(site, "import helper")
    site.append("lib/helper.py", "# A comment.\n")
    assert build(site).runs == ["uses"]


def test_another_version_of_a_distribution(site: Site) -> None:
    for name in ("used", "unused", "deep"):
        distribution(site, name, "1.0")
    distribution(site, "used", "1.0", "import deep\n")
    installed(site)
    use(site, "import used")
    distribution(site, "unused", "2.0")
    assert build(site).runs == []
    distribution(site, "used", "2.0", "import deep\n")
    again = build(site)
    assert again.runs == ["uses"]
    assert again.tutorial("uses")["reason"] == "`used` is 2.0, was 1.0"
    distribution(site, "deep", "2.0")
    assert build(site).runs == ["uses"]


def test_a_distribution_that_was_missing(site: Site) -> None:
    installed(site)
    use(site, 'try:\n    import optional\nexcept ImportError:\n    print("none")')
    distribution(site, "optional", "1.0")
    assert build(site).runs == ["uses"]
    assert build(site).runs == []


def test_a_distribution_that_is_removed(site: Site) -> None:
    distribution(site, "used", "1.0")
    installed(site)
    use(site, 'try:\n    import used\nexcept ImportError:\n    print("none")')
    shutil.rmtree(site.root.parent / "installed")
    assert build(site).runs == ["uses"]
