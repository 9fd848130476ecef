"""A notebook brings along what its tutorial reads from the repository."""

from __future__ import annotations

import hashlib

import pytest
from tests.helpers.notebook_builds import build_notebooks
from tests.helpers.notebooks import cells
from tests.helpers.sites import ALL, NONE, Build, Site

from sphinx_docent.site.tutorial_data import raw_address

pytestmark = pytest.mark.site
ROWS = "a,b\n1,2\n"
DIGEST = hashlib.sha256(ROWS.encode()).hexdigest()


def code_of(build: Build, name: str) -> str:
    (file,) = build.out.glob(f"_downloads/*/{name}.ipynb")
    return "\n\n".join(source for kind, source in cells(file) if kind == "code")


def with_data(site: Site) -> None:
    site.write("docs/tutorials/data/beside.csv", ROWS)
    site.write("data/above.csv", ROWS)
    site.write("docs/tutorials/helper.txt", "not read")
    site.tutorial("beside", 'assert open("data/beside.csv").read() == "a,b\\n1,2\\n"')
    site.tutorial("above", 'assert open("../../data/above.csv").read() == "a,b\\n1,2\\n"')
    site.tutorial("none")


def test_files_are_fetched_from_the_repository_and_checked(site: Site) -> None:
    with_data(site)
    site.configure('docent_source = "https://github.com/owner/name/blob/v1/{path}"\n')
    build = site.build("-W", *ALL)
    assert build.code == 0, build.output
    beside = code_of(build, "beside")
    address = "https://raw.githubusercontent.com/owner/name/v1/docs/tutorials/data/beside.csv"
    assert f"_bring(\n    'data/beside.csv',\n    '{DIGEST}',\n    '{address}',\n)" in beside
    assert "chdir" not in beside
    above = code_of(build, "above")
    assert "_bring(\n    '../../data/above.csv'," in above
    assert "os.chdir('docs/tutorials')" in above
    for name in ("beside", "above"):
        assert "helper.txt" not in code_of(build, name)
    assert "_bring" not in code_of(build, "none")
    before = code_of(build, "beside")
    assert code_of(site.build("-E", *NONE, out="again"), "beside") == before


@pytest.mark.parametrize("published", [True, False])
def test_notebooks_run_with_their_data(site: Site, published: bool) -> None:
    with_data(site)
    if published:
        site.configure(f'docent_data = "{site.root.as_uri()}/{{path}}"\n')
    assert site.build("-W", *ALL).code == 0
    build = build_notebooks(site, "-D", "docent_execute=beside|above")
    assert build.code == 0, build.output
    assert build.runs == ["above", "beside"]


def test_what_changed_since_is_refused(site: Site) -> None:
    with_data(site)
    site.configure(f'docent_data = "{(site.root / "old").as_uri()}/{{path}}"\n')
    assert site.build("-W", *ALL).code == 0
    site.write("old/docs/tutorials/data/beside.csv", "other")
    build = build_notebooks(site, "-D", "docent_execute=beside")
    assert build.code == 1
    assert "is not the file that this tutorial was made with" in build.output


def test_changed_data_changes_the_notebook(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "one")
    site.tutorial("reads", 'open("data.csv").read()')
    first = code_of(site.build(*ALL), "reads")
    site.write("docs/tutorials/data.csv", "two")
    second = code_of(site.build(*ALL), "reads")
    assert hashlib.sha256(b"one").hexdigest() in first
    assert hashlib.sha256(b"two").hexdigest() in second


def test_a_large_file_without_an_address_is_a_diagnostic(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "x" * 70_000)
    path = site.tutorial("reads", 'open("data.csv").read()')
    build = site.build(*ALL)
    (entry,) = build.found
    assert entry[:3] == (path, 1, "docent.notebook")
    assert "cannot bring docs/tutorials/data.csv" in entry[3]
    assert build.runs == ["reads"]


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        (
            "https://github.com/o/n/blob/v1/{path}",
            "https://raw.githubusercontent.com/o/n/v1/{path}",
        ),
        ("https://gitlab.com/o/g/n/-/blob/v1/{path}", "https://gitlab.com/o/g/n/-/raw/v1/{path}"),
        ("https://code.example/{path}", ""),
    ],
)
def test_the_address_of_content_follows_from_that_of_sources(source: str, raw: str) -> None:
    assert raw_address(source) == raw


def test_a_name_that_no_notebook_has_is_told_where_it_is_used(site: Site) -> None:
    path = site.tutorial("uses", "folder = os.path.dirname(__file__)")
    guarded = "try:\n    here = __file__\nexcept NameError:\n    here = '.'"
    site.tutorial("guarded", guarded)
    ((file, line, category, message),) = site.precheck().found
    assert (file, line) == (path, site.line(path, "dirname(__file__)"))
    assert (category, message.partition(" is ")[0]) == ("docent.notebook", "'__file__'")


def test_what_is_declared_is_brought_although_nothing_was_executed(site: Site) -> None:
    site.write("docs/tutorials/data/one.csv", ROWS)
    site.tutorial("reads", comments='# sphinx_gallery_inputs = ["data/*.csv"]')
    code = code_of(site.build("-W", *NONE), "reads")
    assert f"_bring(\n    'data/one.csv',\n    '{DIGEST}'," in code
