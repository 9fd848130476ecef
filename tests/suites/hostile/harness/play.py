"""Plays cases: makes the repository, builds it, has it judged."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import replace

from .judge import judge_again, judge_gallery
from .lab import Bench, Built, Lab
from .model import Check, Gallery, Mode, Scenario, Tutorial
from .repository import Repository


def play(case: Gallery | Scenario, bench: Bench) -> Iterator[Check]:
    """All checks of a case."""
    with Lab(bench) as lab:
        try:
            if isinstance(case, Gallery):
                yield from _play_gallery(fitting(case, bench), lab)
            else:
                yield from case.play(lab)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            wrong = f"{error!r} at {place.filename}:{place.lineno}"
            yield Check(case.name, case.clause, "can be played", wrong)


def fits(case: Gallery | Scenario | Tutorial, bench: Bench) -> bool:
    """Whether a case is for the user who builds."""
    return case.root is None or case.root == bench.as_root


def fitting(gallery: Gallery, bench: Bench) -> Gallery:
    """A gallery without the tutorials that are not for the user who builds."""
    unheard = "no audit hook hears of it: without a namespace it cannot be prevented"
    tutorials = (
        replace(one, debatable=one.debatable or unheard) if one.unheard and bench.mode else one
        for one in gallery.tutorials
    )
    return replace(gallery, tutorials=tuple(one for one in tutorials if fits(one, bench)))


def make(gallery: Gallery, lab: Lab) -> Repository:
    """The repository of a gallery."""
    repository = lab.repository()
    repository.write("docs/conf.py", (repository.docs / "conf.py").read_text() + gallery.conf)
    repository.healthy()
    for path, content in gallery.files.items():
        repository.write(path, content)
    for tutorial in gallery.tutorials:
        if f"docs/tutorials/{tutorial.name}.py" not in gallery.files:
            repository.tutorial(tutorial)
    repository.commit()
    repository.open_ways_in()
    modes = {path: content for path, content in gallery.files.items() if isinstance(content, Mode)}
    repository.finish(modes, lab.bench.uid)
    return repository


def _play_gallery(gallery: Gallery, lab: Lab, *, whole: bool = True) -> Iterator[Check]:
    repository = make(gallery, lab)
    before = repository.snapshot()
    builds = {
        builder: lab.build(repository, builder, limit=gallery.limit) for builder in gallery.builders
    }
    if any(map(_broke_down, builds.values())) and len(gallery.tutorials) > 1 and not gallery.alone:
        yield from _divided(gallery, lab)
        return
    for built in builds.values():
        yield from judge_gallery(gallery, built, repository, before, whole=whole)
    if gallery.again:
        second = lab.build(repository, limit=gallery.limit)
        yield from judge_again(gallery, builds["html"], second)


def _divided(gallery: Gallery, lab: Lab) -> list[Check]:
    """Find which tutorial has ended the build: the others are then judged without it."""
    middle = len(gallery.tutorials) // 2
    checks = [
        check
        for part in (gallery.tutorials[:middle], gallery.tutorials[middle:])
        for check in _play_gallery(replace(gallery, tutorials=part), lab, whole=False)
    ]
    merged: dict[tuple[str, str], Check] = {}
    for check in checks:
        before = merged.get((check.case, check.what), check)
        wrong = before.wrong if check.wrong in before.wrong else f"{before.wrong} / {check.wrong}"
        merged[check.case, check.what] = replace(check, wrong=wrong.removeprefix(" / "))
    return list(merged.values())


def _broke_down(built: Built) -> bool:
    return built.late or built.report is None or built.code not in (0, 1)
