"""Says in the site itself what was built, for whoever deploys it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..built_site.build_info import BuildInfo, write_build_info
from ..git.source import source_commit
from ..model import Status
from ..notebooks.colab import Colab
from ..reports.outcome import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def certify_site(app: Sphinx, outcome: Outcome, colab: Colab | None, root: Path) -> None:
    """Write the facts, as the last thing in a build.

    :param root: of the repository that the sources are in.
    """
    tutorials: dict[str, tuple[str, str]] = {}
    for step in outcome.steps:
        result = outcome.results.get(step.tutorial.path)
        status = result.status if result else Status.NOT_RUN
        # Why something was executed differs from build to build.
        reason = step.reason if status is Status.SKIPPED else ""
        tutorials[step.tutorial.page] = (str(status), reason)
    facts = BuildInfo(
        project=outcome.project,
        builder=outcome.builder,
        selection=outcome.selection,
        base_url=app.config.html_baseurl,
        colab={"repository": colab.repository, "branch": colab.branch} if colab else {},
        commit=source_commit(root),
        problems=len(outcome.diagnostics),
        tutorials=tutorials,
    )
    write_build_info(Path(app.outdir), facts)
