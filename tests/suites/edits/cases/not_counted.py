"""What is no input: what builds make, and what nobody looks at."""

import os
import shutil

from ..harness.compiling import bytecode
from ..harness.edits import (
    commit,
    each,
    make_folder,
    mode,
    remove,
    touch,
    variable,
    write,
    write_again,
)
from ..harness.model import DATA, Case, Step, again, back, nothing, same
from ..harness.site import Site

CLAUSE = "not counted"
PROJECTS: dict[str, dict[str, str]] = {
    "listings": {},
    "listings_gain": {},
    "anew": {},
    "moved": {},
    "cleaned": {},
}

_LISTS = 'import os\nshow("one" if os.listdir("{}") else "")'
_COUNTS = 'import os\nshow(sum(name == "more.txt" for name in os.listdir("{}")))'


def _everything_anew(site: Site, _case: str) -> None:
    """All files have new times and new inodes, as in a fresh clone."""
    for folder, folders, names in os.walk(site.root):
        if ".git" in folders:
            folders.remove(".git")
        if "_build" in folders:
            folders.remove("_build")
        for name in names:
            write_again(os.path.join(folder, name))(site, "")


def _move(site: Site, _case: str) -> None:
    """The repository lies elsewhere."""
    new = site.folder / "elsewhere" / "site"
    new.parent.mkdir()
    site.root.rename(new)
    site.root = new


def _clean(site: Site, _case: str) -> None:
    """The site and the generated gallery are removed; the results stay."""
    shutil.rmtree(site.root / "docs" / "gallery")
    shutil.rmtree(site.root / "docs" / "_build" / "html")


def _listing(name: str, code: str, project: str = "listings") -> Case:
    """A folder in which builds make something: the builds that edit nothing are the test."""
    step = Step(edit=nothing, again=False, shows="one")
    return Case(name=name, code=code, steps=(step,), project=project)


