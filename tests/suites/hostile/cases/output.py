"""Whatever a tutorial prints, logs or has in its text, reports and terminal stay valid."""

from __future__ import annotations

from ..harness.model import OUTPUT, Gallery, Tutorial, Want

PRINTED = {
    "escapes": r'print("\x1b[31mred\x1b[2J\x1b]0;title\x07 \x9b31m")',
    "nul": r'print("a\x00b")',
    "surrogate": r'print("lone \udcff surrogate")',
    "no_characters": r'print("\uffff\ufffe")',
    "bytes": r'import sys; sys.stdout.flush(); __import__("os").write(1, b"\xff\xfe\x00\x1b[31m")',
    "rest_of_page": 'print("x\\n\\n.. raw:: html\\n\\n   <script>alert(1)</script>\\n")',
    "carriage": r'for n in range(1000): print(n, end="\r")',
    "html": (
        'class Page:\n    def _repr_html_(self):\n        return "<b>\\x00\\x1b\\udcff</b>"\nPage()'
    ),
    "html_fails": "class Page:\n    def _repr_html_(self):\n        raise ValueError\nPage()",
    "repr_fails": "class Odd:\n    def __repr__(self):\n        1 / 0\nOdd()",
    "repr_is_none": "class Odd:\n    def __repr__(self):\n        return None\nOdd()",
    "warning_with_escape": r'import warnings; warnings.warn("\x1b[31mred\x00 \udcff")',
    "log_with_escape": r'import logging; logging.getLogger("sphinx.x").warning("\x1b[31mred\x00\udcff")',
    "log_by_root": r'import logging; logging.basicConfig(); logging.error("\x1b[31mred\x00\udcff")',
    "stderr": r'import sys; print("\x1b[31m\x00", file=sys.__stderr__, flush=True)',
    "many_warnings": 'import warnings\nfor n in range(3000):\n    warnings.warn(f"number {n}")',
    "stack": "import traceback\ntraceback.print_exc()",
}

FLOODS = {
    "print": ('for _ in range(200):\n    print("x" * 999_999)', Want.FAIL, "(?i)output|MB|long"),
    "one_line": ('print("x" * 150_000_000)', Want.FAIL, "(?i)output|MB|long"),
    "many_lines": ('print("x\\n" * 15_000_000)', Want.FAIL, "(?i)output|MB|long"),
    "in_c": ('import os\nfor _ in range(200):\n    os.write(1, b"x" * 999_999)', Want.CONTAIN, ""),
    "in_c_and_dies": (
        'import os\nfor _ in range(200):\n    os.write(1, b"x" * 999_999)\nos._exit(5)',
        Want.FAIL,
        "exit code 5",
    ),
    "stderr": (
        'import os\nfor _ in range(200):\n    os.write(2, b"\\0" * 999_999)',
        Want.CONTAIN,
        "",
    ),
    "child": (
        'import subprocess\nsubprocess.run("head -c 200000000 /dev/zero", shell=True)',
        Want.CONTAIN,
        "",
    ),
    "background_child": ('import subprocess\nsubprocess.Popen("yes")', Want.CONTAIN, ""),
    "fails_after": (
        (
            'import os\nfor _ in range(100):\n    os.write(1, b"\\x1b[31m" * 100_000)\n'
            'raise ValueError("what happened")'
        ),
        Want.FAIL,
        "what happened",
    ),
}

CASES = [
    Gallery(
        "prints",
        OUTPUT,
        tuple(Tutorial(f"prints_{name}", code) for name, code in PRINTED.items()),
    ),
    Gallery(
        "floods",
        OUTPUT,
        tuple(
            Tutorial(
                f"floods_{name}", code, want, says=says, comments="# sphinx_gallery_timeout = 60"
            )
            for name, (code, want, says) in FLOODS.items()
        ),
        limit=120,
        tool_memory=700,
    ),
    Gallery(
        "odd text",
        OUTPUT,
        (
            Tutorial("text_with_escape", "x = 1", text="Red \x1b[31m *and* **open"),
            Tutorial("text_with_form_feed", "x = 1", text="a\x0cb\x0bc\x1cd", want=Want.PASS),
            Tutorial("text_with_unknown", "x = 1", text=":no_such_role:`\x1b[31m`", want=Want.PASS),
            Tutorial("text_long", "x = 1", text="word " * 200_000, want=Want.PASS),
            Tutorial(
                "comment_with_escape",
                "x = 1",
                comments='# sphinx_gallery_timeout = "\x1b[31m"',
                want=Want.DIAGNOSE_OR_PASS,
            ),
            Tutorial(
                "comment_long",
                "x = 1",
                Want.DIAGNOSE_OR_PASS,
                comments="# sphinx_gallery_requires = " + "[" * 5000,
                debatable="sphinx-gallery warns, too: two diagnostics of one comment",
            ),
            Tutorial(
                "comment_deep",
                "x = 1",
                Want.DIAGNOSE_OR_PASS,
                comments="# sphinx_gallery_timeout = " + "-" * 100_000 + "1",
                debatable="sphinx-gallery warns, too: two diagnostics of one comment",
            ),
        ),
        builders=("precheck", "html"),
    ),
]
