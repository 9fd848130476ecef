"""What sphinx-gallery 0.20 and 0.21 leave out of examples that are up to date.

From 0.22 on, sphinx-gallery reads an example's backreferences and times from files beside its
page. Before, an example that was up to date had none; as all of them are to it, mini-galleries
and computation times would be empty. They are written here as sphinx-gallery itself does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from re import search
from typing import Any

from sphinx_gallery import backreferences, gen_gallery, gen_rst, utils

from ..model import Result, Tutorial
from .configuration import GalleryConf

IS_OLDER = not hasattr(gen_rst, "_read_cached_backrefs")


def note_up_to_date(
    conf: GalleryConf,
    tutorials: Iterable[Tutorial],
    results: Mapping[str, Result],
    outdir: Path,
) -> None:
    """Write backreferences and computation times. Called when the galleries are generated.

    :param results: by the tutorial's path.
    :param outdir: where the build's output goes.
    """
    by_source = {str(tutorial.source): tutorial for tutorial in tutorials}
    # sphinx-gallery noted the titles in the order of its galleries.
    ordered = [by_source[source] for source in conf["titles"] if source in by_source]
    if conf["backreferences_dir"]:
        _write_backreferences(conf, ordered)
    costs: dict[Path, list[Any]] = {}
    for tutorial in ordered:
        costs.setdefault(tutorial.target_dir, []).append(
            _cost(tutorial, results.get(tutorial.path))
        )
    for folder, entries in costs.items():
        gen_gallery.write_computation_times(conf, str(folder), entries)
    everything = [cost for entries in costs.values() for cost in entries]
    gen_gallery.write_computation_times(conf, None, everything)
    gen_gallery.write_junit_xml(conf, str(outdir), everything)


def _write_backreferences(conf: GalleryConf, tutorials: Iterable[Tutorial]) -> None:
    seen: set[str] = set()
    everything: dict[str, Any] = {}
    for tutorial in tutorials:
        parser, _ = gen_rst._get_parser(tutorial.source.name, conf)
        # Called as sphinx-gallery itself does: there are projects that have replaced it.
        _, blocks, _ = parser.split_code_and_text_blocks(str(tutorial.source), return_node=True)
        found = backreferences._write_backreferences(
            _names(conf, tutorial.target),
            seen,
            conf,
            str(tutorial.source.parent),
            str(tutorial.target_dir),
            tutorial.source.name,
            *gen_rst.extract_intro_and_title(tutorial.source.name, blocks[0].content),
        )
        utils._combine_backreferences(everything, found)
    backreferences._finalize_backreferences(seen, conf)
    place = Path(conf["src_dir"], conf["backreferences_dir"], "backreferences_all")
    utils._write_json(place, everything)


def _names(conf: GalleryConf, target: Path) -> list[str]:
    """The documented objects that an example uses, from what is kept beside its page."""
    try:
        text = target.with_suffix(".codeobj.json").read_text(encoding="utf-8")
    except OSError:
        return []
    hidden = conf["exclude_implicit_doc_regex"]
    names = set()
    for used in json.loads(text).values():
        for item in used:
            full = f"{item['module']}.{item['name']}"
            explicit = item["is_explicit"] or not hidden or not hidden.search(full)
            if explicit and item["module"].startswith(conf["doc_module"]):
                whole = any(search(pattern, full) for pattern in conf["prefer_full_module"])
                names.add(full if whole else f"{item['module_short']}.{item['name']}")
    return sorted(names)


def _cost(tutorial: Tutorial, result: Result | None) -> Any:
    seconds = result.seconds if result else 0.0
    memory = result.peak_memory / 2**20 if result else 0.0
    places = {"src_file": str(tutorial.source), "target_dir": str(tutorial.target_dir)}
    if hasattr(gen_rst, "ExampleCost"):  # from 0.21 on
        return gen_rst.ExampleCost(execution_time=seconds, memory=memory, **places)
    return {"t": seconds, "mem": memory, **places}
