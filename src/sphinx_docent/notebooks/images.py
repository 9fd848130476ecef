"""The images of a notebook: they travel in it."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

from docutils import nodes

from .conversion import Image


def embedded_images(srcdir: Path) -> Image:
    """Images as part of the notebook, so that they show wherever it is opened."""

    def image(node: nodes.image) -> str:
        uri = str(node["uri"])
        file = srcdir / uri
        if "://" in uri or not file.is_file():
            return uri
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"

    return image
