"""The one room that calls sphinx-gallery's own functions.

Tested against the oldest and the newest release that we support. Everything that depends on
how sphinx-gallery works inside stands here, so that a change there is mended here.

How a page that we produced is handed over: sphinx-gallery takes an example whose ``.md5`` file
matches its source as up to date, and renders its gallery from the files that lie there. So we
put the files in place, write the ``.md5``, and sphinx-gallery generates nothing anew.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import sphinx_gallery
from docutils import nodes
from sphinx.util.logging import VERBOSE, convert_serializable
from sphinx_gallery.gen_rst import (
    _clean_script_blocks,
    _get_gallery_header,
    _get_parser,
    executable_script,
    generate_file_rst,
    get_md5sum,
)
from sphinx_gallery.utils import _collect_gallery_files

from ..cache.fingerprint import fingerprint
from ..model import Action, Message, Result, Step, Tutorial
from ..notebooks.conversion import Block
from .order import rank_in_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of scripts, and the generated folder of its pages.

    :param subsection: its path relative to ``conf.py``, ``None`` for a gallery's root.
    :param header: the file that introduces it, ``None`` where the project has its own index.
    """

    source_dir: Path
    target_dir: Path
    subsection: str | None
    header: Path | None


def folders(conf: GalleryConf, srcdir: Path) -> Iterator[Folder]:
    """All folders of all galleries, each gallery's root first."""
    pairs = zip(_listed(conf["examples_dirs"]), _listed(conf["gallery_dirs"]), strict=False)
    for examples, gallery in pairs:
        root = Path(os.path.normpath(srcdir / examples))
        target = Path(os.path.normpath(srcdir / gallery))
        if not root.is_dir():
            continue
        header = _header(root, conf)
        yield Folder(root, target, None, header)
        for child in sorted(path for path in root.iterdir() if path.is_dir()):
            if child.name == "__pycache__":
                continue
            child_header = _header(child, conf)
            if header is None or child_header is not None:
                relative = Path(os.path.relpath(child, srcdir)).as_posix()
                yield Folder(child, target / child.name, relative, child_header)


def scripts(folder: Path, conf: GalleryConf) -> list[str]:
    """The names of the Python scripts of one folder, sorted."""
    found = _collect_gallery_files([str(folder)], conf)
    return sorted(name for name in found if name.endswith(".py"))


def wants_execution(source: Path, conf: GalleryConf) -> bool:
    """Whether sphinx-gallery's own settings would execute a script."""
    return bool(executable_script(str(source), conf))


def generate(source: Path, target_dir: Path, conf: GalleryConf, *, execute: bool) -> Any:
    """Write the page of one script, with its images and downloads.

    :param execute: whether to execute the script.
    :returns: seconds, and the formatted traceback of a script that failed or ``None``.
    """
    pattern = f"^{re.escape(str(source))}$" if execute else NO_FILE
    conf = {**conf, "filename_pattern": pattern}
    if not execute:
        conf["plot_gallery"] = False
    unmark(target_dir / source.name)
    with _placeholder(source, target_dir, conf, learn=not execute):
        _, _, (seconds, _), out = generate_file_rst(
            source.name, str(target_dir), str(source.parent), conf
        )
    return seconds, out.get("formatted_exception")


def rehearse(conf: GalleryConf, folder: Path) -> None:
    """Do once what is done for every example, so that forked processes find it done: modules
    loaded, patterns compiled, fonts found, the placeholder scaled.

    Only sphinx-gallery's own scrapers and resetters take part.

    :param folder: where files may be written.
    """
    draws = "matplotlib.pyplot" in sys.modules
    source = folder / "rehearsal.py"
    source.write_text(_PLOT if draws else _PLAIN, encoding="utf-8")
    own = {
        "image_scrapers": ("matplotlib",) if draws else (),
        "reset_modules": [name for name in _listed(conf["reset_modules"]) if name in _RESETTERS],
        "src_dir": str(folder),
    }
    for execute in (False, True):
        generate(source, folder, {**conf, **own}, execute=execute)


_RESETTERS = ("matplotlib", "seaborn")
_PLAIN = '''"""
Rehearsal
=========
"""

answer = 42
'''
_PLOT = f"""{_PLAIN}
import matplotlib.pyplot

matplotlib.pyplot.subplots()[1].plot([1, 2])
"""

_placeholders: dict[str, bytes] = {}


