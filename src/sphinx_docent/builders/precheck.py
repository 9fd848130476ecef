"""The builder ``precheck``: everything that the HTML builder would warn about, and no page.

It reads, resolves and translates as the HTML builder does, and leaves out what only makes
files: templates, the search index, static files, copies of images and downloads.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from docutils.frontend import get_default_settings
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.util.osutil import relative_uri
from sphinx.writers.html import HTMLWriter

if TYPE_CHECKING:
    from docutils import nodes


class PrecheckBuilder(StandaloneHTMLBuilder):
    """Finds what is wrong, and writes no page.

    The attributes that its methods set are those that Sphinx's translators and its HTML builder
    read; none is ours.
    """

    name = "precheck"
    epilog = "The documentation is well-formed."
    search = False
    copysource = False

    def init(self) -> None:
        super().init()
        self.search = False
        # Themes write into it when a build of this format ends.
        Path(self.outdir, "_static").mkdir(parents=True, exist_ok=True)
        # Pages choose by these tags; what they choose for HTML is what is checked.
        self.tags.add("builder_html")

    def get_outdated_docs(self) -> Iterator[str]:
        # Which pages must be resolved again is known only after reading: see diagnostics.
        return iter(())

    def prepare_writing(self, docnames: Set[str]) -> None:
        self.indexer = None
        self.docsettings = get_default_settings(HTMLWriter)
        for name, value in self.env.settings.items():
            setattr(self.docsettings, name, value)
        self.docsettings.compact_lists = bool(self.config.html_compact_lists)

    def copy_assets(self) -> None:
        pass

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        self.imgpath = relative_uri(self.get_target_uri(docname), self.imagedir)
        self.post_process_images(doctree)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.imgpath = relative_uri(self.get_target_uri(docname), "_images")
        self.dlpath = relative_uri(self.get_target_uri(docname), "_downloads")
        self.current_docname = docname
        doctree.walkabout(self.create_translator(doctree, self))

    def finish(self) -> None:
        if self.use_index:
            IndexEntries(self.env).create_index(self)

    def cleanup(self) -> None:
        pass
