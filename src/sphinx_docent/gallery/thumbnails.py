"""Scales the picture that stands for a missing thumbnail once, not for every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .configuration import GalleryConf
from .source_text import read_source

_placeholders: dict[str, bytes] = {}


@contextmanager
def placeholder_thumbnail(
    source: Path, target_dir: Path, conf: GalleryConf, *, learn: bool
) -> Iterator[None]:
    """Put the scaled picture in its place while a page is generated.

    sphinx-gallery keeps a thumbnail that is there when a page has no picture. Scaling is most of
    what a page without pictures costs.

    :param learn: whether the page is sure to have no picture.
    """
    thumbnail = target_dir / "images" / "thumb" / f"sphx_glr_{source.stem}_thumb.png"
    thumbnail.parent.mkdir(parents=True, exist_ok=True)
    text = read_source(source)
    own = re.search(r"sphinx_gallery_(thumbnail_path|dummy_images)", text)
    if own or thumbnail.exists():
        yield
        return
    kind = repr([conf[key] for key in ("default_thumb_file", "thumbnail_size", "compress_images")])
    placeholder = _placeholders.get(kind)
    if placeholder is not None:
        thumbnail.write_bytes(placeholder)
    yield
    if placeholder is None:
        if learn and thumbnail.is_file():
            _placeholders[kind] = thumbnail.read_bytes()
    elif any(thumbnail.with_suffix(ending).exists() for ending in (".svg", ".gif")):
        thumbnail.unlink(missing_ok=True)
