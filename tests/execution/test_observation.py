"""What a tutorial uses is seen, however it does so."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import pytest
from tests.helpers.reuse import build, on_path, use
from tests.helpers.sites import Build, Site
from tests.helpers.uses import CASES, own


@pytest.fixture(scope="module")
def cases(make_site: Callable[[], Site]) -> dict[str, Build]:
    """All cases in one gallery: built, built again, and built after everything was changed."""
    site = make_site()
    on_path(site, "lib", "first")
    for number, (case, (files, code, _)) in enumerate(CASES.items()):
        for path, text in files.items():
            site.write(own(case, path), own(case, text))
        if "lib/fromconf.py" in files:
            site.configure(own(case, "import fromconf"))
        site.tutorial(f"uses{number:02}", own(case, code))
    site.tutorial("alone")
    builds = {"first": build(site), "second": build(site)}
    for case, (_, _, change) in CASES.items():
        change(lambda text, case=case: own(case, text), site)  # type: ignore[misc]
    return {**builds, "third": build(site), "fourth": build(site)}


def test_every_case_is_executed_once(cases: dict[str, Build]) -> None:
    assert len(cases["first"].runs) == len(CASES) + 1
    assert cases["second"].runs == []
    assert cases["fourth"].runs == []
    assert "alone" not in cases["third"].runs


@pytest.mark.parametrize("case", CASES)
def test_what_is_used_is_seen(cases: dict[str, Build], case: str) -> None:
    entry = cases["third"].tutorial(f"uses{list(CASES).index(case):02}")
    assert entry["action"] == "execute"


def test_a_connection_is_marked(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = threading.Thread(target=lambda: server.accept()[0].close(), daemon=True)
        thread.start()
        use(
            site,
            f'import os, socket\nif os.environ.get("PORT", "{port}"):\n'
            f'    socket.create_connection(("127.0.0.1", {port})).close()',
        )
        thread.join()
    done = build(site)
    assert done.tutorial("uses")["network"] is True
    assert done.tutorial("alone")["network"] is False
