"""Makes what is published, and proves that it works where nothing else of ours is.

In ``dist``: an sdist and a wheel made of it, checked by twine. In ``dist-sbom``: what a fresh
environment held in which a small gallery was built with that wheel, as CycloneDX.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "dist"
MATERIALS = ROOT / "dist-sbom" / "sphinx-docent.cdx.json"
LICENSE = "Apache-2.0"
GALLERY = {
    "conf.py": (
        'project = "tiny"\n'
        'extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]\n'
        'exclude_patterns = ["_build", "tutorials"]\n'
        'sphinx_gallery_conf = {"examples_dirs": "tutorials", "gallery_dirs": "gallery"}\n'
    ),
    "index.rst": "Tiny\n====\n\n.. toctree::\n\n   gallery/index\n",
    "tutorials/GALLERY_HEADER.rst": "Gallery\n=======\n\nOne.\n",
    "tutorials/plot_sum.py": '"""\nSum\n===\n\nAdds.\n"""\nprint("sum:", 40 + 2)\n',
}


def main() -> int:
    """Do all of it; the exit code is 0, or 1 where something is not fit to be published."""
    shutil.rmtree(PACKAGES, ignore_errors=True)
    shutil.rmtree(MATERIALS.parent, ignore_errors=True)
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", PACKAGES, ROOT)
    (wheel,) = PACKAGES.glob("*.whl")
    (sdist,) = PACKAGES.glob("*.tar.gz")
    call(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist)
    check_license(wheel)
    with tempfile.TemporaryDirectory(prefix="docent-dist-") as folder:
        python = fresh_environment(Path(folder), wheel)
        build_gallery(Path(folder, "docs"), python)
        describe(python, wheel)
    print(f"{wheel.name}, {sdist.name}: fit to be published; {MATERIALS.relative_to(ROOT)}")
    return 0


def call(*words: str | Path, cwd: Path = ROOT) -> None:
    """Run a command with none of our source on its path; its failure is ours."""
    names = ("PYTHONPATH", "VIRTUAL_ENV", "NOX_CURRENT_SESSION")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=environment, check=False)
    if done.returncode:
        raise SystemExit(1)


def check_license(wheel: Path) -> None:
    """The wheel names its license by its SPDX expression, and holds its text."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode("utf-8")
    expression = re.search(r"^License-Expression: (.+)$", text, re.MULTILINE)
    has_text = any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    if expression is None or expression[1] != LICENSE or not has_text:
        sys.stderr.write(f"dist: {wheel.name} does not say {LICENSE}, or lacks its text\n")
        raise SystemExit(1)


def fresh_environment(folder: Path, wheel: Path) -> Path:
    """An environment of what the wheel asks for, and matplotlib, as a stranger would make it."""
    call(sys.executable, "-m", "venv", folder / "venv")
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pinned = ROOT / "requirements" / "docs.txt"
    constraints = folder / "constraints.txt"
    pins = re.findall(
        r"^[\w.-]+==[^\s\\]+(?: ; [^\\\n]+)?", pinned.read_text("utf-8"), re.MULTILINE
    )
    constraints.write_text("\n".join(pins), encoding="utf-8")
    words = ("-m", "pip", "install", "--quiet", "-c", constraints, wheel, "matplotlib")
    call(python, *words)
    return python


def build_gallery(docs: Path, python: Path) -> None:
    """The precheck and the site, the tutorial executed."""
    for name, text in GALLERY.items():
        file = docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for builder in ("precheck", "html"):
        call(python, "-m", "sphinx", "-q", "-W", "-b", builder, ".", f"_build/{builder}", cwd=docs)
    page = docs / "_build" / "html" / "gallery" / "plot_sum.html"
    if "sum: 42" not in page.read_text("utf-8"):
        sys.stderr.write("dist: the tutorial was not executed\n")
        raise SystemExit(1)


def describe(python: Path, wheel: Path) -> None:
    """Write the bill of materials, and look whether the wheel is in it."""
    MATERIALS.parent.mkdir()
    words = ("environment", python, "--output-reproducible", "--output-file", MATERIALS)
    call(sys.executable, "-m", "cyclonedx_py", *words)
    found = {part["name"] for part in json.loads(MATERIALS.read_bytes())["components"]}
    if wheel.name.split("-")[0].replace("_", "-") not in found:
        sys.stderr.write(f"dist: the bill of materials lacks {wheel.name}\n")
        raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
