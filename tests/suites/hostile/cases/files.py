"""Links, pipes, devices and unreadable things in a gallery, and broken ones with a common name."""

from __future__ import annotations

from collections.abc import Mapping

from ..harness.model import FILES, SAME_NAME, Content, Gallery, Link, Mode, Special, Tutorial, Want

HEAD = '"""\nTitle\n=====\n\nText.\n"""\n'


def as_script(
    name: str,
    content: Content,
    want: Want = Want.DIAGNOSE,
    *,
    root: bool | None = None,
    debatable: str = "",
    others: Mapping[str, Content] | None = None,
) -> Gallery:
    """A gallery in which one script is something odd."""
    return Gallery(
        f"script is {name}",
        FILES,
        (Tutorial(f"odd_{name}", "", want, whole=True, debatable=debatable),),
        files={f"docs/tutorials/odd_{name}.py": content, **(others or {})},
        builders=("precheck", "html"),
        limit=25,
        root=root,
        debatable=debatable,
    )


def beside(
    name: str, content: Content, *, root: bool | None = None, more: str = "", debatable: str = ""
) -> Gallery:
    """A gallery with something odd beside a healthy tutorial."""
    return Gallery(
        f"beside is {name}",
        FILES,
        (Tutorial("reads", "import os\nprint(len(os.listdir()))\n" + more, Want.PASS),),
        files={f"docs/tutorials/{name}": content},
        builders=("precheck", "html"),
        limit=30,
        root=root,
        debatable=debatable,
    )


TARGET = HEAD + "print('output of the target')\n"

SCRIPTS = [
    as_script("dangling", Link("no_such_file.py")),
    as_script("loop", Link("odd_loop.py")),
    as_script("long_dangling", Link("x/" * 1000 + "y.py")),
    as_script("link_to_nothing", Link("/dev/null")),
    as_script("fifo", Special("fifo")),
    as_script("link_to_fifo", Link("pipe"), others={"docs/tutorials/pipe": Special("fifo")}),
    as_script("socket", Special("socket")),
    as_script("device", Special("device"), root=True),
    as_script("endless", Link("/dev/zero")),
    as_script("mode_000", Mode(0, TARGET), root=False),
    as_script("of_process", Link("/proc/self/mem")),
]
BESIDE = [
    beside("pipe", Special("fifo")),
    beside("socket", Special("socket")),
    beside("device", Special("device"), root=True),
    beside("dangling", Link("no_such_file")),
    beside("dangling_folder/", Link("no_such_folder")),
    beside("loop", Link("loop")),
    beside("odd_folder.py", Special("folder")),
    beside("odd_link_to_folder.py", Link("sub")),
    beside(
        "to_itself",
        Link("."),
        debatable="sphinx-gallery takes it for a subsection with the same tutorials",
    ),
    beside("to_parent", Link("..")),
    beside("to_root", Link("/")),
    beside("sub/to_parent", Link("..")),
    beside("unreadable.csv", Mode(0, "1,2\n"), root=False),
    beside("unreadable_folder", Mode(0), root=False),
    beside("listless_folder", Mode(0o111), root=False),
    beside("huge.bin", Special("sparse"), more="print(os.path.getsize('huge.bin'))"),
    beside("NAME.PY", "not a script\n"),
    beside(".hidden.txt", "x\n"),
    beside("__pycache__/odd.py", "not = = a script\n"),
    beside("sub/no_tutorial.txt", "x\n"),
    beside("no_header/script.py", "x = = 1\n"),
    beside("data.py.txt", "x\n"),
]

ODD_NAMES = Gallery(
    "bytes in names",
    FILES,
    (
        Tutorial(
            "reads",
            "import os\nprint(len(os.listdir()), len(os.listdir('../../data')))\n",
            Want.PASS,
        ),
    ),
    files={
        "docs/tutorials/b\udcffd.csv": "x\n",
        "docs/tutorials/new\nline.csv": "x\n",
        "docs/tutorials/esc\x1b[31m.csv": "x\n",
        "docs/tutorials/" + "n" * 250: "x\n",
        "data/b\udcffd.csv": "x\n",
    },
    builders=("precheck", "html"),
)


def odd_script(name: str, label: str) -> Gallery:
    """A healthy script under a name that no terminal or XML can hold."""
    return Gallery(
        f"script's name holds {label}",
        FILES,
        (Tutorial(name, HEAD + "x = 1\n", Want.DIAGNOSE_OR_PASS, whole=True),),
        builders=("precheck", "html"),
        debatable="sphinx-gallery itself prints the name, and puts it into reST",
    )


SAME_KINDS: dict[str, Content] = {
    "no docstring": "x = 1\n",
    "syntax error": HEAD + "a = = 5\n",
    "latin-1 bytes": HEAD.encode() + b"x = '\xe9'\n",
    "NUL": HEAD.encode() + b"\0\n",
    "dangling link": Link("no_such_file.py"),
    "fails": HEAD + "1 / 0\n",
    "empty": b"",
}


def same_name(label: str, content: Content) -> Gallery:
    """A broken script; in two other folders healthy ones have its name."""
    healthy = HEAD + "print('output of', 'a namesake')\n"
    files: dict[str, Content] = {
        "docs/tutorials/other/GALLERY_HEADER.rst": "Other\n=====\n\nOther.\n",
        "docs/tutorials/sub/same.py": content,
    }
    return Gallery(
        f"same name, {label}",
        SAME_NAME,
        (
            Tutorial("same", healthy, Want.PASS, whole=True, prints="output of a namesake"),
            Tutorial("other/same", healthy, Want.PASS, whole=True, prints="output of a namesake"),
            Tutorial("other/not_same", healthy, Want.PASS, whole=True),
            Tutorial("sub/unsame", healthy, Want.PASS, whole=True),
            Tutorial("sub/same", "", Want.DIAGNOSE, whole=True),
        ),
        files=files,
        builders=("html",) if label == "fails" else ("precheck", "html"),
        alone=True,
        limit=40,
    )


CASES = [
    *SCRIPTS,
    *BESIDE,
    ODD_NAMES,
    odd_script("new\nline", "a line's end"),
    odd_script("esc\x1b[31m", "ESC"),
    odd_script("b\udcffd", "a stray byte"),
    odd_script("n" * 230, "230 letters"),
    *(same_name(label, content) for label, content in SAME_KINDS.items()),
]
