"""What a site needs to be deployed: redirects, a place for the versions, and its certificate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from ..built_site import build_info
from ..built_site.redirect_page import redirect_page
from ..errors import DocentError
from ..files import write_whole
from ..git.source import source_commit
from ..model import Status
from ..notebooks.colab import NOTEBOOKS, Colab
from ..reports.report import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

SWITCHER = "docent-versions.html"
_HERE = Path(__file__).parent


def offer_versions(app: Sphinx, config: Config) -> None:
    """Let ``html_sidebars`` name the version switcher, and load it where that is done."""
    config.templates_path = [*config.templates_path, str(_HERE / "templates")]
    if any(SWITCHER in names for names in config.html_sidebars.values()):
        if str(_HERE / "static") not in config.html_static_path:
            config.html_static_path.append(str(_HERE / "static"))
        # Deferred scripts run in this order.
        app.add_js_file("docent-deployed.js", loading_method="defer")
        app.add_js_file("docent-versions.js", loading_method="defer")
        app.add_css_file("docent-versions.css")


def check_redirects(redirects: Mapping[Any, Any]) -> None:
    """Check ``docent_redirects``.

    :raises DocentError: an entry is not what it should be.
    """
    for old, new in redirects.items():
        for page in (old, new):
            if not isinstance(page, str) or not page or page.startswith(("/", ".")) or ":" in page:
                raise DocentError(
                    f"docent_redirects: {page!r} is no page: write it like 'guide/building',"
                    " from the folder of conf.py and without an ending"
                )


def check_redirect_targets(app: Sphinx) -> None:
    """Warn of redirects that nobody needs, and of those that lead nowhere."""
    pages = app.env.all_docs
    for old, new in app.config.docent_redirects.items():
        if old in pages:
            text = "docent_redirects: %r is a page: it would hide the redirect"
            logger.warning(text, old, type="docent", subtype="redirect")
        if new.partition("#")[0] not in pages:
            text = "docent_redirects: %r leads to %r, which is no page"
            logger.warning(text, old, new, type="docent", subtype="redirect")


def write_redirects(app: Sphinx) -> None:
    """Write a page that leads on for every old page that the project names."""
    for old, new in app.config.docent_redirects.items():
        page, mark, anchor = new.partition("#")
        if old not in app.env.all_docs and page in app.env.all_docs:
            target = app.builder.get_relative_uri(old, page) + mark + anchor
            file = Path(app.builder.get_outfilename(old))  # type: ignore[attr-defined]
            write_whole(file, redirect_page(target).encode())


def remove_old_pages(app: Sphinx, notebooks: Collection[str]) -> None:
    """Remove pages and notebooks of documents that are gone, which Sphinx leaves on the site.

    :param notebooks: the pages that have a notebook.
    """
    out = Path(app.outdir)
    endings = [
        f"{ending}{app.config.html_sourcelink_suffix}" for ending in app.config.source_suffix
    ]
    for name, copy in _files_in(out / "_sources"):
        pages = {name.removesuffix(ending) for ending in endings if name.endswith(ending)}
        if pages and not pages & app.env.all_docs.keys():
            copy.unlink()
            for page in pages:
                Path(app.builder.get_outfilename(page)).unlink(missing_ok=True)  # type: ignore[attr-defined]
    for name, copy in _files_in(out / NOTEBOOKS):
        if name.removesuffix(".ipynb") not in notebooks:
            copy.unlink()


def write_build_info(app: Sphinx, outcome: Outcome, colab: Colab | None, root: Path) -> None:
    """Write the site's certificate, as the last thing in a build.

    :param root: of the repository that the sources are in.
    """
    tutorials = {}
    for step in outcome.steps:
        result = outcome.results.get(step.tutorial.path)
        status = result.status if result else Status.NOT_RUN
        # Why something was executed differs from build to build.
        reason = step.reason if status is Status.SKIPPED else ""
        tutorials[step.tutorial.page] = (str(status), reason)
    facts = build_info.BuildInfo(
        project=outcome.project,
        builder=outcome.builder,
        selection=outcome.selection,
        base_url=app.config.html_baseurl,
        colab={"repository": colab.repository, "branch": colab.branch} if colab else {},
        commit=source_commit(root),
        problems=len(outcome.diagnostics),
        tutorials=tutorials,
    )
    build_info.write_build_info(Path(app.outdir), facts)


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.is_file())
