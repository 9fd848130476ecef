"""What ``conf.py`` sets for tutorials: the environment, the state of libraries, pictures."""

import io

from PIL import Image

from ..harness.edits import replace, write
from ..harness.installing import install
from ..harness.model import Edit, again, same
from ..harness.site import Site

CLAUSE = "set by conf.py"

CONF = "docs/conf.py"
PROJECTS = {
    "state": {"conf": "sys.path.insert(0, str(HERE / 'ext'))\n", "in_turn": True},
    "thumbnail": {"conf": 'MORE = {"default_thumb_file": str(HERE / "thumb.png")}\n'},
}


def _picture(path: str, gray: int) -> Edit:
    def edit(site: Site, case: str) -> None:
        data = io.BytesIO()
        Image.new("L", (40, 28), gray).save(data, "PNG")
        site.write(path, data.getvalue(), case)

    return edit


def _thumbnail(site: Site, _case: str) -> str:
    """Whether the gallery shows the new picture."""
    folder = site.root / "docs" / "_build" / "html" / "_images"
    with Image.open(folder / "sphx_glr_healthy_thumb.png") as picture:
        shade = picture.convert("L").getpixel((picture.width // 2, picture.height // 2))
    return "" if shade == 200 else f"the thumbnail's gray is {shade}, not 200"


def _three(old: str = "one", new: str = "three") -> Edit:
    return replace(CONF, f'"{old} of CASE"', f'"{new}"')


_STATE = {"project": "state", "files": {}}
_ENV = 'import os\nshow(os.environ["CASE_WORD"].split()[0])'
_SETS_ENV = 'import os\n\nos.environ["CASE_WORD"] = "{}"\n'
_LIBRARY = install("edits_CASE", "1.0", {"edits_CASE.py": 'word = "nothing"\n'})

CASES = [
    again(
        "variable_set", _ENV, _three(), conf='os.environ["CASE_WORD"] = "one of CASE"\n', **_STATE
    ),
    again(
        "variable_set_by_default",
        _ENV,
        _three(),
        conf='os.environ.setdefault("CASE_WORD", "one of CASE")\n',
        **_STATE,
    ),
    again(
        "variable_set_by_putenv",
        """
        import subprocess
        show(subprocess.run("echo $CASE_WORD", shell=True, capture_output=True, text=True).stdout
             .split()[0])
        """,
        _three(),
        conf='os.environ["CASE_WORD"] = "one of CASE"\n',
        **_STATE,
        debatable="only a child reads it; which variables a child reads is not seen",
    ),
    again(
        "variable_removed",
        'import os\nshow(os.environ.get("CASE_WORD", "three"))',
        replace(CONF, 'os.environ["CASE_WORD"] = "one"', "pass"),
        conf='os.environ["CASE_WORD"] = "one"\n',
        **_STATE,
    ),
    again(
        "variable_set_by_a_helper",
        _ENV,
        write("docs/ext/CASE_helper.py", _SETS_ENV.format("three")),
        conf="import CASE_helper\n",
        project="state",
        files={"docs/ext/CASE_helper.py": _SETS_ENV.format("one")},
    ),
    again(
        "variable_read_by_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        _three(),
        conf='os.environ["CASE_WORD"] = "one of CASE"\n',
        project="state",
        files={"lib/CASE_module.py": 'import os\nword = os.environ["CASE_WORD"].split()[0]\n'},
    ),
    again(
        "rc_parameter",
        'import matplotlib\nshow(matplotlib.rcParams["lines.linewidth"])',
        replace(CONF, '["lines.linewidth"] = 7  # CASE', '["lines.linewidth"] = 9  # CASE'),
        conf='import matplotlib\nmatplotlib.rcParams["lines.linewidth"] = 7  # CASE\n',
        first="7.0",
        then="9.0",
        **_STATE,
    ),
    again(
        "rc_parameters_updated",
        """
        import matplotlib.pyplot as plt
        show(plt.rcParams["axes.titlesize"])
        """,
        replace(CONF, '"axes.titlesize": 7', '"axes.titlesize": 9'),
        conf='import matplotlib\nmatplotlib.rcParams.update({"axes.titlesize": 7})\n',
        first="7.0",
        then="9.0",
        **_STATE,
    ),
    again(
        "numpy_print_options",
        "import numpy\nshow(numpy.array([1 / 3]).tolist() and str(numpy.array([1 / 3]))[1:-1])",
        replace(CONF, "set_printoptions(precision=3)", "set_printoptions(precision=5)"),
        conf="import numpy\nnumpy.set_printoptions(precision=3)\n",
        first="0.333",
        then="0.33333",
        **_STATE,
    ),
    again(
        "attribute_of_a_library",
        "import edits_CASE\nshow(edits_CASE.word.split()[0])",
        _three(),
        conf='import edits_CASE\nedits_CASE.word = "one of CASE"\n',
        setup=_LIBRARY,
        **_STATE,
    ),
    again(
        "attribute_of_an_object_of_a_library",
        "import edits_CASE\nshow(edits_CASE.options.word.split()[0])",
        _three(),
        conf='import edits_CASE\nedits_CASE.options.word = "one of CASE"\n',
        setup=install(
            "edits_CASE",
            "1.0",
            {"edits_CASE.py": "class Options:\n    word = ''\n\n\noptions = Options()\n"},
        ),
        **_STATE,
    ),
    again(
        "function_of_a_library_replaced",
        "import edits_CASE\nshow(edits_CASE.word().split()[0])",
        _three(),
        conf='import edits_CASE\nedits_CASE.word = lambda: "one of CASE"\n',
        setup=_LIBRARY,
        **_STATE,
    ),
    again(
        "decimal_context",
        "import decimal\nshow(decimal.Decimal(1) / 3)",
        replace(CONF, "decimal.getcontext().prec = 3", "decimal.getcontext().prec = 5"),
        conf="import decimal\ndecimal.getcontext().prec = 3\n",
        first="0.333",
        then="0.33333",
        **_STATE,
    ),
    again(
        "warning_filter",
        """
        import warnings
        try:
            warnings.warn("CASE", FutureWarning)
            show("one")
        except FutureWarning:
            show("three")
        """,
        replace(CONF, 'filterwarnings("ignore", "CASE"', 'filterwarnings("error", "CASE"'),
        conf='import warnings\nwarnings.filterwarnings("ignore", "CASE")\n',
        **_STATE,
    ),
    again(
        "builtin",
        "show(CASE_word.split()[0])",
        _three(),
        conf='import builtins\nbuiltins.CASE_word = "one of CASE"\n',
        **_STATE,
    ),
    again(
        "recursion_limit",
        "import sys\nshow(sys.getrecursionlimit())",
        replace(CONF, "setrecursionlimit(1001)", "setrecursionlimit(1003)"),
        conf="sys.setrecursionlimit(1001)\n",
        first="1001",
        then="1003",
        **_STATE,
    ),
    again(
        "order_of_the_path",
        "import CASE_module\nshow(CASE_module.word)",
        replace(CONF, 'str(HERE / "CASE_one")', 'str(HERE / "CASE_three")'),
        conf='sys.path.insert(0, str(HERE / "CASE_one"))\n',
        project="state",
        files={
            "docs/CASE_one/CASE_module.py": 'word = "one"\n',
            "docs/CASE_three/CASE_module.py": 'word = "three"\n',
        },
    ),
    same(
        "variable_that_nobody_reads",
        'show("one")',
        _three(),
        conf='os.environ["CASE_WORD"] = "one of CASE"\n',
        **_STATE,
    ),
    same(
        "attribute_that_nobody_reads",
        'show("one")',
        _three(),
        conf='import edits_CASE\nedits_CASE.word = "one of CASE"\n',
        setup=_LIBRARY,
        **_STATE,
    ),
    same(
        "variable_that_the_tutorial_sets_itself",
        """
        import os
        os.environ["CASE_WORD"] = "one"
        show(os.environ["CASE_WORD"])
        """,
        _three("two"),
        conf='os.environ["CASE_WORD"] = "two of CASE"\n',
        **_STATE,
    ),
    # Pictures
    same(
        "default_thumbnail",
        "",
        _picture("docs/thumb.png", 200),
        setup=_picture("docs/thumb.png", 100),
        project="thumbnail",
        first="",
    ),
    again(
        "thumbnail_of_a_comment",
        'show("one")',
        _picture("docs/CASE.png", 200),
        then="one",
        setup=_picture("docs/CASE.png", 100),
        comments=("# sphinx_gallery_thumbnail_path = 'CASE.png'"),
    ),
    same(
        "picture_that_is_no_thumbnail",
        'show("one")',
        _picture("docs/CASE.png", 200),
        files={},
        setup=_picture("docs/CASE.png", 100),
    ),
]
