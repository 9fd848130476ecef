"""A tutorial that fails is told at its own line, and stops no other."""

from __future__ import annotations

from tests.helpers.sites import ALL, Site


def test_the_first_error_does_not_stop_the_others_and_failures_are_not_kept(site: Site) -> None:
    failing = site.tutorial("failing", 'raise ValueError("odd number")')
    site.tutorial("other")
    first = site.build(*ALL)
    second = site.build(*ALL)
    assert first.runs == ["failing", "other"]
    assert second.runs == ["failing"]
    for build in (first, second):
        assert build.code == 1
        entry = build.tutorial("failing")
        assert entry["status"] == "failed"
        assert entry["failure"]["message"] == "ValueError: odd number"
        assert entry["failure"]["line"] == site.line(failing, "raise ValueError")
        assert "Traceback (most recent call last)" in entry["failure"]["traceback"]
        assert (failing, entry["failure"]["line"], "docent.failed") in [f[:3] for f in build.found]
        assert 'raise ValueError("odd number")' in build.output
        assert build.is_executed("other")
        assert "odd number" in build.text("gallery/failing")
        assert build.report["totals"]["failed"] == 1
    site.tutorial("failing")
    mended = site.build(*ALL)
    assert (mended.code, mended.runs) == (0, ["failing"]), mended.output


def test_a_failure_is_named_at_the_tutorials_own_line(site: Site) -> None:
    site.write("docs/tutorials/helper.txt", "")
    failing = site.tutorial(
        "failing",
        """
        import json


        def calls():
            return json.loads("{")  # here it fails


        calls()
        """,
    )
    entry = site.build(*ALL).tutorial("failing")
    assert entry["failure"]["line"] == site.line(failing, "# here it fails")


def test_settings_of_sphinx_gallery_about_failures_keep_their_meaning(site: Site) -> None:
    site.tutorial("bad", "1 / 0")
    site.tutorial("good")
    site.configure('sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/bad.py"]\n')
    expected = site.build(*ALL)
    assert expected.code == 0, expected.output
    assert "ZeroDivisionError" in expected.text("gallery/bad")

    site.tutorial("bad")
    surprising = site.build(*ALL)
    assert surprising.code == 1
    assert "expected_failing_examples" in surprising.tutorial("bad")["failure"]["message"]

    site.configure('sphinx_gallery_conf["expected_failing_examples"] = []\n')
    site.configure('sphinx_gallery_conf["only_warn_on_example_error"] = True\n')
    site.tutorial("bad", "1 / 0")
    warned = site.build(*ALL)
    assert warned.code == 0
    assert warned.tutorial("bad")["status"] == "failed"
    assert "ZeroDivisionError" in warned.output
    assert site.build("-W", *ALL).code == 1


def test_a_page_that_was_not_written_fails_the_build(site: Site) -> None:
    """As happens where an exception in a process that writes is not told."""
    site.tutorial("one")
    site.configure(
        """
        import os

        def lose(app, exception):
            os.remove(os.path.join(app.outdir, "gallery", "one.html"))

        def setup(app):
            app.connect("build-finished", lose, priority=100)
        """
    )
    build = site.build(*ALL)
    assert build.code == 1
    assert "docs/tutorials/one.py:: ERROR: the page was not written" in build.output
