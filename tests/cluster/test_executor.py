"""A build whose tutorials a cluster executes gives what a local build gives."""

from __future__ import annotations

import itertools
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.comparing import contents, differences, unzipped
from tests.helpers.dask_cluster import DaskCluster, dask_cluster
from tests.helpers.processes import running, wait_until
from tests.helpers.sites import Site

pytest.importorskip("distributed")

TUTORIALS = {
    "data": 'import os\nprint(open("data.csv").read(), os.getcwd(), sorted(os.listdir(".")))',
    "helper": "import tools.helper\nprint(tools.helper.value, tools.helper.__file__)",
    "picture": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "warns": 'import warnings\nwarnings.warn("look here")',
    "writes": 'open("data.csv", "w").write("x")\nopen("../index.rst").read()',
    "raises": 'import json\njson.loads("no")',
    "exits": 'print("last words")\nos._exit(4)',
    "crashes": "import ctypes\nctypes.string_at(0)",
    "hangs": "while True:\n    pass",
    "ends_its_server": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
}
OPTIONS = {
    "alpha": ("--preload", "sphinx_docent.cluster.worker"),
    "beta": (),
    "gpu": ("--nthreads", "2", "--resources", "cuda=1"),
}
LONG = """\
import time
with open(posix.environ[b"RUNS"].decode(), "a+") as file:
    file.write(os.environ["WORKER"] + "\\n")
    file.seek(0)
    if file.read().split().count("long") == 1:
        time.sleep(60)
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """Two workers without a device, and one with."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as found:
        for name, words in OPTIONS.items():
            found.worker(name, *words)
        found.wait_for(*OPTIONS)
        yield found


@pytest.fixture
def there(cluster: DaskCluster) -> tuple[str, str]:
    """The option that has the cluster execute."""
    return option(cluster)


def option(cluster: DaskCluster) -> tuple[str, str]:
    return ("-D", f"docent_scheduler={cluster.scheduler_file}")


def fill(site: Site, names: list[str]) -> None:
    site.with_matplotlib()
    site.replace("docs/conf.py", '"show_sig', '"min_reported_time": 1000, "show_sig')
    site.configure("import sys, os\nsys.path.insert(0, os.path.abspath('..'))\n")
    site.write("tools/helper.py", "value = 3\n")
    site.write("docs/tutorials/data.csv", "1,2\n")
    for name in names:
        comments = "# sphinx_gallery_timeout = 2" if name == "hangs" else ""
        site.tutorial(name, TUTORIALS[name], comments=comments)


def failures(report: dict[str, Any]) -> dict[str, str]:
    """How each tutorial failed, but for the numbers of threads."""
    return {
        entry["path"]: re.sub("0x[0-9a-f]+", "", repr(entry["failure"]))
        for entry in report["tutorials"]
    }


def test_the_site_is_the_same(site: Site, cluster: DaskCluster, there: tuple[str, str]) -> None:
    names = [name for name in TUTORIALS if name != "ends_its_server"]
    fill(site, names)
    here = site.build("-D", "docent_jobs=2")
    before = unzipped(contents(here.out, ".doctrees"))
    assert here.runs == sorted(names), here.output
    shutil.rmtree(site.docs / "_build")
    shutil.rmtree(site.docs / "gallery")
    built = site.build(*there)
    assert built.code == here.code == 1
    assert built.runs == []
    assert differences(before, unzipped(contents(built.out, ".doctrees"))) == []
    assert failures(built.report) == failures(here.report)
    assert {entry["worker"] for entry in built.report["tutorials"]} == {"alpha", "beta", "gpu"}
    assert re.search(
        r"/docs/tutorials/helper.py executed in [\d.]+ s on (alpha|beta|gpu)", built.output
    )
    assert "alpha" in (site.state / "timeline.html").read_text()
    assert cluster.servers() == []

    known = cluster.blobs("alpha")
    assert len(known) >= len(names) + 4
    site.write("tools/helper.py", "value = 4\n")
    again = site.build(*there)
    assert site.executed() == {
        f"/docs/tutorials/{name}.py" for name in ("helper", "raises", "exits", "crashes", "hangs")
    }
    assert "4 " in again.text("gallery/helper")
    assert len(cluster.blobs("alpha") - known) == 1


def test_a_tutorial_that_ends_its_server_fails_alone(site: Site, there: tuple[str, str]) -> None:
    fill(site, ["ends_its_server", "data", "helper"])
    built = site.build(*there)
    failed = {path: text for path, text in failures(built.report).items() if text != "None"}
    assert list(failed) == ["/docs/tutorials/ends_its_server.py"]
    assert "may not send a signal (SIGKILL)" in failed["/docs/tutorials/ends_its_server.py"]
    assert "output of helper" in built.text("gallery/helper")


