"""Shows the build's timeline on a page of the site: the directive ``docent-timeline``."""

from __future__ import annotations

import html
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PLACE = "_docent/timeline.html"
_MARK = "docent-timeline"


class _Frame(nodes.General, nodes.Element):
    """Where the timeline is shown."""


class _Timeline(SphinxDirective):
    """A frame with what executed when, in the build that made this site."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][_MARK] = "shown"
        return [_Frame()]


def add_timeline(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive(_MARK, _Timeline)
    skip = (_skip, None)
    app.add_node(_Frame, html=(_visit_html, None), latex=skip, text=skip, man=skip, texinfo=skip)


def publish_timeline(app: Sphinx, timeline: Path) -> None:
    """Copy the timeline into the site, if a page shows it.

    :param timeline: the finished build's.
    """
    if any(_MARK in known for known in app.env.metadata.values()):
        place = Path(app.outdir) / _PLACE
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(timeline, place)


def _visit_html(translator: Any, node: _Frame) -> None:
    builder = translator.builder
    uri = html.escape(relative_uri(builder.get_target_uri(builder.current_docname), _PLACE))
    translator.body.append(
        f'<iframe class="docent-timeline" src="{uri}" title="Timeline of the build" '
        'loading="lazy" style="width: 100%; height: 36rem; border: 1px solid #8888"></iframe>\n'
        f'<p><a href="{uri}">The timeline by itself</a></p>\n'
    )
    raise nodes.SkipNode


def _skip(translator: Any, node: _Frame) -> None:
    raise nodes.SkipNode
