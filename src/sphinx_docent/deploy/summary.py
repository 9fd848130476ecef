"""What was deployed, as a JSON file for programs: for the comment on a pull request."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..files import write_whole
from .plan import DeploymentPlan
from .request import DeployRequest
from .site import Site


def write_summary(
    request: DeployRequest, site: Site | None, plan: DeploymentPlan, commit: str
) -> None:
    """Write the file, where one was asked for.

    :param commit: that the branch ends in.
    """
    if request.summary is None:
        return
    data = {
        "version": request.version,
        "folder": request.layout.folder_of(request.version),
        "commit": commit,
        "source": site.facts.commit if site else "",
        "partial": list(site.partial) if site else [],
        "pages": asdict(plan.pages),
    }
    write_whole(request.summary, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())
