"""In ``conf.py``: functions and callables of the settings, with all that they reach."""

from textwrap import dedent
from typing import Any

from harness.edits import replace, touch, variable, write
from harness.model import Case, Edit, again, same

CLAUSE = "conf.py"

CONF = "docs/conf.py"

_SAY = """
def say(case, word):
    return f"\\n\\n{case} value: [{word}]\\n\\n"
"""
PROJECTS = {
    "functions": {"conf": f"sys.path.insert(0, str(HERE / 'ext'))\n{_SAY}", "in_turn": True},
    "settings": {"conf": f"sys.path.insert(0, str(HERE / 'ext'))\n{_SAY}", "in_turn": True},
}


def _scraper(name: str, lines: str, edit: Edit | None = None, **more: Any) -> Case:
    """A case whose scraper shows a word on every page; ``"one"`` becomes ``"three"``."""
    edit = edit or replace(CONF, '"one of CASE"', '"three of CASE"')
    lines = dedent(lines).replace('"one"', '"one of CASE"')
    more = {"first": "one of " + name, "then": "three of " + name, **more}
    return again(name, "", edit, conf=lines, everyone=True, project="functions", **more)


def _function(name: str, lines: str, **more: Any) -> Case:
    return _scraper(name, f"{dedent(lines)}\nSCRAPERS.append(scrape_CASE)\n", **more)


def _helper(name: str, lines: str, files: dict[str, str], edit: Edit, **more: Any) -> Case:
    """A case whose scraper has its word from elsewhere, once ``one`` and then ``three``."""
    more = {"first": "one", "then": "three", "files": files, **more}
    return _scraper(name, lines, edit, **more)


_HEAD = "(block, block_vars, gallery_conf):"
_EXT = "docs/ext/CASE_helper.py"
_WORD = 'def word():\n    return "{}"\n'

