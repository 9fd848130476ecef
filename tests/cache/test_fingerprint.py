"""The fingerprint of a setting: the same while it means the same, another when it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.configurations import fingerprint
from tests.helpers.setting_changes import CHANGES


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_another_after_a_change_of(what: str, tmp_path: Path) -> None:
    before, after = CHANGES[what]
    assert fingerprint(tmp_path, before) != fingerprint(tmp_path, after)
    assert fingerprint(tmp_path, before) == fingerprint(tmp_path, before)
    assert fingerprint(tmp_path, after) == fingerprint(tmp_path, after)


BEFORE = '''
import re
N = {"b": [1, 2], "a": {3, 4}}
html_title = "one"
def helper(x):
    """One."""
    return [n for n in N if n != x]
def scraper(block, variables, conf, *, dpi=(100, 200)):
    try:
        with open(block) as file:
            return helper(file.read()), __file__
    except OSError:
        return None
class Scraper:
    """One."""
    html_title = 1
    def __call__(self, block):
        return scraper(block, self.html_title, re.sub("a", "b", block))
it = {"image_scrapers": (scraper, Scraper()), "thumb": ROOT + "/docs/a.png", "set": {"a", "b"}}
'''

AFTER = '''
"""A docstring."""
# comments

import os, sys  # more than before
import re
html_title = "two"
html_theme_options = {"a": 1}

N = {
    "b": [1, 2],
    "a": {4, 3},
}
class Scraper:
    """Two."""

    html_title = 1

    def __call__(self, block):
        """Two."""
        # comments
        return scraper(
            block,
            self.html_title,
            re.sub("a", "b", block),
        )
def unused(): return 3
def scraper(
    block,
    variables,
    conf,
    *,
    dpi=(100, 200),  # a comma
):
    """Now with one."""
    try:

        with open(block) as file:
            return (
                helper(file.read()),
                __file__,
            )

    except OSError:
        return None
def helper(x: "str") -> "list[str]":
    """Two."""
    return [
        n
        for n in N
        if n != x
    ]
it = {
    "set": {"b", "a"},
    "thumb": f"{ROOT}/docs/a.png",
    "image_scrapers": (scraper, Scraper()),
}
'''


def test_comments_layout_docstrings_and_other_settings_change_nothing(tmp_path: Path) -> None:
    assert fingerprint(tmp_path, BEFORE) == fingerprint(tmp_path, AFTER)


def test_it_is_the_same_in_another_checkout(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "one", BEFORE) == fingerprint(tmp_path / "two", BEFORE)


def test_a_folder_whose_name_begins_like_the_root_is_another(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "a", "it = ROOT + '2/x'") != fingerprint(
        tmp_path / "a", "it = ROOT + '/x'"
    )


def test_it_is_the_same_in_every_run(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path[:0] = {[str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]!r}
from pathlib import Path
from tests.cache.test_fingerprint import BEFORE, fingerprint
print(fingerprint(Path({str(tmp_path)!r}), BEFORE))
print(fingerprint(Path({str(tmp_path)!r}), '''
import functools, threading, logging, os, weakref
class A:
    def __init__(self, n):
        self.n, self.lock, self.log = n, threading.Lock(), logging.getLogger()
        self.me, self.none = weakref.ref(self), object()
    def f(self): return A, B
class B(A): pass
it = [A(1), B("b").f, functools.partial(B, {{"x", "y", 3}}), os.environ, object(), {{A, B, len}}]
'''))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 2


def test_cycles_end(tmp_path: Path) -> None:
    source = """
    def even(n): return n == 0 or odd(n - 1)
    def odd(n): return n != 0 and even(n - 1)
    class A:
        def other(self): return B()
    class B:
        def other(self): return A()
    a = A()
    a.me = [a]
    loop = [1]
    loop.append(loop)
    it = [even, odd, a, B, loop]
    """
    assert fingerprint(tmp_path, source) == fingerprint(tmp_path, source)
    assert fingerprint(tmp_path, source) != fingerprint(tmp_path, source.replace("!= 0", "!= 1"))


def test_a_long_chain_of_calls_is_followed_to_its_end(tmp_path: Path) -> None:
    chain = "\n".join(f"def f{n}(): return f{n + 1}()" for n in range(3000))
    assert fingerprint(tmp_path, f"{chain}\ndef f3000(): return 1\nit = f0") != fingerprint(
        tmp_path, f"{chain}\ndef f3000(): return 2\nit = f0"
    )


def test_numbers_of_an_array_count(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    source = "import numpy\nit = [numpy.arange(3), numpy.float64(1), numpy.dtype('f4')]"
    assert fingerprint(tmp_path, source) == fingerprint(tmp_path, source)
    for old, new in (("(3)", "(4)"), ("64(1)", "64(2)"), ("64", "32"), ("f4", "f8")):
        assert fingerprint(tmp_path, source) != fingerprint(tmp_path, source.replace(old, new))
