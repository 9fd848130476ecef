"""A tutorial that is known to fail is executed, says so, and fails no build; until it passes."""

from __future__ import annotations

from tests.helpers.sites import ALL, NONE, Site

LISTED = 'docent_known_failures = {{r"broken\\.py": {}}}\n'
OVERDUE = r"the known failure of 'broken\\.py' was to be mended by 2020-02-29: waits for a release"
SAYS = "This tutorial is known to fail for now: waits for a release"


def listed(site: Site, entry: str) -> None:
    """List ``broken`` in ``conf.py``."""
    site.configure(LISTED.format(entry))


def test_it_is_executed_and_its_page_says_why(site: Site) -> None:
    path = site.tutorial("broken", "1 / 0")
    site.tutorial("healthy")
    entry = '{"reason": "waits for a release", "issue": "https://example.org/7"}'
    listed(site, entry)
    build = site.build("-W", *ALL)
    assert build.code == 0, build.output
    assert build.runs == ["broken", "healthy"]
    assert f"{SAYS} (https://example.org/7)" in build.text("gallery/broken")
    assert 'href="https://example.org/7"' in build.html("gallery/broken")
    assert "ZeroDivisionError" in build.text("gallery/broken")
    assert SAYS not in build.text("gallery/healthy")
    told = build.tutorial("broken")
    assert told["status"] == "passed"
    assert told["known_failure"] == {
        "reason": "waits for a release",
        "issue": "https://example.org/7",
        "until": None,
    }
    assert build.tutorial("healthy")["known_failure"] is None
    again = site.build("-W", *ALL)
    assert (again.code, again.runs) == (0, []), again.output
    assert SAYS in again.text("gallery/broken")
    assert SAYS not in site.build(*NONE).text("gallery/broken")
    assert site.line(path, "1 / 0")


def test_one_that_passes_is_an_error_and_so_is_the_failure_that_is_no_longer_listed(
    site: Site,
) -> None:
    site.tutorial("broken", "1 / 0")
    listed(site, '"waits for a release"')
    assert site.build(*ALL).code == 0
    site.tutorial("broken")
    passing = site.build(*ALL)
    assert passing.code == 1
    (found,) = passing.found
    assert found[2] == "docent.failed"
    assert "passed, although docent_known_failures lists it" in found[3]
    site.replace("docs/conf.py", LISTED.format('"waits for a release"'), "")
    assert site.build(*ALL).code == 0
    site.tutorial("broken", "1 / 0")
    assert site.build(*ALL).code == 1


def test_one_that_crashes_is_a_known_failure_as_well(site: Site) -> None:
    site.tutorial("broken", "os.abort()")
    listed(site, '"waits for a release"')
    build = site.build("-W", *ALL)
    assert build.code == 0, build.output
    assert SAYS in build.text("gallery/broken")
    assert "the process was ended by SIGABRT" in build.text("gallery/broken")


def test_its_day_is_past(site: Site) -> None:
    site.tutorial("broken", "1 / 0")
    listed(site, '{"reason": "waits for a release", "until": "2999-12-31"}')
    assert site.build("-W", *ALL).code == 0
    site.replace("docs/conf.py", "2999-12-31", "2020-02-29")
    line = site.line("docs/conf.py", "2020-02-29")
    for build in (site.build(*ALL), site.precheck()):
        assert build.code == 1
        assert build.runs == []
        assert build.found == [
            (
                "docs/conf.py",
                line,
                "docent.known_failure",
                OVERDUE,
            )
        ]


def test_the_entries_are_checked(site: Site) -> None:
    site.tutorial("broken", "1 / 0")
    wrong = {
        '{r"brokn": "why"}': "docent_known_failures: the pattern 'brokn' matches none of the 1 "
        "tutorials; the nearest: /docs/tutorials/broken.py",
        '{"(": "why"}': "docent_known_failures: '(' is not a regular expression",
        '{"broken": " "}': "docent_known_failures['broken'] has no reason",
        '{"broken": 7}': "docent_known_failures['broken'] is 7: give a reason",
        '{"broken": {"issue": "x"}}': "give a reason",
        '{"broken": {"reason": "x", "until": "soon"}}': "'soon' is no date, as in '2026-12-31'",
        '["broken"]': "docent_known_failures is ['broken']: give a dict",
    }
    conf = (site.docs / "conf.py").read_text()
    for value, words in wrong.items():
        site.write("docs/conf.py", f"{conf}docent_known_failures = {value}\n")
        build = site.precheck()
        assert build.code == 2, build.output
        assert words in build.output
        assert "Traceback" not in build.output
