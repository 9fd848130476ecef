"""Has sphinx-gallery write the page of a script, executing it or not."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from sphinx_gallery.gen_rst import generate_file_rst

from .brace_names import doubled_braces, has_braces
from .configuration import NO_FILE, GalleryConf, as_list
from .handover import unmark_up_to_date
from .messages import FAILED
from .thumbnails import placeholder_thumbnail

# Around the whole, where Sphinx's output is coloured; what is within is the tutorial's own.
_COLOUR = re.compile(r"^\x1b\[[\d;]*m|\x1b\[[\d;]*m\Z")


def generate_page(source: Path, target_dir: Path, conf: GalleryConf, *, execute: bool) -> Any:
    """Write the page of one script, with its images and downloads.

    :param execute: whether to execute the script.
    :returns: seconds, and the formatted traceback of a script that failed or ``None``.
    """
    if not has_braces(source):
        return _generate(source, target_dir, conf, execute=execute)
    with doubled_braces(source, target_dir, beside=execute) as alias:
        seconds, failure = _generate(alias, target_dir, conf, execute=execute)
    return seconds, failure and failure.replace(str(alias), str(source))


def _generate(source: Path, target_dir: Path, conf: GalleryConf, *, execute: bool) -> Any:
    pattern = f"^{re.escape(str(source))}$" if execute else NO_FILE
    conf = {**conf, "filename_pattern": pattern}
    if execute:
        conf["image_scrapers"] = (umask_restorer(), *as_list(conf["image_scrapers"]))
    else:
        conf["plot_gallery"] = False
    unmark_up_to_date(target_dir / source.name)
    with placeholder_thumbnail(source, target_dir, conf, learn=not execute), _failures() as told:
        try:
            _, _, (seconds, _), out = generate_file_rst(
                source.name, str(target_dir), str(source.parent), conf
            )
        except UnicodeEncodeError:
            if not told:
                raise
            # What the script raised holds half a character, and can't be written into the page.
            return 0.0, told[0]
    return seconds, out.get("formatted_exception")


def umask_restorer() -> Callable[..., str]:
    """A scraper that finds no pictures: called after each block of code, before files are written,
    it sees to it that these can be read.
    """
    mask = os.umask(0o022)
    os.umask(mask)

    def restore(*_: object) -> str:
        os.umask(mask)
        return ""

    return restore


@contextmanager
def _failures() -> Iterator[list[str]]:
    """The tracebacks that sphinx-gallery tells of in this context."""
    told: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if FAILED in str(record.msg) and isinstance(record.args, tuple):
                told.append(dedent(_COLOUR.sub("", str(record.args[-1]))))

    handler = Handler()
    logger = logging.getLogger("sphinx.sphinx-gallery")
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)
