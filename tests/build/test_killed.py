"""A build that was killed at any moment leaves nothing that the next build stumbles over.

``DOCENT_KILLS=100`` tries more moments.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.comparing import contents, differences, unzipped
from tests.helpers.processes import running, wait_until
from tests.helpers.sites import Site

KILLS = int(os.environ.get("DOCENT_KILLS", "5"))
SEED = 20240607


def make(site: Site) -> None:
    """A gallery whose build takes a while in each of its phases."""
    site.configure(
        """
        docent_execute = "all"
        sphinx_gallery_conf["image_scrapers"] = ("matplotlib",)
        sphinx_gallery_conf["min_reported_time"] = 1000
        """
    )
    site.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Below\n=====\n\nBelow.\n")
    for number in range(6):
        folder = "sub/" if number % 2 else ""
        site.tutorial(
            f"{folder}t{number}",
            f"""\
            import time
            import matplotlib.pyplot as plt
            plt.plot([1, {number}])
            time.sleep(0.1)
            """,
        )
    for number in range(10):
        text = f"Page {number}\n======\n\nSee :doc:`gallery/t0`.\n\n" + "Words. " * 3000
        site.write(f"docs/page{number}.rst", ":orphan:\n\n" + text)


@pytest.fixture(scope="module")
def whole(make_site: Callable[[], Site]) -> tuple[Site, dict[str, bytes], float]:
    """A build that nobody killed: its site, and how long it took."""
    site = make_site()
    make(site)
    began = time.monotonic()
    done = site.build()
    took = time.monotonic() - began
    assert done.code == 0, done.output
    return site, published(site), took


def published(site: Site) -> dict[str, bytes]:
    """All files of the site, without what Sphinx keeps for itself and the certificate."""
    folder = site.docs / "_build" / "html"
    return unzipped(contents(folder, ".doctrees", "docent.json"))


@pytest.mark.parametrize("moment", range(KILLS))
def test_the_next_build_gives_the_clean_site(
    site: Site, whole: tuple[Site, dict[str, bytes], float], moment: int
) -> None:
    origin, expected, took = whole
    # At the same place as the whole one, so that nothing differs but the interruption.
    numbers = random.Random(SEED + moment)
    shutil.rmtree(site.root)
    shutil.copytree(origin.root, site.root, ignore=shutil.ignore_patterns("_build", "gallery"))
    for _ in range(numbers.choice((1, 1, 2))):
        with running(site) as build:
            time.sleep(numbers.uniform(0.15, 1.0) * took)
            build.process.send_signal(signal.SIGKILL)
            build.process.wait()
            assert wait_until(lambda build=build: not build.left(), 2), build.left()  # type: ignore[misc]
    done = site.build()
    assert done.code == 0, done.output
    assert differences(published(site), expected) == []
    last = site.build()
    assert last.code == 0
    assert last.report["totals"]["execute"] == 0
    assert differences(published(site), expected) == []


def test_a_page_that_was_cut_off_is_written_again(
    site: Site, whole: tuple[Site, dict[str, bytes], float]
) -> None:
    """What a kill in the middle of writing leaves: a page of which half is there."""
    origin, expected, _ = whole
    shutil.rmtree(site.root)
    shutil.copytree(origin.root, site.root, ignore=shutil.ignore_patterns("_build", "gallery"))
    page = site.docs / "_build" / "html" / "page0.html"
    with running(site) as build:
        build.wait_for(page.exists)
        build.process.send_signal(signal.SIGKILL)
        build.process.wait()
    page.write_bytes(expected["page0.html"][:500])
    assert site.build().code == 0
    assert differences(published(site), expected) == []


@pytest.mark.parametrize("moment", ["env-check-consistency", "write-started"])
def test_a_page_that_was_read_but_not_written_is_written(site: Site, moment: str) -> None:
    """Its source is older than the page: what it includes has changed."""
    make(site)
    site.write("docs/words.txt", "The old words.\n")
    site.write("docs/including.rst", ":orphan:\n\nTitle\n=====\n\n.. include:: words.txt\n")
    site.build()
    site.write("docs/words.txt", "The new words.\n")
    for number in range(10):  # they are written before
        site.append(f"docs/page{number}.rst", "More.\n")
    site.configure(
        f"""
        def kill(*_):
            import os, signal
            if os.path.exists(os.environ["RUNS"] + ".kill"):
                os.kill(os.getpid(), signal.SIGKILL)

        def setup(app):
            app.connect("{moment}", kill)
        """
    )
    kill = Path(f"{site.log}.kill")
    kill.touch()
    assert site.build().code == -signal.SIGKILL
    kill.unlink()
    done = site.build()
    assert "The new words." in done.text("including")
    assert done.report["totals"]["execute"] == 0
