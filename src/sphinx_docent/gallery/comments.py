"""The text of a tutorial's script, which stands in comments."""

from __future__ import annotations


def uncommented(row: str) -> str:
    """A line of a script without the mark of a comment, as a line of its page has it."""
    return row.strip().lstrip("#").strip()
