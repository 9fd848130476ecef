"""What a notebook asks pip for is known, wherever it does."""

from __future__ import annotations

import pytest

from sphinx_docent.notebook_runs.installs import installs_of
from sphinx_docent.notebooks.cells import Cell


@pytest.mark.parametrize(
    ("source", "names", "is_pinned"),
    [
        ("import os", "", True),
        ("%pip install a==1", "a", True),
        ("%pip install a", "a", False),
        ("%pip install --index-url https://e.org/a 'b==2' c[x]==3", "b c", True),
        ("x = 1\n!pip install -q Some_Name", "some-name", False),
        ("!python -m pip install a==1.*", "a", False),
        ("%%shell\nls\npip install a==1 && echo b", "a", True),
        ("%%bash\npython3 -m pip install \\\n  a b==1", "a b", False),
        ("%pip install git+https://e.org/a@main#egg=a", "a", False),
        (f"%pip install 'a @ git+https://e.org/a@{'0' * 40}'", "a", True),
        ("%pip install -r requirements.txt", "", False),
        ("print('pip install a')\n# pip install b", "", True),
    ],
)
def test_what_is_installed_and_whether_it_is_pinned(
    source: str, names: str, is_pinned: bool
) -> None:
    found = installs_of([Cell("markdown", "pip install no", "text"), Cell("code", source)])
    assert (found.names, found.is_pinned) == (frozenset(names.split()), is_pinned)
