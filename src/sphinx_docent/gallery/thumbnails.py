"""Thumbnails that no tutorial has made: the placeholder, which is scaled once and not for every
page, and the stamp of a tutorial that failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sphinx_gallery.gen_rst import _get_parser, save_thumbnail

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
    elif any(
        thumbnail.with_suffix(ending).exists()
        for ending in (".svg", ".gif", ".webp", ".jpg", ".jpeg")
    ):
        thumbnail.unlink(missing_ok=True)


def make_thumbnail(source: Path, target_dir: Path, conf: GalleryConf, *, failed: bool) -> None:
    """Make a tutorial's card from the pictures that lie there.

    :param failed: whether the tutorial failed, as it was expected to.
    """
    folder = target_dir / "images"
    for old in (folder / "thumb").glob("sphx_glr_*_thumb.*"):
        if old.name.startswith(f"sphx_glr_{source.stem}_thumb."):
            old.unlink()
    names = {path.stem for path in folder.glob("sphx_glr_*") if path.is_file()}
    number = re.compile(re.escape(f"sphx_glr_{source.stem}_") + r"\d{3,}")
    count = sum(bool(number.fullmatch(name)) for name in names)
    said = {"formatted_exception": ""} if failed else {}
    _save(source, target_dir, conf, {**said, "image_path_iterator": range(count)})


def stamp_as_failed(source: Path, target_dir: Path, conf: GalleryConf) -> None:
    """Put sphinx-gallery's picture of a broken example on a tutorial's card.

    sphinx-gallery does so only if the tutorial has lived to tell.
    """
    _save(source, target_dir, conf, {"formatted_exception": "", "image_path_iterator": ()})


def _save(source: Path, target_dir: Path, conf: GalleryConf, said: dict[str, Any]) -> None:
    parser, _ = _get_parser(source.name, conf)
    own, _, _ = parser.split_code_and_text_blocks(str(source), return_node=True)
    stem = source.stem.replace("{", "{{").replace("}", "}}")
    pictures = target_dir / "images" / f"sphx_glr_{stem}_{{0:03}}.png"
    save_thumbnail(str(pictures), source, said, own, conf)
