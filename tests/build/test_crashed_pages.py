"""The page of a tutorial that crashed or took too long says so, and so does its card."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.helpers.sites import ALL, Site

SAYS = "This tutorial failed in this build, so nothing that it gave is shown: "


def card(site: Site, name: str) -> bytes:
    """The picture on a tutorial's card."""
    return (site.docs / f"gallery/images/thumb/sphx_glr_{name}_thumb.png").read_bytes()


def test_they_say_so_on_page_and_card(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial("crashes", "os.abort()")
    site.tutorial("raises", "1 / 0")
    site.tutorial("plain")
    site.tutorial("exits", "raise SystemExit(3)")
    build = site.build(*ALL)
    assert build.code == 1
    assert f"{SAYS}the process was ended by SIGABRT" in build.text("gallery/crashes")
    assert f"{SAYS}SystemExit: 3" in build.text("gallery/exits")
    assert SAYS not in build.text("gallery/raises")
    assert SAYS not in build.text("gallery/plain")
    # sphinx-gallery itself stamps what raises.
    stamp = card(site, "raises")
    assert (card(site, "crashes"), card(site, "exits")) == (stamp, stamp)
    assert card(site, "plain") != stamp
    site.tutorial("crashes")
    mended = site.build(*ALL)
    assert SAYS not in mended.text("gallery/crashes")
    assert card(site, "crashes") == card(site, "plain")


def test_one_that_takes_too_long_tells_where_it_was(site: Site) -> None:
    path = site.tutorial(
        "hangs",
        """
        import threading


        def wait():
            threading.Event().wait()  # here it hangs


        wait()
        """,
        comments="# sphinx_gallery_timeout = 2",
    )
    build = site.build(*ALL)
    failure = build.tutorial("hangs")["failure"]
    line = site.line(path, "here it hangs")
    assert failure["message"] == "took longer than 2 s and was ended"
    assert failure["line"] == line
    assert f'{path}", line {line} in wait' in failure["traceback"]
    assert "threading.py" in failure["traceback"]
    assert "sphinx_docent" not in failure["traceback"]
    assert (path, line) in [found[:2] for found in build.found]
    assert f"{SAYS}took longer than 2 s" in build.text("gallery/hangs")


def test_each_failure_is_once_in_junit(site: Site) -> None:
    site.tutorial("raises", "1 / 0")
    site.tutorial("crashes", "os.abort()")
    site.append("docs/index.rst", "\n:ref:`nowhere`\n")
    site.build(*ALL)
    root = ElementTree.parse(site.state / "junit.xml").getroot()
    failed = [
        (suite.get("name"), case.get("name"))
        for suite in root
        for case in suite
        if case.find("failure") is not None
    ]
    assert failed == [
        ("tutorials", "crashes.py"),
        ("tutorials", "raises.py"),
        ("diagnostics", f"docs/index.rst:{site.line('docs/index.rst', 'nowhere')}"),
    ]
