"""How a build ends: the site is finished, what was found is said and written down."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders.kinds import (
    is_precheck,
    looks_for_problems,
    makes_pages,
    makes_site,
    runs_notebooks,
)
from ..builders.precheck import PrecheckBuilder
from ..cache.backends import cache_use
from ..diagnostics.ignore_list import ignore_list
from ..diagnostics.ignore_use import load_uses, save_uses, unused, with_build
from ..model import Action, Diagnostic, IgnoredWarning, Status
from ..reports import console
from ..reports.github import github_annotations
from ..reports.outcome import Outcome
from ..reports.report_files import append_summary, write_reports
from ..reports.sphinx_warnings import repeat_warnings
from ..site.old_pages import remove_old_pages
from ..site.redirects import write_redirects
from ..site.service_notebooks import offer_to_jupyterlite
from ..site.timeline_directive import publish_timeline
from ..site.tutorial_notebook import publish_notebooks
from ..site.written_pages import check_written_pages
from .notebooks import NotebookRun, run_notebooks
from .stages import Produced

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong.

    :param diagnostics: without those that are ignored.
    :param used: how many diagnostics each entry of the ignore list let pass.
    """

    diagnostics: list[Diagnostic]
    used: Counter[IgnoredWarning]


_COMPLETE_SITE = "complete site"


def conclude_build(app: Sphinx, build: Produced) -> Outcome:
    """Finish the site, say what was found, and write the reports."""
    if makes_site(app.builder):
        _finish_site(app, build)
    notebooks = run_notebooks(app, build) if runs_notebooks(app.builder) else None
    collector = build.prepared.collector
    everything, seen = collector.finish(app.env)
    collector.detach()
    findings = _weigh(build, everything)
    diagnostics = findings.diagnostics
    repeat_warnings(found for found in diagnostics if found not in seen)
    _say(app, build, notebooks, findings)
    outcome = _report(app, build, findings, notebooks)
    if makes_site(app.builder):
        publish_timeline(app, build.prepared.state / "timeline.html")
    failed = notebooks is not None and notebooks.failed
    if failed or collector.broken or (diagnostics and is_precheck(app.builder)):
        app.statuscode = 1
    return outcome


def conclude_shard(app: Sphinx, build: Produced) -> int:
    """Say what one of several jobs has done; others do the rest.

    :returns: the exit code.
    """
    console.log_failures(build.steps, build.results)
    console.log_impossible(build.steps)
    _report(app, build, _weigh(build, build.prepared.collector.seen()))
    failed = any(result.status is Status.FAILED for result in build.results.values())
    only_warn = app.config.sphinx_gallery_conf["only_warn_on_example_error"]
    return 1 if failed and not only_warn else 0


def _finish_site(app: Sphinx, build: Produced) -> None:
    publish_notebooks(app, build.galleries.tutorials, build.prepared.settings.colab)
    offer_to_jupyterlite(app, build.galleries.tutorials)
    remove_old_pages(app, build.pages)
    write_redirects(app)
    check_written_pages(app)


def _say(app: Sphinx, build: Produced, notebooks: NotebookRun | None, findings: Findings) -> None:
    console.log_failures(build.steps, build.results)
    if notebooks is not None:
        console.log_failures(notebooks.steps, notebooks.results)
        console.log_notebooks(notebooks.steps, notebooks.results)
    if is_precheck(app.builder) and findings.diagnostics:
        console.log_diagnostics(findings.diagnostics)
    _say_what_ignores_nothing(app, build, findings)


def _say_what_ignores_nothing(app: Sphinx, build: Produced, findings: Findings) -> None:
    """Name the entries of the ignore list that neither a precheck needs nor a site that shows all
    results, nor any other builder that was used here.
    """
    file = build.prepared.state / "ignored.json"
    complete = makes_site(app.builder) and all(
        step.action in (Action.EXECUTE, Action.RESTORE) for step in build.steps
    )
    kind = _COMPLETE_SITE if complete else app.builder.name
    needed = [entry for entry, count in findings.used.items() if count]
    uses = with_build(load_uses(file), kind, needed)
    if complete:
        uses.pop(app.builder.name, None)  # an earlier one that left something out
    save_uses(file, uses)
    entries = build.prepared.settings.ignored
    if complete or is_precheck(app.builder):
        console.log_unused_ignores(unused(entries, uses, (_COMPLETE_SITE, PrecheckBuilder.name)))


def _weigh(build: Produced, everything: Iterable[Diagnostic]) -> Findings:
    """Divide what was found into what is wrong and what is ignored."""
    entry_for = ignore_list(build.prepared.settings.ignored)
    judged = [(found, entry_for(found)) for found in everything]
    used = Counter(entry for _, entry in judged if entry is not None)
    return Findings([found for found, entry in judged if entry is None], used)


def _report(
    app: Sphinx, build: Produced, findings: Findings, notebooks: NotebookRun | None = None
) -> Outcome:
    """Write what was done; what is still to be sent to others is waited for."""
    prepared, settings = build.prepared, build.prepared.settings
    build.cache.flush()
    outcome = Outcome(
        project=app.config.project,
        builder=app.builder.name,
        shard=str(build.shard or ""),
        started=prepared.started,
        seconds=time.time() - prepared.started,
        selection=settings.selected,
        steps=build.steps,
        results=build.results,
        spans=build.spans,
        diagnostics=findings.diagnostics,
        ignored=[(entry, findings.used[entry]) for entry in settings.ignored],
        cache=cache_use(settings.cache, build.cache, prepared.root),
    )
    if notebooks is not None:
        outcome = replace(
            outcome, steps=notebooks.steps, results=notebooks.results, spans=notebooks.spans
        )
    if makes_pages(app.builder) or looks_for_problems(app.builder):
        write_reports(outcome, prepared.state, "" if notebooks is None else "notebooks")
    console.log_cache_problem(outcome.cache)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print(*github_annotations(findings.diagnostics, outcome.cache), sep="\n")
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        append_summary(outcome, Path(page))
    return outcome