@contextmanager
def _placeholder(
    source: Path, target_dir: Path, conf: GalleryConf, *, learn: bool
) -> Iterator[None]:
    """Scale the picture that stands for a missing thumbnail once, not for every page.

    sphinx-gallery keeps a thumbnail that is there when a page has no picture. Scaling is most of
    what a page without pictures costs.

    :param learn: whether the page is sure to have no picture.
    """
    thumbnail = target_dir / "images" / "thumb" / f"sphx_glr_{source.stem}_thumb.png"
    thumbnail.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8", errors="replace")
    own = re.search(r"sphinx_gallery_(thumbnail_path|dummy_images)", text)
    if own or thumbnail.exists():
        yield
        return
    kind = repr([conf[key] for key in ("default_thumb_file", "thumbnail_size", "compress_images")])
    placeholder = _placeholders.get(kind)
    if placeholder is not None:
        thumbnail.write_bytes(placeholder)
    yield
    if placeholder is None:
        if learn and thumbnail.is_file():
            _placeholders[kind] = thumbnail.read_bytes()
    elif any(thumbnail.with_suffix(ending).exists() for ending in (".svg", ".gif")):
        thumbnail.unlink(missing_ok=True)


def block_matplotlib() -> None:
    """Have sphinx-gallery not load matplotlib while it is configured: to load it takes longer
    than many a precheck, and only tutorials that execute need it.
    """
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]


def unblock_matplotlib() -> None:
    """Take back what :func:`keep_matplotlib_out` said."""
    if sys.modules.get("matplotlib", sys) is None:
        del sys.modules["matplotlib"]


def leave_out_code_links(app: Sphinx) -> None:
    """Have the names in code blocks not made links: it warns of nothing, and takes long."""
    transforms = app.registry.post_transforms
    transforms[:] = [
        transform for transform in transforms if not transform.__module__.endswith("_doctree_links")
    ]


def mark(target: Path) -> None:
    """Tell sphinx-gallery that the page of a script is up to date."""
    digest = get_md5sum(str(target), mode="t")
    target.with_name(target.name + ".md5").write_text(digest, encoding="utf-8")


def unmark(target: Path) -> None:
    """Take back what :func:`mark` said."""
    target.with_name(target.name + ".md5").unlink(missing_ok=True)


def is_generated_page(page: Path) -> bool:
    """Whether a file is a page that sphinx-gallery made from a script."""
    return _begins_with(page, "THIS FILE WAS AUTOMATICALLY GENERATED BY SPHINX-GALLERY")


def is_generated_index(page: Path) -> bool:
    """Whether a file is the index of a subsection that sphinx-gallery made."""
    return _begins_with(page, ".. _sphx_glr_")


def is_output(record: logging.LogRecord) -> bool:
    """Whether a record is a line that an example printed."""
    return (
        record.name == "sphinx.sphinx-gallery" and record.levelno == VERBOSE and record.msg == "%s"
    )


def as_messages(records: list[logging.LogRecord], source: Path) -> tuple[Message, ...]:
    """Warnings in a form that can be kept, without those that only say that an example failed.

    :param source: the location of those that name none.
    """
    convert_serializable(records)
    return tuple(
        Message(
            text=record.getMessage().strip(),
            type=getattr(record, "type", None) or "",
            subtype=getattr(record, "subtype", None) or "",
            location=str(getattr(record, "location", None) or source),
        )
        for record in records
        if "failed to execute correctly" not in record.getMessage()
    )


def hand_over(conf: GalleryConf, steps: Iterable[Step], results: Mapping[str, Result]) -> None:
    """Write what was done into sphinx-gallery's own books; it will execute nothing."""
    conf["filename_pattern"] = NO_FILE
    conf["parallel"] = False
    for step in steps:
        result = results.get(step.tutorial.path)
        if result is None:
            continue
        source = str(step.tutorial.source)
        if result.failure is not None:
            conf["failing_examples"][source] = result.failure.traceback or result.failure.message
        elif step.action is Action.EXECUTE:
            conf["passing_examples"].append(source)
        elif step.action is Action.RESTORE:
            conf["stale_examples"].append(str(step.tutorial.target))


def take_back_failures(conf: GalleryConf, failed: Iterable[Tutorial]) -> None:
    """Keep sphinx-gallery from ending the build because of failures that we report."""
    for tutorial in failed:
        conf["failing_examples"].pop(str(tutorial.source), None)


def page_files(target: Path) -> list[Path]:
    """The files that sphinx-gallery writes for one script."""
    return files_by_page(target.parent, {target.stem})[target.stem]


