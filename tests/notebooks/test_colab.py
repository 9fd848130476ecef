"""Where Google Colab finds a notebook."""

from __future__ import annotations

import html
import re

import pytest

from sphinx_docent.errors import DocentError
from sphinx_docent.notebooks.colab import Colab
from sphinx_docent.site.buttons import Button, row


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"repository": "name"}, "the repository is 'name': write 'owner/name'"),
        ({"repository": "a/b/c"}, "write 'owner/name'"),
        ({"repository": "/b"}, "write 'owner/name'"),
        ({"branch": "main"}, "the repository is ''"),
        ({"repository": "a/b", "folder": "x"}, "unknown key 'folder'; known: repository"),
    ],
)
def test_a_bad_setting_is_an_error(value: dict[str, str], words: str) -> None:
    with pytest.raises(DocentError, match=re.escape(words)):
        Colab.from_config(value, "1")


def test_addresses_are_quoted() -> None:
    colab = Colab.from_config({"repository": "a/b", "branch": "x y", "path": "d#"}, "1")
    assert colab is not None
    assert colab.url("g/päge").endswith("/a/b/blob/x%20y/d%23/_notebooks/g/p%C3%A4ge.ipynb")
    text = row([Button("colab", "Open", "more", 'https://x/?a="&b')], '<i> "quoted"')
    assert 'href="https://x/?a=&quot;&amp;b"' in text
    assert html.escape('Open: “<i> "quoted"”, more') in text
    assert "<i>" not in text
