"""Hands pages that we produced over to sphinx-gallery, which then executes nothing.

sphinx-gallery takes an example whose ``.md5`` file matches its source as up to date, and renders
its gallery from the files that lie there. So the files are put in place, the ``.md5`` is written,
and sphinx-gallery generates nothing anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx_gallery.gen_rst import get_md5sum

from ..model import Action, Result, Step, Tutorial
from .configuration import NO_FILE, GalleryConf


def mark_up_to_date(target: Path) -> None:
    """Tell sphinx-gallery that the page of a script is up to date.

    :param target: the copy of the script beside the page.
    """
    digest = get_md5sum(str(target), mode="t")
    target.with_name(target.name + ".md5").write_text(digest, encoding="utf-8")


def unmark_up_to_date(target: Path) -> None:
    """Take back what :func:`mark_up_to_date` said."""
    target.with_name(target.name + ".md5").unlink(missing_ok=True)


def follow_edits(tutorial: Tutorial) -> bool:
    """Whether a script was edited after its page was made: the page stays until the next build.

    sphinx-gallery compares the script with the copy that lies beside the page.
    """
    if tutorial.source.read_bytes() == tutorial.target.read_bytes():
        return False
    shutil.copyfile(tutorial.source, tutorial.target)
    return True


def hand_over(conf: GalleryConf, steps: Iterable[Step], results: Mapping[str, Result]) -> None:
    """Write what was done into sphinx-gallery's own books; it will execute nothing.

    :param results: by the tutorial's path.
    """
    conf["filename_pattern"] = NO_FILE
    conf["parallel"] = False
    for step in steps:
        result = results.get(step.tutorial.path)
        if result is None:
            continue
        source = str(step.tutorial.source)
        if result.failure is not None:
            conf["failing_examples"][source] = result.failure.traceback or result.failure.message
        elif step.action is Action.EXECUTE:
            conf["passing_examples"].append(source)
        elif step.action is Action.RESTORE:
            conf["stale_examples"].append(str(step.tutorial.target))


def take_back_failures(conf: GalleryConf, failed: Iterable[Tutorial]) -> None:
    """Keep sphinx-gallery from ending the build because of failures that we report."""
    for tutorial in failed:
        conf["failing_examples"].pop(str(tutorial.source), None)
