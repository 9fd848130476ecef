"""Runs code as a tutorial's, in a process of its own, and tells what the observers saw."""

from __future__ import annotations

import json
import os
import textwrap
import traceback
from pathlib import Path
from typing import Any

from sphinx_docent.execution.loaded_packages import note_loaded_packages
from sphinx_docent.execution.observers import Watch, finish_observers, start_observers
from sphinx_docent.execution.tracebacks import without_own_frames


def observed(root: Path, code: str, *, watched: tuple[str, ...] = ()) -> dict[str, Any]:
    """What was noted, by table; in the repository by relative path, ``output`` included."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        try:
            found = json.dumps(_run(root, textwrap.dedent(code), watched))
        except BaseException:
            found = json.dumps({"error": traceback.format_exc()})
        os.write(writer, found.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer: dict[str, Any] = json.load(pipe)
    os.wait()
    assert "error" not in answer, answer["error"]
    return answer


def _run(root: Path, code: str, watched: tuple[str, ...]) -> dict[str, Any]:
    output: list[str] = []

    def origin(path: str) -> str | None:
        return path if path.startswith(f"{root}/") or path == str(root) else None

    os.chdir(root)
    script, base = root / "tutorial.py", root.parent / f"{root.name}-base"
    base.mkdir(exist_ok=True)
    script.write_text(code)
    compiled = compile(code, script, "exec")
    note_loaded_packages()
    observer = start_observers(
        Watch(script, root, base, base / "seen", origin, watched, base / "page")
    )
    names = {"say": output.append, "ROOT": str(root)}
    try:
        exec(compiled, names)
    except Exception:
        output.append(without_own_frames(traceback.format_exc()))
    found = finish_observers(observer, script)
    return {
        **{table: _relative(names, root) for table, names in found.used.items() if names},
        "output": output,
    }


def _relative(names: tuple[str, ...], root: Path) -> list[str]:
    return sorted(name.removeprefix(f"{root}/") for name in names)
