"""sphinx-gallery's complaint about spaces in file names, kept to the names that the project gives.

It looks at absolute paths, and so complains of every example where the checkout lies in a folder
such as ``My Projects``: no link of the site has that in it.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path

_COMPLAINT = "Example file name(s) with spaces found"
_LOGGER = "sphinx.sphinx-gallery"


@dataclass(frozen=True, slots=True)
class SpacesOfTheProject:
    """A filter for log records.

    :param source: the documentation's folder; what lies above it is not the project's to name.
    """

    source: Path

    def attach(self) -> None:
        """Begin to filter."""
        logging.getLogger(_LOGGER).addFilter(self)

    def detach(self) -> None:
        """Filter no more."""
        logging.getLogger(_LOGGER).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Leave out the files that have no space of their own; false if none is left."""
        if not isinstance(record.msg, str) or not record.msg.startswith(_COMPLAINT):
            return True
        arguments = record.args if isinstance(record.args, tuple) else (record.args,)
        files = arguments[0] if arguments else None
        if not isinstance(files, list):
            return True
        own = [file for file in files if re.search(r"\s", os.path.relpath(file, self.source))]
        record.args = (own,)
        return bool(own)
