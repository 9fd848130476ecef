"""What is read of inputs is checked: no name leads out of its place, no value is anything else."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from sphinx_docent.cache.inputs import NO_INPUTS, TABLES, Inputs

D = "0" * 64
GOOD = Inputs(
    files={"repo:docs/x.csv": D, "dist:numpy/~/a.py": None, "outside:/etc/x": D, "home:.rc": D},
    kinds={"repo:docs": "folder", "repo:.": "folder", "repo:missing": None},
    modes={"repo:run.sh": "x"},
    sizes={"repo:docs/x.csv": "12"},
    times={"repo:docs/x.csv": "-12"},
    links={"repo:docs/link": "../x"},
    folders={"repo:docs": D},
    modules={"numpy": "installed", "pk.a": None, "foo-bar": None},
    distributions={"numpy": "2.1", "a-b": None},
    variables={"HOME": D, "*": D, "B": None},
    ambient={"time zone": D},
)


def test_what_was_written_is_read() -> None:
    assert Inputs.from_json(json.loads(json.dumps(asdict(GOOD)))) == GOOD
    assert Inputs.from_json(asdict(NO_INPUTS)) == NO_INPUTS


HOSTILE: list[tuple[str, Any, Any]] = [
    ("files", "repo:../x", D),
    ("files", "repo:/etc/passwd", D),
    ("files", "repo:a/../../x", D),
    ("files", "home:../x", D),
    ("files", "home:/etc", D),
    ("files", "dist:numpy/../../x", D),
    ("files", "dist:../x", D),
    ("files", "dist:numpy//etc", D),
    ("files", "outside:etc", D),
    ("files", "outside:/dev/zero", D),
    ("files", "outside:/proc/self/mem", D),
    ("files", "outside:/x/../dev/zero", D),
    ("files", "outside://dev/zero", D),
    ("files", "/etc/passwd", D),
    ("files", "repo:a\0b", D),
    ("files", "repo:" + "a" * 5000, D),
    ("files", "repo:x", "0"),
    ("files", "repo:x", 0),
    ("files", "repo:x", [D]),
    ("kinds", "repo:x", "rubbish"),
    ("sizes", "repo:x", "-1"),
    ("times", "repo:x", "1.5"),
    ("links", "repo:x", "x" * 5000),
    ("modules", "..a", "installed"),
    ("modules", "a/b", "installed"),
    ("modules", "", "installed"),
    ("distributions", "../x", "1"),
    ("variables", "A=B", D),
    ("variables", "A", "value"),
    ("ambient", "weather", D),
]


@pytest.mark.parametrize(("table", "name", "value"), HOSTILE)
def test_no_other_name_or_value_is_read(table: str, name: Any, value: Any) -> None:
    with pytest.raises(ValueError, match="not a"):
        Inputs.from_json({**asdict(NO_INPUTS), table: {name: value}})


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {**asdict(NO_INPUTS), "more": {}}, {**asdict(NO_INPUTS), "files": []}],
)
def test_nothing_else_is_read(data: Any) -> None:
    with pytest.raises(ValueError, match="not a table"):
        Inputs.from_json(data)


def test_every_table_is_checked() -> None:
    for table in TABLES:
        with pytest.raises(ValueError, match="not a"):
            Inputs.from_json({**asdict(NO_INPUTS), table: {"\0": "\0"}})
