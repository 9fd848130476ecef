"""``invoke adopt``: looks at a project that has a gallery, and writes what is missing, once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from invoke import Context, Exit, task

from .conf_file import ConfFile, conf_diff, find_conf_files, read_conf
from .project import ROOT
from .project_needs import Needs, as_seen_from, find_needs

ANSWERS = ".copier-answers.yml"
NOTEBOOKS = ("ipykernel", "matplotlib", "nbclient", "nbformat", "pip")


@task(
    help={
        "documentation": "the folder of conf.py, if there are several",
        "requirements": "the folder for the locks",
        "extension": "how pip finds sphinx-docent; by default where the template came from",
        "diff": "print what conf.py needs, for git apply, and write nothing",
    }
)
def adopt(
    _: Context,
    documentation: str = "",
    requirements: str = "",
    extension: str = "",
    diff: bool = False,
) -> None:
    """Look where things lie, and write [tool.docent] and the requirements, once.

    What is there already stays as it is. conf.py is not touched: the line that it needs is shown.
    """
    conf = chosen(documentation)
    if diff:
        print(conf_diff(conf.path, ROOT), end="")
        return
    needs = find_needs(ROOT)
    folder = requirements or free_folder()
    print(f"conf.py        {conf.path.relative_to(ROOT).as_posix()}")
    print(f"theme          {conf.theme or 'not written plainly'}")
    print(f"galleries      {', '.join(conf.examples) or 'not written plainly'}")
    print(f"needs          {needs.origin}")
    print(f"sphinx-docent  {extension or template_line()}\n")
    write_table(conf, folder)
    extension = extension or template_line()
    more = ("matplotlib",) if imports_matplotlib(conf.path) else ()
    for name, lines in requirement_files(folder, needs, (*more, extension)):
        write_new(ROOT / folder / name, lines)
    print()
    print(conf_diff(conf.path, ROOT) or "conf.py has the extension already\n", end="")
    print(
        "\nNext: invoke adopt --diff | git apply\n      invoke freeze\n      nox -s docs_precheck"
    )


def chosen(documentation: str) -> ConfFile:
    """The ``conf.py`` that was named, or the only one."""
    if documentation:
        files = [ROOT / documentation / "conf.py"]
        if not files[0].is_file():
            raise Exit(f"adopt: there is no {documentation}/conf.py", code=2)
    else:
        files = find_conf_files(ROOT)
    if not files:
        raise Exit(
            "adopt: no conf.py with sphinx_gallery.gen_gallery was found:"
            " name its folder with --documentation",
            code=2,
        )
    if len(files) > 1:
        names = ", ".join(file.parent.relative_to(ROOT).as_posix() for file in files)
        raise Exit(f"adopt: choose one with --documentation: {names}", code=2)
    try:
        return read_conf(files[0], ROOT)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise Exit(f"adopt: cannot read {files[0].relative_to(ROOT)}: {error}", code=2) from error


def free_folder() -> str:
    """``requirements``, or a folder in it where the project has files of its own there."""
    return "requirements/docent" if (ROOT / "requirements").exists() else "requirements"


def write_table(conf: ConfFile, requirements: str) -> None:
    """Add ``[tool.docent]`` to the end of ``pyproject.toml``, unless it has one."""
    file = ROOT / "pyproject.toml"
    text = file.read_text("utf-8") if file.is_file() else ""
    if re.search(r"^\[tool\.docent", text, re.MULTILINE):
        print("pyproject.toml: [tool.docent] stays as it is")
        return
    table = "\n".join(table_lines(conf, requirements))
    file.write_text(f"{text.rstrip()}\n\n{table}\n".lstrip(), encoding="utf-8")
    print(f"pyproject.toml: added\n{table}")


def table_lines(conf: ConfFile, requirements: str) -> Iterator[str]:
    """What the project has to say of its layout."""
    folder = conf.path.parent
    documentation = folder.relative_to(ROOT).as_posix()
    values: dict[str, str | list[str]] = {
        "documentation": documentation,
        "build": build_folder(folder),
        "requirements": requirements,
        "state": ".docent",
    }
    outside = [name for name in conf.examples if not (ROOT / name).is_relative_to(folder)]
    if outside:
        values["watch"] = outside
    if conf.galleries:
        values["generated"] = list(conf.galleries)
    yield "[tool.docent]"
    yield from (f"{name} = {json.dumps(value)}" for name, value in values.items())


def build_folder(documentation: Path) -> str:
    """Where the project builds to: ``doc/build`` beside ``doc/source``, as its Makefile says."""
    for folder in (documentation, documentation.parent):
        file = folder / "Makefile"
        if folder.is_relative_to(ROOT) and file.is_file():
            text = file.read_text("utf-8", "replace")
            found = re.search(r"^BUILDDIR\s*[?:]?=\s*([\w./-]+)\s*$", text, re.MULTILINE)
            found = found or re.search(r"-b html .*\s([\w.-]+)/html\b", text)
            path = (folder / found[1]).resolve() if found else ROOT
            if path.is_relative_to(ROOT) and path not in (ROOT, folder, documentation):
                return path.relative_to(ROOT).as_posix()
    is_apart = documentation.name == "source"
    path = documentation.with_name("build") if is_apart else documentation / "_build"
    return path.relative_to(ROOT).as_posix()


def requirement_files(
    folder: str, needs: Needs, more: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ``.in`` files."""
    own = tuple(as_seen_from(folder, line) for line in needs.lines)
    about = "# Reads and checks every page. What only tutorials import may move to docs.in."
    yield "precheck.in", (about, *own, *more, "sphinx-autobuild")
    yield "docs.in", ("# Executes tutorials.", "-r precheck.in", "-c precheck.txt", "matplotlib")
    about = "# Executes notebooks as Colab would."
    yield "notebooks.in", (about, "-r precheck.in", "-c docs.txt", *NOTEBOOKS)
    yield "dev.in", ("# Runs sessions and tasks.", "invoke", "nox[uv]>=2026.10.20")


def imports_matplotlib(conf: Path) -> bool:
    """Whether ``conf.py`` needs it already to be read; a gallery needs it to execute."""
    text = conf.read_text("utf-8")
    return re.search(r"matplotlib\.sphinxext|^\s*(import|from) matplotlib", text, re.M) is not None


def write_new(file: Path, lines: tuple[str, ...]) -> None:
    """Write a file, unless there is one."""
    shown = file.relative_to(ROOT).as_posix()
    if file.exists():
        print(f"{shown}: stays as it is")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{shown}: written")


def template_line() -> str:
    """How to install the extension from where the template came from."""
    file = ROOT / ANSWERS
    text = file.read_text("utf-8") if file.is_file() else ""
    answers = dict(re.findall(r"^(_src_path|_commit):\s*['\"]?(.*?)['\"]?\s*$", text, re.MULTILINE))
    source = answers.get("_src_path", "")
    if not source:
        return "sphinx-docent"
    if Path(source).is_dir():
        return f"sphinx-docent @ {Path(source).resolve().as_uri()}"
    source = re.sub(r"^gh:(//)?", "https://github.com/", source).removeprefix("git+")
    commit = answers.get("_commit", "")
    commit = re.sub(r"^.*-g([0-9a-f]{7,})$", r"\1", commit)
    return f"sphinx-docent @ git+{source}" + (f"@{commit}" if commit else "")
