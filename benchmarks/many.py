"""What planning and restoring cost where the cache holds many tutorials."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

from builds import SRC

_EACH_FOLDER = 100
_ROOT = {"src_dir": "", "expected_failing_examples": []}


def seconds_for(count: int, folder: Path) -> tuple[float, float]:
    """Plan and restore tutorials that are all in the cache and unchanged.

    :returns: seconds of planning and of restoring, each of all together.
    """
    sys.path.insert(0, str(SRC))
    from sphinx_docent.build.context import BuildContext, look_up
    from sphinx_docent.build.executors import Executor
    from sphinx_docent.build.pages import produce_pages
    from sphinx_docent.cache.inputs import collect_inputs
    from sphinx_docent.cache.keys import CacheKeys
    from sphinx_docent.cache.project_state import ProjectState
    from sphinx_docent.cache.store import Cache
    from sphinx_docent.execution.options import ExecutionOptions
    from sphinx_docent.model import Action, Result, Status, Tutorial
    from sphinx_docent.planning.plan import make_plan

    root = folder / str(count)
    conf: dict[str, Any] = {**_ROOT, "src_dir": str(root), "image_scrapers": ("matplotlib",)}
    tutorials = [_write(root, number, Tutorial) for number in range(count)]

    def context() -> BuildContext:
        project = ProjectState(root)
        keys = CacheKeys(conf, project)
        return BuildContext(conf, Cache(root / "cache"), keys, project, {}, time.time_ns())

    first = context()
    helper = str(root / "helper.py")
    for tutorial in tutorials:
        inputs = collect_inputs([helper], [], ["sphinx", "docutils", "jinja2"], first.project)
        files = sorted(path for path in _page(tutorial) if path.is_file())
        result = Result(Status.PASSED, 1.0)
        key = first.keys.executed(tutorial)
        first.cache.store(key, result, tutorial.target_dir, files, inputs)
    shutil.rmtree(root / "gallery")

    class Quiet:
        def started(self, step: object, slot: int, worker: str = "") -> None:
            raise AssertionError("a cached tutorial was executed")

        def done(self, step: object, result: object) -> None:
            pass

    second = context()
    began = time.perf_counter()
    known = look_up(tutorials, second)
    steps = make_plan(
        tutorials, lambda _: True, (), lambda entry: known[entry].status, restores_others=False
    )
    planned = time.perf_counter()
    assert all(step.action is Action.RESTORE for step in steps)
    entries = {entry: found.entry for entry, found in known.items() if found.entry}
    produce_pages(steps, entries, second, Executor(ExecutionOptions(root, 1, 60, (), ())), Quiet())
    restored = time.perf_counter()
    shutil.rmtree(root)
    return planned - began, restored - planned


def _write(root: Path, number: int, make: Any) -> Any:
    """A tutorial, and its page as a build leaves it: 30 kB in seven files."""
    part = f"part_{number // _EACH_FOLDER:03}"
    source = root / "examples" / part / f"example_{number:05}.py"
    target_dir = root / "gallery" / part
    source.parent.mkdir(parents=True, exist_ok=True)
    (target_dir / "images" / "thumb").mkdir(parents=True, exist_ok=True)
    source.write_text(f'"""\nExample {number}\n=======\n"""\nimport helper\n', encoding="utf-8")
    (root / "helper.py").write_text("value = 1\n", encoding="utf-8")
    tutorial = make(f"/examples/{part}/{source.name}", source, target_dir, f"gallery/{source.stem}")
    for path, size in zip(_page(tutorial), (200, 4000, 3000, 3000, 500, 12000, 8000), strict=True):
        path.write_bytes(f"{number:8}".encode() * (size // 8))
    shutil.copyfile(source, tutorial.target)
    return tutorial


def _page(tutorial: Any) -> list[Path]:
    folder, stem = tutorial.target_dir, tutorial.source.stem
    endings = (".py", ".rst", ".ipynb", ".zip", ".codeobj.json")
    images = ("images/sphx_glr_{}_001.png", "images/thumb/sphx_glr_{}_thumb.png")
    return [folder / (stem + end) for end in endings] + [folder / i.format(stem) for i in images]
