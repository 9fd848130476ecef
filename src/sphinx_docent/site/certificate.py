"""Says in the site itself what was built, for whoever deploys it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..built_site.build_info import BuildInfo, write_build_info
from ..git.source import source_commit
from ..model import Status
from ..notebooks.colab import Colab
from ..planning.plan import UNMATCHED
from ..reports.outcome import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def certify_site(
    app: Sphinx, outcome: Outcome, colab: Colab | None, root: Path, version: str
) -> None:
    """Write the facts, as the last thing in a build.

    :param root: of the repository that the sources are in.
    :param version: that the site is built for; empty if nobody has said.
    """
    tutorials: dict[str, tuple[str, str]] = {}
    for step in outcome.steps:
        result = outcome.results.get(step.tutorial.path)
        status = result.status if result else Status.NOT_RUN
        # Why something was executed differs from build to build.
        lasting = status is Status.SKIPPED or step.reason == UNMATCHED
        reason = step.reason if lasting else ""
        tutorials[step.tutorial.page] = (str(status), reason)
    facts = BuildInfo(
        project=outcome.project,
        builder=outcome.builder,
        selection=outcome.selection,
        base_url=app.config.html_baseurl,
        colab=asdict(colab) if colab else {},
        commit=source_commit(root),
        problems=len(outcome.diagnostics),
        tutorials=tutorials,
        version=version,
        language=app.config.language or "",
    )
    write_build_info(Path(app.outdir), facts)
