"""Removes the generated pages of tutorials and subsections that are gone.

sphinx-gallery leaves them where they are; Sphinx would go on publishing them.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .handover import unmark_up_to_date
from .page_files import is_generated_index, is_generated_page, page_files


def remove_stale_pages(
    roots: Collection[Path], folders: Collection[Path], targets: Collection[Path]
) -> None:
    """Remove what sphinx-gallery generated and no longer would.

    :param roots: the generated folders of all galleries.
    :param folders: all generated folders that have a source now.
    :param targets: the generated copies of all scripts that there are now.
    """
    for root in roots:
        for folder in (root, *_folders_in(root)):
            for page in folder.glob("*.rst"):
                script = page.with_suffix(".py")
                if script not in targets and is_generated_page(page):
                    for file in page_files(script):
                        file.unlink(missing_ok=True)
                    unmark_up_to_date(script)
            if folder not in folders and is_generated_index(folder / "index.rst"):
                for name in ("index.rst", "sg_execution_times.rst"):
                    (folder / name).unlink(missing_ok=True)


def _folders_in(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
