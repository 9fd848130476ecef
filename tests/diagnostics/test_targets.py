"""What references can lead to is told apart, whatever a domain keeps it in."""

from __future__ import annotations

from tests.helpers.sites import Site

DOMAIN = """
from sphinx.domains import Domain

class Books(Domain):
    name = "books"
    initial_data = {"citations": [("knuth", 1)], "labels": None}

def setup(app):
    app.add_domain(Books)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


def test_a_domain_may_keep_its_citations_in_a_list(site: Site) -> None:
    site.write("docs/books.py", DOMAIN)
    site.configure(
        "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n"
        "extensions.append('books')\n"
    )
    site.write("docs/tutorials/one.py", '"""\nOne\n===\n\nOne.\n"""\n1\n')
    for _ in range(2):
        done = site.precheck()
        assert done.code == 0, done.output
