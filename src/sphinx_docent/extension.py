"""The extension's face to Sphinx: which event calls what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from docutils import nodes

from .build import pipeline, reading
from .build.lock import BuildLock
from .build.stages import Concluded, Prepared, Produced, Stage
from .builders.kinds import makes_site
from .builders.notebooks import NotebooksBuilder
from .builders.precheck import PrecheckBuilder
from .builders.tutorials import TutorialsBuilder
from .cache.location import state_folder
from .config_values import add_config_values
from .errors import DocentError, one_line, storage_problem
from .gallery.matplotlib_import import unblock_matplotlib
from .site.certificate import certify_site
from .site.redirects import check_redirect_targets
from .site.service_notebooks import place_for_services
from .site.timeline_directive import add_timeline

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_Expected = TypeVar("_Expected", Prepared, Produced, Concluded)


def register(app: Sphinx) -> None:
    """Connect everything."""
    app.setup_extension("sphinx_gallery.gen_gallery")
    add_config_values(app)
    for builder in (PrecheckBuilder, TutorialsBuilder, NotebooksBuilder):
        app.add_builder(builder)
    add_timeline(app)
    unblock_matplotlib()  # an earlier build of this process may have ended too soon
    events = Events()
    # sphinx-gallery fills its settings at priority 10, and generates at 500.
    app.connect("config-inited", events.prepare, priority=5)
    app.connect("config-inited", events.configured, priority=15)
    app.connect("builder-inited", events.produce, priority=400)
    app.connect("builder-inited", events.settle, priority=600)
    app.connect("env-get-outdated", events.get_outdated)
    app.connect("env-purge-doc", events.purge)
    app.connect("env-before-read-docs", events.before_reading)
    app.connect("doctree-read", events.read)
    app.connect("env-updated", events.updated)
    # After others, which may still find something.
    app.connect("env-check-consistency", events.consistency_checked, priority=900)
    app.connect("write-started", events.writing)
    app.connect("doctree-resolved", events.resolved)
    # Before sphinx-gallery's summary, which may end the build with an exception.
    app.connect("build-finished", events.conclude, priority=400)
    # After sphinx-gallery has copied notebooks, and before JupyterLite takes them.
    app.connect("build-finished", events.serve_notebooks)
    # After everybody who still writes to the site.
    app.connect("build-finished", events.certify, priority=990)


class Events:
    """The handlers of one application.

    All that is kept from one event to the next is how far the build has come: nothing before
    ``config-inited``; :class:`Prepared` until ``builder-inited``; :class:`Produced` while Sphinx
    reads and writes; :class:`Concluded` from ``build-finished`` on.
    """

    def __init__(self) -> None:
        self._stage: Stage = None

    @one_line()
    def prepare(self, app: Sphinx, config: Config) -> None:
        self._stage = pipeline.prepare(app, config, BuildLock(state_folder(Path(app.srcdir))))

    def configured(self, app: Sphinx, config: Config) -> None:
        """sphinx-gallery is configured, too."""
        unblock_matplotlib()

    @one_line()
    def produce(self, app: Sphinx) -> None:
        self._stage = pipeline.produce_all(app, self._reached(Prepared))

    def settle(self, app: Sphinx) -> None:
        pipeline.settle(app, self._reached(Produced))

    def get_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        return reading.pages_to_read(self._reached(Produced), env, removed)

    def purge(self, app: Sphinx, env: BuildEnvironment, page: str) -> None:
        self._reached(Produced).prepared.collector.forget(env, page)

    def before_reading(self, app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
        reading.remember_notices(self._reached(Produced), env, pages)

    def read(self, app: Sphinx, doctree: nodes.document) -> None:
        reading.edit_page(self._reached(Produced), app.env.docname, doctree)

    def updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        return reading.pages_to_write(self._reached(Produced), app)

    def consistency_checked(self, app: Sphinx, env: BuildEnvironment) -> None:
        check_redirect_targets(app)
        self._reached(Produced).prepared.collector.consistency_checked()

    def writing(self, app: Sphinx, builder: Builder) -> None:
        self._reached(Produced).prepared.collector.writing()

    def resolved(self, app: Sphinx, doctree: nodes.document, page: str) -> None:
        reading.finish_page(self._reached(Produced), app, page, doctree)

    @one_line()
    def conclude(self, app: Sphinx, exception: Exception | None) -> None:
        if exception is not None and not isinstance(self._stage, Produced):
            if isinstance(self._stage, Prepared):
                self._stage.collector.detach()
                self._stage.lock.release()
        else:
            self._conclude(app, exception)
        if exception is not None and (problem := storage_problem(exception)):
            raise DocentError(problem)
        # Anything else Sphinx tells itself.

    def _conclude(self, app: Sphinx, exception: Exception | None) -> None:
        produced = self._reached(Produced)
        try:
            if exception is None:
                self._stage = pipeline.conclude(app, produced)
        finally:
            pipeline.release(produced)

    @one_line()
    def serve_notebooks(self, app: Sphinx, exception: Exception | None) -> None:
        """Binder and JupyterLite open the notebook that the page offers."""
        if isinstance(self._stage, Concluded) and exception is None and makes_site(app.builder):
            place_for_services(app, self._stage.produced.galleries.tutorials)

    @one_line()
    def certify(self, app: Sphinx, exception: Exception | None) -> None:
        """Write down, in the site itself, what was built."""
        if isinstance(self._stage, Concluded) and exception is None and makes_site(app.builder):
            prepared = self._stage.produced.prepared
            settings, outcome = prepared.settings, self._stage.outcome
            certify_site(app, outcome, settings.colab, prepared.root, settings.version)

    def _reached(self, stage: type[_Expected]) -> _Expected:
        """The stage that Sphinx's order of events promises."""
        if not isinstance(self._stage, stage):
            raise TypeError(f"an event came before the build was {stage.__name__.lower()}")
        return self._stage
