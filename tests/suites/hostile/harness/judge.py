"""Looks at a build, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .judge_build import ends, executes, last, left_over, names, told, untouched
from .judge_reports import reports
from .judge_tutorial import judge_tutorial, judge_unexecuted
from .lab import Built, shown
from .model import Check, Gallery, Want
from .repository import HEALTHY, SHARED, Repository, changes


def judge_gallery(
    gallery: Gallery,
    built: Built,
    repository: Repository,
    before: Mapping[str, object],
    *,
    whole: bool,
) -> Iterator[Check]:
    """All checks of one build of a gallery.

    :param before: the snapshot from before the build.
    :param whole: whether this is all of the gallery, not a part of a divided one.
    """
    touched = changes(before, repository.snapshot())
    yield from _judge_all(gallery, built, repository, before, whole=whole)
    for tutorial in gallery.tutorials:
        if not executes(built) and tutorial.want not in (Want.DIAGNOSE, Want.DIAGNOSE_OR_PASS):
            continue
        judged = judge_tutorial if executes(built) else judge_unexecuted
        own = [path for path in touched if names(path, tutorial.path)]
        yield Check(
            f"{_case(gallery, built)}/{tutorial.name}",
            tutorial.clause or gallery.clause,
            tutorial.want,
            "; ".join([*(f"reached {path}" for path in own), *judged(tutorial, built, repository)]),
            tutorial.debatable,
            told(built.entry(tutorial.name)),
        )


def judge_again(gallery: Gallery, first: Built, second: Built) -> Iterator[Check]:
    """What passed in the first build was restored by the second."""
    for tutorial in gallery.tutorials:
        if tutorial.want is Want.DIAGNOSE:
            continue
        one, other = first.entry(tutorial.name), second.entry(tutorial.name)
        wrong = ""
        if one is None or one["status"] != "passed":
            wrong = f"the first build: {told(one)}"
        elif other is None or other["action"] != "restore":
            wrong = f"the second build: {told(other)}"
        elif "output of" not in second.page(tutorial.name):
            wrong = "the second build has no page with its output"
        yield Check(
            f"{gallery.name}/{tutorial.name}",
            gallery.clause,
            "is restored by the next build",
            wrong,
            tutorial.debatable,
        )


def _judge_all(
    gallery: Gallery,
    built: Built,
    repository: Repository,
    before: Mapping[str, object],
    *,
    whole: bool,
) -> Iterator[Check]:
    """What is asked of any build."""

    def check(what: str, wrong: Iterable[str]) -> Check:
        case = _case(gallery, built)
        return Check(case, gallery.clause, what, "; ".join(wrong), gallery.debatable)

    common = {
        "ends by itself with the right exit code": _ending(gallery, built),
        "neighbours": (_neighbours if executes(built) else _undiagnosed)(gallery, built),
        "reports and terminal are valid": reports(gallery, built, repository),
        "nothing is left": left_over(built, repository),
        "the repository is unchanged": untouched(repository, before),
    }
    if len(gallery.tutorials) == 1 and whole:
        found = ((what, "; ".join(wrong)) for what, wrong in common.items())
        yield check("all else is well", (f"{what}: {wrong}" for what, wrong in found if wrong))
    else:
        for what, wrong in common.items():
            yield check(what, wrong)


def _case(gallery: Gallery, built: Built) -> str:
    return gallery.name if executes(built) else f"{gallery.name}, precheck"


def _ending(gallery: Gallery, built: Built) -> Iterator[str]:
    wrong = built.code == 0 and [
        entry["path"] for entry in built.data.get("tutorials", []) if entry["status"] == "failed"
    ]
    certain = any(one.want in (Want.FAIL, Want.DIAGNOSE) for one in gallery.tutorials)
    fails = wrong or certain
    open_end = any(one.want not in (Want.PASS, Want.FAIL) for one in gallery.tutorials)
    yield from ends(built, 1 if fails else None if open_end else 0)
    if not built.late and built.code not in (0, 1, None) and built.code > 0:
        yield f"exit code {built.code}: {last(built)}"
    if gallery.tool_memory and built.tool_memory > gallery.tool_memory:
        yield f"the build held {built.tool_memory} MB, more than {gallery.tool_memory}"


def _neighbours(gallery: Gallery, built: Built) -> Iterator[str]:
    if built.report is None:
        yield f"no report: {last(built)}"
        return
    for name in HEALTHY:
        entry, page = built.entry(name), built.page(name)
        if entry is None or entry["status"] != "passed":
            yield f"{name}: {told(entry)}"
        elif "output of" not in page or SHARED.strip() not in page:
            yield f"{name} is not on the site"
        elif "environment False" not in page:
            yield f"{name} has another's environment"
    known = {shown(one.name) for one in gallery.tutorials}
    for entry in built.data.get("tutorials", []):
        name = entry["path"].removeprefix("/docs/tutorials/").removesuffix(".py")
        if entry["status"] == "failed" and shown(name) not in known and name not in HEALTHY:
            yield f"{name}: {told(entry)}"


def _undiagnosed(gallery: Gallery, built: Built) -> Iterator[str]:
    if built.report is None:
        yield f"no report: {last(built)}"
    known = {f"docs/tutorials/{shown(one.name)}.py" for one in gallery.tutorials}
    for found in built.data.get("diagnostics", []):
        # What names no file is sphinx-gallery's own word on names of files.
        if found["file"] and not shown(found["file"]).endswith(tuple(known)):
            yield f"{found['file']}:{found['line']}: {found['message'][:200]}"
    for name in HEALTHY:
        if built.report is not None and built.entry(name) is None:
            yield f"{name} is not in the report"
    for entry in built.data.get("tutorials", []):
        if entry["action"] == "execute" or entry["status"] in ("passed", "failed"):
            yield f"a precheck executed {entry['path']}: {told(entry)}"
