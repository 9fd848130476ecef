"""A built site's notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from tests.helpers.sites import Build


def cells(notebook: Path | bytes) -> list[tuple[str, str]]:
    data = notebook if isinstance(notebook, bytes) else notebook.read_bytes()
    checked: Any = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(checked)
    return [(cell.cell_type, cell.source) for cell in checked.cells]


def notebook(build: Build, name: str) -> dict[str, Any]:
    (file,) = build.out.glob(f"_downloads/*/{name}.ipynb")
    content: dict[str, Any] = json.loads(file.read_bytes())
    for entry in content["cells"]:
        entry["source"] = "".join(entry["source"])
    return content


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)
