"""What a build does while Sphinx reads, resolves and writes pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

from ..builders.kinds import is_precheck, makes_site
from ..cache.inputs import NO_INPUTS
from ..diagnostics.targets import targets_digest
from ..model import Action
from ..notebooks.magics import forget_magics, take_magics
from ..notebooks.shell_blocks import check_shell_blocks
from ..notebooks.text_slips import warn_of_file_name, warn_of_slips
from ..site.buttons import add_buttons
from ..site.notices import Notice, insert_notices, notices_of
from ..site.tutorial_notebook import make_notebook

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .stages import Produced


def pages_to_read(build: Produced, env: BuildEnvironment, removed: set[str]) -> list[str]:
    """Pages to read again though their files are unchanged."""
    notices = _notices(env)
    changed = {page for page in build.pages if notices.get(page, ()) != _notices_now(build, page)}
    return sorted(changed | build.prepared.collector.to_read_again(env, removed))


def remember_notices(build: Produced, env: BuildEnvironment, pages: Iterable[str]) -> None:
    """Remember which notices the pages are about to get."""
    for page in pages:
        if page in build.pages:
            _notices(env)[page] = _notices_now(build, page)


def edit_page(build: Produced, page: str, doctree: nodes.document) -> None:
    """Work on a tutorial's page as it was read."""
    step = build.pages.get(page)
    if step is None:
        return
    warn_of_slips(doctree)
    warn_of_file_name(step.tutorial.source)
    take_magics(doctree)
    if build.prepared.settings.colab:
        check_shell_blocks(doctree)
    insert_notices(doctree, _notices_now(build, page))


def pages_to_write(build: Produced, app: Sphinx) -> list[str]:
    """Pages to resolve again though they were not read."""
    collector = build.prepared.collector
    thorough = is_precheck(app.builder)
    pages = collector.to_resolve_again(app.env, targets_digest(app.env), thorough=thorough)
    # What a tutorial was seen to use may have changed without its page.
    executed = [page for page, step in build.pages.items() if step.action is Action.EXECUTE]
    wanted = {*executed, *getattr(app.builder, "wanted", ())}
    return [*pages, *sorted(wanted & app.env.all_docs.keys())]


def finish_page(build: Produced, app: Sphinx, page: str, doctree: nodes.document) -> None:
    """A page was resolved; a tutorial's gets its notebook and buttons."""
    build.prepared.collector.resolved(page)
    step = build.pages.get(page)
    if step is None or is_precheck(app.builder):
        return
    settings = build.prepared.settings
    if app.builder.format == "html":
        used = build.used.get(step.tutorial, NO_INPUTS)
        make_notebook(app, doctree, step.tutorial, build.prepared.notebooks, used)
    if makes_site(app.builder):
        forget_magics(doctree)
        if settings.has_buttons:
            add_buttons(app, doctree, step.tutorial, settings.colab, settings.source)


def _notices_now(build: Produced, page: str) -> tuple[Notice, ...]:
    step = build.pages[page]
    return notices_of(step, build.results.get(step.tutorial.path))


def _notices(env: BuildEnvironment) -> dict[str, tuple[Notice, ...]]:
    """What the notices of each page say, as this environment read them."""
    if not hasattr(env, "docent_notes"):
        env.docent_notes = {}  # type: ignore[attr-defined]
    notices: dict[str, tuple[Notice, ...]] = env.docent_notes  # type: ignore[attr-defined]
    return notices
