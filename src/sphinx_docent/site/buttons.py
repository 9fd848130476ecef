"""The row of buttons below a tutorial's title: where its reader can go on with it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes

from ..model import Tutorial
from ..notebooks.colab import Colab
from .notices import insert_below_title
from .source_address import theme_source

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class Button:
    """One link of the row.

    :param kind: its class is ``docent-KIND``.
    :param words: what it says.
    :param more: what is said beside it to those who hear the page.
    :param is_file: whether the browser shall keep what the link leads to.
    """

    kind: str
    words: str
    more: str
    url: str
    is_file: bool = False


def offer_buttons(app: Sphinx, config: Config) -> None:
    """Load what the row of buttons looks like."""
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    app.add_css_file("docent.css")


def add_buttons(
    app: Sphinx, doctree: nodes.document, tutorial: Tutorial, colab: Colab | None, source: str
) -> None:
    """Put the row on a page whose notebook is made.

    :param source: the address of sources, with ``{path}``; empty for the one that the theme knows.
    """
    page_uri = app.builder.get_target_uri(tutorial.page)
    to_root = "../" * page_uri.count("/")
    buttons = buttons_for(tutorial, doctree, to_root, colab, source or theme_source(app.config))
    content = row(buttons, app.env.titles[tutorial.page].astext())
    insert_below_title(doctree, nodes.raw("", content, format="html"))


def buttons_for(
    tutorial: Tutorial, doctree: nodes.document, to_root: str, colab: Colab | None, source: str
) -> list[Button]:
    """The buttons of a page, those for downloads and services as sphinx-gallery links them.

    :param doctree: the resolved page.
    :param to_root: the relative address from the page to the site's folder, with a slash.
    :param source: the address of sources, with ``{path}``; empty where there is none.
    """
    buttons = []
    if colab is not None:
        url = colab.url(tutorial.page)
        buttons.append(Button("colab", "Open in Colab", "as a notebook in Google Colab", url))
    for kind, service in _SERVICES.items():
        for url in _addresses(doctree, f"{kind}-badge"):
            buttons.append(Button(kind, f"Launch {service}", f"as a notebook in {service}", url))
    for kind, words in _DOWNLOADS.items():
        for file in _files(doctree, f"sphx-glr-download-{kind}"):
            url = f"{to_root}_downloads/{quote(file)}"
            buttons.append(Button(kind, words, "as a file", url, is_file=True))
    if source:
        url = source.replace("{path}", quote(tutorial.path.lstrip("/")))
        buttons.append(Button("source", "View source", "in its repository", url))
    return buttons


def row(buttons: Sequence[Button], title: str) -> str:
    """The row's HTML.

    :param title: of the tutorial, for those who hear the page.
    """
    links = "".join(_link(button, title) for button in buttons)
    label = "Open or download this tutorial"
    return f'<div class="docent-buttons" role="group" aria-label="{label}">{links}</div>'


_SERVICES = {"binder": "Binder", "lite": "JupyterLite"}
_DOWNLOADS = {"jupyter": "Download notebook", "python": "Download script"}


def _link(button: Button, title: str) -> str:
    label = html.escape(f"{button.words}: “{title}”, {button.more}", quote=True)
    url = html.escape(button.url, quote=True)
    how = "download" if button.is_file else 'target="_blank" rel="noopener"'
    return (
        f'<a class="docent-{button.kind}" href="{url}" {how} aria-label="{label}">'
        f"{html.escape(button.words)}</a>"
    )


def _addresses(doctree: nodes.document, name: str) -> Iterator[str]:
    """Where the badges in a container lead."""
    for container in _containers(doctree, name):
        for reference in container.findall(nodes.reference):
            yield str(reference.get("refuri", ""))


def _files(doctree: nodes.document, name: str) -> Iterator[str]:
    """The names, in the site's folder of downloads, of the files that a container offers."""
    for container in _containers(doctree, name):
        for node in container.findall(nodes.Element):
            if node.get("filename"):
                yield str(node["filename"])


def _containers(doctree: nodes.document, name: str) -> Iterator[nodes.container]:
    return (node for node in doctree.findall(nodes.container) if name in node["classes"])
