"""Runs code as a tutorial's, in a process of its own, and tells what the observers saw."""

from __future__ import annotations

import json
import os
import sys
import textwrap
import traceback
from pathlib import Path
from typing import Any

from sphinx_docent.execution.asking import Asking
from sphinx_docent.execution.descriptors import path_of
from sphinx_docent.execution.environ_observer import EnvironObserver
from sphinx_docent.execution.hidden_frames import without_hidden_frames
from sphinx_docent.execution.import_observer import ImportObserver
from sphinx_docent.execution.stat_observer import StatObserver


def observed(root: Path, code: str) -> dict[str, Any]:
    """What was noted, by table; in the repository by relative path, ``output`` included."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        try:
            found = json.dumps(_run(root, textwrap.dedent(code)))
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


def _run(root: Path, code: str) -> dict[str, Any]:
    notes: dict[str, set[str]] = {}
    output: list[str] = []

    def note(table: str, name: str) -> None:
        notes.setdefault(table, set()).add(name.removeprefix(f"{root}/"))

    def is_inside(path: str) -> bool:
        return path.startswith(f"{root}/")

    asking = Asking(is_inside)
    stats = StatObserver(note, is_inside, asking)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        folder = path_of(arguments[0]) if event == "os.scandir" else None
        if folder is not None:
            stats.listed(folder)

    os.chdir(root)
    script = root / "tutorial.py"
    script.write_text(code)
    compiled = compile(code, script, "exec")
    sys.addaudithook(hook)
    stats.start()
    EnvironObserver(lambda name: note("variables", name), asking, frozenset({"TMPDIR"})).start()
    ImportObserver(lambda name: note("modules", name)).start()
    names = {"say": output.append, "ROOT": str(root)}
    try:
        exec(compiled, names)
    except Exception:
        output.append(without_hidden_frames(traceback.format_exc()))
    return {**{table: sorted(found) for table, found in notes.items()}, "output": output}
