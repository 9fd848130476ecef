"""Each configuration value is taken in every form that it may have; see also test_settings."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_docent.config_values import (
    check_kinds,
    parse_ignored,
    parse_jobs,
    parse_number,
    parse_preload,
    parse_requirements,
    parse_scheduler,
    parse_shard,
    parse_source,
)
from sphinx_docent.errors import DocentError
from sphinx_docent.machine.cores import available_cores
from sphinx_docent.planning.shards import Shard

KINDS: dict[str, Any] = {
    "docent_execute": "",
    "docent_ignored_warnings": [],
    "docent_colab": {},
    "docent_install": {},
    "docent_known_failures": {},
    "docent_requirements": {},
    "docent_requires": {},
    "docent_scheduler": "",
    "docent_source": "",
    "docent_version": "",
}


@pytest.mark.parametrize("name", KINDS)
def test_a_value_of_another_kind_is_an_error(name: str) -> None:
    check_kinds(KINDS)  # type: ignore[arg-type]
    with pytest.raises(DocentError, match=f"{name} is 7: give a "):
        check_kinds({**KINDS, name: 7})  # type: ignore[arg-type]


def test_jobs_are_a_number_or_as_many_as_there_are_cores() -> None:
    assert parse_jobs("auto") == available_cores()
    assert (parse_jobs("3"), parse_jobs(4)) == (3, 4)
    for value in ("many", 0, "-1", None):
        with pytest.raises(DocentError, match="docent_jobs is"):
            parse_jobs(value)  # type: ignore[arg-type]


def test_a_number_is_above_0() -> None:
    assert (parse_number("x", "60.5"), parse_number("x", 1)) == (60.5, 1.0)
    for value in (0, -1, "long", "nan", "inf", None):
        with pytest.raises(DocentError, match=r"x is .*: give a number above 0"):
            parse_number("x", value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "modules"),
    [
        ("auto", None),
        ("", ()),
        ([], ()),
        ("numpy, a.b", ("numpy", "a.b")),
        (["numpy"], ("numpy",)),
    ],
)
def test_modules_are_preloaded_by_name(value: Any, modules: tuple[str, ...] | None) -> None:
    assert parse_preload(value) == modules


@pytest.mark.parametrize("value", ["a-b", "a..b", [3], "a b"])
def test_what_is_no_module_is_an_error(value: Any) -> None:
    with pytest.raises(DocentError, match="not the name of a module"):
        parse_preload(value)


def test_a_shard_may_be_of_machines_with_a_device() -> None:
    assert parse_shard("", []) is None
    assert parse_shard("2/4", []) == Shard(2, 4)
    assert parse_shard("2/4:cuda", []) == Shard(2, 4, "cuda")
    assert parse_shard("1/2:tpu", ["tpu"]) == Shard(1, 2, "tpu")
    with pytest.raises(DocentError, match="neither 'cuda' nor in docent_requirements"):
        parse_shard("1/2:tpu", [])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", ""),
        ("tcp://10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("scheduler.json", "/project/docs/scheduler.json"),
        ("/shared/scheduler.json", "/shared/scheduler.json"),
    ],
)
def test_a_scheduler_is_an_address_or_a_file(value: str, found: str) -> None:
    assert parse_scheduler(value, "/project/docs") == found


@pytest.mark.parametrize("value", ["10.0.0.1:8786", "tcp://", "host:1"])
def test_what_is_no_scheduler_is_an_error(value: str) -> None:
    with pytest.raises(DocentError, match="docent_scheduler is"):
        parse_scheduler(value, "/project/docs")


def test_a_requirement_is_told_by_a_bool_a_package_or_a_function() -> None:
    probes = parse_requirements(
        {"yes": True, "no": False, "alias": "json", "gone": "no_such_package", "asks": lambda: 1}
    )
    assert {name: probe() for name, probe in probes.items()} == {
        "yes": True,
        "no": False,
        "alias": True,
        "gone": False,
        "asks": True,
    }
    with pytest.raises(DocentError, match="docent_requirements"):
        parse_requirements({"x": 5})


def test_sources_have_an_address_with_a_place_for_the_path() -> None:
    assert parse_source("") == ""
    assert parse_source("https://e.org/{path}") == "https://e.org/{path}"
    for value in ("https://e.org/", "e.org/{path}"):
        with pytest.raises(DocentError, match=r"give an address with \{path\}"):
            parse_source(value)


def test_what_is_ignored_has_a_pattern_and_a_reason() -> None:
    (entry,) = parse_ignored([{"pattern": "a+", "reason": "r", "file": "f"}])
    assert (entry.pattern.pattern, entry.reason, entry.file) == ("a+", "r", "f")
    for odd in ("x", {"pattern": "x"}, {"pattern": "(", "reason": "r"}):
        with pytest.raises(DocentError, match="docent_ignored_warnings"):
            parse_ignored([odd])


def test_the_address_of_data_has_a_place_for_the_path() -> None:
    assert parse_source("", "docent_data") == ""
    assert parse_source("https://e.org/{path}", "docent_data") == "https://e.org/{path}"
    for value in ("https://e.org/", "e.org/{path}", 7):
        with pytest.raises(DocentError, match="docent_data is "):
            parse_source(value, "docent_data")
