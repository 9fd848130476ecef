"""The images of a notebook: they travel in it."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes

from .conversion import Image


def embedded_images(srcdir: Path, base: str, page: str) -> Image:
    """Images as part of the notebook, so that they show wherever it is opened.

    What another tutorial has drawn, and what is not there, is where the published site has it.

    :param base: ``html_baseurl``.
    :param page: docname.
    """
    own = f"sphx_glr_{page.rpartition('/')[2]}_"

    def image(node: nodes.image) -> str:
        uri = str(node["uri"])
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return uri
        file = srcdir / uri
        of_another = file.name.startswith("sphx_glr_") and not file.name.startswith(own)
        if file.is_file() and not (of_another and base):
            return data_address(file)
        return f"{base.rstrip('/')}/_images/{quote(file.name)}" if base else ""

    return image


def data_address(file: Path) -> str:
    """The address that a file's whole content is."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
