"""The comment on a pull request: where its preview is, what changed, what failed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .markdown_summary import as_text, listed, markdown_summary

MARK = "<!-- sphinx-docent: preview -->"
"""By which the comment is found again."""


def preview_comment(
    report: Mapping[str, Any] | None,
    deployed: Mapping[str, Any] | None,
    *,
    url: str = "",
    run: str = "",
) -> str:
    """The comment's Markdown.

    :param report: the content of ``report.json``, which a pull request may have made up; ``None``
        if the build did not come so far.
    :param deployed: the summary of the preview's deployment; ``None`` without one.
    :param url: of the root of the published site.
    :param run: the address of the run, with all its logs.
    """
    lines = [MARK, "## The documentation of this pull request", ""]
    lines += _preview(deployed, url) if deployed else ["There is no preview: see below."]
    lines += ["", *_report(report)]
    lines += ["", f"[All logs]({run})"] if run else []
    return "\n".join(lines) + "\n"


def removed_comment() -> str:
    """The comment's Markdown once the preview is gone."""
    return f"{MARK}\nThe preview of this pull request was removed.\n"


def _preview(deployed: Mapping[str, Any], url: str) -> Iterator[str]:
    folder = f"{url.rstrip('/')}/{deployed['folder']}/" if url else ""
    yield f"**[Preview]({folder})**" if folder else f"Preview: {as_text(deployed['folder'])}"
    for name, title in (("changed", "Changed"), ("added", "New"), ("removed", "Removed")):
        pages = [str(page) for page in deployed["pages"][name]]
        if pages:
            yield from ("", f"{title} pages:", "", *listed(_links(pages, name, folder)))


def _links(pages: Sequence[str], kind: str, folder: str) -> list[str]:
    """Each page, with its address where it has one."""
    if not folder or kind == "removed":
        return [as_text(page) for page in pages]
    return [f"[{as_text(page)}]({folder}{quote(page)}.html)" for page in pages]


def _report(report: Mapping[str, Any] | None) -> list[str]:
    try:
        return [markdown_summary(report) if report else "The build left no report."]
    except (KeyError, TypeError, ValueError, AttributeError):
        return ["The build's report cannot be read."]
