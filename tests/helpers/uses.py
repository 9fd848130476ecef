"""Ways in which a tutorial uses something, each with an edit that changes it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.helpers.sites import Site

Names = Callable[[str], str]
Edit = Callable[[Names, Site], None]


def edit(path: str, text: str) -> Edit:
    return lambda own, site: site.write(own(path), own(text))


HELPER = "def value():\n    return 1\n"
CHANGED = "def value():\n    return 1234\n"
CASES: dict[str, tuple[dict[str, str], str, Edit]] = {
    "data": (
        {"docs/tutorials/data.csv": "1"},
        'print(open("data.csv").read())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data in a folder above": (
        {"data/data.csv": "1"},
        'print(open("../../data/data.csv").read())',
        edit("data/data.csv", "12"),
    ),
    "data read with pathlib and by its absolute path": (
        {"docs/tutorials/data.csv": "1"},
        'from pathlib import Path\nprint((Path.cwd() / "data.csv").resolve().read_bytes())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data opened by its descriptor": (
        {"docs/tutorials/data.csv": "1"},
        'import os\nprint(os.read(os.open("data.csv", os.O_RDONLY), 100))',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data added to and read": (
        {"docs/tutorials/data.csv": "1"},
        'open("data.csv", "a").write("2")\nprint(open("data.csv").read())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data read and then replaced": (
        {"docs/tutorials/data.csv": "1"},
        'text = open("data.csv").read()\nopen("data.csv", "w").write("2")',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data with a name of spaces and accents": (
        {"docs/tutorials/the dätä.csv": "1"},
        'print(open("the dätä.csv").read())',
        edit("docs/tutorials/the dätä.csv", "12"),
    ),
    "data is removed": (
        {"docs/tutorials/data.csv": "1"},
        'import os\nif os.path.exists("data.csv"):\n    print(open("data.csv").read())',
        lambda own, site: (site.docs / "tutorials" / own("data.csv")).unlink(),
    ),
    "absent file": (
        {},
        'try:\n    open("absent.txt")\nexcept FileNotFoundError:\n    print("absent")',
        edit("docs/tutorials/absent.txt", "here"),
    ),
    "folder that is listed": (
        {"docs/tutorials/data/1.csv": "1"},
        'import os\nprint(os.listdir("data"))',
        edit("docs/tutorials/data/2.csv", "1"),
    ),
    "folder that is globbed": (
        {"docs/tutorials/data/1.csv": "1"},
        'from pathlib import Path\nprint(list(Path("data").glob("*.csv")))',
        edit("docs/tutorials/data/2.csv", "1"),
    ),
    "folder that is walked": (
        {"docs/tutorials/data/deep/1.csv": "1"},
        'import os\nprint(list(os.walk("data")))',
        edit("docs/tutorials/data/deep/2.csv", "1"),
    ),
    "absent folder": (
        {},
        'import os\ntry:\n    os.listdir("later")\nexcept OSError:\n    print("absent")',
        edit("docs/tutorials/later/x.csv", "1"),
    ),
    "helper beside it": (
        {"docs/tutorials/helper_mod/__init__.py": HELPER},
        "import helper_mod\nprint(helper_mod.value())",
        edit("docs/tutorials/helper_mod/__init__.py", CHANGED),
    ),
    "helper on sys.path": (
        {"lib/helper.py": HELPER},
        "import helper\nprint(helper.value())",
        edit("lib/helper.py", CHANGED),
    ),
    "module of a package": (
        {"lib/pkg/__init__.py": "", "lib/pkg/a.py": HELPER},
        "from pkg import a\nprint(a.value())",
        edit("lib/pkg/a.py", CHANGED),
    ),
    "the package of a module": (
        {"lib/pkg/__init__.py": "", "lib/pkg/a.py": HELPER},
        "from pkg.a import value\nprint(value())",
        edit("lib/pkg/__init__.py", "x = 1\n"),
    ),
    "package without __init__": (
        {"lib/space/a.py": HELPER},
        "import space.a\nprint(space.a.value())",
        edit("lib/space/a.py", CHANGED),
    ),
    "helper of a helper": (
        {"lib/helper.py": "from deeper import value\n", "lib/deeper.py": HELPER},
        "import helper\nprint(helper.value())",
        edit("lib/deeper.py", CHANGED),
    ),
    "data of a helper": (
        {
            "lib/helper.py": "from pathlib import Path\n"
            "def value():\n    return (Path(__file__).parent / 'x.txt').read_text()\n",
            "lib/x.txt": "1",
        },
        "import helper\nprint(helper.value())",
        edit("lib/x.txt", "12"),
    ),
    "importlib": (
        {"lib/helper.py": HELPER},
        'import importlib\nprint(importlib.import_module("helper").value())',
        edit("lib/helper.py", CHANGED),
    ),
    "from importlib import import_module": (
        {"lib/helper.py": HELPER},
        'from importlib import import_module\nprint(import_module("helper").value())',
        edit("lib/helper.py", CHANGED),
    ),
    "runpy": (
        {"lib/helper.py": "print(1)"},
        'import runpy\nrunpy.run_module("helper")',
        edit("lib/helper.py", "print(1234)"),
    ),
    "import within a function": (
        {
            "lib/helper.py": "def value():\n    import lazy\n    return lazy.x\n",
            "lib/lazy.py": "x = 1",
        },
        "import helper\nprint(helper.value())",
        edit("lib/lazy.py", "x = 12"),
    ),
    "import in a thread": (
        {"lib/helper.py": HELPER},
        """\
        import threading
        def work():
            import helper
            print(helper.value())
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """,
        edit("lib/helper.py", CHANGED),
    ),
    "import in a forked process": (
        {"lib/helper.py": HELPER, "docs/tutorials/data.csv": "1"},
        "import os\nif os.fork() == 0:\n    import helper\n    os._exit(0)\nos.wait()",
        edit("lib/helper.py", CHANGED),
    ),
    "data in a pool of processes": (
        {"docs/tutorials/data.csv": "1"},
        """\
        import multiprocessing
        def work(name):
            return open(name).read()
        with multiprocessing.get_context("fork").Pool(1) as pool:
            print(pool.map(work, ["data.csv"]))
        """,
        edit("docs/tutorials/data.csv", "12"),
    ),
    "helper imported by conf.py as well": (
        {"lib/helper.py": HELPER, "lib/fromconf.py": "import helper\n"},
        "import helper\nprint(helper.value())",
        edit("lib/helper.py", CHANGED),
    ),
    "helper that comes to stand before another": (
        {"lib/helper.py": HELPER, "first/other.py": ""},
        "import helper\nprint(helper.value())",
        edit("first/helper.py", CHANGED),
    ),
    "helper that was missing": (
        {},
        'try:\n    import helper\nexcept ImportError:\n    print("none")',
        edit("lib/helper.py", HELPER),
    ),
}


_OWN_WORDS = re.compile(
    r"\b(absent|data|deeper|fromconf|helper|helper_mod|later|lazy|other|pkg|space)\b(?!=)"
)


def own(case: str, text: str) -> str:
    """A text of a case, with names that no other case has."""
    return _OWN_WORDS.sub(rf"\g<1>{list(CASES).index(case)}", text)
