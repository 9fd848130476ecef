"""What sphinx-gallery's own settings, ``sphinx_gallery_conf``, say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import sphinx_gallery
from sphinx_gallery.gen_rst import _get_callables, executable_script

GalleryConf = dict[str, Any]

VERSION = str(sphinx_gallery.__version__)

NO_FILE = r"(?#tutorials are chosen by sphinx_docent)(?!)"
"""A ``filename_pattern`` that matches no file."""

# Settings that do not shape what a page holds: where things lie, what runs, and bookkeeping.
_SHAPELESS = {
    "abort_on_example_error",
    "api_usage_ignore",
    "builder_name",
    "copyfile_regex",
    "css",
    "download_all_examples",
    "examples_dirs",
    "exclude_implicit_doc_regex",  # is made from another setting
    "expected_failing_examples",
    "failing_examples",
    "filename_pattern",
    "gallery_dirs",
    "ignore_pattern",
    "junit",
    "log_level",
    "minigallery_sort_order",
    "nested_sections",
    "only_warn_on_example_error",
    "parallel",
    "passing_examples",
    "plot_gallery",
    "reference_url",
    "run_stale_examples",
    "show_api_usage",
    "src_dir",
    "stale_examples",
    "subsection_order",
    "titles",
    "within_subsection_order",
    "write_computation_times",
}


# Settings that shape a page, but nothing that a tutorial gives when it is executed.
_OF_PAGE_ONLY = {
    "binder",
    "default_thumb_file",
    "first_notebook_cell",
    "jupyterlite",
    "last_notebook_cell",
    "line_numbers",
    "notebook_extensions",
    "notebook_images",
    "promote_jupyter_magic",
    "pypandoc",
    "recommender",
    "remove_config_comments",
    "show_signature",
    "thumbnail_size",
}


def shapes_page_only(name: str) -> bool:
    """Whether a setting matters only when a page is generated, not when it is executed."""
    return name in _OF_PAGE_ONLY


def page_options(conf: GalleryConf) -> dict[str, Any]:
    """The settings that shape what a page holds, by name."""
    return {key: value for key, value in sorted(conf.items()) if key not in _SHAPELESS}


def expected_failures(conf: GalleryConf) -> set[Path]:
    """The scripts that the project expects to fail."""
    root = Path(conf["src_dir"])
    return {(root / path).resolve() for path in conf["expected_failing_examples"]}


def wants_execution(source: Path, conf: GalleryConf) -> bool:
    """Whether sphinx-gallery's own settings would execute a script."""
    return bool(executable_script(str(source), conf))


def first_and_last_cell(conf: GalleryConf) -> tuple[str, str]:
    """The cells that the settings put at the beginning and the end of every notebook."""
    return (conf["first_notebook_cell"] or "", conf["last_notebook_cell"] or "")


def jupyterlite_modification(conf: GalleryConf) -> Callable[..., Any] | None:
    """The project's function that changes notebooks for JupyterLite."""
    if not conf.get("jupyterlite") or conf["jupyterlite"]["notebook_modification_function"] is None:
        return None
    (function,) = _get_callables(conf, "jupyterlite")
    return cast("Callable[..., Any]", function)


def as_list(value: Any) -> list[Any]:
    """A setting that may be one value or several."""
    return list(value) if isinstance(value, (list, tuple)) else [value]
