"""A page that leads on."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.built_site.redirect_page import redirect_page


def test_nothing_in_an_address_can_become_script(tmp_path: Path) -> None:
    page = redirect_page('a"><script>alert(1)</script>.html#</script><b>')
    assert "<script>alert" not in page
    assert page.count("</script>") == 1
