"""What a build does, in order: prepare, discover, plan, produce, settle, conclude.

Each function takes what the one before has given. The Sphinx events call them, and nothing else
does: see :mod:`sphinx_docent.extension`. While Sphinx reads and writes pages, between settling and
concluding, it asks :mod:`.reading`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders.kinds import (
    introduce_builders,
    is_precheck,
    lists_plan,
    looks_for_problems,
    makes_pages,
    makes_site,
    runs_notebooks,
)
from ..builders.tutorials import print_plan
from ..built_site.build_info import remove_build_info
from ..cache.backends import open_cache
from ..cache.durations import PEAKS, load_durations, save_durations
from ..cache.inputs import Inputs
from ..cache.location import state_folder
from ..cache.variants import load_variants, save_variants
from ..diagnostics.collector import DiagnosticCollector
from ..diagnostics.ignore_list import ignore_list
from ..diagnostics.source_lines import locate, relative_to_root
from ..files import file_clock
from ..gallery import before_0_22
from ..gallery.brace_names import refuse_braces_above
from ..gallery.code_links import disable_code_links
from ..gallery.discovery import repository_root
from ..gallery.exclusion import leave_out
from ..gallery.handover import hand_over, take_back_failures
from ..gallery.matplotlib_import import block_matplotlib
from ..gallery.modification_times import restore_times
from ..gallery.pictures import missing_picture_of
from ..gallery.spaces import SpacesOfTheProject
from ..machine.cores import limit_threads
from ..model import Action, Result, Status, Step, Tutorial
from ..reports import console
from ..reports.progress import Progress
from ..reports.recording import Recording
from ..reports.sphinx_warnings import warn_of_failure, warn_of_untaken
from ..settings import read_settings
from ..site.buttons import offer_buttons
from ..site.notebook_options import notebook_options
from ..site.redirects import check_redirects
from ..site.version_switcher import offer_versions
from .conclusion import conclude_build, conclude_shard
from .context import BuildContext, known_inputs
from .execute import emit
from .galleries import Galleries, apply_order, find_galleries, warn_of_overdue_failures
from .lock import BuildLock
from .notebooks import choose_notebooks
from .options import choose_executor, how_isolated
from .pages import execute_only, produce_pages, without_page
from .plan import plan_build
from .project import keys_of_build, look_at_project, made_by_builds
from .restore import keep_in_spite_of_edits
from .shard_agreement import plan_shard
from .stages import Concluded, Planned, Prepared, Produced

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def prepare(app: Sphinx, config: Config, lock: BuildLock) -> Prepared:
    """Check the settings, begin to see warnings, and configure others.

    :raises DocentError: a setting is not what it should be.
    """
    settings = read_settings(app)
    root = repository_root(Path(app.srcdir))
    sources: dict[Path, list[Path]] = {}
    unexecuted: list[Tutorial] = []
    entry_for = ignore_list(settings.ignored)
    collector = DiagnosticCollector(
        app,
        lambda location, message: relative_to_root(locate(location, message, sources), root),
        lambda found: entry_for(found) is not None,
        lambda message: missing_picture_of(message, unexecuted) is not None,
    )
    collector.attach()
    apply_order(config)
    limits = limit_threads(settings.jobs)
    if settings.has_buttons:
        offer_buttons(app, config)
    offer_versions(app, config)
    check_redirects(config.docent_redirects)
    introduce_builders(config)
    block_matplotlib(config.sphinx_gallery_conf)
    return Prepared(
        settings=settings,
        root=root,
        state=state_folder(Path(app.srcdir)),
        started=time.time(),
        collector=collector,
        sources=sources,
        unexecuted=unexecuted,
        lock=lock,
        thread_limits=limits,
        notebooks=notebook_options(config, settings.install, root),
    )


def produce_all(app: Sphinx, build: Prepared) -> Produced:
    """Put every page in its place, before sphinx-gallery looks.

    :raises DocentError: the command or the configuration is wrong.
    :raises SystemExit: the plan was only to be shown, or others do the rest.
    """
    galleries = discover(app, build)
    planned = plan(app, build, galleries)
    if lists_plan(app.builder):
        isolation = how_isolated(build)
        print_plan(planned.steps, planned.context.seconds, isolation)
        # Everything is said, and sphinx-gallery's own handler comes next.
        raise SystemExit(0)
    produced = produce(app, build, planned)
    build.unexecuted.extend(
        step.tutorial for step in produced.steps if step.action in (Action.RENDER, Action.SKIP)
    )
    if produced.shard is not None:
        raise SystemExit(conclude_shard(app, produced))
    for step in produced.steps:
        if step.action in (Action.EXECUTE, Action.RESTORE):
            keep_in_spite_of_edits(step.tutorial, planned.context.opened)
    conf = planned.context.conf
    hand_over(conf, produced.steps, produced.results)
    leave_out(conf, galleries.unusable | without_page(galleries.tutorials), Path(app.srcdir))
    SpacesOfTheProject(Path(app.srcdir)).attach()
    return produced


def discover(app: Sphinx, build: Prepared) -> Galleries:
    """Find the tutorials; from here on, this is the only build in the checkout.

    :raises DocentError: the order lists what does not exist, or sphinx-gallery cannot work here.
    """
    refuse_braces_above(Path(app.srcdir))
    if not lists_plan(app.builder):
        build.lock.acquire(build.settings.lock_timeout)
    if makes_site(app.builder):
        remove_build_info(Path(app.outdir))
    if looks_for_problems(app.builder):
        disable_code_links(app)
    galleries = find_galleries(app.config, Path(app.srcdir), build.settings.declarations)
    build.sources.update(galleries.sources())
    if makes_pages(app.builder) or looks_for_problems(app.builder):
        warn_of_overdue_failures(Path(app.confdir) / "conf.py", build.settings.declarations)
    return galleries


def plan(app: Sphinx, build: Prepared, galleries: Galleries) -> Planned:
    """Decide what happens to each tutorial.

    :raises DocentError: a pattern matches nothing.
    """
    settings, executes = build.settings, makes_pages(app.builder)
    if runs_notebooks(app.builder):
        choose_notebooks(app, settings, galleries)
    conf = app.config.sphinx_gallery_conf
    cache = open_cache(settings.cache, shared=executes and settings.executes)
    opened = file_clock()
    made = made_by_builds(app, build, galleries.target_dirs)
    project, fingerprints = look_at_project(app, build.root, made)
    context = BuildContext(
        conf=conf,
        cache=cache,
        keys=keys_of_build(app, project, fingerprints),
        project=project,
        seconds=load_durations(cache),
        peaks=load_durations(cache, PEAKS),
        opened=opened,
        variants=load_variants(cache),
        variables=settings.environment,
    )
    planned = plan_build(galleries, settings, context, executes=executes)
    steps = planned.steps
    shard = settings.shard if executes else None
    if shard is not None:
        binding = not lists_plan(app.builder)
        steps = plan_shard(steps, shard, context, settings.selected, binding=binding)
    return Planned(galleries, context, steps, planned.entries, shard)


def produce(app: Sphinx, build: Prepared, planned: Planned) -> Produced:
    """Restore, render and execute, and keep what is new."""
    context, steps = planned.context, planned.steps
    executor = choose_executor(app, build, planned)
    recording = Recording(Progress(steps, context.seconds, executor.options.jobs))
    used: Mapping[Tutorial, Inputs] = {}
    if planned.shard is None:
        console.log_plan(steps)
    else:
        console.log_shard_plan(steps, planned.shard)
    with recording.progress.show():
        if planned.shard is None:
            used = produce_pages(steps, planned.entries, context, executor, recording)
        else:
            execute_only(steps, context, executor, recording)
    done = [recording.steps.get(step.tutorial.path, step) for step in steps]
    for step in done:
        result = recording.results.get(step.tutorial.path)
        if result is not None:
            emit(result.messages)
            only_warn = context.conf["only_warn_on_example_error"]
            warn_of_failure(step, result, only_warn=only_warn)
            warn_of_untaken(step, result)
    executed = {path: result for path, result in recording.results.items() if _is_measured(result)}
    seconds = {path: result.seconds for path, result in executed.items()}
    peaks = {path: float(result.peak_memory) for path, result in executed.items()}
    save_durations(context.cache, context.seconds, seconds)
    save_durations(context.cache, context.peaks, peaks, PEAKS)
    save_variants(context.cache, context.variants)
    context.cache.prune(build.settings.cache_size)
    return Produced(
        prepared=build,
        galleries=planned.galleries,
        cache=context.cache,
        shard=planned.shard,
        pages={step.tutorial.page: step for step in done},
        results=recording.results,
        used=_used(app, steps, used, context),
        spans=recording.spans,
    )


def settle(app: Sphinx, build: Produced) -> None:
    """The galleries are generated: have Sphinx read nothing again that is the same."""
    SpacesOfTheProject(Path(app.srcdir)).detach()
    conf = app.config.sphinx_gallery_conf
    if before_0_22.IS_OLDER:
        before_0_22.note_up_to_date(
            conf, build.galleries.tutorials, build.results, Path(app.outdir)
        )
    failed = (
        step.tutorial
        for step in build.steps
        if step.tutorial.known_failure is not None
        or (
            step.tutorial.path in build.results
            and build.results[step.tutorial.path].status is not Status.PASSED
        )
    )
    take_back_failures(conf, failed)
    known = getattr(app.env, "docent_stamps", {})
    stamps = restore_times(build.galleries.generated_files(), known)
    app.env.docent_stamps = stamps  # type: ignore[attr-defined]


def conclude(app: Sphinx, build: Produced) -> Concluded:
    """Everything is written: finish the site, and say what was found."""
    return Concluded(build, conclude_build(app, build))


def release(build: Produced) -> None:
    """Send what is left to be sent, and let the next build begin."""
    build.prepared.collector.detach()
    build.cache.flush()
    build.cache.close()
    build.prepared.lock.release()


def _used(
    app: Sphinx, steps: Iterable[Step], used: Mapping[Tutorial, Inputs], context: BuildContext
) -> Mapping[Tutorial, Inputs]:
    """What tutorials use whose notebooks are made, whether or not this build took their results."""
    if app.builder.format != "html" or is_precheck(app.builder):
        return used
    others = [step.tutorial for step in steps if step.tutorial not in used]
    return {**known_inputs(others, context), **used}


def _is_measured(result: Result) -> bool:
    return bool(result.seconds) and result.status is Status.PASSED
