"""How many cores this process may use."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.machine.cores import available_cores


def test_a_container_has_as_many_cores_as_its_control_group_gives(tmp_path: Path) -> None:
    cores = available_cores(tmp_path)
    limit = tmp_path / "cpu.max"
    for text, expected in (("150000 100000", 1), ("50000 100000", 1), ("max 100000", cores)):
        limit.write_text(text)
        assert available_cores(tmp_path) == expected
    limit.unlink()
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    for text, expected in (("100000\n", 1), ("-1\n", cores)):
        (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(text)
        assert available_cores(tmp_path) == expected
