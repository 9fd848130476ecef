"""Whatever lies in a gallery under a script's name: one diagnostic, and the others are built."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.sites import ALL, NONE, Build, Site

from sphinx_docent.gallery.source_text import SourceError, read_lines, read_source

HEAD = b'"""\nTitle\n=====\n"""\n'
SCRIPTS: dict[str, tuple[bytes, int]] = {
    "latin": (HEAD + b"x = 1\nx = 'caf\xe9'\n", 6),
    "latin_cookie": (b"# coding: latin-1\n" + HEAD + b"x = 'caf\xe9'\n", 6),
    "stray": (HEAD + b"x = 1\n\xff\xfe\n", 6),
    "utf16": (HEAD.decode().encode("utf-16"), 1),
    "bom": (b"\xef\xbb\xbf" + HEAD, 1),
    "nul": (HEAD + b"x = 1\n\0\n", 6),
    "unknown_cookie": (b"# coding: klingon\n" + HEAD, 1),
    "cookie_of_no_text": (b"# coding: rot13\n" + HEAD, 1),
    "deep": (HEAD + b"x = " + b"-" * 100_000 + b"1\n", 1),
    "deep_compiled": (HEAD + b"x = " + b" + ".join([b"1"] * 3_000) + b"\n", 1),
    "outside": (HEAD + b"x = 1\nreturn x\n", 6),
    "unparsed": (HEAD + b"\n\na = = 5\n", 7),
    "comment": (HEAD + b"# sphinx_gallery_timeout = " + b"-" * 100_000 + b"1\n", 5),
    "flags": (HEAD + b"# sphinx_gallery_start_ignore\nx = 1\n", 5),
    "adornment": (b'"""\n=====\n=====\n"""\n', 1),
    "empty": (b"", 1),
}
"""Content, and the line of its one diagnostic."""

PLACES = sorted(
    [
        *(f"docs/tutorials/{name}.py:{line}" for name, (_, line) in SCRIPTS.items()),
        *(f"docs/tutorials/{name}.py:1" for name in ("dangling", "loop", "pipe", "server", "null")),
        "docs/tutorials/u\u0308.py:1",
        r"docs/tutorials/new\x0aline.py:1",
        f"docs/tutorials/{'n' * 218}.py:1",
    ]
)


@pytest.fixture(scope="module")
def odd(make_site: Callable[[], Site]) -> Site:
    """A gallery with two healthy tutorials among what is none."""
    site = make_site()
    folder = site.docs / "tutorials"
    for name, (content, _) in SCRIPTS.items():
        (folder / f"{name}.py").write_bytes(content)
    (folder / "dangling.py").symlink_to("no_such_file.py")
    (folder / "loop.py").symlink_to("loop.py")
    (folder / "null.py").symlink_to(os.devnull)
    os.mkfifo(folder / "pipe.py")
    make_socket(folder / "server.py")
    (folder / "folder.py").mkdir()
    (folder / "new\nline.py").write_bytes(HEAD)
    (folder / "u\u0308.py").write_bytes(HEAD)
    (folder / f"{'n' * 218}.py").write_bytes(HEAD)
    for name in ("data", "beside"):
        os.mkfifo(folder / name)
    (folder / "gone").symlink_to("no_such_folder", target_is_directory=True)
    site.tutorial("a_good")
    site.tutorial("z_good")
    return site


def make_socket(path: Path) -> None:
    """Bind a socket; its path may be longer than a socket's address can be."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def ours(build: Build) -> list[str]:
    """The places of the diagnostics of scripts."""
    return sorted(
        f"{file}:{line}" for file, line, category, _ in build.found if "docent" in category
    )


def test_a_precheck_has_one_diagnostic_for_each(odd: Site) -> None:
    for build in (odd.precheck(), odd.precheck()):
        assert build.code == 1
        assert ours(build) == PLACES, build.output
        assert build.runs == []


def test_a_build_has_the_same_and_executes_the_others(odd: Site) -> None:
    first, second = odd.build(*ALL), odd.build(*ALL)
    for build in (first, second):
        assert build.code == 1, build.output
        assert ours(build) == PLACES, build.output
        assert build.is_executed("a_good", "z_good")
    assert first.runs == ["a_good", "z_good"]
    assert second.runs == []
    assert not (first.out / "gallery/latin.html").exists()


def test_the_plan_and_a_shard_have_the_others(odd: Site) -> None:
    plan = odd.build(*ALL, builder="tutorials")
    assert plan.code == 0, plan.output
    assert "/docs/tutorials/a_good.py" in plan.output
    assert "latin.py  " not in plan.output
    shard = odd.build(*ALL, "-D", "docent_shard=1/1", out="shard")
    assert ours(shard) == PLACES, shard.output


def test_a_script_that_is_mended_is_built(site: Site) -> None:
    path = site.docs / "tutorials" / "one.py"
    path.write_bytes(HEAD + b"\xff")
    site.tutorial("other")
    assert site.build(*NONE).places == ["docs/tutorials/one.py:5"]
    site.tutorial("one")
    build = site.build(*NONE)
    assert (build.code, build.found) == (0, []), build.output
    assert build.is_unexecuted("one")


@pytest.mark.parametrize("name", ["latin", "latin_cookie", "stray", "nul"])
def test_lines_are_counted_as_python_counts_them(name: str, tmp_path: Path) -> None:
    content, line = SCRIPTS[name]
    for ends in (b"\r\n", b"\r"):
        path = tmp_path / "one.py"
        path.write_bytes(content.replace(b"\n", ends))
        with pytest.raises(SourceError) as caught:
            read_source(path)
        assert caught.value.line == line


def test_a_pipe_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "one.py")
    monkeypatch.delattr(os, "open")
    with pytest.raises(SourceError, match="a named pipe"):
        read_source(tmp_path / "one.py")
    assert read_lines(tmp_path / "one.py") == ()


def test_a_form_feed_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text("a\x0cb\n'\u2028'\r\nc", encoding="utf-8", newline="")
    assert read_lines(path) == ("a\x0cb", "'\u2028'", "c")
