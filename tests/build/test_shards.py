"""Several jobs execute each their share; a last one executes nothing and renders."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.comparing import contents, differences, unzipped
from tests.helpers.repository import SRC
from tests.helpers.sites import Build, Site

NAMES = [f"t{number}" for number in range(6)]
ALL = ("-W", "-D", "docent_execute=all")
SHARDS = [f"{number}/4" for number in range(1, 5)]


# Pages tell how long their tutorial took, and no two executions take equally long.
CONF = 'sphinx_gallery_conf["min_reported_time"] = 10**6\n'


def merge(target: Site, *others: Site) -> str:
    """What ``invoke cache --merge`` does."""
    words = [word for other in others for word in ("--merge", str(other.state))]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx_docent.cache", str(target.state), *words],
        env={"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Matrix:
    """Four shards in four clones, their results merged in a fifth; and one that is alone."""

    def __init__(self, make_site: Callable[[], Site]) -> None:
        self.make_site = make_site
        clones = [self.clone() for _ in SHARDS]
        self.jobs = [
            clone.build(*ALL, "-D", f"docent_shard={shard}")
            for clone, shard in zip(clones, SHARDS, strict=True)
        ]
        self.last = self.clone()
        self.said = merge(self.last, *clones)
        self.merged = self.last.build(*ALL)
        self.alone = self.clone().build(*ALL)

    def clone(self) -> Site:
        site = self.make_site()
        site.configure(CONF)
        for name in NAMES:
            site.tutorial(name, "import json\njson.dumps([1, 2])")
        return site


@pytest.fixture(scope="module")
def matrix(make_site: Callable[[], Site]) -> Matrix:
    return Matrix(make_site)


def test_each_tutorial_is_executed_once(matrix: Matrix) -> None:
    assert [job.code for job in matrix.jobs] == [0, 0, 0, 0], matrix.jobs[0].output
    assert sorted(name for job in matrix.jobs for name in job.runs) == NAMES
    assert all(job.runs for job in matrix.jobs)


def test_the_last_job_executes_nothing(matrix: Matrix) -> None:
    assert "6 entries" in matrix.said
    assert matrix.merged.code == 0, matrix.merged.output
    assert matrix.merged.runs == []
    assert set(matrix.merged.actions.values()) == {"restore"}


def test_the_site_is_the_one_of_a_machine_alone(matrix: Matrix) -> None:
    without = (".doctrees", ".buildinfo")
    alone, merged = (unzipped(contents(job.out, *without)) for job in (matrix.alone, matrix.merged))
    assert matrix.alone.runs == NAMES
    assert differences(alone, merged) == []
    assert "output of t0" in matrix.merged.text("gallery/t0")


def test_a_shard_renders_nothing_and_reports_as_always(matrix: Matrix) -> None:
    for job, shard in zip(matrix.jobs, SHARDS, strict=True):
        assert not job.out.exists() or not list(job.out.rglob("*.html"))
        assert f"{len(job.runs)} to execute in shard {shard}, which renders nothing" in job.output
        assert job.report["shard"] == shard
        assert job.report["totals"]["execute"] == len(job.runs)
        assert job.report["totals"]["tutorials"] == len(NAMES)
        folder = job.out.parent / "docent"
        assert f"shard {shard}" in (folder / "timeline.html").read_text()
        assert f'name="tutorials shard {shard}"' in (folder / "junit.xml").read_text()
    left = {entry["reason"] for entry in matrix.jobs[0].report["tutorials"]} - {"never executed"}
    assert left == {"left to shard 2/4", "left to shard 3/4", "left to shard 4/4"}


def test_known_seconds_travel_with_the_results(matrix: Matrix) -> None:
    known = json.loads((matrix.last.state / "cache" / "durations.json").read_bytes())
    assert len(known) == len(NAMES)


def test_jobs_that_begin_late_agree(make_site: Callable[[], Site], tmp_path: Path) -> None:
    """What earlier ones have stored meanwhile moves nothing from one share to another."""
    clones = [make_site() for _ in range(2)]
    for clone in clones:
        for name in NAMES:
            clone.tutorial(name)
    option = ("-D", f"docent_cache={tmp_path}", *ALL)
    first = clones[0].build(*option, "-D", "docent_shard=1/2", builder="pseudoxml")
    second = clones[1].build(*option, "-D", "docent_shard=2/2", builder="pseudoxml")
    assert len(first.runs) == 3
    assert sorted(first.runs + second.runs) == NAMES


def test_a_gpu_has_shards_of_its_own(make_site: Callable[[], Site]) -> None:
    site = make_site()
    site.configure('import os\ndocent_requirements = {"cuda": os.environ["GPU"] == "1"}\n')
    site.tutorial("plain")
    site.tutorial("gpu", comments='# sphinx_gallery_requires = ["cuda"]')
    site.tutorial("both", comments='# sphinx_gallery_requires = ["cuda", "no_such_package"]')

    def job(shard: str, gpu: str) -> Build:
        return site.build(
            *ALL, "-D", f"docent_shard={shard}", env={"GPU": gpu}, builder="pseudoxml"
        )

    plain = job("1/1", "0")
    assert plain.runs == ["plain"]
    assert plain.tutorial("gpu")["reason"] == "left to shards with `cuda`"
    cuda = job("1/1:cuda", "1")
    assert cuda.runs == ["gpu"]
    assert cuda.tutorial("both")["reason"] == "needs `no_such_package`"
    assert "no machine of this kind executes it" in cuda.output
    last = site.build(*ALL, env={"GPU": "0"})
    assert last.runs == []
    assert last.actions == {"plain": "restore", "gpu": "restore", "both": "skip"}
    assert "output of gpu" in last.text("gallery/gpu")


def test_a_shard_whose_tutorial_fails_ends_with_1(site: Site) -> None:
    site.tutorial("bad", "raise ValueError('no')")
    site.tutorial("good")
    done = site.build("-D", "docent_execute=all", "-D", "docent_shard=1/1")
    assert done.code == 1, done.output
    assert done.runs == ["bad", "good"]
    assert done.report["totals"]["failed"] == 1
    assert done.places == [f"docs/tutorials/bad.py:{site.line('docs/tutorials/bad.py', 'raise')}"]
    assert "ValueError: no" in (site.state / "junit.xml").read_text()


def test_a_precheck_knows_no_shards(site: Site) -> None:
    site.tutorial("one")
    done = site.precheck("-D", "docent_shard=1/2")
    assert done.code == 0, done.output
    assert "build succeeded" in done.output
    assert done.report["shard"] is None
