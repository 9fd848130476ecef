"""What a build may use of the memory is the machine's, or less where a container says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_docent.machine.memory import available_memory, parse_size, size_in_words


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4 GB", 4 * 10**9),
        ("512MiB", 512 * 2**20),
        ("1.5 gib", 3 * 2**29),
        ("2k", 2000),
        ("1000000", 10**6),
        ("7 B", 7),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "4 apples", "-1 GB", "0", "0.0001 B", "1e3", "4 iB", "GB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size"):
        parse_size(text)


def test_a_size_is_shown_as_people_write_it() -> None:
    assert [size_in_words(size) for size in (12, 4 * 10**9, 326_000_000)] == [
        "12 B",
        "4 GB",
        "326 MB",
    ]


def test_the_smallest_limit_of_version_2_counts(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("0::/outer/inner\n")
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "outer" / "inner" / "memory.max").write_text("max\n")
    (tmp_path / "outer" / "memory.max").write_text("1000000\n")
    assert available_memory(tmp_path, own) == 10**6


def test_the_limit_of_version_1_counts(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("5:cpu:/x\n4:memory:/box\n")
    (tmp_path / "memory" / "box").mkdir(parents=True)
    (tmp_path / "memory" / "box" / "memory.limit_in_bytes").write_text("2000000\n")
    assert available_memory(tmp_path, own) == 2 * 10**6


def test_without_limits_the_machine_is_the_limit(tmp_path: Path) -> None:
    assert available_memory(tmp_path, tmp_path / "none") > 10**8
