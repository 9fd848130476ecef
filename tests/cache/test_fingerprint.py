"""The fingerprint of a setting: the same while it means the same, another when it does not."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from sphinx_docent.cache.fingerprint import Fingerprints

STDLIB = str(Path(textwrap.__file__).parent)


def installed(file: str) -> str | None:
    """What this interpreter's library holds is installed, and nothing else."""
    return "stdlib" if file.startswith((STDLIB, "<frozen", "<built in>")) else None


def run(root: Path, source: str) -> dict[str, Any]:
    """What ``conf.py`` gives values, run as Sphinx runs it."""
    conf = root / "docs" / "conf.py"
    names: dict[str, Any] = {"__file__": str(conf), "ROOT": str(root)}
    conf.parent.mkdir(parents=True, exist_ok=True)
    conf.write_text(textwrap.dedent(source))
    exec(compile(conf.read_bytes(), conf, "exec"), names)
    return names


def fingerprint(root: Path, source: str) -> str:
    """The fingerprint of ``it``."""
    return Fingerprints(root, installed).of(run(root, source)["it"])


CHANGES = {
    "a number": ("it = 1", "it = 2"),
    "a number's type": ("it = 1", "it = True"),
    "an entry of a list": ("it = [1, 2]", "it = [1, 3]"),
    "the order of a list": ("it = [1, 2]", "it = [2, 1]"),
    "an entry of a mapping": ("it = {'a': 1}", "it = {'a': 2}"),
    "an entry of a set": ("it = {'a', 'b'}", "it = {'a', 'c'}"),
    "a pattern": ("import re; it = re.compile('a')", "import re; it = re.compile('b')"),
    "the flags of a pattern": (
        "import re; it = re.compile('a')",
        "import re; it = re.compile('a', 2)",
    ),
    "a function's code": ("def it(): return 1", "def it(): return 2"),
    "a called method's name": ("def it(x): return x.lower()", "def it(x): return x.upper()"),
    "a lambda": ("it = lambda: 1", "it = lambda: 2"),
    "a default": ("def it(x=1): return x", "def it(x=2): return x"),
    "a keyword default": ("def it(*, x=1): return x", "def it(*, x=2): return x"),
    "a called function": (
        "def f(): return 1\ndef it(): return f()",
        "def f(): return 2\ndef it(): return f()",
    ),
    "a function called by a called one": (
        "def g(): return 1\ndef f(): return g()\ndef it(): return f()",
        "def g(): return 2\ndef f(): return g()\ndef it(): return f()",
    ),
    "a function called in a comprehension": (
        "def f(): return 1\ndef it(): return [f() for _ in 'ab']",
        "def f(): return 2\ndef it(): return [f() for _ in 'ab']",
    ),
    "a constant": ("N = 1\ndef it(): return N", "N = 2\ndef it(): return N"),
    "the order of a mapping that a function goes through": (
        "N = {'a': 1, 'b': 2}\ndef it(): return list(N)",
        "N = {'b': 2, 'a': 1}\ndef it(): return list(N)",
    ),
    "a name that begins to mean something": ("def it(): return N", "N = 2\ndef it(): return N"),
    "a closure": (
        "def make(n):\n  def f(): return n\n  return f\nit = make(1)",
        "def make(n):\n  def f(): return n\n  return f\nit = make(2)",
    ),
    "what partial holds": (
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, 1)",
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, 2)",
    ),
    "a keyword that partial holds": (
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, b=1)",
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, b=2)",
    ),
    "the function that partial calls": (
        "from functools import partial\ndef f(a): return 1\nit = partial(f, 1)",
        "from functools import partial\ndef f(a): return 2\nit = partial(f, 1)",
    ),
    "a decorated function": (
        "from functools import lru_cache\n@lru_cache\ndef it(): return 1",
        "from functools import lru_cache\n@lru_cache\ndef it(): return 2",
    ),
    "a decorated context manager": (
        "from contextlib import contextmanager\n@contextmanager\ndef it(): yield 1",
        "from contextlib import contextmanager\n@contextmanager\ndef it(): yield 2",
    ),
    "a decorator": (
        "def d(f):\n  def w(): return f() + 1\n  return w\n@d\ndef it(): return 1",
        "def d(f):\n  def w(): return f() + 2\n  return w\n@d\ndef it(): return 1",
    ),
    "an attribute of an instance": (
        "class A:\n  def __init__(self, n): self.n = n\nit = A(1)",
        "class A:\n  def __init__(self, n): self.n = n\nit = A(2)",
    ),
    "a slot of an instance": (
        "class A:\n  __slots__ = ('n',)\n  def __init__(self, n): self.n = n\nit = A(1)",
        "class A:\n  __slots__ = ('n',)\n  def __init__(self, n): self.n = n\nit = A(2)",
    ),
    "a slot of an instance that has attributes as well": (
        "class B:\n  __slots__ = 'n'\nclass A(B): pass\nit = A(); it.n = 1; it.m = 1",
        "class B:\n  __slots__ = 'n'\nclass A(B): pass\nit = A(); it.n = 2; it.m = 1",
    ),
    "the method of an instance whose text says nothing of it": (
        "class A:\n  def __repr__(self): return 'A'\n  def f(self): return 1\nit = A()",
        "class A:\n  def __repr__(self): return 'A'\n  def f(self): return 2\nit = A()",
    ),
    "an inherited method": (
        "class B:\n  def f(self): return 1\nclass A(B): pass\nit = A()",
        "class B:\n  def f(self): return 2\nclass A(B): pass\nit = A()",
    ),
    "a method of a metaclass": (
        "class M(type):\n  def f(self): return 1\nclass it(metaclass=M): pass",
        "class M(type):\n  def f(self): return 2\nclass it(metaclass=M): pass",
    ),
    "a bound method": (
        "class A:\n  def f(self): return 1\nit = A().f",
        "class A:\n  def f(self): return 2\nit = A().f",
    ),
    "the instance of a bound method": (
        "class A:\n  def __init__(self, n): self.n = n\n  def f(self): pass\nit = A(1).f",
        "class A:\n  def __init__(self, n): self.n = n\n  def f(self): pass\nit = A(2).f",
    ),
    "a class method": (
        "class A:\n  @classmethod\n  def f(cls): return 1\nit = A.f",
        "class A:\n  @classmethod\n  def f(cls): return 2\nit = A.f",
    ),
    "a static method": (
        "class A:\n  @staticmethod\n  def f(): return 1\nit = A",
        "class A:\n  @staticmethod\n  def f(): return 2\nit = A",
    ),
    "a property": (
        "class A:\n  @property\n  def f(self): return 1\nit = A",
        "class A:\n  @property\n  def f(self): return 2\nit = A",
    ),
    "a constant of a class": ("class it: n = 1", "class it: n = 2"),
    "what a method calls": (
        "def f(): return 1\nclass it:\n  def g(self): return f()",
        "def f(): return 2\nclass it:\n  def g(self): return f()",
    ),
    "the value of a member of an enumeration": (
        "import enum\nclass E(enum.Enum): A = 1\nit = E.A",
        "import enum\nclass E(enum.Enum): A = 2\nit = E.A",
    ),
    "a field of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass D: n: int\nit = D(1)",
        "from dataclasses import dataclass\n@dataclass\nclass D: n: int\nit = D(2)",
    ),
    "a default of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass it: n: int = 1",
        "from dataclasses import dataclass\n@dataclass\nclass it: n: int = 2",
    ),
    "an entry of a mapping with a default": (
        "from collections import defaultdict\nit = defaultdict(list, a=[1])",
        "from collections import defaultdict\nit = defaultdict(list, a=[2])",
    ),
    "an entry of a named tuple": (
        "from collections import namedtuple\nit = namedtuple('P', 'a b')(1, 2)",
        "from collections import namedtuple\nit = namedtuple('P', 'a b')(1, 3)",
    ),
    "an item getter": (
        "from operator import itemgetter\nit = itemgetter('a')",
        "from operator import itemgetter\nit = itemgetter('b')",
    ),
    "the state of a random generator": (
        "import random\nit = random.Random(1)",
        "import random\nit = random.Random(2)",
    ),
    "a path": (
        "from pathlib import Path\nit = Path(ROOT) / 'a'",
        "from pathlib import Path\nit = Path(ROOT) / 'b'",
    ),
    "where a jump leads": (
        "def it(x):\n  while x:\n    x = f(x)\n    if x: break\n  return x",
        "def it(x):\n  while x:\n    x = f(x)\n    if x: continue\n  return x",
    ),
    "what an exception handler covers": (
        "def it(x):\n  try:\n    a()\n  except OSError:\n    c()\n  b()",
        "def it(x):\n  try:\n    a()\n    b()\n  except OSError:\n    c()",
    ),
    "a docstring that is read": (
        "def it():\n  'One.'\n  return it.__doc__",
        "def it():\n  'Two.'\n  return it.__doc__",
    ),
}


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


