"""The table of what a build would do."""

from __future__ import annotations

from tests.helpers.sites import ALL, Site


def test_the_plan_is_printed_and_nothing_is_done(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two", comments='# sphinx_gallery_requires = ["no_such_package"]')
    site.build("-D", "docent_execute=one")
    site.tutorial("three")
    table = site.build("-q", *ALL, builder="tutorials")
    assert table.code == 0, table.output
    rows = {row.split()[0]: row for row in table.output.splitlines() if row.startswith("/")}
    assert "restore" in rows["/docs/tutorials/one.py"]
    assert "skip" in rows["/docs/tutorials/two.py"]
    assert "no_such_package" in rows["/docs/tutorials/two.py"]
    assert "execute" in rows["/docs/tutorials/three.py"]
    assert table.runs == []
    assert not (site.docs / "gallery/three.rst").exists()
