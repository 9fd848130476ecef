"""Which tutorials are skipped because the machine lacks what they need. Pure.

What a machine has is looked for in :mod:`sphinx_docent.machine.requirements`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..model import CUDA, Action, Step, Tutorial


def skip_if_missing(tutorial: Tutorial, lacking: Collection[str]) -> Step | None:
    """The step of a tutorial that cannot execute; ``None`` if it can.

    :param lacking: the requirements that the machine does not meet.
    """
    missing = tuple(name for name in tutorial.requires if name in lacking)
    return Step(tutorial, Action.SKIP, needs(missing), missing) if missing else None


def needs(missing: Iterable[str]) -> str:
    """The reason why a tutorial is skipped: ``needs `cuda`, `torch```."""
    return "needs " + ", ".join(f"`{name}`" for name in missing)


def devices(requirements: Mapping[str, object]) -> frozenset[str]:
    """The requirements that are devices; the others are packages.

    :param requirements: the project's own by name, as ``docent_requirements`` has them: what
        is told by a function is a device.
    """
    own = {name for name, probe in requirements.items() if callable(probe)}
    return frozenset(own if CUDA in requirements else {CUDA, *own})
