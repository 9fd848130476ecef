"""How the cases of ``conf.py`` are written."""

from textwrap import dedent
from typing import Any

from ..harness.edits import replace
from ..harness.model import Case, Edit, again

CONF = "docs/conf.py"

SAY = """
def say(case, word):
    return f"\\n\\n{case} value: [{word}]\\n\\n"
"""
SAYING = {"conf": f"sys.path.insert(0, str(HERE / 'ext'))\n{SAY}", "in_turn": True}
"""A repository in whose ``conf.py`` a function ``say`` puts a word on a page."""


HEAD = "(block, block_vars, gallery_conf):"
EXT = "docs/ext/CASE_helper.py"
WORD = 'def word():\n    return "{}"\n'


def scraper(name: str, lines: str, edit: Edit | None = None, **more: Any) -> Case:
    """A case whose scraper shows a word on every page; ``"one"`` becomes ``"three"``."""
    edit = edit or replace(CONF, '"one of CASE"', '"three of CASE"')
    lines = dedent(lines).replace('"one"', '"one of CASE"')
    more = {"first": "one of " + name, "then": "three of " + name, **more}
    return again(name, "", edit, conf=lines, everyone=True, project="functions", **more)


def function(name: str, lines: str, **more: Any) -> Case:
    """The same, with a function ``scrape_CASE``."""
    return scraper(name, f"{dedent(lines)}\nSCRAPERS.append(scrape_CASE)\n", **more)


def helper(name: str, lines: str, files: dict[str, str], edit: Edit, **more: Any) -> Case:
    """A case whose scraper has its word from elsewhere, once ``one`` and then ``three``."""
    more = {"first": "one", "then": "three", "files": files, **more}
    return scraper(name, lines, edit, **more)
