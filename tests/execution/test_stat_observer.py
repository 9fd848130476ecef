"""What a tutorial only asks of a file counts: no less than it asked, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.observed import observed

IMPORTS = "import glob, importlib.util, os, shutil\nfrom pathlib import Path\n"
IMPORTED = {"glob", "importlib", "importlib.util", "os", "pathlib", "shutil"}

ASKED = {
    'os.path.exists("a.csv")': {"kinds": ["a.csv"]},
    'os.path.exists("missing")': {"kinds": ["missing"]},
    'os.path.isfile(ROOT + "/a.csv")': {"kinds": ["a.csv"]},
    'os.path.isdir(b"folder")': {"kinds": ["folder"]},
    'os.path.lexists("missing")': {"kinds": ["missing"]},
    'os.path.islink("a.csv")': {"links": ["a.csv"]},
    'os.path.islink("link")': {"kinds": ["a.csv", "link"], "links": ["link"]},
    'Path("a.csv").exists()': {"kinds": ["a.csv"]},
    'Path("a.csv").is_file()': {"kinds": ["a.csv"]},
    'Path("missing").is_dir()': {"kinds": ["missing"]},
    'os.path.getsize("a.csv")': {"sizes": ["a.csv"]},
    'os.path.getmtime("a.csv")': {"times": ["a.csv"]},
    'os.stat("a.csv").st_size': {"kinds": ["a.csv"], "sizes": ["a.csv"]},
    'Path("a.csv").stat().st_size': {"kinds": ["a.csv"], "sizes": ["a.csv"]},
    'Path("a.csv").stat().st_mtime': {"kinds": ["a.csv"], "times": ["a.csv"]},
    'os.stat("a.csv").st_mtime_ns': {"kinds": ["a.csv"], "times": ["a.csv"]},
    'os.stat("a.csv").st_mode': {"kinds": ["a.csv"], "modes": ["a.csv"]},
    'import stat; stat.S_ISDIR(os.stat("a.csv").st_mode)': {"kinds": ["a.csv"]},
    'try:\n  os.stat("missing")\nexcept OSError: pass': {"kinds": ["missing"]},
    'info = os.stat("a.csv")': {
        **{table: ["a.csv"] for table in ("kinds", "links", "modes", "sizes", "times")}
    },
    'os.access("a.csv", os.R_OK)': {"kinds": ["a.csv"]},
    'os.access("a.csv", os.X_OK)': {"kinds": ["a.csv"], "modes": ["a.csv"]},
    'os.readlink("link")': {"links": ["link"]},
    'Path("link").readlink()': {"links": ["link"]},
    'os.path.realpath("link")': {"kinds": ["a.csv", "link"], "links": ["link"]},
    'os.path.realpath("folder/b.csv")': {},
    'glob.glob("folder/missing.csv")': {"kinds": ["folder/missing.csv"]},
    'f = os.open("folder", os.O_RDONLY); os.stat("b.csv", dir_fd=f).st_size': {
        "kinds": ["folder/b.csv"],
        "sizes": ["folder/b.csv"],
    },
    'f = os.open("folder", os.O_RDONLY); os.open("b.csv", os.O_RDONLY, dir_fd=f)': {
        "files": ["folder", "folder/b.csv"]
    },
    'f = os.open("a.csv", os.O_RDONLY); os.stat(f).st_size': {
        "kinds": ["a.csv"],
        "sizes": ["a.csv"],
    },
    'f = open("a.csv"); os.fstat(f.fileno()).st_mtime': {"kinds": ["a.csv"], "times": ["a.csv"]},
    '[e.name for e in os.scandir("folder")]': {},
    '[e.stat().st_size for e in os.scandir("folder")]': {"sizes": ["folder/b.csv"]},
    '[e.stat().st_mtime for e in os.scandir("folder")]': {"times": ["folder/b.csv"]},
    'importlib.util.find_spec("missing_module")': {"modules": ["missing_module"]},
    'importlib.util.find_spec("json")': {"modules": ["json"]},
    "try:\n  import missing_module\nexcept ImportError: pass": {"modules": ["missing_module"]},
    "try:\n  import json.missing\nexcept ImportError: pass": {"modules": ["json", "json.missing"]},
    "try:\n  from json import missing\nexcept ImportError: pass": {
        "modules": ["json", "json.missing"]
    },
    "import json.tool": {},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a few files."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.csv").write_text("1")
    (tmp_path / "a.csv").write_text("1")
    (tmp_path / "link").symlink_to("a.csv")
    return tmp_path


@pytest.mark.parametrize("code", ASKED)
def test_what_is_asked_counts(code: str, root: Path) -> None:
    found = observed(root, IMPORTS + code)
    assert found.pop("output") == []
    found["modules"] = [name for name in found["modules"] if name not in IMPORTED]
    tables = {*ASKED[code], "kinds", "links", "modes", "sizes", "times"}
    assert {table: found[table] for table in found if table in tables} == ASKED[code]


def test_outside_of_the_repository_only_the_projects_own_code_counts(root: Path) -> None:
    asked = observed(root, 'import os\nos.path.exists("/etc/passwd")')
    assert asked["kinds"] == ["/etc/passwd"]
    library = observed(root, 'import mimetypes\nmimetypes.init()\nmimetypes.guess_type("a.b")')
    assert set(library) == {"modules", "output"}


def test_a_library_never_counts_with_the_time_of_a_file(root: Path) -> None:
    code = 'import linecache\nlinecache.getline("a.csv", 1)\nlinecache.checkcache("a.csv")'
    assert "times" not in observed(root, code)
    assert "sizes" in observed(root, code)


def test_functions_pass_for_those_of_python(root: Path) -> None:
    code = """
    import os, pickle, inspect, shutil, tempfile
    say(os.stat in os.supports_dir_fd and os.open in os.supports_dir_fd)
    say(os.stat in os.supports_fd and os.stat in os.supports_follow_symlinks)
    say(os.stat.__name__)
    say(pickle.loads(pickle.dumps(os.stat)) is os.stat)
    os.makedirs("x/y")
    say([list(found) for _, *found, _ in os.fwalk("x")])
    shutil.rmtree("x")
    say(os.path.exists("x"))
    say(os.stat("a.csv", follow_symlinks=False).st_size)
    """
    assert observed(root, code)["output"] == [
        *(True, True, "stat", True, [[["y"], []], [[], []]], False, 1)
    ]


@pytest.mark.parametrize(
    "code", ['os.stat("missing")', 'os.path.getsize("missing")', 'os.open("missing", 0)']
)
def test_a_traceback_is_the_same_as_without(code: str, root: Path) -> None:
    (seen,) = observed(root, f"import os\n{code}\n")["output"]
    plain = subprocess.run(
        [sys.executable, "tutorial.py"], cwd=root, capture_output=True, text=True, check=False
    )
    assert _lines(seen) == _lines(plain.stderr)


def _lines(text: str) -> list[str]:
    """Without the lines that mark a place in the tutorial's own line."""
    lines = text.partition("tutorial.py")[2].splitlines()
    return [line for line in lines if line.strip("^ ") and "os." not in line]
