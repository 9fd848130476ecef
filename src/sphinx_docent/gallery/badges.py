"""The pictures of badges, which all pages of a folder share: of Binder and JupyterLite.

sphinx-gallery puts them beside the pages when it generates one. They are no page's own, so they
do not come with a page that was kept, or that was made in a view of the files that is gone.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sphinx_gallery import glr_path_static

_BADGE = re.compile(r"^ +\.\. image:: images/([\w.-]+)$", re.MULTILINE)
_OF_PAGE = "sphx_glr_"


def put_badges(page: Path) -> None:
    """Put the badges beside a page that it shows.

    :param page: the generated reST.
    """
    text = page.read_text(encoding="utf-8")
    for name in set(_BADGE.findall(text)):
        ours = Path(glr_path_static()) / name
        place = page.parent / "images" / name
        if not name.startswith(_OF_PAGE) and ours.is_file() and not place.exists():
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(ours, place)
