"""What the functions of ``conf.py`` have from elsewhere: modules, files, variables; ``reset_modules``."""

from ..harness.edits import replace, variable, write
from ..harness.model import again
from .conf_kinds import CONF, EXT, HEAD, WORD, helper

CLAUSE = "conf.py"

CASES = [
    # Modules of the project that conf.py imports
    helper(
        "helper_module",
        f"""
        import CASE_helper
        def scrape_CASE{HEAD}
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {EXT: WORD.format("one")},
        write(EXT, WORD.format("three")),
    ),
    helper(
        "helper_function",
        f"""
        from CASE_helper import word as word_CASE
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE())
        SCRAPERS.append(scrape_CASE)
        """,
        {EXT: WORD.format("one")},
        write(EXT, WORD.format("three")),
    ),
    helper(
        "helper_constant",
        f"""
        import CASE_helper
        def scrape_CASE{HEAD}
            return say("CASE", CASE_helper.WORD)
        SCRAPERS.append(scrape_CASE)
        """,
        {EXT: 'WORD = "one"\n'},
        write(EXT, 'WORD = "three"\n'),
    ),
    helper(
        "helper_constant_by_name",
        f"""
        from CASE_helper import WORD as WORD_CASE
        def scrape_CASE{HEAD}
            return say("CASE", WORD_CASE)
        SCRAPERS.append(scrape_CASE)
        """,
        {EXT: 'WORD = "one"\n'},
        write(EXT, 'WORD = "three"\n'),
    ),
    helper(
        "helper_that_is_the_scraper",
        "from CASE_helper import scrape\nSCRAPERS.append(scrape)",
        {EXT: f'def scrape{HEAD}\n    return "\\n\\nCASE value: [one]\\n\\n"\n'},
        write(EXT, f'def scrape{HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n'),
    ),
    helper(
        "helper_of_a_helper",
        f"""
        import CASE_helper
        def scrape_CASE{HEAD}
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {
            EXT: "import CASE_deep\n\n\ndef word():\n    return CASE_deep.word()\n",
            "docs/ext/CASE_deep.py": WORD.format("one"),
        },
        write("docs/ext/CASE_deep.py", WORD.format("three")),
    ),
    helper(
        "helper_class_inherited_from",
        """
        import CASE_helper
        class Scraper_CASE(CASE_helper.Base):
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word())
        SCRAPERS.append(Scraper_CASE())
        """,
        {EXT: 'class Base:\n    def word(self):\n        return "one"\n'},
        write(EXT, 'class Base:\n    def word(self):\n        return "three"\n'),
    ),
    helper(
        "helper_imported_in_the_function",
        f"""
        def scrape_CASE{HEAD}
            import CASE_helper
            return say("CASE", CASE_helper.word())
        SCRAPERS.append(scrape_CASE)
        """,
        {EXT: WORD.format("one")},
        write(EXT, WORD.format("three")),
    ),
    helper(
        "helper_named_as_text",
        'SCRAPERS.append("CASE_helper")',
        {
            EXT: "def _get_sg_image_scraper():\n    return scrape\n\n\n"
            f'def scrape{HEAD}\n    return "\\n\\nCASE value: [one]\\n\\n"\n'
        },
        write(
            EXT,
            "def _get_sg_image_scraper():\n    return scrape\n\n\n"
            f'def scrape{HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n',
        ),
    ),
    helper(
        "helper_named_as_text_of_a_helper",
        'SCRAPERS.append("CASE_helper")',
        {
            EXT: "from CASE_deep import scrape\n\n\ndef _get_sg_image_scraper():\n"
            "    return scrape\n",
            "docs/ext/CASE_deep.py": f"def scrape{HEAD}\n"
            '    return "\\n\\nCASE value: [one]\\n\\n"\n',
        },
        write(
            "docs/ext/CASE_deep.py",
            f'def scrape{HEAD}\n    return "\\n\\nCASE value: [three]\\n\\n"\n',
        ),
    ),
    helper(
        "file_read_by_the_function",
        f"""
        def scrape_CASE{HEAD}
            return say("CASE", (HERE / "CASE.txt").read_text())
        SCRAPERS.append(scrape_CASE)
        """,
        {"docs/CASE.txt": "one"},
        write("docs/CASE.txt", "three"),
    ),
    helper(
        "file_read_into_a_constant",
        f"""
        WORD_CASE = (HERE / "CASE.txt").read_text()
        def scrape_CASE{HEAD}
            return say("CASE", WORD_CASE)
        SCRAPERS.append(scrape_CASE)
        """,
        {"docs/CASE.txt": "one"},
        write("docs/CASE.txt", "three"),
    ),
    helper(
        "outside_file_read_by_the_function",
        f"""
        def scrape_CASE{HEAD}
            return say("CASE", Path("@OUTSIDE/CASE.txt").read_text())
        SCRAPERS.append(scrape_CASE)
        """,
        {"@OUTSIDE/CASE.txt": "one"},
        write("@OUTSIDE/CASE.txt", "three"),
    ),
    helper(
        "variable_read_by_the_function",
        f"""
        def scrape_CASE{HEAD}
            return say("CASE", os.environ.get("WORD_CASE", "one"))
        SCRAPERS.append(scrape_CASE)
        """,
        {},
        variable(WORD_CASE="three"),
        first="one of variable_read_by_the_function",
    ),
    helper(
        "variable_read_into_a_constant",
        f"""
        WORD_CASE = os.environ.get("WORD_CASE", "one")
        def scrape_CASE{HEAD}
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
            EXT,
            "import builtins\n\n\ndef reset(gallery_conf, fname):\n"
            '    builtins.CASE_word = "three"\n',
        ),
        files={
            EXT: "import builtins\n\n\ndef reset(gallery_conf, fname):\n"
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
