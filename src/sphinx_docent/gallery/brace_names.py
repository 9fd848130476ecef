"""Generates the page of a script whose name holds braces.

sphinx-gallery takes the name into a template for its pictures, where braces have a meaning. So the
page is generated under a name with doubled braces, which stand for themselves there, and the files
are given their own name afterwards.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import DocentError
from .page_files import BESIDE

_WITH_NAMES = (".rst", ".ipynb")


def has_braces(source: Path) -> bool:
    """Whether sphinx-gallery would stumble at a script's name."""
    return "{" in source.name or "}" in source.name


def refuse_braces_above(source: Path) -> None:
    """See that no folder around the documentation has braces in its name.

    :param source: the documentation's folder.
    :raises DocentError: one has.
    """
    if any("{" in part or "}" in part for part in source.parts):
        raise DocentError(
            f"{source}: sphinx-gallery makes no pictures below a folder with braces in its name:"
            " rename or move it"
        )


@contextmanager
def doubled_braces(source: Path, target_dir: Path, *, beside: bool) -> Iterator[Path]:
    """Another name of a script, under which its page can be generated in this context.

    :param beside: whether the other name may lie in the script's own folder, where it is executed.
    """
    name = source.name.replace("{", "{{").replace("}", "}}")
    with tempfile.TemporaryDirectory(prefix="docent-") as temporary:
        alias = (source.parent if beside else Path(temporary)) / name
        alias.symlink_to(source)
        try:
            yield alias
        finally:
            alias.unlink(missing_ok=True)
            _give_own_names(target_dir, alias.stem, source.stem)


def _give_own_names(folder: Path, alias: str, stem: str) -> None:
    for ending in (*BESIDE, ".py.md5"):
        file = folder / f"{alias}{ending}"
        if not file.is_file():
            continue
        if ending in _WITH_NAMES:
            text = file.read_text(encoding="utf-8")
            for kind in (".py", ".ipynb", ".zip"):
                text = text.replace(f"{alias}{kind}", f"{stem}{kind}")
            file.write_text(text, encoding="utf-8")
        elif ending == ".zip":
            _rename_in_archive(file, alias, stem)
        file.replace(folder / f"{stem}{ending}")
    for thumbnail in (folder / "images" / "thumb").glob("sphx_glr_*_thumb.*"):
        if thumbnail.name.startswith(f"sphx_glr_{alias}_thumb."):
            thumbnail.replace(thumbnail.with_name(f"sphx_glr_{stem}_thumb{thumbnail.suffix}"))


def _rename_in_archive(file: Path, alias: str, stem: str) -> None:
    with zipfile.ZipFile(file) as archive:
        content = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(file, "w") as archive:
        for info, data in content:
            renamed = zipfile.ZipInfo(info.filename.replace(alias, stem), info.date_time)
            renamed.compress_type = info.compress_type
            archive.writestr(renamed, data)
