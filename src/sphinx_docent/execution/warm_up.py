"""What the server does once, so that the processes that it forks need not."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..gallery.configuration import GalleryConf
from ..gallery.warm_up import generate_sample_page
from .library_settings import end_loading, watch_loading
from .loaded_packages import note_loaded_packages
from .log_handler import take_log


def warm_up(
    preload: Sequence[str],
    root: Path,
    excluded: tuple[str, ...],
    conf: GalleryConf,
    folder: Path,
) -> None:
    """Load modules, and have sphinx-gallery do what it does for every page.

    :param preload: modules to load.
    :param folder: where files may be written for a while.
    """
    _forget_project_modules(root, excluded)
    os.environ["MPLBACKEND"] = "agg"  # as sphinx-gallery has it
    watch_loading()
    for name in preload:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    take_log()
    with contextlib.suppress(Exception):
        generate_sample_page(conf, folder)
    end_loading()
    note_loaded_packages()


def _forget_project_modules(root: Path, excluded: tuple[str, ...]) -> None:
    """Let tutorials import the project's modules anew, so that it is seen what they open."""
    inside = f"{root}{os.sep}"
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if (
            file
            and file.endswith(".py")
            and file.startswith(inside)
            and not file.startswith(excluded)
            and name.partition(".")[0] != __package__.partition(".")[0]
            and name != "__main__"
        ):
            del sys.modules[name]
