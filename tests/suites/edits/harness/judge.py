"""Runs the cases of a project, build by build, and judges each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from ..harness.model import HEALTHY, Case, Outcome, Project, Step, Verdict
from ..harness.site import CONF, SETTINGS, Build, Site


@dataclass(frozen=True)
class Expected:
    """What a build has to do with a tutorial."""

    again: bool | None
    shows: str


Round = Mapping[str, Step]
"""The step of every case that has one, by name."""


def run(
    project: Project, cases: Sequence[Case], site: Site, *, always: bool = False
) -> list[Outcome]:
    """The outcome of every case, and of the neighbour.

    :param always: whether every build is told to execute everything: what the cases say of pages
        is tried then, and not what the extension decides.
    """
    neighbour = Case(
        name=f"{HEALTHY}_{project.name}", clause="neighbour", code='show("one")', stem=HEALTHY
    )
    everybody = (*cases, neighbour)
    prepare(project, everybody, site)
    watch = _Watch(everybody, site, always)
    watch.build("first", {case.name: Expected(None, case.first) for case in everybody})
    shown = {case.name: case.first for case in everybody}
    for label, steps in _rounds(project, cases):
        for case in cases:
            if case.name in steps:
                steps[case.name].edit(site, case.name)
                shown[case.name] = steps[case.name].shows
        concerned = [case for case in cases if case.name in steps]
        everyone = any(case.everyone and steps[case.name].again for case in concerned)
        expected = {
            case.name: _expected(case, steps, everyone, shown[case.name]) for case in everybody
        }
        options = tuple(word for step in steps.values() for word in step.options)
        watch.build(label, expected, options, _blamed(project, steps))
    watch.check()
    if site.line.faults:
        raise site.line.faults[0]
    return watch.outcomes()


def prepare(project: Project, cases: Iterable[Case], site: Site) -> None:
    """Write the repository, and commit it."""
    conf = [CONF, project.conf]
    for case in cases:
        conf.append(site.text(case.conf, case.name))
        for path, content in case.files.items():
            site.write(path, content, case.name)
        case.setup(site, case.name)
        if case.code:
            site.tutorial(case.file, case.code, case.name, case.comments)
        for stem, code in case.others.items():
            site.tutorial(stem, code, case.name)
        for word, edit in case.during.items():
            site.line.on(f"{case.name} {word}", partial(edit, site, case.name))
    site.write("docs/conf.py", "\n".join([*conf, SETTINGS]))
    site.env.update({name: site.text(value, "") for name, value in project.env.items()})
    if project.alias:
        site.alias = site.folder / "alias"
        site.alias.symlink_to(site.root)
    site.commit()


def _rounds(project: Project, cases: Sequence[Case]) -> Iterable[tuple[str, Round]]:
    """The builds after the first one: those that edit nothing stand around the others."""
    if project.still:
        yield "nothing edited", {}
    if project.in_turn:
        for case in cases:
            for step in case.steps:
                yield f"edit of {case.name}", {case.name: step}
    else:
        columns = zip_longest(*(case.steps for case in cases))
        for number, column in enumerate(columns, 1):
            found = zip(cases, column, strict=True)
            yield f"edit {number}", {case.name: step for case, step in found if step}
    yield "nothing edited any more", {}


def _expected(case: Case, steps: Round, everyone: bool, shows: str) -> Expected:
    if case.name in steps:
        return Expected(steps[case.name].again, shows)
    return Expected(everyone, shows)


def _blamed(project: Project, steps: Round) -> str:
    """The case whose edit is to blame for what happens to others."""
    return next(iter(steps)) if project.in_turn and steps else ""


class _Watch:
    """The builds of one site, and the first thing that went wrong with each case."""

    def __init__(self, cases: Sequence[Case], site: Site, always: bool) -> None:
        self.cases = cases
        self.site = site
        self.always = always
        self.runs: set[tuple[str, str]] = set()
        self.wrong: dict[str, tuple[Verdict, str]] = {}

    def build(
        self,
        label: str,
        expected: Mapping[str, Expected],
        options: tuple[str, ...] = (),
        blamed: str = "",
    ) -> None:
        """Build and judge.

        :param blamed: the case that any fault belongs to.
        """
        if self.always:
            options += ("-D", "sphinx_gallery_conf.run_stale_examples=1")
        built = self.site.build(*options)
        for case in self.cases:
            fault = self._judge(case, expected[case.name], built)
            if fault:
                verdict, detail = fault
                # A page that was wrong before its case's edit stays so for all that follow.
                owner = blamed or case.name
                if owner == case.name or verdict is not Verdict.WRONG:
                    about = "" if owner == case.name else f"{case.name} "
                    self.wrong.setdefault(owner, (verdict, f"{label}: {about}{detail}"))

    def _judge(self, case: Case, expected: Expected, built: Build) -> tuple[Verdict, str] | None:
        entry = built.tutorials.get(case.file)
        if entry is None:
            return Verdict.WRONG, f"not in the report: {built.output[-600:]}"
        page = self.site.page(case.file)
        run, shown = _said("run", page, case.name), _said("value", page, case.name)
        executed, new = entry["action"] == "execute", (case.name, run) not in self.runs
        self.runs.add((case.name, run))
        seen = f"{entry['action']} ({entry['reason']}), shows {shown!r}"
        if expected.again and not executed:
            return Verdict.STALE, seen
        if expected.again is False and executed and not self.always:
            return Verdict.TOO_MANY, seen
        if shown not in expected.shows.split("|"):
            failure = (entry.get("failure") or {}).get("traceback", "")
            stale = shown and not executed
            verdict = Verdict.STALE if stale else Verdict.WRONG
            return verdict, f"{seen} instead of {expected.shows!r} {failure[-600:]}"
        if executed != new and run:
            return Verdict.WRONG, f"{seen}, but its page is {'not ' if executed else ''}new"
        return None

    def check(self) -> None:
        """What cases have to say of the site at the end."""
        for case in self.cases:
            if case.check and (fault := case.check(self.site, case.name)):
                self.wrong.setdefault(case.name, (Verdict.WRONG, fault))

    def outcomes(self) -> list[Outcome]:
        """The verdicts."""
        right = (Verdict.RIGHT, "")
        return [Outcome(case, *self.wrong.get(case.name, right)) for case in self.cases]


def _said(what: str, page: str, case: str) -> str:
    """The values that a tutorial has put on its page; not the code that does so."""
    found = re.findall(rf"(?<!\w){re.escape(case)} {what}:((?: \[[^\]{{]*\])+)", page)
    return " ".join(value.strip().replace("[", "").replace("]", "") for value in found)
