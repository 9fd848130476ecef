"""Time zone, locale and entry points count for who asks for them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.helpers.installed_projects import install

from sphinx_docent.cache.ambient import asked_for, entry_points, locale_names, time_zone
from sphinx_docent.cache.distributions import Distributions


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("import time\ntime.perf_counter()", set()),
        ("import time\ntime.sleep(1)\n# now the time", set()),
        ("from datetime import timedelta", set()),
        ("import time\nprint(time.localtime())", {"time zone"}),
        ("import time\nprint(time.tzname)", {"time zone"}),
        ("import datetime\ndatetime.datetime.now()", {"time zone"}),
        ("from datetime import date\ndate.today()", {"time zone"}),
        ("from datetime import datetime as d\nd.fromtimestamp(0)", {"time zone"}),
        ("import time\ntime.strftime('%A')", {"time zone", "locale"}),
        ("import locale", {"locale"}),
        ("from locale import setlocale", {"locale"}),
        ("print('hello')", set()),
    ],
)
def test_who_asks_is_read_in_the_source(source: str, asked: set[str]) -> None:
    assert asked_for(source) == asked


def in_zone(name: str | None) -> str:
    before = os.environ.pop("TZ", None)
    if name is not None:
        os.environ["TZ"] = name
    time.tzset()
    found = time_zone()
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()
    return found


def test_time_zones_are_told_by_what_they_do() -> None:
    assert in_zone("UTC0") == in_zone("UTC")
    assert len({in_zone("UTC"), in_zone("CET-1CEST,M3.5.0,M10.5.0/3"), in_zone("CET-1")}) == 3


def test_the_locale_is_the_one_that_the_environment_asks_for() -> None:
    assert locale_names({"LANG": "C"}) == locale_names({"LANG": "C", "OTHER": "1"})
    assert locale_names({"LANG": "C"}) != locale_names({"LANG": "C", "LC_TIME": "tr_TR"})


def test_commands_are_no_entry_points_that_a_tutorial_asks_for(tmp_path: Path) -> None:
    def found() -> str:
        return entry_points(Distributions([str(tmp_path)]).all.values())

    before = found()
    install(tmp_path, "tool", "1", {}, entry_points="[console_scripts]\na = b:c\n")
    assert found() == before
    install(tmp_path, "plug", "1", {}, entry_points="[plugins]\na = b:c\n")
    assert found() != before
