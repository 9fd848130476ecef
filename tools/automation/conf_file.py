"""What a ``conf.py`` says, read without executing it; and the one line that it needs."""

from __future__ import annotations

import ast
import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GALLERY = "sphinx_gallery.gen_gallery"
OURS = "sphinx_docent"
PASSED_OVER = {"build", "dist", "node_modules", "site-packages", "venv", "__pycache__"}


@dataclass(frozen=True, slots=True)
class ConfFile:
    """One ``conf.py``.

    :param path: of the file.
    :param theme: empty if it is not a plain value.
    :param examples: folders of the galleries' sources, from the project's root.
    :param galleries: folders of the generated galleries, from the project's root.
    """

    path: Path
    theme: str
    examples: tuple[str, ...]
    galleries: tuple[str, ...]


def find_conf_files(root: Path) -> list[Path]:
    """Every ``conf.py`` of a documentation with a gallery, the nearest to the root first."""
    found = []
    for folder, folders, names in os.walk(root):
        depth = len(Path(folder).relative_to(root).parts)
        folders[:] = sorted(n for n in folders if n[0] not in "._" and n not in PASSED_OVER)
        if depth >= 3:
            folders.clear()
        if "conf.py" in names:
            path = Path(folder, "conf.py")
            if GALLERY in path.read_text("utf-8", "replace"):
                found.append(path)
    return sorted(found, key=lambda path: (len(path.parts), path))


def read_conf(path: Path, root: Path) -> ConfFile:
    """Read a ``conf.py``, so far as its values are written plainly.

    :raises SyntaxError: it is no Python.
    """
    values = _plain_values(ast.parse(path.read_text("utf-8")))
    gallery = values.get("sphinx_gallery_conf", {})
    gallery = gallery if isinstance(gallery, dict) else {}
    return ConfFile(
        path,
        str(values.get("html_theme", "")),
        tuple(_folders(gallery.get("examples_dirs", "../examples"), path.parent, root)),
        tuple(_folders(gallery.get("gallery_dirs", "auto_examples"), path.parent, root)),
    )


def with_extension(path: Path) -> tuple[str, str]:
    """The file as it is, and with our extension in its list; twice the same if it has it."""
    text = path.read_text("utf-8")
    if re.search(rf"[\"']{OURS}[\"']", text):
        return text, text
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and node.value == GALLERY and _is_in_list(text, node):
            line = lines[node.lineno - 1].encode()
            start, end = node.col_offset, node.end_col_offset or 0
            quote = line[start : start + 1].decode()
            ours = f"{quote}{OURS}{quote}"
            if not line[:start].strip():
                indent = line[:start].decode()
                lines.insert(node.lineno, f"{indent}{ours},\n")
                if not line[end:].lstrip().startswith(b","):
                    lines[node.lineno - 1] = f"{line[:end].decode()},{line[end:].decode()}"
            else:
                head, tail = line[:end].decode(), line[end:].decode()
                lines[node.lineno - 1] = f"{head}, {ours}{tail}"
            return text, "".join(lines)
    ending = "" if text.endswith("\n") else "\n"
    return text, f'{text}{ending}extensions = [*extensions, "{OURS}"]\n'


def conf_diff(path: Path, root: Path) -> str:
    """What the file needs, as a diff that ``git apply`` takes; empty if it needs nothing."""
    before, after = with_extension(path)
    name = path.relative_to(root).as_posix()
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _is_in_list(text: str, constant: ast.Constant) -> bool:
    return any(
        constant.lineno == item.lineno and constant.col_offset == item.col_offset
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.List, ast.Tuple))
        for item in node.elts
    )


def _plain_values(module: ast.Module) -> dict[str, Any]:
    """Values of assignments that are literals; in a dictionary, of those entries that are."""
    found: dict[str, Any] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = _value(node.value, found)
            if value is not None:
                found[node.targets[0].id] = value
    return found


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Dict):
        items = zip(node.keys, node.values, strict=True)
        pairs = ((_value(k, names), _value(v, names)) for k, v in items if k)
        return {key: value for key, value in pairs if isinstance(key, str)}
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
        return {word.arg: _value(word.value, names) for word in node.keywords if word.arg}
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _folders(value: Any, start: Path, root: Path) -> Iterator[str]:
    for name in [value] if isinstance(value, str) else value or ():
        if isinstance(name, str):
            path = Path(os.path.normpath(start / name))
            if path.is_relative_to(root) and path != root:
                yield path.relative_to(root).as_posix()
