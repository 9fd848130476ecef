"""What ``conf.py`` does to the process counts for all tutorials; what it says of pages does not."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.configurations import installed, run

from sphinx_docent.cache.ambient import VARIABLES
from sphinx_docent.cache.conf_effects import EVERYBODY, Effects, effects
from sphinx_docent.cache.fingerprint import Fingerprints

CONF = """
import os
import sys
import warnings
import shutil
import random
import locale
from os import environ
from pathlib import Path

import tools

sys.path.insert(0, "lib")
extensions = ["sphinx_gallery.gen_gallery"]
extensions.append("sphinx_docent")
html_title = "One"
html_theme_options = {"a": 1}
html_theme_options["b"] = 2
sphinx_gallery_conf = {}
sphinx_gallery_conf.update(image_srcset=["2x"])
release = os.environ.get("VERSION") or tools.version()
threads = 1
Path("x").exists()
print("building", release)
shutil.copy(__file__, os.path.join(os.path.dirname(__file__), "copy.txt"))


def setup(app):
    app.add_css_file("x.css")
    options = {}
    options["a"] = 1


def act(value):
    os.environ["ACTED"] = value
"""

TOOLS = """
import os
NAME = "A"
def version():
    return "1"
def act():
    os.environ[NAME] = "1"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project with a module of its own."""
    (tmp_path / "lib").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    monkeypatch.setattr(sys, "path", sys.path[:])
    (tmp_path / "lib" / "tools.py").write_text(TOOLS)
    before = dict(os.environ)
    os.environ["X"] = "0"
    with warnings.catch_warnings():
        yield tmp_path
    os.environ.clear()
    os.environ.update(before)


def found(root: Path, *more: str, conf: str = CONF) -> dict[str, str]:
    """The effects of a ``conf.py`` that does more."""
    sys.modules.pop("tools", None)
    for cached in root.rglob("*.pyc"):
        cached.unlink()
    names = run(root, "\n".join([conf, *more]))
    return {
        text: fingerprint
        for done in grouped(root, names).values()
        for text, fingerprint in done.items()
    }


def grouped(root: Path, names: dict[str, Any]) -> Effects:
    return effects(root / "docs" / "conf.py", names, Fingerprints(root, installed))


def test_a_usual_configuration_does_nothing(root: Path) -> None:
    assert found(root) == {}


HARMLESS = (
    'html_title = "Two"',
    "html_theme_options = {'a': 2}",
    "html_theme_options['c'] = [1]",
    "html_css_files = ['a.css']",
    "extensions += ['myst_parser']",
    "import json",
    "version = release.split('.')[0]",
    "sys.path[:0] = ['other']",
    "if os.environ.get('CI'):\n    html_title = 'CI'",
    "for name in ('a', 'b'):\n    html_theme_options[name] = 1",
    "exclude_patterns = sorted({'_build', 'tutorials'})",
    "def unused():\n    os.environ['X'] = '1'",
    "class Unused:\n    x = 1",
    "sys.stderr.write('')",
    "intersphinx_mapping = {'a': (tools.version(), None)}",
)


@pytest.mark.parametrize("statement", HARMLESS)
def test_what_only_gives_settings_does_not_count(statement: str, root: Path) -> None:
    assert found(root, statement) == {}


ACTING = (
    "os.environ['X'] = '1'",
    "environ['X'] = '1'",
    "os.environ.update(X='1')",
    "old = os.environ.setdefault('X', '1')",
    "os.putenv('X', '1')",
    "os.environ.pop('X', None)",
    "del os.environ['X']",
    "warnings.filterwarnings('ignore')",
    "random.seed(1)",
    "used = locale.setlocale(locale.LC_ALL, None)",
    "sys.modules['mocked'] = None",
    "tools.act()",
    "done = tools.act()",
    "act('1')",
    "if True:\n    act('1')",
    "try:\n    import nothing\nexcept ImportError:\n    os.environ['X'] = '1'",
    "for name in 'ab':\n    environ[name] = '1'",
    "env = os.environ\nenv['X'] = '1'",
    "def setup(app):\n    os.environ['X'] = '1'",
    "def setup(app):\n    app.connect('builder-inited', lambda app: act('2'))",
    "def begun(app):\n    act('2')\ndef setup(app):\n    app.connect('builder-inited', begun)",
    "def deep():\n    act('2')\ndeep()",
    "import decimal\ndecimal.getcontext().prec = 3",
    "def local():\n    import random as r\n    r.seed(1)\nlocal()",
)


@pytest.mark.parametrize("statement", ACTING)
def test_what_changes_the_process_counts(statement: str, root: Path) -> None:
    assert len(found(root, statement)) == 1


def test_an_effect_counts_with_the_values_and_functions_that_it_uses(root: Path) -> None:
    acts = "os.environ['N'] = str(threads)"
    before = found(root, acts)
    assert before == found(root, "# A comment.\n", acts, "html_title = 'Two'")
    assert before != found(root, "threads = 2", acts)
    called = found(root, "act('1')")
    assert called != found(root, "act('2')")
    assert called != found(root, "act('1')", conf=CONF.replace('"ACTED"', '"OTHER"'))
    helped = found(root, "tools.act()")
    (root / "lib" / "tools.py").write_text(TOOLS.replace('"A"', '"B"'))
    assert helped != found(root, "tools.act()")


def test_a_module_of_the_project_that_acts_when_it_is_imported_counts(root: Path) -> None:
    (root / "lib" / "tools.py").write_text(f"{TOOLS}\nos.environ['X'] = '1'\n")
    assert list(found(root)) == ["os.environ['X'] = '1'"]


def test_what_an_extension_of_the_project_sets_up_counts(root: Path) -> None:
    setup = "def setup(app):\n    os.environ['X'] = '1'\n"
    assert found(root, "extensions.append('tools')") == {}
    (root / "lib" / "tools.py").write_text(TOOLS + setup)
    assert list(found(root, "extensions.append('tools')")) == ["setup(None)"]
    assert found(root) == {}


def test_the_same_statement_in_two_places_counts_twice(root: Path) -> None:
    once = found(root, "random.seed(1)")
    assert found(root, "random.seed(1)\nrandom.seed(1)") != once


def test_the_order_of_effects_counts(root: Path) -> None:
    first, second = "random.seed(1)", "random.seed(2)"
    assert list(found(root, first, second)) != list(found(root, second, first))


CONCERNED = {
    "os.environ['X'] = '1'": VARIABLES,
    "environ['X'] = '1'": VARIABLES,
    "os.environ.update(X='1')": VARIABLES,
    "os.putenv('X', '1')": EVERYBODY,
    "del os.environ['X']": VARIABLES,
    "import sphinx_docent\nsphinx_docent.x = 1": "sphinx_docent",
    "import sphinx_docent.model as v\nv.Status.x = 1": "sphinx_docent",
    "warnings.filterwarnings('ignore')": EVERYBODY,
    "sys.setrecursionlimit(900)": EVERYBODY,
    "os.environ['X'] = str(tools.act())": EVERYBODY,
    "if os.environ.get('X'):\n    os.environ['X'] = '1'": EVERYBODY,
    "tools.act()": EVERYBODY,
}


@pytest.mark.parametrize("statement", CONCERNED)
def test_it_is_known_whom_a_statement_concerns(statement: str, root: Path) -> None:
    sys.modules.pop("tools", None)
    limit = sys.getrecursionlimit()
    try:
        done = grouped(root, run(root, f"{CONF}\n{statement}"))
    finally:
        sys.setrecursionlimit(limit)
    assert set(done) == {CONCERNED[statement]}
