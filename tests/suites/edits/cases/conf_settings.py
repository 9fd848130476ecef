"""In ``conf.py``: settings that shape pages, and all that concerns no tutorial."""

from typing import Any

from ..harness.edits import replace, touch, variable, write
from ..harness.model import Case, again, same
from .conf_kinds import CONF, EXT, HEAD, SAYING

CLAUSE = "conf.py"
PROJECTS = {"settings": SAYING}


def setting(name: str, old: str, new: str, **more: Any) -> Case:
    """A setting that shapes pages."""
    lines = more.pop("conf", "MORE = {**globals().get('MORE', {}), " + old + "}\n")
    more = {"first": "", "then": "", "project": "settings", "everyone": True, **more}
    return again(name, "", replace(CONF, old, new), conf=lines, **more)


def nobody(name: str, old: str, new: str, **more: Any) -> Case:
    """An edit of ``conf.py`` that concerns no tutorial."""
    more = {"first": "", "project": "settings", "files": {}, **more}
    return same(name, "", replace(CONF, old, new), **more)


def looks(name: str, old: str, new: str) -> Case:
    """A setting that shapes pages, and nothing that a tutorial gives."""
    return nobody(name, old, new, conf="MORE = {**globals().get('MORE', {}), " + old + "}\n")


_RULE = f"def scrape_CASE{HEAD}\n    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE)\n"
_ORDER = "MORE = {**globals().get('MORE', {}), "

