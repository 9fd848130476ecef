"""In ``conf.py``: lambdas, instances, methods and partial functions of the settings."""

from .conf_kinds import scraper

CLAUSE = "conf.py"

CASES = [
    scraper(
        "lambda",
        """
        SCRAPERS.append(lambda block, block_vars, gallery_conf: say("CASE", "one"))
        """,
    ),
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
        "call_method",
        """
        class Scraper_CASE:
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
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
    scraper(
        "class_method",
        """
        class Scraper_CASE:
            @classmethod
            def scrape(cls, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE.scrape)
        """,
    ),
    scraper(
        "class_attribute",
        """
        class Scraper_CASE:
            word = "one"
            def __call__(self, block, block_vars, gallery_conf):
                return say("CASE", self.word)
        SCRAPERS.append(Scraper_CASE())
        """,
    ),
    scraper(
        "bound_method",
        """
        class Scraper_CASE:
            def scrape(self, block, block_vars, gallery_conf):
                return say("CASE", "one")
        SCRAPERS.append(Scraper_CASE().scrape)
        """,
    ),
    scraper(
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
    scraper(
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
    scraper(
        "partial_argument",
        """
        import functools
        def scrape_CASE(word, block, block_vars, gallery_conf):
            return say("CASE", word)
        SCRAPERS.append(functools.partial(scrape_CASE, "one"))
        """,
    ),
    scraper(
        "partial_keyword",
        """
        import functools
        def scrape_CASE(block, block_vars, gallery_conf, word):
            return say("CASE", word)
        SCRAPERS.append(functools.partial(scrape_CASE, word="one"))
        """,
    ),
    scraper(
        "partial_function",
        """
        import functools
        def scrape_CASE(word, block, block_vars, gallery_conf):
            return say("CASE", "one")
        SCRAPERS.append(functools.partial(scrape_CASE, "two"))
        """,
    ),
    scraper(
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
]
