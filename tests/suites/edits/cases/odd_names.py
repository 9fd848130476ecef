"""Names with backslash, quotes, percent sign, braces, spaces, accents: cached like any other."""

import dataclasses
import os

from ..harness.compiling import library
from ..harness.edits import write
from ..harness.model import Case, Edit, again, same
from ..harness.site import Site

CLAUSE = "odd names"

_NAMES = {
    "backslash": "back\\slash",
    "apostrophe": "it's",
    "quotes": 'the "best"',
    "percent": "100% %s %(x)s %d",
    "braces": "{x} {0} {} {{y}}",
    "spaces": "  two  spaces ",
    "accents": "dätä é ñ",
    "decomposed": "e\u0301te\u0301",
    "japanese": "データ",
    "emoji": "🎨",
    "dollar": "$HOME",
    "brackets": "a[1] b*c?",
    "hash": "#1 & co; <x>",
    "comma": "a,b:c=d",
    "dash": "-rf",
    "tilde": "~root",
    "newline": "two\nlines",
    "tab": "a\tb",
    "escape": "a\x1b[31mb",
}
PROJECTS = {
    "odd": {},
    "odd_braces": {},
    "odd_bytes": {},
    "odd_root": {"root": 'a 100% it\'s "q" dätä'},
    "odd_root_of_mounts": {"root": "a,b=c:d\\e f"},
}

_HERE = "docs/tutorials/CASE"


def _data(word: str, name: str) -> Case:
    """A data file of an odd name, read by Python."""
    path = f"{_HERE}/{name}.csv"
    code = f"show(open('CASE/' + {name!r} + '.csv').read())"
    return again(f"data_{word}", code, write(path, "three"), files={path: "one"}, project="odd")


def _child(word: str, name: str) -> Case:
    """The same, read by a child process and found by listing."""
    path = f"{_HERE}/{name}.csv"
    code = f"""
        import subprocess
        command = ["cat", "CASE/" + {name!r} + ".csv"]
        show(subprocess.run(command, capture_output=True, text=True).stdout)
        """
    return again(f"child_{word}", code, write(path, "three"), files={path: "one"}, project="odd")


def _folder(word: str, name: str) -> Case:
    """A folder of an odd name that is listed."""
    code = f"import os\nshow(*sorted(os.listdir('CASE/' + {name!r})))"
    return again(
        f"folder_{word}",
        code,
        write(f"{_HERE}/{name}/b.csv", ""),
        project="odd",
        files={f"{_HERE}/{name}/a.csv": ""},
        first="a.csv",
        then="a.csv b.csv",
    )


def _missing(word: str, name: str) -> Case:
    """A file of an odd name that is asked for."""
    code = f"import os\nshow(os.path.exists('CASE/' + {name!r}))"
    return again(
        f"missing_{word}",
        code,
        write(f"{_HERE}/{name}", ""),
        project="odd",
        first="False",
        then="True",
    )


def _tutorial(word: str, name: str) -> Case:
    """A tutorial of an odd name; the two builds without an edit show that it is cached."""
    return again(
        f"tutorial_{word}",
        "show(open('CASE/data.csv').read())",
        project="odd",
        stem=f"{name} CASE",
    )


def _raw(word: bytes) -> Edit:
    def edit(site: Site, case: str) -> None:
        folder = os.fsencode(site.path(_HERE, case))
        os.makedirs(folder, exist_ok=True)
        with open(folder + b"/\xff\xfe.csv", "wb") as file:
            file.write(word)

    return edit


_TUTORIALS = (
    "backslash",
    "apostrophe",
    "quotes",
    "percent",
    "accents",
    "japanese",
    "dollar",
    "comma",
    "hash",
    "emoji",
    "brackets",
    "spaces",
)
_FEW = ("backslash", "percent", "braces", "newline", "accents", "brackets")


# What has to be seen whatever the repository's folder is called.
_ROOTED = (
    again("data", 'show(open("CASE/data.csv").read())'),
    again(
        "data_above",
        'show(open("../../data/CASE.csv").read())',
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    again(
        "module",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "child",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
    ),
    again(
        "library",
        """
        import ctypes
        loaded = ctypes.CDLL(__import__("os").path.abspath("../../lib/CASE.so"))
        loaded.word.restype = ctypes.c_char_p
        show(loaded.word().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "exists",
        'import os\nshow(os.path.exists("CASE/new.csv"))',
        write(f"{_HERE}/new.csv", ""),
        files={f"{_HERE}/data.csv": ""},
        first="False",
        then="True",
    ),
    same("beside", 'show(open("CASE/data.csv").read())', write(f"{_HERE}/new.csv", "")),
)


def _rooted(project: str) -> list[Case]:
    """Cases of a repository whose folder has an odd name."""
    return [
        dataclasses.replace(case, name=f"{project}_{case.name}", project=project)
        for case in _ROOTED
    ]


CASES = [
    *(_data(word, name) for word, name in _NAMES.items()),
    *(_child(word, _NAMES[word]) for word in _FEW),
    *(_folder(word, _NAMES[word]) for word in _FEW),
    *(_missing(word, _NAMES[word]) for word in _FEW),
    *(_tutorial(word, _NAMES[word]) for word in _TUTORIALS),
    again(
        "tutorial_braces",
        'show(open("CASE/data.csv").read())',
        stem="{x} CASE",
        project="odd_braces",
        debatable="sphinx-gallery itself fails for such a file: it is a pattern to `format`",
    ),
    again(
        "data_not_of_unicode",
        "show(open(b'CASE/\\xff\\xfe.csv').read())",
        _raw(b"three"),
        setup=_raw(b"one"),
        project="odd_bytes",
    ),
    again(
        "listed_not_of_unicode",
        """
        import os
        show(len(os.listdir("CASE")))
        """,
        _raw(b""),
        first="1",
        then="2",
        files={f"{_HERE}/data.csv": ""},
        project="odd_bytes",
    ),
    again(
        "module_in_an_odd_folder",
        """
        import sys
        sys.path.insert(0, "CASE/100% {x} it's")
        import CASE_module
        show(CASE_module.word)
        """,
        write(f"{_HERE}/100% {{x}} it's/CASE_module.py", 'word = "three"\n'),
        files={f"{_HERE}/100% {{x}} it's/CASE_module.py": 'word = "one"\n'},
        project="odd",
    ),
    again(
        "variable_of_an_odd_value",
        'import os\nshow(len(os.environ.get("CASE_WORD", "")))',
        lambda site, case: site.env.update({f"{case}_WORD": "a\n%s{x}\udcff\\"}),
        first="0",
        then="9",
        project="odd",
    ),
    same(
        "odd_name_beside",
        'import os\nshow(len(os.listdir("CASE")))',
        write("docs/tutorials/100% {x} CASE.txt", ""),
        first="1",
        project="odd",
    ),
    *_rooted("odd_root"),
    *_rooted("odd_root_of_mounts"),
]
