"""Generates a page anew around the outputs that were kept, where only its looks have changed."""

from __future__ import annotations

from dataclasses import replace

from ..cache.page_writer import write_files
from ..cache.store import Entry
from ..gallery.page_text import with_outputs
from ..gallery.thumbnails import make_thumbnail
from ..model import Result, Tutorial
from .context import BuildContext
from .render import generate_unexecuted
from .restore import hand_over, keep

_OF_EXECUTION = (".cost.json", ".codeobj.json")


def has_old_layout(entry: Entry, context: BuildContext) -> bool:
    """Whether a page was generated with other settings than there are now."""
    return entry.header.result.layout != context.keys.layout


def lay_out_anew(tutorial: Tutorial, entry: Entry, context: BuildContext) -> Result | None:
    """Generate the page of a result that lies in its place, and keep it so.

    :returns: its result; ``None`` if that cannot be done.
    """
    page = tutorial.target.with_suffix(".rst")
    executed = page.read_text(encoding="utf-8")
    kept = {
        path.name: path.read_bytes()
        for path in map(tutorial.target.with_suffix, _OF_EXECUTION)
        if path.is_file()
    }
    if generate_unexecuted(tutorial, context.conf).failure is not None:
        return None
    text = with_outputs(page.read_text(encoding="utf-8"), executed)
    if text is None:
        return None
    page.unlink()
    page.write_text(text, encoding="utf-8", newline="\n")
    write_files(kept, tutorial.target_dir)
    failed = context.keys.expects_failure(tutorial)
    make_thumbnail(tutorial.source, tutorial.target_dir, context.conf, failed=failed)
    hand_over(tutorial)
    result = replace(entry.header.result, layout=context.keys.layout)
    keep(context.keys.executed(tutorial), tutorial, result, context, entry.header.inputs)
    return result