CASES = [
    _function("body", f'def scrape_CASE{_HEAD}\n    return say("CASE", "one")'),
    _function(
        "local_constant",
        f"""
        def scrape_CASE{_HEAD}
            word = "one"
            return say("CASE", word)
        """,
    ),
    _function(
        "global_constant",
        f"""
        WORD_CASE = "one"
        def scrape_CASE{_HEAD}
            return say("CASE", WORD_CASE)
        """,
    ),
    _function(
        "global_list",
        f"""
        WORDS_CASE = ["one"]
        def scrape_CASE{_HEAD}
            return say("CASE", WORDS_CASE[0])
        """,
    ),
    _function(
        "global_dictionary_in_a_tuple",
        f"""
        WORDS_CASE = ({{"word": "one"}},)
        def scrape_CASE{_HEAD}
            return say("CASE", WORDS_CASE[0]["word"])
        """,
    ),
    _function(
        "global_array",
        f"""
        import numpy
        WORDS_CASE = numpy.array(["one"] * 2000)
        def scrape_CASE{_HEAD}
            return say("CASE", WORDS_CASE[1000])
        """,
    ),
    _function(
        "compiled_pattern",
        f"""
        import re
        WORD_CASE = re.compile("one")
        def scrape_CASE{_HEAD}
            return say("CASE", WORD_CASE.pattern)
        """,
    ),
    _function(
        "enumeration",
        f"""
        import enum
        class Words_CASE(enum.Enum):
            WORD = "one"
        def scrape_CASE{_HEAD}
            return say("CASE", Words_CASE.WORD.value)
        """,
    ),
    _function(
        "called_function",
        f"""
        def word_CASE():
            return "one"
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    _function(
        "called_function_of_a_called_function",
        f"""
        def deep_CASE():
            return "one"
        def word_CASE():
            return deep_CASE()
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    _function(
        "called_lambda",
        f"""
        word_CASE = lambda: "one"
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    _function(
        "function_in_a_dictionary",
        f"""
        def word_CASE():
            return "one"
        WORDS_CASE = {{"word": word_CASE}}
        def scrape_CASE{_HEAD}
            return say("CASE", WORDS_CASE["word"]())
        """,
    ),
    _function(
        "function_in_a_comprehension",
        f"""
        def word_CASE():
            return "one"
        def scrape_CASE{_HEAD}
            return say("CASE", *[word_CASE() for _ in range(1)])
        """,
    ),
    _function(
        "functions_that_call_each_other",
        f"""
        def even_CASE(n):
            return "one" if n == 0 else odd_CASE(n - 1)
        def odd_CASE(n):
            return even_CASE(n - 1)
        def scrape_CASE{_HEAD}
            return say("CASE", even_CASE(2))
        """,
    ),
    _function(
        "default",
        """
        def scrape_CASE(block, block_vars, gallery_conf, word="one"):
            return say("CASE", word)
        """,
    ),
    _function(
        "keyword_default",
        """
        def scrape_CASE(block, block_vars, gallery_conf, *, word="one"):
            return say("CASE", word)
        """,
    ),
    _function(
        "default_that_is_a_function",
        """
        def word_CASE():
            return "one"
        def scrape_CASE(block, block_vars, gallery_conf, word=word_CASE):
            return say("CASE", word())
        """,
    ),
    _function(
        "closure",
        f"""
        def make_CASE(word):
            def scrape{_HEAD}
                return say("CASE", word)
            return scrape
        scrape_CASE = make_CASE("one")
        """,
    ),
    _function(
        "closure_over_a_function",
        f"""
        def make_CASE(word):
            def scrape{_HEAD}
                return say("CASE", word())
            return scrape
        scrape_CASE = make_CASE(lambda: "one")
        """,
    ),
    _function(
        "closure_over_a_list",
        f"""
        def make_CASE(*words):
            def scrape{_HEAD}
                return say("CASE", *words)
            return scrape
        scrape_CASE = make_CASE("one")
        """,
    ),
    _function(
        "decorated_function",
        f"""
        import functools
        def decorate_CASE(function):
            @functools.wraps(function)
            def scrape(*args):
                return function(*args)
            return scrape
        @decorate_CASE
        def scrape_CASE{_HEAD}
            return say("CASE", "one")
        """,
    ),
    _function(
        "decorator",
        f"""
        import functools
        def decorate_CASE(function):
            @functools.wraps(function)
            def scrape(*args):
                return say("CASE", "one")
            return scrape
        @decorate_CASE
        def scrape_CASE{_HEAD}
            return ""
        """,
    ),
    _function(
        "cached_function",
        f"""
        import functools
        @functools.cache
        def word_CASE():
            return "one"
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    _function(
        "single_dispatch",
        f"""
        import functools
        @functools.singledispatch
        def word_CASE(value):
            return ""
        @word_CASE.register
        def _(value: int):
            return "one"
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE(1))
        """,
    ),
    _function(
        "attribute_of_a_function",
        f"""
        def scrape_CASE{_HEAD}
            return say("CASE", scrape_CASE.word)
        scrape_CASE.word = "one"
        """,
    ),
    _scraper(
        "lambda",
        """
        SCRAPERS.append(lambda block, block_vars, gallery_conf: say("CASE", "one"))
        """,
    ),
    _scraper(
        "instance_attribute",
        """
        class Scraper_CASE:
            def __init__(self, word):
                self.word = word
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE("one"))
        """,
    ),
    _scraper(
        "instance_attribute_in_slots",
        """
        class Scraper_CASE:
            __slots__ = ("word",)
            def __init__(self, word):
                self.word = word
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE("one"))
        """,
    ),
    _scraper(
        "instance_attribute_deep_within",
        """
        class Held_CASE:
            pass
        class Scraper_CASE:
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.held[0].word)
        scraper_CASE = Scraper_CASE()
        scraper_CASE.held = [Held_CASE()]
        scraper_CASE.held[0].word = "one"
        SCRAPERS.append(scraper_CASE)
        """,
    ),
    _scraper(
        "instance_with_a_representation",
        """
        class Scraper_CASE:
            def __init__(self, word):
                self.word = word
            def __repr__(self):
                return "Scraper()"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE("one"))
        """,
    ),
    _scraper(
        "data_class",
        """
        from dataclasses import dataclass, field
        @dataclass(frozen=True)
        class Scraper_CASE:
            word: str = field(repr=False)
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE("one"))
        """,
    ),
    _scraper(
        "call_method",
        """
        class Scraper_CASE:
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "inherited_method",
        """
        class Base_CASE:
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        class Scraper_CASE(Base_CASE):
            pass
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "method_of_a_base_by_super",
        """
        class Base_CASE:
            def word(self):
                return "one"
        class Scraper_CASE(Base_CASE):
            def word(self):
                return super().word()
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word())
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "called_method",
        """
        class Scraper_CASE:
            def word(self):
                return "one"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word())
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "property",
        """
        class Scraper_CASE:
            @property
            def word(self):
                return "one"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "static_method",
        """
        class Scraper_CASE:
            @staticmethod
            def word():
                return "one"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word())
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "class_method",
        """
        class Scraper_CASE:
            @classmethod
            def scrape(cls, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE.scrape)
        """,
    ),
    _scraper(
        "class_attribute",
        """
        class Scraper_CASE:
            word = "one"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    _scraper(
        "bound_method",
        """
        class Scraper_CASE:
            def scrape(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE().scrape)
        """,
    ),
    _scraper(
        "instance_of_a_bound_method",
        """
        class Scraper_CASE:
            def __init__(self, word):
                self.word = word
            def scrape(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE("one").scrape)
        """,
    ),
    _scraper(
        "inherited_bound_method",
        """
        class Base_CASE:
            def scrape(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        class Scraper_CASE(Base_CASE):
            pass
        SCRAPERS.append(Scraper_CASE().scrape)
        """,
    ),
    _scraper(
        "partial_argument",
        """
        import functools
        def scrape_CASE(word, block, block_vars, gallery_conf):
            return say("CASE", word)
        SCRAPERS.append(functools.partial(scrape_CASE, "one"))
        """,
    ),
    _scraper(
        "partial_keyword",
        """
        import functools
        def scrape_CASE(block, block_vars, gallery_conf, word):
            return say("CASE", word)
        SCRAPERS.append(functools.partial(scrape_CASE, word="one"))
        """,
    ),
    _scraper(
        "partial_function",
        """
        import functools
        def scrape_CASE(word, block, block_vars, gallery_conf):
            return say("CASE", "one")
        SCRAPERS.append(functools.partial(scrape_CASE, "two"))
        """,
    ),
    _scraper(
        "partial_object",
        """
        import functools
        class Word_CASE:
            def __init__(self, word):
                self.word = word
        def scrape_CASE(held, block, block_vars, gallery_conf):
            return say("CASE", held.word)
        SCRAPERS.append(functools.partial(scrape_CASE, Word_CASE("one")))
        """,
    ),
    # Modules of the project that conf.py imports
    _helper(
        "helper_module",
        f"""
        import CASE_helper
        def scrape_CASE{_HEAD}
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {_EXT: _WORD.format("one")},
        write(_EXT, _WORD.format("three")),
    ),
    _helper(
        "helper_function",
        f"""
        from CASE_helper import word as word_CASE
        def scrape_CASE{_HEAD}
            return say("CASE", word_CASE())
        SCRAPERS.append(scrape_CASE)
        """,
        {_EXT: _WORD.format("one")},
        write(_EXT, _WORD.format("three")),
    ),
    _helper(
        "helper_constant",
        f"""
        import CASE_helper
        def scrape_CASE{_HEAD}
            return say("CASE", CASE_helper.WORD)
        SCRAPERS.append(scrape_CASE)
        """,
        {_EXT: 'WORD = "one"\n'},
        write(_EXT, 'WORD = "three"\n'),
    ),
    _helper(
        "helper_constant_by_name",
        f"""
        from CASE_helper import WORD as WORD_CASE
        def scrape_CASE{_HEAD}
            return say("CASE", WORD_CASE)
        SCRAPERS.append(scrape_CASE)
        """,
        {_EXT: 'WORD = "one"\n'},
        write(_EXT, 'WORD = "three"\n'),
    ),
    _helper(
        "helper_that_is_the_scraper",
        "from CASE_helper import scrape\nSCRAPERS.append(scrape)",
        {_EXT: f'def scrape{_HEAD}\n    return "\\n\\nCASE value: [one]\\n\\n"\n'},
        write(_EXT, f'def scrape{_HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n'),
    ),
    _helper(
        "helper_of_a_helper",
        f"""
        import CASE_helper
        def scrape_CASE{_HEAD}
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {
            _EXT: "import CASE_deep\n\n\ndef word():\n    return CASE_deep.word()\n",
            "docs/ext/CASE_deep.py": _WORD.format("one"),
        },
        write("docs/ext/CASE_deep.py", _WORD.format("three")),
    ),
    _helper(
        "helper_class_inherited_from",
        """
        import CASE_helper
        class Scraper_CASE(CASE_helper.Base):
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word())
        SCRAPERS.append(Scraper_CASE())
        """,
        {_EXT: 'class Base:\n    def word(self):\n        return "one"\n'},
        write(_EXT, 'class Base:\n    def word(self):\n        return "three"\n'),
    ),
    _helper(
        "helper_imported_in_the_function",
        f"""
        def scrape_CASE{_HEAD}
            import CASE_helper
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {_EXT: _WORD.format("one")},
        write(_EXT, _WORD.format("three")),
    ),
    _helper(
        "helper_named_as_text",
        'SCRAPERS.append("CASE_helper")',
        {
            _EXT: "def _get_sg_image_scraper():\n    return scrape\n\n\n"
            f'def scrape{_HEAD}\n    return "\\n\\nCASE value: [one]\\n\\n"\n'
        },
        write(
            _EXT,
            "def _get_sg_image_scraper():\n    return scrape\n\n\n"
            f'def scrape{_HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n',
        ),
    ),
    _helper(
        "helper_named_as_text_of_a_helper",
        'SCRAPERS.append("CASE_helper")',
        {
            _EXT: "from CASE_deep import scrape\n\n\ndef _get_sg_image_scraper():\n"
            "    return scrape\n",
            "docs/ext/CASE_deep.py": f"def scrape{_HEAD}\n"
            '    return "\\n\\nCASE value: [one]\\n\\n"\n',
        },
        write(
            "docs/ext/CASE_deep.py",
            f'def scrape{_HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n',
        ),
    ),
    _helper(
        "file_read_by_the_function",
        f"""
        def scrape_CASE{_HEAD}
            return say("CASE", (HERE / "CASE.txt").read_text())
        SCRAPERS.append(scrape_CASE)
        """,
        {"docs/CASE.txt": "one"},
        write("docs/CASE.txt", "three"),
    ),
    _helper(
        "file_read_into_a_constant",
        f"""
        WORD_CASE = (HERE / "CASE.txt").read_text()
        def scrape_CASE{_HEAD}
            return say("CASE", WORD_CASE)
        SCRAPERS.append(scrape_CASE)
        """,
        {"docs/CASE.txt": "one"},
        write("docs/CASE.txt", "three"),
    ),
    _helper(
        "outside_file_read_by_the_function",
        f"""
        def scrape_CASE{_HEAD}
            return say("CASE", Path("@OUTSIDE/CASE.txt").read_text())
        SCRAPERS.append(scrape_CASE)
        """,
        {"@OUTSIDE/CASE.txt": "one"},
        write("@OUTSIDE/CASE.txt", "three"),
    ),
    _helper(
        "variable_read_by_the_function",
        f"""
        def scrape_CASE{_HEAD}
            return say("CASE", os.environ.get("WORD_CASE", "one"))
        SCRAPERS.append(scrape_CASE)
        """,
        {},
        variable(WORD_CASE="three"),
        first="one of variable_read_by_the_function",
    ),
    _helper(
        "variable_read_into_a_constant",
        f"""
        WORD_CASE = os.environ.get("WORD_CASE", "one")
        def scrape_CASE{_HEAD}
            return say("CASE", WORD_CASE)
        SCRAPERS.append(scrape_CASE)
        """,
        {},
        variable(WORD_CASE="three"),
        first="one of variable_read_into_a_constant",
    ),
    # reset_modules
    again(
        "reset_function",
        "import builtins\nshow(builtins.CASE_word)",
        replace(CONF, '"one of CASE"', '"three"'),
        first="one of reset_function",
        conf="import builtins\n\n\ndef reset_CASE(gallery_conf, fname):\n"
        '    builtins.CASE_word = "one of CASE"\n\n\nRESETS.append(reset_CASE)\n',
        everyone=True,
        project="functions",
    ),
    again(
        "reset_function_named_as_text",
        "import builtins\nshow(builtins.CASE_word)",
        write(
            _EXT,
            "import builtins\n\n\ndef reset(gallery_conf, fname):\n"
            '    builtins.CASE_word = "three"\n',
        ),
        files={
            _EXT: "import builtins\n\n\ndef reset(gallery_conf, fname):\n"
            '    builtins.CASE_word = "one"\n'
        },
        conf='RESETS.append("CASE_helper.reset")\n',
        everyone=True,
        project="functions",
    ),
    again(
        "reset_function_added",
        "import builtins\nshow(getattr(builtins, 'CASE_word', 'one'))",
        replace(CONF, "#RESETS.append(reset_CASE)", "RESETS.append(reset_CASE)"),
        conf="import builtins\n\n\ndef reset_CASE(gallery_conf, fname):\n"
        '    builtins.CASE_word = "three"\n\n\n#RESETS.append(reset_CASE)\n',
        everyone=True,
        project="functions",
    ),
]


