"""The extension's face to Sphinx: which event calls which room."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from .build.galleries import (
    Galleries,
    apply_order,
    execution_options,
    find_galleries,
    on_cluster,
    plan_build,
    selector,
)
from .build.lock import BuildLock
from .build.notebooks import NotebooksBuild
from .build.pages import PageContext, emit, execute_only, produce_pages
from .build.shard_agreement import plan_shard
from .builders.notebooks import NotebooksBuilder
from .builders.precheck import PrecheckBuilder
from .builders.tutorials import TutorialsBuilder, print_plan
from .built_site.build_info import invalidate
from .cache.backends import cache_use, open_cache
from .cache.durations import load_durations, save_durations
from .cache.keys import CacheKeys
from .cache.location import state_folder
from .cache.project_state import ProjectState
from .cache.store import Cache
from .diagnostics.collector import DiagnosticCollector, ignore_list, relative_place
from .diagnostics.source_lines import locate
from .diagnostics.targets import targets_digest
from .errors import one_line
from .gallery import before_0_22 as older
from .gallery import sphinx_gallery as gallery
from .gallery.discovery import repository_root
from .gallery.modification_times import restore_times
from .model import Diagnostic, Status, Step
from .notebooks.magics import check_shell_blocks, take_magics
from .planning.shards import Shard
from .reports import console as summary
from .reports.progress import Progress
from .reports.recording import Recording
from .reports.report import Outcome, github_annotations, write_reports
from .settings import Ignored, Settings, add_config_values, limit_threads, read_settings
from .site.finishing import (
    check_redirect_targets,
    check_redirects,
    offer_versions,
    remove_old_pages,
    write_build_info,
    write_redirects,
)
from .site.notices import insert_below_title, skip_notice
from .site.timeline import add_timeline, publish_timeline
from .site.tutorial_page import add_buttons, make_notebook, publish_notebooks

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_STATIC = Path(__file__).parent / "site" / "static"


def register(app: Sphinx) -> None:
    """Connect everything."""
    app.setup_extension("sphinx_gallery.gen_gallery")
    add_config_values(app)
    app.add_builder(PrecheckBuilder)
    app.add_builder(TutorialsBuilder)
    app.add_builder(NotebooksBuilder)
    add_timeline(app)
    gallery.unblock_matplotlib()  # an earlier build of this process may have ended too soon
    docent = Docent(app)
    # sphinx-gallery fills its settings at priority 10, and generates at 500.
    app.connect("config-inited", docent.configure, priority=5)
    app.connect("config-inited", docent.configured, priority=15)
    app.connect("builder-inited", docent.produce, priority=400)
    app.connect("builder-inited", docent.settle, priority=600)
    app.connect("env-get-outdated", docent.outdated)
    app.connect("env-purge-doc", docent.purge)
    app.connect("env-before-read-docs", docent.before_reading)
    app.connect("doctree-read", docent.read)
    app.connect("env-updated", docent.updated)
    # After others, which may still find something.
    app.connect("env-check-consistency", docent.consistency_checked, priority=900)
    app.connect("write-started", docent.writing)
    app.connect("doctree-resolved", docent.resolved)
    # Before sphinx-gallery's summary, which may end the build with an exception.
    app.connect("build-finished", docent.finish, priority=400)
    # After everybody who still writes to the site.
    app.connect("build-finished", docent.certify, priority=990)


class Docent:
    """One build: what is known from one event to the next."""

    settings: Settings
    collector: DiagnosticCollector
    root: Path
    outcome: Outcome | None = None
    cache: Cache | None = None
    shard: Shard | None = None

    def __init__(self, app: Sphinx) -> None:
        self.started = time.time()
        self.state = state_folder(Path(app.srcdir))
        self.galleries = Galleries((), ())
        self.sources: dict[Path, list[Path]] = {}
        self.by_page: dict[str, Step] = {}
        self.lock = BuildLock(self.state)
        self.record = Recording(Progress((), {}, 1))
        self.proving: NotebooksBuild | None = None

    @one_line()
    def configure(self, app: Sphinx, config: Config) -> None:
        """Check the settings, and begin to see warnings."""
        self.settings = read_settings(app)
        self.root = repository_root(Path(app.srcdir))
        self.ignoring = ignore_list(self.settings.ignored)
        self.collector = DiagnosticCollector(app, self._describe, self._is_ignored)
        self.collector.attach()
        apply_order(config)
        limit_threads(self.settings.jobs)
        if self.settings.has_buttons:
            config.html_static_path.append(str(_STATIC))
            app.add_css_file("docent.css")
        offer_versions(app, config)
        check_redirects(config.docent_redirects)
        gallery.block_matplotlib()

    def configured(self, app: Sphinx, config: Config) -> None:
        """sphinx-gallery is configured, too."""
        gallery.unblock_matplotlib()

    @one_line()
    def produce(self, app: Sphinx) -> None:
        """Find the tutorials, plan, and put every page in its place."""
        conf = app.config.sphinx_gallery_conf
        if not isinstance(app.builder, TutorialsBuilder):
            self.lock.acquire()
        if _makes_site(app.builder):
            invalidate(Path(app.outdir))
        if _is_pageless(app.builder):
            gallery.leave_out_code_links(app)
        self.galleries = find_galleries(app.config, Path(app.srcdir))
        self.sources = self.galleries.sources()
        if isinstance(app.builder, NotebooksBuilder):
            selected = selector(self.galleries, self.settings, conf)
            wanted = list(filter(selected, self.galleries.tutorials))
            self.proving = NotebooksBuild(app, self.settings, self.galleries.tutorials, wanted)
        executes = not _is_pageless(app.builder)
        self.cache = cache = open_cache(
            self.settings.cache, shared=executes and self.settings.executes
        )
        seconds = load_durations(cache)
        world = ProjectState(self.root)
        shop = PageContext(conf, cache, CacheKeys(conf, world), world, seconds)
        steps = plan_build(self.galleries, self.settings, shop, executes=executes)
        self.shard = shard = self.settings.shard if executes else None
        if shard is not None:
            listing = isinstance(app.builder, TutorialsBuilder)
            steps = plan_shard(steps, shard, shop, self.settings.selected, binding=not listing)
        if isinstance(app.builder, TutorialsBuilder):
            print_plan(steps, seconds)
            # Everything is said, and sphinx-gallery's own handler comes next.
            raise SystemExit(0)
        made = (self.state, Path(app.outdir), Path(app.doctreedir), *self.galleries.target_dirs)
        crew = execution_options(steps, self.settings, self.root, made, self.state / "preload.json")
        cluster = on_cluster(app, crew, self.settings, made, self.galleries.tutorials)
        self.record = Recording(Progress(steps, seconds, crew.jobs))
        if shard is None:
            summary.log_plan(steps)
        else:
            summary.log_shard_plan(steps, shard)
        with self.record.progress.show():
            (execute_only if shard else produce_pages)(steps, shop, crew, self.record, cluster)
        # A damaged result was executed in place of being restored.
        steps = [self.record.steps.get(step.tutorial.path, step) for step in steps]
        self.by_page = {step.tutorial.page: step for step in steps}
        for step in steps:
            result = self.record.results.get(step.tutorial.path)
            if result is not None:
                emit(result.messages)
                summary.warn_of_failure(step, result, only_warn=conf["only_warn_on_example_error"])
        save_durations(cache, seconds, self._executed_seconds())
        cache.prune(self.settings.cache_size)
        if shard is not None:
            self._end_shard(app)
        gallery.hand_over(conf, steps, self.record.results)

    def settle(self, app: Sphinx) -> None:
        """Give unchanged generated files the time that this environment knows."""
        if older.IS_OLDER:
            older.note_up_to_date(
                app.config.sphinx_gallery_conf,
                self.galleries.tutorials,
                self.record.results,
                Path(app.outdir),
            )
        failed = (
            self.record.steps[path].tutorial
            for path, result in self.record.results.items()
            if result.status is Status.FAILED
        )
        gallery.take_back_failures(app.config.sphinx_gallery_conf, failed)
        known = getattr(app.env, "docent_stamps", {})
        stamps = restore_times(self.galleries.generated_files(), known)
        app.env.docent_stamps = stamps  # type: ignore[attr-defined]

    def outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Pages to read again though their files are unchanged."""
        notes = _notes(env)
        renoted = {
            page for page, step in self.by_page.items() if notes.get(page, ()) != step.missing
        }
        return sorted(renoted | self.collector.to_read_again(env, removed))

    def purge(self, app: Sphinx, env: BuildEnvironment, page: str) -> None:
        """A page will be read again, or is gone."""
        self.collector.forget(env, page)

    def before_reading(self, app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
        """Remember which notes the pages are about to get."""
        for page in pages:
            if page in self.by_page:
                _notes(env)[page] = self.by_page[page].missing

    def read(self, app: Sphinx, doctree: nodes.document) -> None:
        """Work on a tutorial's page as it was read."""
        step = self.by_page.get(app.env.docname)
        if step is None:
            return
        take_magics(doctree)
        if self.settings.colab:
            check_shell_blocks(doctree)
        if step.missing:
            insert_below_title(doctree, skip_notice(step.missing))

    def updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Pages to resolve again though they were not read."""
        pages = self.collector.to_resolve_again(
            env, targets_digest(env), thorough=_is_precheck(app.builder)
        )
        if self.proving is not None:
            pages = [*pages, *self.proving.pages]
        # From here on Sphinx saves what it has read, and takes it as written, too.
        self.collector.unsettle()
        return pages

    def consistency_checked(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Sphinx has said what is wrong between pages."""
        check_redirect_targets(app)
        self.collector.consistency_checked()

    def writing(self, app: Sphinx, builder: Builder) -> None:
        """Reading and checking are over."""
        self.collector.writing()

    def resolved(self, app: Sphinx, doctree: nodes.document, page: str) -> None:
        """A page was resolved; a tutorial's gets its notebook and button."""
        self.collector.resolved(page)
        if page not in self.by_page or _is_precheck(app.builder):
            return
        tutorial = self.by_page[page].tutorial
        if app.builder.format == "html":
            make_notebook(app, doctree, tutorial, self.settings.install)
        if _makes_site(app.builder):
            add_buttons(app, doctree, tutorial, self.settings)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Place the notebooks, and say what was found."""
        if exception is None:
            self._conclude(app)
        if self.cache is not None:
            self.cache.flush()
            self.cache.close()
        self.lock.release()

    def _end_shard(self, app: Sphinx) -> None:
        """Say what was done; other jobs do the rest.

        :raises SystemExit: always.
        """
        summary.log_failures(self.by_page.values(), self.record.results)
        summary.log_impossible(self.by_page.values())
        self._report(app, *self._weigh(self.collector.seen()))
        failed = any(result.status is Status.FAILED for result in self.record.results.values())
        only_warn = app.config.sphinx_gallery_conf["only_warn_on_example_error"]
        raise SystemExit(1 if failed and not only_warn else 0)

    def _conclude(self, app: Sphinx) -> None:
        if _makes_site(app.builder):
            publish_notebooks(app, self.galleries.tutorials, self.settings.colab)
            remove_old_pages(app, self.by_page)
            write_redirects(app)
            summary.check_written_pages(app)
        everything, seen = self.collector.finish(app.env)
        self.collector.detach()
        diagnostics, used = self._weigh(everything)
        summary.repeat_warnings(found for found in diagnostics if found not in seen)
        summary.log_failures(self.by_page.values(), self.record.results)
        if self.proving is not None:
            summary.log_failures(self.proving.steps, self.proving.record.results)
            summary.log_notebooks(self.proving.steps, self.proving.record.results)
        if _is_precheck(app.builder) and diagnostics:
            summary.log_diagnostics(diagnostics)
        summary.log_unused_ignores(entry for entry in self.settings.ignored if not used[entry])
        self._report(app, diagnostics, used)
        if _makes_site(app.builder):
            publish_timeline(app, self.state / "timeline.html")
        failed = self.proving is not None and self.proving.failed
        if failed or self.collector.broken or (diagnostics and _is_precheck(app.builder)):
            app.statuscode = 1

    def _weigh(self, everything: Iterable[Diagnostic]) -> tuple[list[Diagnostic], Counter[Ignored]]:
        """What is wrong, and how often each entry of the ignore list let something pass."""
        judged = [(found, self.ignoring(found)) for found in everything]
        used = Counter(entry for _, entry in judged if entry is not None)
        return [found for found, entry in judged if entry is None], used

    def _report(self, app: Sphinx, diagnostics: list[Diagnostic], used: Counter[Ignored]) -> None:
        """Write what was done; what is still to be sent to others is waited for."""
        if self.cache is not None:
            self.cache.flush()
        outcome = Outcome(
            project=app.config.project,
            builder=app.builder.name,
            shard=str(self.shard or ""),
            started=self.started,
            seconds=time.time() - self.started,
            selection=self.settings.selected,
            steps=list(self.by_page.values()),
            results=self.record.results,
            spans=self.record.spans,
            diagnostics=diagnostics,
            ignored=[(entry, used[entry]) for entry in self.settings.ignored],
            cache=cache_use(self.settings.cache, self.cache, self.root),
        )
        if self.proving is not None:
            record = self.proving.record
            outcome = replace(
                outcome, steps=self.proving.steps, results=record.results, spans=record.spans
            )
            write_reports(outcome, self.state, "notebooks")
        else:
            write_reports(outcome, self.state)
        summary.log_cache_problem(outcome.cache)
        self.outcome = outcome
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(*github_annotations(diagnostics, outcome.cache), sep="\n")

    def certify(self, app: Sphinx, exception: Exception | None) -> None:
        """Write down, in the site itself, what was built."""
        if exception is None and self.outcome is not None and _makes_site(app.builder):
            write_build_info(app, self.outcome, self.settings.colab, self.root)

    def _describe(self, location: str, message: str) -> tuple[str, int]:
        return relative_place(locate(location, message, self.sources), self.root)

    def _is_ignored(self, found: Diagnostic) -> bool:
        return self.ignoring(found) is not None

    def _executed_seconds(self) -> dict[str, float]:
        return {
            path: result.seconds
            for path, result in self.record.results.items()
            if result.seconds and result.status is Status.PASSED
        }


def _is_pageless(builder: Builder) -> bool:
    return isinstance(builder, PrecheckBuilder)


def _is_precheck(builder: Builder) -> bool:
    return isinstance(builder, PrecheckBuilder) and not isinstance(builder, NotebooksBuilder)


def _makes_site(builder: Builder) -> bool:
    return builder.format == "html" and not _is_pageless(builder)


def _notes(env: BuildEnvironment) -> dict[str, Iterable[str]]:
    """The requirements that each page's note names, as this environment read them."""
    if not hasattr(env, "docent_notes"):
        env.docent_notes = {}  # type: ignore[attr-defined]
    notes: dict[str, Iterable[str]] = env.docent_notes  # type: ignore[attr-defined]
    return notes
