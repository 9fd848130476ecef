"""Pictures travel in the notebook; those of others are where the published site has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from tests.helpers.notebooks import PIXEL

from sphinx_docent.notebooks.images import embedded_images

OWN = "gallery/images/sphx_glr_one_001.png"
OTHER = "gallery/images/sphx_glr_other_001.png"


@pytest.mark.parametrize(
    ("uri", "base", "address"),
    [
        ("pixel.png", "https://e.org/d", "data:image/png;base64,"),
        (OWN, "https://e.org/d/", "data:image/png;base64,"),
        (OTHER, "https://e.org/d", "https://e.org/d/_images/sphx_glr_other_001.png"),
        (OTHER, "", "data:image/png;base64,"),
        ("gone.png", "https://e.org/d/", "https://e.org/d/_images/gone.png"),
        ("gone.png", "", ""),
        ("https://e.org/a.png", "", "https://e.org/a.png"),
    ],
)
def test_where_a_picture_is(tmp_path: Path, uri: str, base: str, address: str) -> None:
    for name in ("pixel.png", OWN, OTHER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PIXEL)
    found = embedded_images(tmp_path, base, "gallery/one")(nodes.image(uri=uri))
    assert found == address or (address.endswith(",") and found.startswith(address))
