"""Locks: what is asked for, pinned with hashes, or nothing changed at all."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from tests.helpers.comparing import contents
from tests.helpers.repository import ROOT
from tests.helpers.tiny_project import copy_automation, invoke, lock_of

pytestmark = pytest.mark.site

OLD_PIN = "iniconfig==2.0.0"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two small locks that are up to date, the second built on the first."""
    copy_automation(tmp_path)
    folder = tmp_path / "requirements"
    folder.mkdir()
    # The name that comes later in the alphabet is the one that must be locked first.
    (folder / "zero.in").write_text("iniconfig\n", encoding="utf-8")
    (folder / "zero.txt").write_text(f"{OLD_PIN}\n", encoding="utf-8")
    (folder / "more.in").write_text("-r zero.in\n-c zero.txt\npluggy\n", encoding="utf-8")
    well(freeze(tmp_path))
    return tmp_path


def freeze(project: Path, *flags: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return invoke(project, "freeze", *flags, **changes)


def well(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done


def locks(project: Path) -> dict[str, bytes]:
    """Everything in the folder of locks, hidden files too."""
    return contents(project / "requirements")


def pin(project: Path, name: str, package: str) -> str:
    text = (project / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{package}==\S+", text, re.MULTILINE)
    assert found, text
    return found[0]


def out_of_date(project: Path, *lines: str) -> None:
    """The check fails, shows these lines, says what to do, and writes nothing."""
    before = locks(project)
    done = freeze(project, "--check")
    assert done.returncode == 1, done
    for line in lines:
        assert line in done.stdout, done.stdout
    assert done.stderr == "freeze: the locks are out of date: run invoke freeze\n"
    assert locks(project) == before


def test_a_lock_has_a_hash_for_each_pin_and_names_no_machine(project: Path) -> None:
    assert set(locks(project)) == {"zero.in", "zero.txt", "more.in", "more.txt"}
    for name in ("zero", "more"):
        text = (project / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        entries = re.findall(r"^\w.*(?:\n    --hash=.*)*", text, re.MULTILINE)
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text
        assert str(project) not in text
        assert "invoke freeze" in text


def test_existing_pins_are_kept_and_shared_by_the_lock_built_on_them(project: Path) -> None:
    assert pin(project, "zero", "iniconfig") == pin(project, "more", "iniconfig") == OLD_PIN
    before = locks(project)
    well(freeze(project))
    assert locks(project) == before


def test_upgrade_takes_the_newest_of_everything(project: Path) -> None:
    well(freeze(project, "--upgrade"))
    newest = pin(project, "zero", "iniconfig")
    assert newest != OLD_PIN
    assert pin(project, "more", "iniconfig") == newest


def test_package_takes_the_newest_of_that_one_alone(project: Path) -> None:
    lock = project / "requirements" / "more.txt"
    old_pluggy = "pluggy==1.4.0"
    lock.write_text(f"{OLD_PIN}\n{old_pluggy}\n", encoding="utf-8")
    well(freeze(project, "--package", "Iniconfig"))
    assert pin(project, "zero", "iniconfig") != OLD_PIN
    assert pin(project, "more", "pluggy") == old_pluggy
    well(freeze(project, "-p", "iniconfig", "-p", "pluggy"))
    assert pin(project, "more", "pluggy") != old_pluggy


def test_a_package_that_no_lock_has_is_refused_with_the_nearest_names(project: Path) -> None:
    done = freeze(project, "--package", "plugy")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'plugy'" in done.stderr
    assert "pluggy" in done.stderr


def test_check_passes_though_newer_releases_and_more_files_are_out(project: Path) -> None:
    lock = project / "requirements" / "zero.txt"
    lines = lock.read_text(encoding="utf-8").splitlines()
    first_hash = next(i for i, line in enumerate(lines) if "--hash" in line)
    fewer = [*lines[: first_hash + 1], "# a comment", ""]
    fewer[first_hash] = fewer[first_hash].rstrip(" \\")
    lock.write_text("\n".join(fewer), encoding="utf-8")
    before = locks(project)
    well(freeze(project, "--check"))
    assert locks(project) == before


def test_check_finds_what_was_asked_for_and_is_not_locked(project: Path) -> None:
    source = project / "requirements" / "more.in"
    source.write_text(source.read_text("utf-8") + "idna\n", encoding="utf-8")
    out_of_date(project, "+++ requirements/more.txt (new)", "+idna==")


def test_check_finds_what_is_locked_and_was_not_asked_for(project: Path) -> None:
    lock = project / "requirements" / "zero.txt"
    extra = lock_of("idna")
    lock.write_text(lock.read_text("utf-8") + extra, encoding="utf-8")
    out_of_date(project, "--- requirements/zero.txt", f"-{extra.split()[0]}")


def test_check_finds_a_pin_that_the_source_no_longer_allows(project: Path) -> None:
    (project / "requirements" / "zero.in").write_text("iniconfig>2.0.0\n", encoding="utf-8")
    out_of_date(project, f"-{OLD_PIN}", "+iniconfig==")


def test_check_finds_a_pin_without_hashes_and_one_with_a_wrong_hash(project: Path) -> None:
    lock = project / "requirements" / "zero.txt"
    lock.write_text(f"{OLD_PIN}\n", encoding="utf-8")
    out_of_date(project, "+    ")
    lock.write_text(f"{OLD_PIN} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    out_of_date(project, f"-    sha256:{'0' * 64}")


def test_check_finds_a_missing_lock(project: Path) -> None:
    (project / "requirements" / "zero.txt").unlink()
    out_of_date(project, "+iniconfig==")


def test_a_freeze_that_fails_leaves_every_lock_as_it_was(project: Path) -> None:
    (project / "requirements" / "zero.in").write_text("iniconfig>2.0.0\n", encoding="utf-8")
    (project / "requirements" / "more.in").write_text("idna<0\n", encoding="utf-8")
    before = locks(project)
    done = freeze(project)
    assert done.returncode == 2
    assert "cannot lock requirements/more.in" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert locks(project) == before


def test_a_freeze_without_a_network_leaves_every_lock_as_it_was(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = locks(project)
    cache = str(tmp_path_factory.mktemp("cache"))
    done = freeze(project, "--upgrade", UV_OFFLINE="1", UV_CACHE_DIR=cache)
    assert done.returncode == 2
    assert "no lock was changed" in done.stderr.splitlines()[-1]
    assert locks(project) == before


def test_check_with_upgrade_is_refused(project: Path) -> None:
    done = freeze(project, "--check", "--upgrade")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_our_own_locks_hold_what_their_sources_ask_for() -> None:
    well(freeze(ROOT, "--check"))


def test_a_file_in_the_place_of_a_lock_that_is_none_stays(project: Path) -> None:
    (project / "requirements" / "docs.in").write_text("pluggy\n", encoding="utf-8")
    (project / "requirements" / "docs.txt").write_text("sphinx>=8\n", encoding="utf-8")
    before = locks(project)
    done = freeze(project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "requirements/docs.txt is no lock" in done.stderr
    assert locks(project) == before


def test_a_source_may_refer_to_files_elsewhere(project: Path) -> None:
    (project / "elsewhere.txt").write_text("idna\n", encoding="utf-8")
    source = project / "requirements" / "more.in"
    source.write_text(source.read_text("utf-8") + "-r ../elsewhere.txt\n", encoding="utf-8")
    well(freeze(project))
    assert pin(project, "more", "idna")
    text = (project / "requirements" / "more.txt").read_text("utf-8")
    assert "# via -r elsewhere.txt" in text