CASES = [
    # Names that builds make
    _listing("list_of_docs", _LISTS.format("..")),
    _listing("list_of_the_root", _LISTS.format("../..")),
    _listing("list_of_docs_by_glob", 'import glob\nshow("one" if glob.glob("../*") else "")'),
    _listing(
        "list_of_docs_by_scandir",
        """
        import os
        show("one" if [entry.name for entry in os.scandir("@ROOT/docs")] else "")
        """,
    ),
    _listing(
        "list_of_docs_by_a_child",
        """
        import subprocess
        done = subprocess.run(["ls", ".."], capture_output=True, text=True)
        show("one" if "conf.py" in done.stdout else "")
        """,
    ),
    _listing("walk_of_docs", 'import os\nshow("one" if list(os.walk("..")) else "")'),
    _listing("walk_of_the_root", 'import os\nshow("one" if list(os.walk("../..")) else "")'),
    _listing(
        "rglob_of_docs",
        'from pathlib import Path\nshow("one" if list(Path("..").rglob("*.py")) else "")',
    ),
    _listing(
        "rglob_of_the_root",
        'from pathlib import Path\nshow("one" if list(Path("../..").rglob("*.rst")) else "")',
    ),
    same(
        "list_of_lib",
        "import CASE_module, os\nshow('one' if os.listdir('../../lib') else '')",
        bytecode("lib/CASE_module.py", ""),
        files={"lib/CASE_module.py": ""},
        project="listings",
    ),
    _listing("exists_build", 'import os\nos.path.exists("../_build/html/index.html")\nshow("one")'),
    _listing("exists_gallery", 'import os\nos.path.exists("../gallery/CASE.rst")\nshow("one")'),
    _listing(
        "execution_times", 'import os\nos.path.exists("../sg_execution_times.rst")\nshow("one")'
    ),
    _listing("git_folder", 'import os\nos.path.isdir("../../.git")\nshow("one")'),
    again(
        "list_of_docs_gains",
        _COUNTS.format(".."),
        write("docs/more.txt", ""),
        first="0",
        then="1",
        project="listings_gain",
    ),
    again(
        "list_of_the_root_gains",
        _COUNTS.format("../.."),
        write("more.txt", ""),
        first="0",
        then="1",
        project="listings_gain",
    ),
    again(
        "walk_of_docs_gains",
        """
        import os
        show(sum("more.txt" in names for _, _, names in os.walk("..")))
        """,
        write("docs/more.txt", ""),
        first="0",
        then="1",
        project="listings_gain",
    ),
    same(
        "list_of_data_gains_nothing",
        'import os\nshow(*os.listdir("CASE"))',
        nothing,
        first="data.csv",
        project="listings_gain",
    ),
    # Bytecode
    same(
        "bytecode_appears",
        'import os\nshow(*sorted(set(os.listdir("CASE")) - {"__pycache__"}))',
        write("docs/tutorials/CASE/__pycache__/x.cpython-311.pyc", b"x"),
        first="data.csv",
    ),
    # The same files in another guise
    same("everything_anew", 'show(open("CASE/data.csv").read())', _everything_anew, project="anew"),
    same(
        "everything_anew_module",
        "import CASE_module\nshow(CASE_module.word)",
        nothing,
        files={"lib/CASE_module.py": 'word = "one"\n'},
        project="anew",
    ),
    same(
        "everything_anew_child",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
        nothing,
        project="anew",
    ),
    same(
        "everything_anew_exists",
        'import os\nshow(os.path.exists("CASE/data.csv"))',
        nothing,
        first="True",
        project="anew",
    ),
    same(
        "everything_anew_size",
        'import os\nshow(os.path.getsize("CASE/data.csv"))',
        nothing,
        first="3",
        project="anew",
    ),
    same(
        "everything_anew_listing",
        """
        import os
        show(*(entry.name for entry in os.scandir("CASE") if entry.is_file()))
        """,
        nothing,
        first="data.csv",
        project="anew",
    ),
    same("moved", 'show(open("CASE/data.csv").read())', _move, project="moved"),
    same(
        "moved_module",
        "import CASE_module\nshow(CASE_module.word)",
        nothing,
        files={"lib/CASE_module.py": 'word = "one"\n'},
        project="moved",
    ),
    same(
        "moved_child",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
        nothing,
        project="moved",
    ),
    same(
        "moved_listing",
        'import os\nshow(*os.listdir("CASE"))',
        nothing,
        first="data.csv",
        project="moved",
    ),
    same("cleaned", 'show(open("CASE/data.csv").read())', _clean, project="cleaned"),
    # What nobody looks at
    same("page_edited", 'show("one")', write("docs/CASE.rst", ":orphan:\n\nCASE\n====\n")),
    same(
        "header_edited",
        'show("one")',
        write("docs/tutorials/GALLERY_HEADER.rst", "Gallery\n=======\n\nAnother text.\n"),
    ),
    same("file_not_used", 'show("one")', write(DATA, "three")),
    same("new_file_in_the_folder", 'show("one")', write("docs/tutorials/CASE.txt", "")),
    same("new_folder_in_the_root", 'show("one")', make_folder("CASE")),
    same(
        "new_tutorial",
        'show("one")',
        write("docs/tutorials/more_CASE.py", '"""\nNew CASE\n========\n\nText.\n"""\nprint(1)\n'),
    ),
    same("tutorial_touched", 'show("one")', touch("docs/tutorials/CASE.py")),
    same("tutorial_of_another_mode", 'show("one")', mode("docs/tutorials/CASE.py", 0o755)),
    same("tutorial_written_again", 'show("one")', write_again("docs/tutorials/CASE.py")),
    same("committed", 'show("one")', each(write("docs/CASE.txt", ""), commit)),
    again(
        "tutorial_edited",
        'show("one of CASE".split()[0])',
        lambda site, case: site.write(
            "docs/tutorials/CASE.py",
            site.path("docs/tutorials/CASE.py", case).read_text().replace('"one of', '"three of'),
            case,
        ),
    ),
    again(
        "tutorial_gains_a_comment",
        'show("one")',
        lambda site, case: site.write(
            "docs/tutorials/CASE.py",
            site.path("docs/tutorials/CASE.py", case).read_text() + "# A comment.\n",
            case,
        ),
        then="one",
    ),
    # An edit that is taken back
    back(again("data_edited", 'show(open("CASE/data.csv").read())'), write(DATA, "one")),
    back(
        again(
            "data_of_a_child_edited",
            """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
        ),
        write(DATA, "one"),
    ),
    back(
        again(
            "file_made",
            'import os\nshow(os.path.exists("CASE/new.csv"))',
            write("docs/tutorials/CASE/new.csv", ""),
            files={DATA: ""},
            first="False",
            then="True",
        ),
        remove("docs/tutorials/CASE/new.csv"),
    ),
    back(
        again(
            "variable_edited",
            'import os\nshow(os.environ["CASE_WORD"])',
            variable(CASE_WORD="three"),
            setup=variable(CASE_WORD="one"),
        ),
        variable(CASE_WORD="one"),
    ),
    back(
        again(
            "module_edited",
            "import CASE_module\nshow(CASE_module.word)",
            write("lib/CASE_module.py", 'word = "three"\n'),
            files={"lib/CASE_module.py": 'word = "one"\n'},
        ),
        write("lib/CASE_module.py", 'word = "one"\n'),
    ),
]