def _setting(name: str, old: str, new: str, **more: Any) -> Case:
    """A setting that shapes pages."""
    lines = more.pop("conf", "MORE = {**globals().get('MORE', {}), " + old + "}\n")
    more = {"first": "", "then": "", "project": "settings", "everyone": True, **more}
    return again(name, "", replace(CONF, old, new), conf=lines, **more)


def _nobody(name: str, old: str, new: str, **more: Any) -> Case:
    """An edit of ``conf.py`` that concerns no tutorial."""
    more = {"first": "", "project": "settings", "files": {}, **more}
    return same(name, "", replace(CONF, old, new), **more)


def _looks(name: str, old: str, new: str) -> Case:
    """A setting that shapes pages, and nothing that a tutorial gives."""
    return _nobody(name, old, new, conf="MORE = {**globals().get('MORE', {}), " + old + "}\n")


_RULE = f"def scrape_CASE{_HEAD}\n    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE)\n"
_ORDER = "MORE = {**globals().get('MORE', {}), "

CASES += [
    # What shapes pages
    _looks("setting_of_code", '"line_numbers": False', '"line_numbers": True'),
    _setting("setting_of_output", '"capture_repr": ()', '"capture_repr": ("__repr__",)'),
    _looks("setting_of_thumbnails", '"thumbnail_size": (400, 280)', '"thumbnail_size": (200, 140)'),
    _setting(
        "setting_of_resetting", '"reset_modules_order": "before"', '"reset_modules_order": "both"'
    ),
    # White space and comments
    _nobody(
        "comment_in_a_function",
        "    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        "    # A comment.\n    word = 1  # Another.\n    return ''\n\n\n"
        "SCRAPERS.append(scrape_CASE",
        conf=_RULE,
    ),
    _nobody(
        "blank_lines_in_a_function",
        "    word = 1\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        "\n\n    word = 1\n\n    return ''\n\n\nSCRAPERS.append(scrape_CASE",
        conf=_RULE,
    ),
    _nobody(
        "function_on_other_lines",
        "def scrape_CASE",
        "\n\n\n# Above.\n\n\n\ndef scrape_CASE",
        conf=_RULE,
    ),
    _nobody(
        "function_written_wider",
        f"def scrape_CASE{_HEAD}",
        "def scrape_CASE(\n    block, block_vars,\n    gallery_conf,\n):",
        conf=_RULE,
    ),
    _nobody(
        "comment_at_the_top",
        "import os\nimport sys\nfrom pathlib",
        "# A comment.\n\n\nimport os\nimport sys\nfrom pathlib",
    ),
    _nobody(
        "comment_in_a_class",
        "class Scraper_CASE:\n",
        "class Scraper_CASE:\n    # A comment.\n\n",
        conf="class Scraper_CASE:\n    def __call__(self, block, block_vars, gallery_conf):\n"
        "        return ''\n\n\nSCRAPERS.append(Scraper_CASE())\n",
    ),
    _nobody(
        "comment_in_a_lambda",
        'SCRAPERS.append(lambda b, v, g: "" * len("CASE"))',
        'SCRAPERS.append(  # CASE\n    lambda b, v, g: "" * len("CASE")\n)',
        conf='SCRAPERS.append(lambda b, v, g: "" * len("CASE"))\n',
    ),
    _nobody(
        "another_docstring",
        '"""What CASE does."""',
        '"""What CASE does now."""',
        conf=f'def scrape_CASE{_HEAD}\n    """What CASE does."""\n    return ""\n\n\n'
        "SCRAPERS.append(scrape_CASE)\n",
        debatable="a docstring is no comment to Python, and a function could show it",
    ),
    # What concerns no page of a tutorial
    _nobody(
        "unused_function",
        "return 1  # CASE",
        "return 3  # CASE",
        conf="def unused_CASE():\n    return 1  # CASE\n",
    ),
    _nobody("unused_constant", "UNUSED_CASE = 1", "UNUSED_CASE = 3", conf="UNUSED_CASE = 1\n"),
    _nobody(
        "event_handler",
        "context['word'] = 1",
        "context['word'] = 3",
        conf="def handle_CASE(app, page, template, context, doctree):\n"
        "    context['word'] = 1\n\n\n"
        "def setup(app):\n    app.connect('html-page-context', handle_CASE)\n",
    ),
    _nobody("theme", 'html_theme = "basic"', 'html_theme = "alabaster"'),
    _nobody("title", 'html_title = "One"', 'html_title = "Three"', conf='html_title = "One"\n'),
    _nobody("jobs", "docent_jobs = 2", "docent_jobs = 1"),
    _nobody(
        "timeout", "docent_timeout = 500", "docent_timeout = 501", conf="docent_timeout = 500\n"
    ),
    _nobody(
        "ignored_warnings",
        "docent_ignored_warnings = []",
        'docent_ignored_warnings = [{"pattern": "x", "reason": "CASE"}]',
        conf="docent_ignored_warnings = []\n",
    ),
    _nobody(
        "order_by_name",
        '"within_subsection_order": "FileNameSortKey"',
        '"within_subsection_order": "ExampleTitleSortKey"',
        conf=_ORDER + '"within_subsection_order": "FileNameSortKey"}\n',
    ),
    _nobody(
        "order_of_subsections",
        '"subsection_order": None',
        '"subsection_order": ["tutorials", "*"]',
        conf=_ORDER + '"subsection_order": None}\n',
    ),
    _nobody(
        "order_of_mini_galleries",
        'return "1" + str(name)',
        'return "3" + str(name)',
        conf='def sort_CASE(name):\n    return "1" + str(name)\n\n\n'
        + _ORDER
        + '"minigallery_sort_order": sort_CASE}\n',
    ),
    _nobody("downloads", '"download_all_examples": False,', '"download_all_examples": True,'),
    _nobody(
        "computation_times", '"write_computation_times": False,', '"write_computation_times": True,'
    ),
    _nobody(
        "pattern_that_selects_the_same",
        r'"filename_pattern": r"\.py$"',
        r'"filename_pattern": r"\.p(y)$"',
    ),
    _nobody(
        "pattern_that_ignores_nothing",
        '"ignore_pattern": "__init__"',
        '"ignore_pattern": "nothing_like_this"',
        conf=_ORDER + '"ignore_pattern": "__init__"}\n',
    ),
    _nobody(
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
        f"def scrape_CASE{_HEAD}\n    return '' * len(NAMES_CASE)\n\n\n"
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
        f"def scrape_CASE{_HEAD}\n    return '' * len(HELD_CASE)\n\n\n"
        "SCRAPERS.append(scrape_CASE)\n",
    ),
    same(
        "helper_of_conf_that_no_function_reaches",
        "",
        write(_EXT, "word = 3\n"),
        first="",
        project="settings",
        files={_EXT: "word = 1\n"},
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
