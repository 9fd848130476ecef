"""Two builds at once in one checkout: the second waits and says so, and both are right."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.helpers.comparing import contents, differences, unzipped
from tests.helpers.processes import running
from tests.helpers.sites import Site

SLOW = """\
    import subprocess
    open(posix.environ[b"RUNS"].decode() + ".begun", "w").close()
    subprocess.run(["sh", "-c", 'until test -e "$RUNS.go"; do sleep 0.02; done'])
    """


def give_up(go: Path) -> None:
    """Let the tutorials end after a while, should a build that has to wait not do so."""
    timer = threading.Timer(40, go.touch)
    timer.daemon = True
    timer.start()


def test_the_second_waits_and_says_so(site: Site) -> None:
    site.configure("docent_execute = 'all'\ndocent_jobs = 2\n")
    site.tutorial("slow", SLOW)
    site.tutorial("quick")
    begun, go = Path(f"{site.log}.begun"), Path(f"{site.log}.go")
    give_up(go)
    said: list[str] = []
    with running(site) as first:
        first.wait_for(begun.exists)
        with running(site) as second:
            assert second.process.stdout is not None
            for line in second.process.stdout:
                said.append(line)
                if "another build is running in this checkout" in line:
                    break
            assert "another build" in said[-1], "".join(said)
            assert second.process.poll() is None
            assert first.process.poll() is None
            go.touch()
            assert first.process.wait(60) == 0, first.output()
            rest = second.output()
            assert second.process.returncode == 0, rest
            assert "2 to restore" in rest
    assert sorted(site.log.read_text().split()) == ["quick", "slow"]
    at_once = unzipped(contents(site.docs / "_build" / "html", ".doctrees"))
    assert "output of slow" in (site.docs / "_build" / "html" / "gallery" / "slow.html").read_text()
    alone = site.build(out="alone")
    assert alone.report["totals"]["execute"] == 0
    assert differences(at_once, unzipped(contents(alone.out, ".doctrees"))) == []


def test_an_edit_while_the_second_waits_is_in_its_site(site: Site) -> None:
    site.configure("docent_execute = 'all'\n")
    site.tutorial("slow", SLOW)
    site.write("docs/page.rst", ":orphan:\n\nPage\n====\n\nThe old words.\n")
    begun, go = Path(f"{site.log}.begun"), Path(f"{site.log}.go")
    give_up(go)
    with running(site) as first:
        first.wait_for(begun.exists)
        with running(site) as second:
            assert second.process.stdout is not None
            assert any("another build" in line for line in second.process.stdout)
            site.replace("docs/page.rst", "old", "new")
            go.touch()
            second.output()
            first.output()
            assert (first.process.returncode, second.process.returncode) == (0, 0)
    page = site.docs / "_build" / "html" / "page.html"
    assert "The new words." in page.read_text()


def test_a_killed_build_holds_nobody_up(site: Site) -> None:
    site.configure("docent_execute = 'all'\n")
    site.tutorial("slow", SLOW)
    begun = Path(f"{site.log}.begun")
    with running(site) as first:
        first.wait_for(begun.exists)
    Path(f"{site.log}.go").touch()
    done = site.build(timeout=60)
    assert done.code == 0
    assert "another build" not in done.output


def test_who_holds_the_lock_is_named(site: Site) -> None:
    site.configure("docent_execute = 'all'\n")
    site.tutorial("slow", SLOW)
    begun, go = Path(f"{site.log}.begun"), Path(f"{site.log}.go")
    give_up(go)
    with running(site) as first:
        first.wait_for(begun.exists)
        second = site.build("-D", "docent_lock_timeout=1")
        assert second.code == 2
        assert second.output.count(f"process {first.process.pid}, since ") == 2
        assert "docent_lock_timeout" in second.output.splitlines()[-1]
        go.touch()
        assert first.process.wait(60) == 0, first.output()


NESTED = """\
import subprocess, sys

def build_again(app, *_):
    if app.builder.name == "html":
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-b", "gettext", app.srcdir, f"{app.outdir}/../inner"]
        )
        assert done.returncode == 0

def setup(app):
    app.connect("EVENT", build_again, priority=401)
"""


@pytest.mark.parametrize("event", ["env-updated", "build-finished"])
def test_a_build_that_a_build_starts_does_not_wait_for_it(site: Site, event: str) -> None:
    site.configure("docent_execute = 'all'\n" + NESTED.replace("EVENT", event))
    site.tutorial("one")
    done = site.build("-D", "docent_lock_timeout=20")
    assert done.code == 0, done.output
    assert (done.out.parent / "inner" / "index.pot").is_file()
    assert "output of one" in done.html("gallery/one")
