"""In ``conf.py``: functions of the settings, with all that they reach."""

from .conf_kinds import HEAD, SAYING, function

CLAUSE = "conf.py"
PROJECTS = {"functions": SAYING}

CASES = [
    function("body", f'def scrape_CASE{HEAD}\n    return say("CASE", "one")'),
    function(
        "local_constant",
        f"""
        def scrape_CASE{HEAD}
            word = "one"
            return say("CASE", word)
        """,
    ),
    function(
        "global_constant",
        f"""
        WORD_CASE = "one"
        def scrape_CASE{HEAD}
            return say("CASE", WORD_CASE)
        """,
    ),
    function(
        "global_list",
        f"""
        WORDS_CASE = ["one"]
        def scrape_CASE{HEAD}
            return say("CASE", WORDS_CASE[0])
        """,
    ),
    function(
        "global_dictionary_in_a_tuple",
        f"""
        WORDS_CASE = ({{"word": "one"}},)
        def scrape_CASE{HEAD}
            return say("CASE", WORDS_CASE[0]["word"])
        """,
    ),
    function(
        "global_array",
        f"""
        import numpy
        WORDS_CASE = numpy.array(["one"] * 2000)
        def scrape_CASE{HEAD}
            return say("CASE", WORDS_CASE[1000])
        """,
    ),
    function(
        "compiled_pattern",
        f"""
        import re
        WORD_CASE = re.compile("one")
        def scrape_CASE{HEAD}
            return say("CASE", WORD_CASE.pattern)
        """,
    ),
    function(
        "enumeration",
        f"""
        import enum
        class Words_CASE(enum.Enum):
            WORD = "one"
        def scrape_CASE{HEAD}
            return say("CASE", Words_CASE.WORD.value)
        """,
    ),
    function(
        "called_function",
        f"""
        def word_CASE():
            return "one"
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    function(
        "called_function_of_a_called_function",
        f"""
        def deep_CASE():
            return "one"
        def word_CASE():
            return deep_CASE()
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    function(
        "called_lambda",
        f"""
        word_CASE = lambda: "one"
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    function(
        "function_in_a_dictionary",
        f"""
        def word_CASE():
            return "one"
        WORDS_CASE = {{"word": word_CASE}}
        def scrape_CASE{HEAD}
            return say("CASE", WORDS_CASE["word"]())
        """,
    ),
    function(
        "function_in_a_comprehension",
        f"""
        def word_CASE():
            return "one"
        def scrape_CASE{HEAD}
            return say("CASE", *[word_CASE() for _ in range(1)])
        """,
    ),
    function(
        "functions_that_call_each_other",
        f"""
        def even_CASE(n):
            return "one" if n == 0 else odd_CASE(n - 1)
        def odd_CASE(n):
            return even_CASE(n - 1)
        def scrape_CASE{HEAD}
            return say("CASE", even_CASE(2))
        """,
    ),
    function(
        "default",
        """
        def scrape_CASE(block, block_vars, gallery_conf, word="one"):
            return say("CASE", word)
        """,
    ),
    function(
        "keyword_default",
        """
        def scrape_CASE(block, block_vars, gallery_conf, *, word="one"):
            return say("CASE", word)
        """,
    ),
    function(
        "default_that_is_a_function",
        """
        def word_CASE():
            return "one"
        def scrape_CASE(block, block_vars, gallery_conf, word=word_CASE):
            return say("CASE", word())
        """,
    ),
    function(
        "closure",
        f"""
        def make_CASE(word):
            def scrape{HEAD}
                return say("CASE", word)
            return scrape
        scrape_CASE = make_CASE("one")
        """,
    ),
    function(
        "closure_over_a_function",
        f"""
        def make_CASE(word):
            def scrape{HEAD}
                return say("CASE", word())
            return scrape
        scrape_CASE = make_CASE(lambda: "one")
        """,
    ),
    function(
        "closure_over_a_list",
        f"""
        def make_CASE(*words):
            def scrape{HEAD}
                return say("CASE", *words)
            return scrape
        scrape_CASE = make_CASE("one")
        """,
    ),
    function(
        "decorated_function",
        f"""
        import functools
        def decorate_CASE(function):
            @functools.wraps(function)
            def scrape(*args):
                return function(*args)
            return scrape
        @decorate_CASE
        def scrape_CASE{HEAD}
            return say("CASE", "one")
        """,
    ),
    function(
        "decorator",
        f"""
        import functools
        def decorate_CASE(function):
            @functools.wraps(function)
            def scrape(*args):
                return say("CASE", "one")
            return scrape
        @decorate_CASE
        def scrape_CASE{HEAD}
            return ""
        """,
    ),
    function(
        "cached_function",
        f"""
        import functools
        @functools.cache
        def word_CASE():
            return "one"
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE())
        """,
    ),
    function(
        "single_dispatch",
        f"""
        import functools
        @functools.singledispatch
        def word_CASE(value):
            return ""
        @word_CASE.register
        def _(value: int):
            return "one"
        def scrape_CASE{HEAD}
            return say("CASE", word_CASE(1))
        """,
    ),
    function(
        "attribute_of_a_function",
        f"""
        def scrape_CASE{HEAD}
            return say("CASE", scrape_CASE.word)
        scrape_CASE.word = "one"
        """,
    ),
]
