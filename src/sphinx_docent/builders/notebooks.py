"""The builder ``notebooks``: makes the notebook of every selected tutorial, and executes it.

Pages are read and resolved as the HTML builder does; nothing of the site is written, and no
tutorial is executed for its page.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from .precheck import PrecheckBuilder

if TYPE_CHECKING:
    from docutils import nodes


class NotebooksBuilder(PrecheckBuilder):
    """Finds out which notebooks run."""

    name = "notebooks"
    epilog = "The notebooks were looked at."
    wanted: Set[str] = frozenset()
    """The pages whose notebooks are made; they are executed when the build ends."""

    def write_documents(self, docnames: Set[str]) -> None:
        super().write_documents(self.wanted & self.env.all_docs.keys())

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        pass

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        pass

    def finish(self) -> None:
        pass
