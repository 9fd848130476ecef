"""Has sphinx-gallery write the page of a script, executing it or not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx_gallery.gen_rst import generate_file_rst

from .configuration import NO_FILE, GalleryConf
from .handover import unmark_up_to_date
from .thumbnails import placeholder_thumbnail


def generate_page(source: Path, target_dir: Path, conf: GalleryConf, *, execute: bool) -> Any:
    """Write the page of one script, with its images and downloads.

    :param execute: whether to execute the script.
    :returns: seconds, and the formatted traceback of a script that failed or ``None``.
    """
    pattern = f"^{re.escape(str(source))}$" if execute else NO_FILE
    conf = {**conf, "filename_pattern": pattern}
    if not execute:
        conf["plot_gallery"] = False
    unmark_up_to_date(target_dir / source.name)
    with placeholder_thumbnail(source, target_dir, conf, learn=not execute):
        _, _, (seconds, _), out = generate_file_rst(
            source.name, str(target_dir), str(source.parent), conf
        )
    return seconds, out.get("formatted_exception")