def test_devices_are_resources(site: Site, cluster: DaskCluster, there: tuple[str, str]) -> None:
    site.configure('docent_requirements = {"tpu": lambda: True, "json": "json"}')
    code = """
        import time
        with open(posix.environ[b"RUNS"].decode(), "a") as file:
            file.write(f"cuda:{time.time()}\\n")
        time.sleep(0.5)
        """
    for name in ("one", "two", "three"):
        site.tutorial(name, code, comments='# sphinx_gallery_requires = ["cuda", "json"]')
    site.tutorial("tpu", comments='# sphinx_gallery_requires = ["tpu"]')
    built = site.build(*there)
    assert built.code == 0, built.output
    workers = {Path(entry["path"]).stem: entry["worker"] for entry in built.report["tutorials"]}
    assert workers == {"one": "gpu", "two": "gpu", "three": "gpu", "tpu": None}
    assert built.tutorial("tpu")["reason"] == "needs `tpu`"
    times = sorted(float(run[5:]) for run in cluster.runs() if run.startswith("cuda:"))
    assert all(later - earlier >= 0.5 for earlier, later in itertools.pairwise(times))


def test_a_lost_workers_tutorials_run_elsewhere(
    site: Site, cluster: DaskCluster, there: tuple[str, str]
) -> None:
    site.tutorial("long", LONG)
    before = len(cluster.runs())
    with running(site, *there) as build:
        build.wait_for(lambda: len(cluster.runs()) >= before + 2)
        lost = cluster.runs()[-1]
        cluster.kill(lost)
        assert wait_until(lambda: not cluster.left(lost), 3), cluster.left(lost)
        output = build.output()
    cluster.worker(lost, *OPTIONS[lost])
    assert build.process.returncode == 0, output
    _, first, _, second = cluster.runs()[before:]
    assert first == lost != second
    cluster.wait_for(lost)


def test_a_worker_with_another_environment_is_refused(
    site: Site, cluster: DaskCluster, there: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "sphinx_gallery-0.1.dist-info").mkdir()
    site.tutorial("plain")
    path = f"{tmp_path}:{Path(__file__).parents[2] / 'src'}"
    cluster.worker("odd", env={"PYTHONPATH": path})
    cluster.worker("bare", env={"PYTHONPATH": ""})
    cluster.wait_for("odd", "bare")
    built = site.build(*there)
    cluster.kill("odd")
    cluster.kill("bare")
    assert built.code == 0, built.output
    assert "worker odd: its sphinx-gallery is 0.1, here it is 0." in built.output
    assert "worker bare: it does not tell its environment" in built.output
    assert built.tutorial("plain")["worker"] in OPTIONS


def test_ctrl_c_ends_what_runs_on_workers(
    site: Site, cluster: DaskCluster, there: tuple[str, str]
) -> None:
    for number in range(4):
        site.tutorial(f"sleeps{number}", "import time\nprint(flush=True)\ntime.sleep(60)")
    before = len(cluster.runs())
    with running(site, *there) as build:
        build.wait_for(lambda: len(cluster.runs()) >= before + 4)
        assert cluster.servers()
        build.process.send_signal(signal.SIGINT)
        assert build.process.wait(5) == 2
    assert wait_until(lambda: not cluster.servers(), 3), cluster.servers()


@pytest.mark.parametrize(
    ("victim", "message"), [("only", "no worker is left"), ("scheduler", "was lost")]
)
def test_what_is_done_is_kept_when_the_rest_is_lost(
    site: Site, tmp_path: Path, victim: str, message: str
) -> None:
    site.tutorial("a_quick")
    site.tutorial("b_long", "import time\ntime.sleep(60)")
    with dask_cluster(tmp_path) as cluster:
        cluster.worker("only")
        cluster.wait_for("only")
        with running(site, *option(cluster)) as build:
            build.wait_for(lambda: "b_long" in cluster.runs())
            cluster.kill(victim)
            output = build.output()
    assert build.process.returncode == 1, output
    assert f"the tutorial failed: {message}" in output or message in output
    site.tutorial("b_long")
    done = site.build()
    assert done.code == 0, done.output
    assert site.executed() == {"/docs/tutorials/b_long.py"}


def test_nothing_is_asked_of_a_cluster_that_nothing_needs(site: Site) -> None:
    nobody = ("-D", "docent_scheduler=tcp://127.0.0.1:1")
    site.tutorial("plain", comments='# sphinx_gallery_requires = ["cuda"]')
    assert site.precheck(*nobody).code == 0
    assert site.build(*nobody, "-D", "docent_execute=none").code == 0


def test_a_scheduler_that_does_not_answer_is_one_line(site: Site, tmp_path: Path) -> None:
    site.tutorial("plain")
    for value, words in {
        "127.0.0.1:8786": "give an address",
        str(tmp_path / "none.json"): "there is no scheduler file",
        "tls://127.0.0.1:1": "tls://127.0.0.1:1 needs certificates",
        "tcp://127.0.0.1:1": "no scheduler answers at tcp://127.0.0.1:1",
    }.items():
        built = site.build("-D", f"docent_scheduler={value}")
        assert built.code == 2
        assert f"error: docent_scheduler{' is' if 'give' in words else ''}" in built.output
        assert words in built.output
        assert "Traceback" not in built.output
