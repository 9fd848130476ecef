"""What the kernel saw is put together with what Python told."""

from __future__ import annotations

import json

from sphinx_docent.execution.answer import Observed
from sphinx_docent.execution.kernel_events import KernelEvents, aliases_of, combine

SOURCE = "/p/docs/one.py"


def seen(
    files: tuple[str, ...] = (),
    folders: tuple[str, ...] = (),
    written: tuple[str, ...] = (),
    searched: tuple[tuple[str, int], ...] = (),
) -> Observed:
    used = {"files": files, "folders": folders}
    return Observed(used, processes=False, written=written, searched=searched)


def test_what_others_read_is_added_and_the_tutorial_itself_is_not() -> None:
    found = combine(seen(("/p/a", "/p/absent")), KernelEvents(read=("/p/b", SOURCE)), SOURCE)
    assert found.used["files"] == ("/p/a", "/p/absent", "/p/b")


def test_compiled_code_stands_for_its_source() -> None:
    events = KernelEvents(read=("/p/__pycache__/m.cpython-311.pyc",))
    assert combine(seen(), events, SOURCE).used["files"] == ("/p/m.py",)


def test_what_was_written_first_is_read_back_unless_it_was_written_anew() -> None:
    events = KernelEvents(read_back=("/p/updated", "/p/anew"))
    assert combine(seen(written=("/p/anew",)), events, SOURCE).used["files"] == ("/p/updated",)


def test_folders_count_that_not_only_the_import_system_has_listed() -> None:
    events = KernelEvents(listed=(("/p/lib", 2), ("/p/data", 2), ("/p/src", 1)))
    counts = (("/p/lib", 2), ("/p/data", 1), ("/p/src", 1))
    assert combine(seen(searched=counts), events, SOURCE).used["folders"] == ("/p/data",)


def test_a_link_counts_where_it_is_not_known_by_which_name_a_file_was_read() -> None:
    links = {"/p/link.csv": "/p/data/x.csv", "/p/way": "/p/data"}
    aliases = aliases_of(["/p/data/x.csv"], links)
    events = KernelEvents(read=("/p/data/x.csv",), aliases=aliases)
    assert combine(seen(), events, SOURCE).used["files"] == (
        "/p/data/x.csv",
        "/p/link.csv",
        "/p/way/x.csv",
    )
    assert combine(seen(("/p/data/x.csv",)), events, SOURCE).used["files"] == ("/p/data/x.csv",)
    by_link = combine(seen(("/p/link.csv",)), events, SOURCE)
    assert by_link.used["files"] == ("/p/data/x.csv", "/p/link.csv")


def test_events_travel_as_json() -> None:
    events = KernelEvents(("/p/a",), ("/p/b",), (("/p", 2),), (("/p/a", ("/p/l",)),), "lost")
    assert KernelEvents.from_json(json.loads(json.dumps(events.to_json()))) == events
