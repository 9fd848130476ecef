"""What planning and restoring cost where the cache holds many tutorials."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import builds  # noqa: F401  (our sources are found after it)

from sphinx_docent.build.context import BuildContext, look_up
from sphinx_docent.build.executors import Executor
from sphinx_docent.build.pages import produce_pages
from sphinx_docent.cache.collection import collect_inputs
from sphinx_docent.cache.distributions import Distributions
from sphinx_docent.cache.fingerprint import Fingerprints
from sphinx_docent.cache.keys import CacheKeys
from sphinx_docent.cache.project_state import ProjectState
from sphinx_docent.cache.store import Cache
from sphinx_docent.cache.variants import load_variants
from sphinx_docent.execution.options import ExecutionOptions
from sphinx_docent.files import file_clock
from sphinx_docent.model import Action, Result, Status, Tutorial
from sphinx_docent.planning.plan import make_plan

_EACH_FOLDER = 100
_STANDARD = sorted(sys.stdlib_module_names)[:60]


def seconds_for(count: int, folder: Path) -> tuple[float, float]:
    """Plan and restore tutorials that are all in the cache and unchanged.

    :returns: seconds of planning and of restoring, each of all together.
    """
    root = folder / str(count)
    tutorials = [_write(root, number) for number in range(count)]
    _fill(_context(root), tutorials)
    shutil.rmtree(root / "gallery")
    context = _context(root)
    began = time.perf_counter()
    known = look_up(tutorials, context, tutorials)
    steps = make_plan(
        tutorials, lambda _: True, (), lambda entry: known[entry].status, restores_others=False
    )
    planned = time.perf_counter()
    assert all(step.action is Action.RESTORE for step in steps)
    entries = {entry: found.entry for entry, found in known.items() if found.entry}
    executor = Executor(ExecutionOptions(root, 1, 60, (), ()))
    produce_pages(steps, entries, context, executor, _Quiet())
    restored = time.perf_counter()
    shutil.rmtree(root)
    return planned - began, restored - planned


class _Quiet:
    """Shows no progress."""

    def started(self, step: object, slot: int, worker: str = "") -> None:
        raise AssertionError("a cached tutorial was executed")

    def done(self, step: object, result: object) -> None:
        pass


def _context(root: Path) -> BuildContext:
    """A build that knows nothing yet but where its cache is."""
    conf: dict[str, Any] = {
        "src_dir": str(root),
        "expected_failing_examples": [],
        "run_stale_examples": False,
        "image_scrapers": ("matplotlib",),
    }
    project = ProjectState(root, Distributions(sys.path))
    cache = Cache(root / "cache")
    return BuildContext(
        conf=conf,
        cache=cache,
        keys=CacheKeys(conf, project, Fingerprints(root, project.distributions.label)),
        project=project,
        seconds={},
        peaks={},
        opened=file_clock(),
        variants=load_variants(cache),
    )


def _fill(context: BuildContext, tutorials: list[Tutorial]) -> None:
    """Store a result of each tutorial, which used as much as real ones do."""
    root = context.project.root
    used = {
        "files": [str(root / "helper.py"), *(str(root / f"absent{n}.py") for n in range(12))],
        "kinds": [str(root / f"kind{n}") for n in range(8)],
        "folders": [str(root / "examples")],
        "modules": [
            "helper",
            "sphinx",
            "docutils",
            "jinja2",
            *_STANDARD,
        ],
        "variables": ["HOME", "DATA"],
        "ambient": ["time zone"],
    }
    for tutorial in tutorials:
        inputs = collect_inputs(used, context.project)
        files = sorted(path for path in _page(tutorial) if path.is_file())
        key = context.keys.executed(tutorial)
        result = Result(Status.PASSED, 1.0, layout=context.keys.layout)
        context.cache.store(key, result, tutorial.target_dir, files, inputs)


def _write(root: Path, number: int) -> Tutorial:
    """A tutorial, and its page as a build leaves it: 30 kB in seven files."""
    part = f"part_{number // _EACH_FOLDER:03}"
    source = root / "examples" / part / f"example_{number:05}.py"
    target_dir = root / "gallery" / part
    source.parent.mkdir(parents=True, exist_ok=True)
    (target_dir / "images" / "thumb").mkdir(parents=True, exist_ok=True)
    source.write_text(f'"""\nExample {number}\n=======\n"""\nimport helper\n', encoding="utf-8")
    (root / "helper.py").write_text("value = 1\n", encoding="utf-8")
    tutorial = Tutorial(
        f"/examples/{part}/{source.name}", source, target_dir, f"gallery/{source.stem}"
    )
    for path, size in zip(_page(tutorial), (200, 4000, 3000, 3000, 500, 12000, 8000), strict=True):
        path.write_bytes(f"{number:8}".encode() * (size // 8))
    shutil.copyfile(source, tutorial.target)
    return tutorial


def _page(tutorial: Tutorial) -> list[Path]:
    folder, stem = tutorial.target_dir, tutorial.source.stem
    endings = (".py", ".rst", ".ipynb", ".zip", ".codeobj.json")
    images = ("images/sphx_glr_{}_001.png", "images/thumb/sphx_glr_{}_thumb.png")
    return [folder / (stem + end) for end in endings] + [folder / i.format(stem) for i in images]
