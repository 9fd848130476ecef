"""matplotlibrc and its like, wherever they lie."""

from typing import Any

from ..harness.edits import each, variable, write
from ..harness.installing import install
from ..harness.model import Case, Edit, again, same

CLAUSE = "matplotlibrc"

_SCRAPER = 'MORE = {"image_scrapers": ("matplotlib",)}\n'
_PRELOAD = 'docent_preload = ["matplotlib", "edits_rc"]\n'
PROJECTS = {
    "rc_home": {},
    "rc_home_new": {},
    "rc_root": {},
    "rc_variable": {"env": {"MATPLOTLIBRC": "@OUTSIDE/one"}},
    "rc_variable_content": {"env": {"MATPLOTLIBRC": "@OUTSIDE/rc"}},
    "rc_folder": {},
    "rc_folder_new": {},
    "rc_drawn": {"conf": _SCRAPER},
    "rc_preloaded": {"conf": _PRELOAD},
    "rc_style": {},
}

_CODE = """
        import matplotlib
        show(matplotlib.rcParams["lines.linewidth"])
        """
_ONE, _THREE = "lines.linewidth: 1\n", "lines.linewidth: 3\n"
_NUMBERS = {"first": "1.0", "then": "3.0"}
_HOME = "@HOME/.config/matplotlib/matplotlibrc"
_FOLDER = "docs/tutorials/matplotlibrc"
_READ_ANEW = """
        import matplotlib
        show(matplotlib.rc_params()["lines.linewidth"])
        """
_LIBRARY = install(
    "edits_rc",
    "1.0",
    {
        "edits_rc.py": (
            "import os\n"
            "word = open('.edits_rc').read() if os.path.exists('.edits_rc') else 'none'\n"
        )
    },
)


def _unused(name: str, edit: Edit, **more: Any) -> Case:
    return same(name, 'show("one")', edit, files={}, **more)


CASES = [
    again(
        "rc_in_home",
        _CODE,
        write(_HOME, _THREE),
        files={_HOME: _ONE},
        project="rc_home",
        **_NUMBERS,
    ),
    _unused("rc_in_home_unused", write(_HOME, _THREE), project="rc_home"),
    again(
        "rc_in_home_appears",
        _CODE,
        write(_HOME, _THREE),
        first="1.5",
        then="3.0",
        project="rc_home_new",
    ),
    _unused("rc_in_home_appears_unused", write(_HOME, _THREE), project="rc_home_new"),
    again(
        "rc_in_the_root",
        _CODE,
        write("matplotlibrc", _THREE),
        files={"matplotlibrc": _ONE},
        project="rc_root",
        **_NUMBERS,
        debatable="sphinx-gallery loads matplotlib where sphinx-build starts, and so this file;"
        " it has no effect where matplotlib is loaded in the tutorial's process",
    ),
    _unused("rc_in_the_root_unused", write("matplotlibrc", _THREE), project="rc_root"),
    again(
        "rc_of_the_variable",
        _CODE,
        variable(MATPLOTLIBRC="@OUTSIDE/three"),
        files={"@OUTSIDE/one": _ONE, "@OUTSIDE/three": _THREE},
        project="rc_variable",
        **_NUMBERS,
    ),
    _unused(
        "rc_of_the_variable_unused", variable(MATPLOTLIBRC="@OUTSIDE/three"), project="rc_variable"
    ),
    again(
        "rc_content_of_the_variable",
        _CODE,
        write("@OUTSIDE/rc", _THREE),
        files={"@OUTSIDE/rc": _ONE},
        project="rc_variable_content",
        **_NUMBERS,
    ),
    _unused(
        "rc_content_of_the_variable_unused",
        write("@OUTSIDE/rc", _THREE),
        project="rc_variable_content",
    ),
    again(
        "rc_in_the_folder",
        _READ_ANEW,
        write(_FOLDER, _THREE),
        files={_FOLDER: _ONE},
        project="rc_folder",
        **_NUMBERS,
    ),
    _unused("rc_in_the_folder_unused", write(_FOLDER, _THREE), project="rc_folder"),
    again(
        "rc_in_the_folder_appears",
        _READ_ANEW,
        write(_FOLDER, _THREE),
        first="1.5",
        then="3.0",
        project="rc_folder_new",
    ),
    again(
        "rc_in_the_folder_of_a_child",
        """
        import subprocess, sys
        code = "import matplotlib; print(matplotlib.rcParams['lines.linewidth'])"
        show(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
             .strip())
        """,
        write(_FOLDER, _THREE),
        files={_FOLDER: _ONE},
        project="rc_folder",
        **_NUMBERS,
    ),
    again(
        "rc_drawn",
        """
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        show(plt.rcParams["lines.linewidth"])
        """,
        write(_HOME, _THREE),
        files={_HOME: _ONE},
        project="rc_drawn",
        **_NUMBERS,
    ),
    _unused("rc_not_drawn", write(_HOME, _THREE), project="rc_drawn"),
    again(
        "rc_preloaded",
        _CODE,
        write("matplotlibrc", _THREE),
        files={"matplotlibrc": _ONE},
        project="rc_preloaded",
        **_NUMBERS,
    ),
    again(
        "rc_of_a_library_preloaded",
        "import edits_rc\nshow(edits_rc.word)",
        write(".edits_rc", "three"),
        files={".edits_rc": "one"},
        setup=_LIBRARY,
        project="rc_preloaded",
    ),
    _unused(
        "rc_preloaded_unused",
        each(write("matplotlibrc", _THREE), write(".edits_rc", "three")),
        project="rc_preloaded",
    ),
    again(
        "style_of_the_project",
        """
        import matplotlib.pyplot as plt
        plt.style.use("CASE/own.mplstyle")
        show(plt.rcParams["lines.linewidth"])
        """,
        write("docs/tutorials/CASE/own.mplstyle", _THREE),
        files={"docs/tutorials/CASE/own.mplstyle": _ONE},
        project="rc_style",
        **_NUMBERS,
    ),
    again(
        "style_in_home",
        """
        import matplotlib.pyplot as plt
        plt.style.use("CASE")
        show(plt.rcParams["lines.linewidth"])
        """,
        write("@HOME/.config/matplotlib/stylelib/CASE.mplstyle", _THREE),
        files={"@HOME/.config/matplotlib/stylelib/CASE.mplstyle": _ONE},
        project="rc_style",
        **_NUMBERS,
    ),
    _unused("style_unused", write("docs/tutorials/CASE/own.mplstyle", _THREE), project="rc_style"),
]
