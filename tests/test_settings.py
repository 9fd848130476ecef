"""A wrong setting is one line that says what and where, and exit code 2."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.helpers.sites import Site

BAD = [
    ('docent_jobs = "many"', "docent_jobs is 'many'"),
    ("docent_jobs = 0", "docent_jobs is 0"),
    ("docent_jobs = None", "docent_jobs is None"),
    ("docent_timeout = 0", "docent_timeout is 0"),
    ('docent_timeout = "long"', "docent_timeout is 'long'"),
    ('docent_timeout = "nan"', "docent_timeout is 'nan'"),
    ("docent_timeout = None", "docent_timeout is None"),
    ('docent_cache = "s3://me:secret@/x?token=secret"', "docent_cache is 's3:///x'"),
    ('docent_cache = "https://example.org/x?token=secret"', "is 'https://example.org/x'"),
    ('docent_cache = "s3://"', "docent_cache is 's3://'"),
    ('docent_cache_readonly = "yes"', "docent_cache_readonly is 'yes'"),
    ('docent_shard = "0/4"', "docent_shard is '0/4'"),
    ('docent_shard = "5/4"', "docent_shard is '5/4'"),
    ('docent_shard = "2 of 4"', "docent_shard is '2 of 4'"),
    ('docent_shard = "2/4:"', "docent_shard is '2/4:'"),
    ('docent_shard = "2/4:gpu"', "'gpu' is neither 'cuda' nor in docent_requirements"),
    ("docent_shard = 2", "docent_shard is 2"),
    ("docent_cache = 3", "docent_cache is 3"),
    ("docent_execute = 5", "docent_execute"),
    ('docent_ignored_warnings = [{"pattern": "x"}]', "'reason'"),
    ('docent_ignored_warnings = ["x"]', "is not a dictionary"),
    ("docent_ignored_warnings = 7", "docent_ignored_warnings"),
    ('docent_ignored_warnings = [{"pattern": "x", "reason": " "}]', "'x' has no reason"),
    ('docent_ignored_warnings = [{"pattern": "(", "reason": "r"}]', "not a regular expression"),
    ('docent_ignored_warnings = [{"pattern": 5, "reason": "r"}]', "docent_ignored_warnings"),
    ('docent_ignored_warnings = [{"pattern": "x", "reason": "r", "files": "y"}]', "'file'"),
    ('docent_colab = "owner/name"', "docent_colab"),
    ('docent_colab = {"repository": "name"}', "write 'owner/name'"),
    ('docent_requirements = ["torch"]', "docent_requirements"),
    ('docent_requirements = {"torch": 5}', "docent_requirements['torch'] is 5"),
]


@pytest.fixture(scope="module")
def project(make_site: Callable[[], Site]) -> Site:
    site = make_site()
    site.tutorial("one")
    return site


@pytest.mark.parametrize(("line", "words"), BAD, ids=[line for line, _ in BAD])
def test_a_bad_value_is_an_error(project: Site, line: str, words: str) -> None:
    conf = project.docs / "conf.py"
    before = conf.read_text()
    try:
        project.configure(line + "\n")
        build = project.build("-q")
    finally:
        conf.write_text(before)
    assert build.code == 2, build.output
    (error,) = (row for row in build.output.splitlines() if row.startswith("error: "))
    assert words in error
    assert "secret" not in build.output
    assert "Traceback" not in build.output


def test_a_folder_for_the_cache_may_be_a_path(site: Site) -> None:
    site.tutorial("one")
    site.configure('from pathlib import Path\ndocent_cache = Path("kept")\n')
    build = site.build("-D", "docent_execute=all")
    assert build.code == 0, build.output
    assert list((site.docs / "kept").glob("*/*"))


def test_values_may_be_given_on_the_command_line(site: Site) -> None:
    site.tutorial("one")
    build = site.build(
        *("-D", "docent_jobs=2", "-D", "docent_timeout=60.5", "-D", "docent_execute=all"),
        *("-D", "docent_colab.repository=owner/name"),
    )
    assert build.code == 0, build.output
    assert "github/owner/name/blob/main" in build.html("gallery/one")