CASES = [
    # What shapes pages
    looks("setting_of_code", '"line_numbers": False', '"line_numbers": True'),
    setting("setting_of_output", '"capture_repr": ()', '"capture_repr": ("__repr__",)'),
    looks("setting_of_thumbnails", '"thumbnail_size": (400, 280)', '"thumbnail_size": (200, 140)'),
    setting(
        "setting_of_resetting", '"reset_modules_order": "before"', '"reset_modules_order": "both"'
    ),
    # White space and comments
    nobody(
        "comment_in_a_function",
        "    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        "    # A comment.\n    word = 1  # Another.\n    return ''\n\n\n"
        "SCRAPERS.append(scrape_CASE",
        conf=_RULE,
    ),
    nobody(
        "blank_lines_in_a_function",
        "    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        "\n\n    word = 1\n\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        conf=_RULE,
    ),
    nobody(
        "function_on_other_lines",
        "def scrape_CASE",
        "\n\n\n# Above.\n\n\n\ndef scrape_CASE",
        conf=_RULE,
    ),
    nobody(
        "function_written_wider",
        f"def scrape_CASE{HEAD}",
        "def scrape_CASE(\n    block, block_vars,\n    gallery_conf,\n):",
        conf=_RULE,
    ),
    nobody(
        "comment_at_the_top",
        "import os\nimport sys\nfrom pathlib",
        "# A comment.\n\n\nimport os\nimport sys\nfrom pathlib",
    ),
    nobody(
        "comment_in_a_class",
        "class Scraper_CASE:\n",
        "class Scraper_CASE:\n    # A comment.\n\n",
        conf="class Scraper_CASE:\n    def __call__(self, block, block_vars, gallery_conf):\n"
        "        return ''\n\n\nSCRAPERS.append(Scraper_CASE())\n",
    ),
    nobody(
        "comment_in_a_lambda",
        'SCRAPERS.append(lambda b, v, g: "" * len("CASE"))',
        'SCRAPERS.append(  # CASE\n    lambda b, v, g: "" * len("CASE")\n)',
        conf='SCRAPERS.append(lambda b, v, g: "" * len("CASE"))\n',
    ),
    nobody(
        "another_docstring",
        '"""What CASE does."""',
        '"""What CASE does now."""',
        conf=f'def scrape_CASE{HEAD}\n    """What CASE does."""\n    return ""\n\n\n'
        "SCRAPERS.append(scrape_CASE)\n",
        debatable="a docstring is no comment to Python, and a function could show it",
    ),
    # What concerns no page of a tutorial
    nobody(
        "unused_function",
        "return 1  # CASE",
        "return 3  # CASE",
        conf="def unused_CASE():\n    return 1  # CASE\n",
    ),
    nobody("unused_constant", "UNUSED_CASE = 1", "UNUSED_CASE = 3", conf="UNUSED_CASE = 1\n"),
    nobody(
        "event_handler",
        "context['word'] = 1",
        "context['word'] = 3",
        conf="def handle_CASE(app, page, template, context, doctree):\n"
        "    context['word'] = 1\n\n\n"
        "def setup(app):\n    app.connect('html-page-context', handle_CASE)\n",
    ),
    nobody("theme", 'html_theme = "basic"', 'html_theme = "alabaster"'),
    nobody("title", 'html_title = "One"', 'html_title = "Three"', conf='html_title = "One"\n'),
    nobody("jobs", "docent_jobs = 2", "docent_jobs = 1"),
    nobody(
        "timeout", "docent_timeout = 500", "docent_timeout = 501", conf="docent_timeout = 500\n"
    ),
    nobody(
        "ignored_warnings",
        "docent_ignored_warnings = []",
        'docent_ignored_warnings = [{"pattern": "x", "reason": "CASE"}]',
        conf="docent_ignored_warnings = []\n",
    ),
    nobody(
        "order_by_name",
        '"within_subsection_order": "FileNameSortKey"',
        '"within_subsection_order": "ExampleTitleSortKey"',
        conf=_ORDER + '"within_subsection_order": "FileNameSortKey"}\n',
    ),
    nobody(
        "order_of_subsections",
        '"subsection_order": None',
        '"subsection_order": ["tutorials", "*"]',
        conf=_ORDER + '"subsection_order": None}\n',
    ),
    nobody(
        "order_of_mini_galleries",
        'return "1" + str(name)',
        'return "3" + str(name)',
        conf='def sort_CASE(name):\n    return "1" + str(name)\n\n\n'
        + _ORDER
        + '"minigallery_sort_order": sort_CASE}\n',
    ),
    nobody("downloads", '"download_all_examples": False,', '"download_all_examples": True,'),
    nobody(
        "computation_times", '"write_computation_times": False,', '"write_computation_times": True,'
    ),
    nobody(
        "pattern_that_selects_the_same",
        r'"filename_pattern": r"\.py$"',
        r'"filename_pattern": r"\.p(y)$"',
    ),
    nobody(
        "pattern_that_ignores_nothing",
        '"ignore_pattern": "__init__"',
        '"ignore_pattern": "nothing_like_this"',
        conf=_ORDER + '"ignore_pattern": "__init__"}\n',
    ),
    nobody(
        "folder_on_the_path",
        '"nothing_CASE"',
        '"nothing_CASE_either"',
        conf='sys.path.append(str(HERE / "nothing_CASE"))\n',
    ),
    same(
        "order_of_a_set",
        "",
        variable(PYTHONHASHSEED="3"),
        first="",
        project="settings",
        files={},
        conf="NAMES_CASE = {f'name{n}' for n in range(50)}\n\n\n"
        f"def scrape_CASE{HEAD}\n    return '' * len(NAMES_CASE)\n\n\n"
        "SCRAPERS.append(scrape_CASE)\n"
        + _ORDER
        + "\"exclude_implicit_doc\": {f'x{n}' for n in range(50)}}\n",
    ),
    same("conf_touched", "", touch(CONF), first="", project="settings", files={}),
    same(
        "object_at_another_address",
        "",
        variable(UNUSED="1"),
        first="",
        project="settings",
        files={},
        conf="class Held_CASE:\n    pass\n\n\nHELD_CASE = [Held_CASE() for _ in range(3)]\n"
        f"def scrape_CASE{HEAD}\n    return '' * len(HELD_CASE)\n\n\n"
        "SCRAPERS.append(scrape_CASE)\n",
    ),
    same(
        "helper_of_conf_that_no_function_reaches",
        "",
        write(EXT, "word = 3\n"),
        first="",
        project="settings",
        files={EXT: "word = 1\n"},
        conf="import CASE_helper\n",
    ),
    same(
        "variable_that_conf_reads_for_a_title",
        "",
        variable(TITLE_CASE="three"),
        first="",
        project="settings",
        files={},
        conf='html_short_title = os.environ.get("TITLE_CASE", "one")\n',
    ),
]
