"""``report.json``: what a build did, in the documented format."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sphinx

from ..gallery.configuration import VERSION
from ..model import Action, IgnoredWarning, KnownFailure, Result, Status, Step
from ..version import __version__
from .outcome import Outcome

FORMAT = 1


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The report."""
    workers = {span.path: span.worker for span in outcome.spans}
    tutorials = [
        _tutorial(step, outcome.result(step), workers.get(step.tutorial.path) or None)
        for step in outcome.steps
    ]
    actions = Counter(step.action for step in outcome.steps)
    return {
        "format": FORMAT,
        "project": outcome.project,
        "builder": outcome.builder,
        "shard": outcome.shard or None,
        "started": outcome.started,
        "seconds": round(outcome.seconds, 3),
        "selection": outcome.selection,
        "versions": _versions(),
        "totals": _totals(outcome, tutorials, actions),
        "cache": {
            **asdict(outcome.cache),
            "hits": actions[Action.RESTORE],
            "misses": actions[Action.EXECUTE],
        },
        "tutorials": tutorials,
        "diagnostics": [asdict(found) for found in outcome.diagnostics],
        "ignored": [_ignored(entry, count) for entry, count in outcome.ignored],
    }


def _versions() -> dict[str, str]:
    return {
        "sphinx_docent": __version__,
        "sphinx": sphinx.__version__,
        "sphinx_gallery": VERSION,
        "python": platform.python_version(),
    }


def _totals(
    outcome: Outcome, tutorials: Sequence[dict[str, Any]], actions: Counter[Action]
) -> dict[str, Any]:
    executed = [entry["seconds"] for entry in tutorials if entry["action"] == Action.EXECUTE]
    return {
        "tutorials": len(tutorials),
        **{str(action): actions[action] for action in Action},
        "failed": sum(entry["status"] == Status.FAILED for entry in tutorials),
        "seconds": round(sum(executed), 3),
        "diagnostics": len(outcome.diagnostics),
    }


def _tutorial(step: Step, result: Result, worker: str | None) -> dict[str, Any]:
    return {
        "path": step.tutorial.path,
        "page": step.tutorial.page,
        "action": str(step.action),
        "reason": step.reason,
        "requires": list(step.tutorial.requires),
        "status": str(result.status),
        "seconds": round(result.seconds, 3),
        "peak_memory": result.peak_memory,
        "network": result.network,
        "isolation": result.isolation,
        "observation": result.observation,
        "processes": result.processes,
        "worker": worker,
        "failure": asdict(result.failure) if result.failure else None,
        "known_failure": _known(step.tutorial.known_failure),
    }


def _known(entry: KnownFailure | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    until = entry.until.isoformat() if entry.until else None
    return {"reason": entry.reason, "issue": entry.issue or None, "until": until}


def _ignored(entry: IgnoredWarning, count: int) -> dict[str, Any]:
    return {
        "pattern": entry.pattern.pattern,
        "file": entry.file,
        "reason": entry.reason,
        "count": count,
    }
