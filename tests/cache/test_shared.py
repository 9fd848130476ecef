"""What one machine has executed is used by all; a bad remote costs time, and never a page."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.cache_servers import Behaviour, s3_environment, s3_names, s3_server, web_server
from tests.helpers.comparing import contents, differences
from tests.helpers.sites import Build, Site

from sphinx_docent.cache.entry import digest

NAMES = ["one", "three", "two"]
TROUBLE = "did not do all it was asked for"


def new(make_site: Callable[[], Site]) -> Site:
    """A clone: the same sources, nothing built."""
    site = make_site()
    for name in NAMES:
        site.tutorial(name)
    return site


def build(site: Site, url: str, *options: str, **how: Any) -> Build:
    """A full build in which every warning would be an error."""
    words = ("-W", "-D", "docent_execute=all", "-D", f"docent_cache={url}", *options)
    done = site.build(*words, **how)
    assert done.code == 0, done.output
    return done


@pytest.fixture(scope="module")
def filled(make_site: Callable[[], Site]) -> tuple[Build, Path]:
    """A build that has filled a shared folder."""
    site = new(make_site)
    folder = site.root.parent / "remote"
    return build(site, f"file://{folder}"), folder


def test_a_folder_of_all_machines(
    filled: tuple[Build, Path], make_site: Callable[[], Site]
) -> None:
    first, folder = filled
    assert first.runs == NAMES
    assert first.report["cache"]["sent"] == 3
    again = build(new(make_site), f"file://{folder}")
    assert again.runs == []
    assert again.report["cache"] == {
        "folder": "docs/_build/docent/cache",
        "remote": f"file://{folder}",
        "fetched": 3,
        "sent": 0,
        "problem": None,
        "hits": 3,
        "misses": 0,
    }
    without = (".doctrees", ".buildinfo")
    assert differences(contents(first.out, *without), contents(again.out, *without)) == []


def test_s3(make_site: Callable[[], Site]) -> None:
    url = "s3://bucket/results"
    with s3_server("bucket") as s3:
        site = new(make_site)
        done = build(site, url, "-D", "docent_cache_readonly=1", builder="pseudoxml", env=s3)
        assert done.runs == NAMES
        assert s3_names(s3, "bucket") == []
        shutil.rmtree(site.docs / "_build")
        assert build(site, url, builder="pseudoxml", env=s3).runs == NAMES
        again = build(new(make_site), url, env=s3)
    assert again.runs == []
    assert again.report["cache"]["fetched"] == 3
    assert all(f"output of {name}" in again.text(f"gallery/{name}") for name in NAMES)


def test_a_plain_web_server(filled: tuple[Build, Path], make_site: Callable[[], Site]) -> None:
    behaviour = Behaviour()
    site = new(make_site)
    with web_server(filled[1], behaviour) as url:
        again = build(site, url)
        assert again.runs == []
        assert again.report["cache"]["fetched"] == 3
        assert len(behaviour.asked) == 9  # seconds, memory, variants, three keys, three entries
        behaviour.asked.clear()
        site.append("docs/tutorials/one.py", "more = True\n")
        assert build(site, url).runs == ["one"]
        assert {word.split()[0] for word in behaviour.asked} == {"GET"}
        behaviour.asked.clear()
        assert site.precheck("-D", f"docent_cache={url}").code == 0
        assert behaviour.asked == []


def test_a_slow_one_costs_time(filled: tuple[Build, Path], make_site: Callable[[], Site]) -> None:
    began = time.monotonic()
    with web_server(filled[1], Behaviour(delay=1)) as url:
        done = build(new(make_site), url, builder="pseudoxml")
    assert done.runs == []
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("kind", ["denied", "gone", "denied by S3"])
def test_one_that_refuses_costs_a_word(
    kind: str, filled: tuple[Build, Path], make_site: Callable[[], Site]
) -> None:
    site = new(make_site)
    with web_server(filled[1], Behaviour(status=403)) as url:
        if kind == "denied by S3":
            done = build(site, "s3://bucket/x", env=s3_environment(url))
        else:
            user = url.replace("//", "//me:secret@")
            there = user if kind != "gone" else "http://127.0.0.1:9/x"
            done = build(site, there, env={"GITHUB_ACTIONS": "true"})
            assert "::warning title=docent.cache::the shared cache http://127.0.0.1" in done.output
    assert done.runs == NAMES
    assert done.output.count(f"{TROUBLE}: {done.report['cache']['problem']} [docent.cache]") == 1
    assert done.report["cache"]["problem"]
    assert done.report["diagnostics"] == []
    assert "secret" not in done.output + json.dumps(done.report)
    assert b"secret" not in b"".join(contents(site.docs / "_build").values())


def hostile(entry: bytes) -> bytes:
    """An entry that would be written elsewhere, sealed as by one who knows how."""
    line, _, rest = entry.partition(b"\n")
    body: dict[str, Any] = json.loads(line)
    del body["sha256"]
    body["files"] = {f"../../{name}": value for name, value in body["files"].items()}
    return json.dumps({**body, "sha256": digest(body)}).encode() + b"\n" + rest


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a byte changed": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "cut off": lambda data: data[: len(data) // 2],
    "hostile": hostile,
}


@pytest.mark.parametrize("kind", ["keys", "entries"])
def test_what_is_damaged_is_executed(
    kind: str, filled: tuple[Build, Path], make_site: Callable[[], Site]
) -> None:
    places = sorted((filled[1] / kind).glob("*/*"))
    damages = dict(zip((path.name for path in places), DAMAGES.values(), strict=True))

    def damage(path: str, data: bytes) -> bytes:
        return damages[Path(path).name](data) if path.startswith(f"/{kind}/") else data

    site = new(make_site)
    before = {path for path in site.root.parent.rglob("*") if site.docs not in path.parents}
    with web_server(filled[1], Behaviour(damage=damage)) as url:
        done = build(site, url)
    assert done.runs == NAMES
    assert all(f"output of {name}" in done.text(f"gallery/{name}") for name in NAMES)
    after = {path for path in site.root.parent.rglob("*") if site.docs not in path.parents}
    assert after - before == {site.log}
    assert not list(site.docs.rglob(".new-*"))


def test_the_extra_that_is_missing_is_named(make_site: Callable[[], Site]) -> None:
    site = new(make_site)
    done = site.build("-D", "docent_execute=all", "-D", "docent_cache=gs://bucket/x")
    assert done.code == 2, done.output
    assert 'pip install "sphinx-docent[gs]"' in done.output
    done = site.build("-D", "docent_execute=all", "-D", "docent_cache=nothing://bucket/x")
    assert done.code == 2
    assert "docent_cache is 'nothing://bucket/x': ValueError: Protocol not known" in done.output


def test_without_a_url_nothing_is_loaded(site: Site) -> None:
    site.tutorial("one", "import sys\nprint('fsspec' in sys.modules)")
    site.configure("import sys\nfor name in ('fsspec', 's3fs'): sys.modules[name] = None\n")
    assert site.build("-D", "docent_execute=all").code == 0
