"""Which tutorial a missing picture is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_docent.gallery.pictures import missing_picture_of
from sphinx_docent.model import Tutorial

KNOWN = [
    Tutorial(f"/t/{page}.py", Path(f"/t/{page}.py"), Path("/d") / Path(page).parent, page)
    for page in ("gallery/one", "gallery/sub/one", "gallery/one_001", "my gallery/two")
]


@pytest.mark.parametrize(
    ("message", "page"),
    [
        ("image file not readable: gallery/images/sphx_glr_one_001.png", "gallery/one"),
        ("Bilddatei nicht lesbar: gallery/sub/images/sphx_glr_one_002.svg", "gallery/sub/one"),
        ("not readable: gallery/images/thumb/sphx_glr_one_thumb.png", "gallery/one"),
        ("not readable: gallery/images/sphx_glr_one_001_001.png", "gallery/one_001"),
        ("not readable: my gallery/images/sphx_glr_two_001.png", "my gallery/two"),
        ("not readable: gallery/images/sphx_glr_two_001.png", None),
        ("not readable: gallery/images/sphx_glr_one.png", None),
        ("not readable: other/images/sphx_glr_one_001.png", None),
        ("not readable: gallery/images/logo.svg", None),
        ("undefined label: 'one'", None),
    ],
)
def test_it_is_told_by_folder_and_name(message: str, page: str | None) -> None:
    found = missing_picture_of(message, KNOWN)
    assert (found.page if found else None) == page
