"""A project of two galleries that is edited, and the table of what each page depends on."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.helpers.distributions import distribution
from tests.helpers.sites import Site

FOLDERS = ("tutorials", "tutorials/sub", "examples")
USES = ("h0", "h1", "pk.a", "pk.b", "d0", "d1", "data0", "data1", "data2", "list", "declared")
CONF = """\
import platform
import sys

ROOT = {root!r}
sys.path.insert(0, ROOT + "/lib")
sys.path.append(ROOT + "/../installed")
platform.python_version = lambda: {python!r}
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "tutorials", "examples"]
html_theme = {theme!r}
docent_execute = "all"
docent_jobs = {jobs}
within_subsection_order = {{"tutorials": {order!r}}}
sphinx_gallery_conf = {{
    "examples_dirs": ["tutorials", "examples"],
    "gallery_dirs": ["gallery", "gallery2"],
    "image_scrapers": (),
    "reset_modules": (),
    "download_all_examples": {download},
    "inspect_global_variables": {shape},
    "exclude_implicit_doc": {{"one", "two", "three"}},
}}
"""


@dataclass
class Project:
    """All that a build could depend on, as the test wants it.

    :param tutorials: what each uses, and a number that its text holds, by path without ending.
    :param data: content of the data files of a folder by ``folder/number``.
    :param numbers: a number that the text of each helper and each version holds.
    :param settings: of ``conf.py``.
    """

    tutorials: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    data: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    h0_imports_h1: bool = True
    settings: dict[str, object] = field(default_factory=dict)
    chaff: int = 0

    def needs(self, path: str) -> str:
        """The table: everything that the page of a tutorial depends on, as text."""
        uses, number = self.tutorials[path]
        folder = path.rpartition("/")[0]
        here = {name: text for name, text in self.data.items() if name.startswith(f"{folder}:")}
        parts: list[object] = [path, uses, number, self.settings["python"], self.settings["shape"]]
        for use in uses:
            parts.append(use)
            if use == "h0":
                parts.append(self.numbers["h0"])
                parts.append(self.h0_imports_h1)
                parts.append(self.numbers["h1"] if self.h0_imports_h1 else None)
            elif use.startswith("pk."):
                parts.append((self.numbers["pk"], self.numbers[use]))
            elif use == "d0":
                parts.append((self.numbers["d0"], self.numbers["d1"]))
            elif use in self.numbers:
                parts.append(self.numbers[use])
            elif use == "list":
                parts.append(sorted(here))
            elif use == "declared":
                parts.append(sorted(here.items()))
            else:
                parts.append(here.get(f"{folder}:{use[-1]}"))
        return repr(parts)


def write(project: Project, site: Site) -> None:
    """Make the files what the project says; what is right already is not touched."""
    wanted = {
        "docs/conf.py": CONF.format(root=str(site.root), **project.settings),
        "notes.txt": f"{project.chaff}\n",
        **_galleries(project),
        **_helpers(project),
    }
    for folder in (*FOLDERS, *(f"{name}/data" for name in FOLDERS)):
        for file in (site.docs / folder).glob("*.*"):
            if f"docs/{folder}/{file.name}" not in wanted:
                file.unlink()
    for path, text in wanted.items():
        file = site.root / path
        if not file.is_file() or file.read_text() != text:
            site.write(path, text)
    for name in ("d0", "d1", "d2"):
        version = str(project.numbers[name])
        if not (site.root.parent / "installed" / f"{name}-{version}.dist-info").is_dir():
            imports = "import d1\nfrom d1 import __path__ as place\n" if name == "d0" else ""
            distribution(site, name, version, imports)


def _galleries(project: Project) -> dict[str, str]:
    """The files beside the tutorials, and the tutorials."""
    files = {}
    for folder in FOLDERS:
        files[f"docs/{folder}/GALLERY_HEADER.rst"] = f"Gallery\n=======\n\n{project.chaff}\n"
        files[f"docs/{folder}/data/keep.txt"] = ""
    for name, content in project.data.items():
        folder, _, number = name.partition(":")
        files[f"docs/{folder}/data/{number}.csv"] = f"{content}\n"
    for path, (uses, edition) in project.tutorials.items():
        files[f"docs/{path}.py"] = tutorial(path, uses, edition)
    return files


def _helpers(project: Project) -> dict[str, str]:
    """The modules that tutorials import."""
    numbers = project.numbers
    first = "import h1\n" if project.h0_imports_h1 else ""
    return {
        "lib/h0.py": f"{first}# {numbers['h0']}\n",
        "lib/h1.py": f"# {numbers['h1']}\n",
        "lib/h2.py": f"# {numbers['h2']}, which nobody imports\n",
        "lib/pk/__init__.py": f"# {numbers['pk']}\n",
        "lib/pk/a.py": f"# {numbers['pk.a']}\n",
        "lib/pk/b.py": f"# {numbers['pk.b']}\n",
    }


def tutorial(path: str, uses: tuple[str, ...], number: int) -> str:
    """A script that uses what it should, and does nothing."""
    name = path.rpartition("/")[2]
    rows = ['"""', f"Title {name}", "=" * 20, '"""']
    if "declared" in uses:
        rows.append('# sphinx_gallery_inputs = ["data/*.csv"]')
    rows += [
        "import os, posix",
        f'open(posix.environ[b"RUNS"].decode(), "a").write("{path} ")',
        f"# {number}",
    ]
    for use in uses:
        if use.startswith("data"):
            rows += [
                "try:",
                f'    open("data/{use[-1]}.csv").read()',
                "except OSError:",
                "    pass",
            ]
        elif use == "list":
            rows.append('os.listdir("data")')
        elif use != "declared":
            rows.append(f"import {use}")
    return "\n".join(rows) + "\n"


def begin(numbers: random.Random) -> Project:
    """Two galleries of eight tutorials, in which everything is used by some."""
    project = Project(
        settings={
            "python": "3.99.1",
            "theme": "basic",
            "jobs": 2,
            "download": False,
            "shape": False,
            "order": [],
        },
        numbers=dict.fromkeys(("h0", "h1", "h2", "pk", "pk.a", "pk.b", "d0", "d1", "d2"), 0),
        data={f"{folder}:{number}": 0 for folder in FOLDERS for number in range(2)},
    )
    for number in range(8):
        uses = {USES[number], USES[(number + 5) % len(USES)], *some_uses(numbers)}
        project.tutorials[f"{FOLDERS[number % 3]}/t{number}"] = (tuple(sorted(uses)), 0)
    return project


def some_uses(numbers: random.Random) -> tuple[str, ...]:
    """What a tutorial may use, drawn."""
    return tuple(sorted(numbers.sample(USES, numbers.randrange(4))))
