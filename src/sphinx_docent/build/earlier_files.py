"""What earlier builds have left in the generated folders."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ..gallery.handover import unmark_up_to_date
from ..gallery.page_files import files_by_page
from ..model import Tutorial


class EarlierFiles:
    """The files of each page as they lie there; each folder is looked at once.

    :param tutorials: all whose pages share the folders.
    """

    def __init__(self, tutorials: Iterable[Tutorial]) -> None:
        self._stems: dict[Path, set[str]] = {}
        for tutorial in tutorials:
            self._stems.setdefault(tutorial.target_dir, set()).add(tutorial.source.stem)
        self._files: dict[Path, dict[str, list[Path]]] = {}

    def clear(self, tutorial: Tutorial, keep: Collection[str] = ()) -> None:
        """Remove what another mode has left of a page.

        :param keep: names, relative to the page's folder, of files that stay.
        """
        unmark_up_to_date(tutorial.target)
        folder = tutorial.target_dir
        if folder not in self._files:
            self._files[folder] = files_by_page(folder, self._stems[folder])
        for file in self._files[folder][tutorial.source.stem]:
            if file.relative_to(folder).as_posix() not in keep:
                file.unlink(missing_ok=True)