HELPER = """
import helper_of_helper
LIMIT = 1
TABLE = {"a": 1}
def used():
    return helper_of_helper.value() + LIMIT
def unused():
    return 1
"""


@pytest.fixture
def helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the project's modules."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "helper_of_helper.py").write_text("def value():\n    return 1\n")
    return tmp_path


def again(root: Path, source: str) -> str:
    """The fingerprint in a new run."""
    for name in ("helper", "helper_of_helper"):
        sys.modules.pop(name, None)
    for cached in root.rglob("*.pyc"):
        cached.unlink()
    return fingerprint(root, source)


WAYS = {
    "the module": "import helper\ndef it(): return helper.used()",
    "the module under another name": "import helper as h\ndef it(): return h.used()",
    "the function": "from helper import used\ndef it(): return used()",
    "the function itself": "from helper import used as it",
    "the module, held": "import helper\nit = [helper]",
    "the module, handed on": "import helper\ndef it(): return print(helper)",
    "an import when it runs": "import helper\ndef it():\n  import helper as h\n  return h.used()",
    "an import of the function when it runs": (
        "import helper\ndef it():\n  from helper import used\n  return used()"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_module_of_the_project_does_counts(way: str, helpers: Path) -> None:
    before = again(helpers, WAYS[way])
    assert again(helpers, WAYS[way]) == before
    (helpers / "helper.py").write_text(HELPER.replace("LIMIT = 1", "LIMIT = 2"))
    assert again(helpers, WAYS[way]) != before
    (helpers / "helper.py").write_text(HELPER)
    (helpers / "helper_of_helper.py").write_text("def value():\n    return 2\n")
    assert again(helpers, WAYS[way]) != before


@pytest.mark.parametrize("way", list(WAYS)[:4])
def test_what_is_not_reached_in_a_module_changes_nothing(way: str, helpers: Path) -> None:
    before = again(helpers, WAYS[way])
    other = HELPER.replace("return 1", "return 2").replace('"a": 1', '"a": 2')
    (helpers / "helper.py").write_text(f"# A comment.\n{other}")
    assert again(helpers, WAYS[way]) == before


def test_beyond_a_limit_all_modules_of_the_project_count_by_their_files(helpers: Path) -> None:
    def told() -> str:
        for name in ("helper", "helper_of_helper"):
            sys.modules.pop(name, None)
        names = run(helpers, "import helper\ndef it(): return helper.used()")
        return Fingerprints(helpers, installed, most=1).of(names["it"])

    before = told()
    assert told() == before
    (helpers / "helper_of_helper.py").write_text("def value():\n    return 22\n")
    assert told() != before


def test_an_object_that_refuses_to_be_looked_at_is_told_by_its_class(tmp_path: Path) -> None:
    source = """
    class A:
        @property
        def __class__(self): raise RuntimeError
        def __repr__(self): raise RuntimeError
        def __getattr__(self, name): raise RuntimeError
    it = [1, A()]
    """
    assert fingerprint(tmp_path, source) == fingerprint(tmp_path, source)
    assert fingerprint(tmp_path, source) != fingerprint(tmp_path, source.replace("[1", "[2"))


def test_what_is_installed_counts_by_its_version(tmp_path: Path) -> None:
    names = run(tmp_path, "import textwrap\ndef it(): return textwrap.dedent('')")

    def told(version: str) -> Fingerprints:
        return Fingerprints(tmp_path, lambda file: version if file.startswith(STDLIB) else None)

    assert told("1").of(names["it"]) == told("1").of(names["it"])
    assert told("1").of(names["it"]) != told("2").of(names["it"])
    assert told("1").of(textwrap.dedent) != told("2").of(textwrap.dedent)
    assert told("1").of(textwrap.TextWrapper) != told("2").of(textwrap.TextWrapper)
