"""Does once, before processes are forked, what is done for every page."""

from __future__ import annotations

import sys
from pathlib import Path

from .configuration import GalleryConf, as_list
from .generation import generate_page

_RESETTERS = ("matplotlib", "seaborn")
_PLAIN = '''"""
Sample
======
"""

answer = 42
'''
_PLOT = f"""{_PLAIN}
import matplotlib.pyplot

matplotlib.pyplot.subplots()[1].plot([1, 2])
"""


def generate_sample_page(conf: GalleryConf, folder: Path) -> None:
    """Generate a page, so that forked processes find done what is done once: modules loaded,
    patterns compiled, fonts found, the placeholder scaled.

    Only sphinx-gallery's own scrapers and resetters take part.

    :param folder: where files may be written.
    """
    draws = "matplotlib.pyplot" in sys.modules
    source = folder / "sample.py"
    source.write_text(_PLOT if draws else _PLAIN, encoding="utf-8")
    own = {
        "image_scrapers": ("matplotlib",) if draws else (),
        "reset_modules": [name for name in as_list(conf["reset_modules"]) if name in _RESETTERS],
        "src_dir": str(folder),
    }
    for execute in (False, True):
        generate_page(source, folder, {**conf, **own}, execute=execute)
