"""A tutorial reads the repository, writes nowhere in it, and is seen, in each kind of isolation."""

from __future__ import annotations

import pytest
from tests.helpers.git import commit, git
from tests.helpers.sites import ALL, Build, Site

KINDS = {"auto": "namespace", "copy": "copy"}
SHELL = 'import subprocess\nprint(subprocess.run({line!r}, shell=True).returncode, "code")'


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What the tutorials are isolated by."""
    return str(request.param)


def build(site: Site, kind: str, *options: str) -> Build:
    return site.build(*ALL, *options, env={"DOCENT_ISOLATION": kind})


def test_the_report_says_how(site: Site, kind: str) -> None:
    site.tutorial("plain")
    site.tutorial("starts", SHELL.format(line="true"))
    built = build(site, kind)
    for name in ("plain", "starts"):
        entry = built.tutorial(name)
        assert (entry["isolation"], entry["observation"]) == (KINDS[kind], "complete")
        assert entry["processes"] is (name == "starts")
    how = ("isolation", "observation", "processes")
    restored = build(site, kind).tutorial("plain")
    assert restored["action"] == "restore"
    assert [restored[name] for name in how] == [KINDS[kind], "complete", False]


def test_what_another_program_reads_is_an_input(site: Site, kind: str) -> None:
    site.write("data/x.csv", "1")
    site.write("docs/tutorials/own.csv", "1")
    site.tutorial("above", SHELL.format(line="cat ../../data/x.csv"))
    site.tutorial("beside", SHELL.format(line="cat own.csv"))
    site.tutorial("alone")
    options = ("-D", "docent_jobs=1")
    assert build(site, kind, *options).runs == ["above", "alone", "beside"]
    assert build(site, kind, *options).runs == []
    site.write("data/x.csv", "2")
    assert build(site, kind, *options).runs == ["above"]
    site.write("docs/tutorials/own.csv", "2")
    assert build(site, kind, *options).runs == ["beside"]


@pytest.mark.parametrize(
    "line",
    [
        'open("../../data/x.csv", "w").write("2")',
        'import os\nos.rename("../../data/x.csv", "mine")',
        'import os, shutil\nshutil.rmtree(os.path.realpath("../../data"))',
        'import os\nos.symlink("x.csv", "../../data/new")',
        'import os\nos.mkfifo("../../data/new")',
        'import os\nfolder = os.open("../../data", 0)\nos.unlink("x.csv", dir_fd=folder)',
    ],
)
def test_what_is_written_elsewhere_is_thrown_away_or_a_failure(
    site: Site, kind: str, line: str
) -> None:
    site.write("data/x.csv", "1")
    site.tutorial("writes", line)
    site.tutorial("beside", 'open("new", "w").write("x")\nprint(open("new").read())')
    commit(site)
    built = build(site, kind)
    assert git(site.root, "status", "--porcelain") == ""
    assert built.is_executed("beside")
    failure = built.tutorial("writes")["failure"]
    if kind == "copy":
        assert "a tutorial writes into no other folder of the repository" in failure["message"]
        assert f"{site.root}/data" in failure["message"]
        assert failure["line"] == site.line("docs/tutorials/writes.py", line.splitlines()[-1])
    else:
        assert failure is None


def test_the_server_is_out_of_reach(site: Site, kind: str) -> None:
    site.tutorial("kills", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    site.tutorial("other")
    built = build(site, kind)
    message = built.tutorial("kills")["failure"]["message"]
    assert "may not send a signal (SIGKILL) to a process that it was started by" in message
    assert built.is_executed("other")


def test_a_page_is_readable_whatever_the_umask(site: Site, kind: str) -> None:
    site.tutorial("masks", "import os\nos.umask(0o777)")
    assert build(site, kind).is_executed("masks")
    assert (site.docs / "gallery" / "masks.rst").stat().st_mode & 0o444 == 0o444


def test_the_plan_says_how_tutorials_are_isolated_here(site: Site, kind: str) -> None:
    site.tutorial("one")
    output = site.build(builder="tutorials", env={"DOCENT_ISOLATION": kind}).output
    words = "at its real path" if kind == "auto" else "docent_isolation is 'copy'"
    assert f"Isolation: each tutorial works {'' if kind == 'auto' else 'in a copy'}" in output
    assert words in output


def test_a_kind_that_there_is_not_is_one_clear_error(site: Site) -> None:
    built = site.build(env={"DOCENT_ISOLATION": "jail"})
    assert built.code == 2
    assert "DOCENT_ISOLATION is 'jail': give 'auto' or 'copy'" in built.output
