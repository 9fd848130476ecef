"""A site without and with the extension, to be compared."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from tests.helpers.comparing import code_of
from tests.helpers.sites import Build, Site

_EXTENSIONS = '"sphinx_gallery.gen_gallery", "sphinx_docent"]'


def published(build: Build) -> dict[str, object]:
    """The files of a site, without what differs from run to run."""
    files: dict[str, object] = {}
    for path in sorted(build.out.rglob("*")):
        name = path.relative_to(build.out).as_posix()
        if path.is_file() and not name.startswith((".doctrees", ".buildinfo", "docent.json")):
            files[name] = _content(path)
    return files


def _content(path: Path) -> object:
    data = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return {name: _member(name, archive.read(name)) for name in archive.namelist()}
    if path.suffix in {".html", ".txt", ".xml"} or path.name == "searchindex.js":
        text = data.decode()
        text = re.sub(r"\(\d+ minutes \d+\.\d+ seconds\)|\b\d+:?\d*\.\d+\b", "TIME", text)
        return re.sub(r"\b\d\d:\d\d\b", "TIME", text)
    return _member(path.name, data)


def _member(name: str, data: bytes) -> object:
    return code_of(data) if name.endswith(".ipynb") else data


def both(site: Site, *options: str) -> tuple[Build, Build]:
    """Builds without and with the extension, each from nothing."""
    plain = site.build("-E", *options, out="plain")
    shutil.rmtree(site.docs / "gallery")
    shutil.rmtree(site.docs / "backreferences", ignore_errors=True)
    conf = (site.docs / "conf.py").read_text()
    site.replace("docs/conf.py", '"sphinx_gallery.gen_gallery"]', _EXTENSIONS)
    ours = site.build("-E", *options, out="ours")
    assert "sphinx_docent" not in conf
    return plain, ours
