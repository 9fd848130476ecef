"""After any edit, exactly the tutorials are executed that have to be.

What has to be is computed here, from a table of who uses what, and from nothing that the
extension knows. ``DOCENT_MUTATIONS=400`` tries more edits.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from tests.helpers.sites import Site

EDITS = int(os.environ.get("DOCENT_MUTATIONS", "26"))
CHUNKS = 2
SEED = int(os.environ.get("DOCENT_SEED", "1"))

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
    "remove_config_comments": {shape},
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
    wanted = {"docs/conf.py": CONF.format(root=str(site.root), **project.settings)}
    for folder in FOLDERS:
        wanted[f"docs/{folder}/GALLERY_HEADER.rst"] = f"Gallery\n=======\n\n{project.chaff}\n"
        wanted[f"docs/{folder}/data/keep.txt"] = ""
    for name, content in project.data.items():
        folder, _, number = name.partition(":")
        wanted[f"docs/{folder}/data/{number}.csv"] = f"{content}\n"
    numbers = project.numbers
    first = "import h1\n" if project.h0_imports_h1 else ""
    wanted["lib/h0.py"] = f"{first}# {numbers['h0']}\n"
    wanted["lib/h1.py"] = f"# {numbers['h1']}\n"
    wanted["lib/h2.py"] = f"# {numbers['h2']}, which nobody imports\n"
    wanted["lib/pk/__init__.py"] = f"# {numbers['pk']}\n"
    wanted["lib/pk/a.py"] = f"# {numbers['pk.a']}\n"
    wanted["lib/pk/b.py"] = f"# {numbers['pk.b']}\n"
    wanted["notes.txt"] = f"{project.chaff}\n"
    for path, (uses, edition) in project.tutorials.items():
        wanted[f"docs/{path}.py"] = tutorial(path, uses, edition)
    for folder in (*FOLDERS, *(f"{name}/data" for name in FOLDERS)):
        for file in (site.docs / folder).glob("*.*"):
            if f"docs/{folder}/{file.name}" not in wanted:
                file.unlink()
    for path, text in wanted.items():
        file = site.root / path
        if not file.is_file() or file.read_text() != text:
            site.write(path, text)
    for name in ("d0", "d1", "d2"):
        install(site, name, numbers[name])


def tutorial(path: str, uses: tuple[str, ...], number: int) -> str:
    """A script that uses what it should, and does nothing."""
    name = path.rpartition("/")[2]
    rows = ['"""', f"Title {name}", "=" * 20, '"""']
    if "declared" in uses:
        rows.append('# sphinx_gallery_inputs = ["data/*.csv"]')
    rows += ["import os", f'open(os.environ["RUNS"], "a").write("{path} ")', f"# {number}"]
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


def install(site: Site, name: str, version: int) -> None:
    """Have one version of a distribution, and no other."""
    folder = site.root.parent / "installed"
    info = folder / f"{name}-{version}.dist-info"
    if info.is_dir():
        return
    for old in folder.glob(f"{name}-*"):
        shutil.rmtree(old)
    (folder / name).mkdir(parents=True, exist_ok=True)
    imports = "import d1\nfrom d1 import __path__ as place\n" if name == "d0" else ""
    (folder / name / "__init__.py").write_text(imports)
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "top_level.txt").write_text(f"{name}\n")


Edit = Callable[[Project, random.Random, int], str]


def _some(project: Project, numbers: random.Random) -> str:
    return numbers.choice(sorted(project.tutorials))


def edit_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    project.tutorials[path] = (project.tutorials[path][0], new)
    return f"edit {path}"


def change_uses(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    project.tutorials[path] = (_uses(numbers), project.tutorials[path][1])
    return f"{path} uses {project.tutorials[path][0]}"


def add_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = f"{numbers.choice(FOLDERS)}/t{new}"
    project.tutorials[path] = (_uses(numbers), new)
    return f"add {path}"


def delete_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    if len([name for name in project.tutorials if _folder(name) == _folder(path)]) > 1:
        del project.tutorials[path]
    return f"delete {path}"


def rename_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    content = project.tutorials.pop(path)
    project.tutorials[f"{_folder(path)}/t{new}"] = content
    return f"rename {path}"


def edit_helper(project: Project, numbers: random.Random, new: int) -> str:
    name = numbers.choice(sorted(project.numbers))
    project.numbers[name] = new
    return f"edit {name}"


def toggle_import(project: Project, numbers: random.Random, new: int) -> str:
    project.h0_imports_h1 = not project.h0_imports_h1
    return "change what h0 imports"


def edit_data(project: Project, numbers: random.Random, new: int) -> str:
    name = f"{numbers.choice(FOLDERS)}:{numbers.randrange(4)}"
    project.data[name] = new
    return f"edit {name}"


def delete_data(project: Project, numbers: random.Random, new: int) -> str:
    name = numbers.choice(sorted(project.data)) if project.data else ""
    project.data.pop(name, None)
    return f"delete {name}"


def change_setting(project: Project, numbers: random.Random, new: int) -> str:
    values: dict[str, list[object]] = {
        "python": ["3.99.1", "3.99.2"],
        "theme": ["basic", "alabaster"],
        "jobs": [1, 2, 3],
        "download": [True, False],
        "shape": [True, False],
        "order": [[], [f"{name}.py" for name in _listed(project, numbers)]],
    }
    # What re-executes everything is kept rare.
    name = numbers.choice([*sorted(values), "theme", "jobs", "order", "download"])
    project.settings[name] = numbers.choice(values[name])
    return f"set {name} to {project.settings[name]}"


def edit_nothing(project: Project, numbers: random.Random, new: int) -> str:
    project.chaff = new
    return "edit what no tutorial uses"


KINDS: tuple[Edit, ...] = (
    edit_tutorial,
    edit_tutorial,
    change_uses,
    add_tutorial,
    delete_tutorial,
    rename_tutorial,
    edit_helper,
    edit_helper,
    edit_helper,
    toggle_import,
    edit_data,
    edit_data,
    delete_data,
    change_setting,
    edit_nothing,
)


def _uses(numbers: random.Random) -> tuple[str, ...]:
    return tuple(sorted(numbers.sample(USES, numbers.randrange(4))))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _listed(project: Project, numbers: random.Random) -> list[str]:
    names = [path.rpartition("/")[2] for path in project.tutorials if _folder(path) == "tutorials"]
    return numbers.sample(sorted(names), min(2, len(names)))


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
        uses = {USES[number], USES[(number + 5) % len(USES)], *_uses(numbers)}
        project.tutorials[f"{FOLDERS[number % 3]}/t{number}"] = (tuple(sorted(uses)), 0)
    return project


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_exactly_those_are_executed_that_have_to_be(site: Site, chunk: int) -> None:
    numbers = random.Random(SEED * 1000 + chunk)
    project = begin(numbers)
    known: set[str] = set()
    done: list[str] = []
    edits = ["begin"]
    old: list[str] = []
    new = 100
    while edits:
        # An order that names what is gone would be an error.
        order = project.settings["order"]
        assert isinstance(order, list)
        project.settings["order"] = [
            name for name in order if f"tutorials/{name[:-3]}" in project.tutorials
        ]
        write(project, site)
        for path in numbers.sample(sorted(project.tutorials), 2):
            (site.docs / f"{path}.py").touch()
        needed = {path: project.needs(path) for path in project.tutorials}
        expected = {path for path, needs in needed.items() if needs not in known}
        built = site.build(builder="dummy")
        assert built.code == 0, (edits, built.output)
        reported = {
            entry["path"][len("/docs/") : -len(".py")]
            for entry in built.report["tutorials"]
            if entry["action"] == "execute"
        }
        story = f"after {old[-3:]}: {edits}\n" + "\n".join(
            f"{entry['path']}: {entry['reason']}" for entry in built.report["tutorials"]
        )
        assert reported == expected, story
        assert set(built.runs) == expected, story
        known.update(needed.values())
        done += edits
        old = edits
        edits = []
        if len(done) <= EDITS // CHUNKS:
            for _ in range(numbers.choice((1, 1, 2, 3))):
                new += 1
                edits.append(numbers.choice(KINDS)(project, numbers, new))
