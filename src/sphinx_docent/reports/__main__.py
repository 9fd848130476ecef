"""The command line of ``reports``: prints the comment on a pull request, in Markdown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .pull_request import preview_comment, removed_comment

_LARGEST = 64 * 2**20


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comment.

    :param arguments: the command line's words; those of the process by default.
    :returns: the exit code.
    """
    options = _parser().parse_args(arguments)
    if options.removed:
        print(removed_comment(), end="")
        return 0
    report, deployed = _content(options.report), _content(options.deployed)
    print(preview_comment(report, deployed, url=options.url, run=options.run), end="")
    return 0


def _content(name: str) -> dict[str, Any] | None:
    """What a JSON file holds; ``None`` if there is none, or somebody has made it up."""
    file = Path(name)
    try:
        if not name or file.stat().st_size > _LARGEST:
            return None
        content = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sphinx_docent.reports",
        description="Print the comment on a pull request, in Markdown.",
    )
    add = parser.add_argument
    add("--report", default="", help="report.json of its build")
    add("--deployed", default="", help="what deploy --summary wrote")
    add("--url", default="", help="the address of the published site's root")
    add("--run", default="", help="the address of the run")
    add("--removed", action="store_true", help="say that the preview is gone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