def files_by_page(folder: Path, stems: Collection[str]) -> dict[str, list[Path]]:
    """The files that sphinx-gallery wrote for the scripts of a generated folder, sorted.

    :param stems: of the scripts' names.
    """
    files: dict[str, list[Path]] = {stem: [] for stem in stems}
    for stem in stems:
        beside = (folder / (stem + ending) for ending in _BESIDE)
        files[stem] += [path for path in beside if path.is_file()]
    for images in (folder / "images", folder / "images" / "thumb"):
        if images.is_dir():
            for path in images.iterdir():
                for mark in _NUMBER.finditer(path.name):
                    stem = path.name[len(_PREFIX) : mark.start()]
                    if stem in files and path.name.startswith(_PREFIX) and path.is_file():
                        files[stem].append(path)
    return {stem: sorted(paths) for stem, paths in files.items()}


_BESIDE = (".py", ".rst", ".ipynb", ".zip", ".cost.json", ".codeobj.json")
_PREFIX = "sphx_glr_"
# The end of an image's name, unless it belongs to a script whose own name ends in a number.
_NUMBER = re.compile(r"_(?=(\d{3,}(?!_(\d{3,}|thumb)[_.])\D|thumb\.))")


def shaping_options(conf: GalleryConf) -> dict[str, str]:
    """The settings that shape a page, as text that is the same from run to run."""
    return {key: fingerprint(value) for key, value in sorted(conf.items()) if key not in _SHAPELESS}


def expected_failures(conf: GalleryConf) -> set[Path]:
    """The scripts that the project expects to fail."""
    root = Path(conf["src_dir"])
    return {(root / path).resolve() for path in conf["expected_failing_examples"]}


class WithinSubsectionOrder:
    """sphinx-gallery's ``within_subsection_order`` made from the project's list.

    sphinx-gallery wants the name of a class, which it makes anew for each folder; the list
    therefore stands on the class.
    """

    listed: ClassVar[Mapping[str, Sequence[str]]] = {}

    def __init__(self, src_dir: str | Path) -> None:
        self.src_dir = Path(src_dir).as_posix()

    def __call__(self, filename: str | Path) -> tuple[int, str]:
        return rank_in_folder(self.listed, self.src_dir, Path(filename).name)


def blocks(source: Path, conf: GalleryConf) -> list[Block]:
    """The blocks of a script in order, as its page shows them."""
    parser, _ = _get_parser(source.name, conf)
    _, found, _ = parser.split_code_and_text_blocks(str(source), return_node=True)
    found, _ = _clean_script_blocks(conf, parser, found, [""] * len(found))
    return [Block(entry.content if entry.type == "code" else None, entry.lineno) for entry in found]


def cells_around(conf: GalleryConf) -> tuple[str, str]:
    """The cells that the settings put at the beginning and the end of every notebook."""
    return (conf["first_notebook_cell"] or "", conf["last_notebook_cell"] or "")


def without_code_links(node: nodes.Node) -> nodes.Node:
    """A part of a page in which the code that sphinx-gallery linked is literal blocks again.

    :param node: resolved; it is left as it is.
    """
    if isinstance(node, nodes.Element) and _is_linked_code(node):
        return _plain_code(node)
    if not any(map(_is_linked_code, node.findall(nodes.Element))):
        return node
    plain = node.deepcopy()
    for block in list(filter(_is_linked_code, plain.findall(nodes.Element))):
        block.replace_self(_plain_code(block))
    return plain


def _plain_code(block: nodes.Element) -> nodes.literal_block:
    text = "".join(part.astext() for part in block.children if not _is_line_number(part))
    text = text.rstrip("\n")
    return nodes.literal_block(text, text, language=block["lang"], classes=block["classes"])


def _is_linked_code(node: nodes.Node) -> bool:
    return type(node).__name__ == "code_links_block"


def _is_line_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "linenos" in node["classes"]


def _header(folder: Path, conf: GalleryConf) -> Path | None:
    header = _get_gallery_header(folder, conf, raise_error=False)
    return None if header is None else Path(header)


def _begins_with(page: Path, words: str) -> bool:
    try:
        with page.open(encoding="utf-8", errors="replace") as file:
            return words in file.read(500)
    except OSError:
        return False


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


__all__ = [
    "NO_FILE",
    "VERSION",
    "Folder",
    "GalleryConf",
    "WithinSubsectionOrder",
    "as_messages",
    "block_matplotlib",
    "blocks",
    "cells_around",
    "expected_failures",
    "files_by_page",
    "folders",
    "generate",
    "hand_over",
    "is_generated_index",
    "is_generated_page",
    "is_output",
    "leave_out_code_links",
    "mark",
    "page_files",
    "rehearse",
    "scripts",
    "shaping_options",
    "take_back_failures",
    "unblock_matplotlib",
    "unmark",
    "wants_execution",
    "without_code_links",
]
