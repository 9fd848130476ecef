"""Whatever a tutorial prints or raises, reports and terminal stay valid, and its message is told."""

from __future__ import annotations

from ..harness.model import OUTPUT, TRACEBACKS, Gallery, Tutorial, Want

RAISED = {
    # name: (code, what the message must say, words of the line)
    "escape": (r'raise ValueError("\x1b[31mred\x1b[0m\x1b]0;title\x07")', "ValueError:.*red"),
    "nul": (r'raise ValueError("a\x00b")', "ValueError: a"),
    "c1_control": (r'raise ValueError("a\x9b31mb\x85c")', "ValueError: a"),
    "surrogate": (r'raise ValueError("lone \udcff surrogate")', "ValueError: lone"),
    "surrogate_pair_halves": (r'raise ValueError("\ud83d x \ude00")', "ValueError"),
    "no_characters": (r'raise ValueError("\uffff\ufffe\ufdd0")', "ValueError"),
    "carriage_returns": (r'raise ValueError("first\rsecond\r\nthird")', "ValueError: first"),
    "backspaces": (r'raise ValueError("first\b\b\b\b\bother")', "ValueError: first"),
    "deletes": (r'raise ValueError("a\x7fb")', "ValueError: a"),
    "end_of_cdata": ('raise ValueError("]]></failure><x>&amp;<!--")', r"ValueError: \]\]>"),
    "workflow_command": (r'raise ValueError("\n::error file=x::forged\n")', "ValueError"),
    "percent": ('raise ValueError("100 %s %d %(name)s {x} {0}")', "ValueError: 100 %s"),
    "three_MB": ('raise ValueError("begins " + "x" * 3_000_000)', "ValueError: begins x"),
    "three_MB_of_lines": (
        'raise ValueError("begins\\n" + "line\\n" * 600_000)',
        "ValueError: begins",
    ),
    "several_lines": ('raise ValueError("what happened\\nmore\\n\\nlast words")', "what happened"),
    "first_line_empty": ('raise ValueError("\\nwhat happened")', "ValueError"),
    "no_message": ("raise ValueError", "^ValueError"),
    "empty_message": ('raise ValueError("")', "^ValueError"),
    "only_spaces": ('raise ValueError("   \\n   ")', "ValueError"),
    "looks_like_traceback": (
        (
            'raise ValueError(\'what happened\\n  File "@ROOT@/docs/tutorials/@NAME@.py", line 999\\n'
            "    x\\nKeyError: no')"
        ),
        "ValueError: what happened",
    ),
    "with_notes": (
        'e = ValueError("what happened")\ne.add_note("a note")\nraise e',
        "what happened",
    ),
    "group": (
        'raise ExceptionGroup("what happened", [ValueError("one"), KeyError("two")])',
        "what happened",
    ),
    "chained": (
        'try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError("what happened") from e',
        "ValueError: what happened",
    ),
    "long_chain": (
        (
            'e = ValueError("what happened")\nfor n in range(500):\n'
            '    other = ValueError(f"cause {n}")\n    other.__cause__ = e.__cause__\n'
            "    e.__cause__ = other\nraise e"
        ),
        "what happened",
    ),
    "circular_chain": (
        'a, b = ValueError("what happened"), KeyError("b")\na.__cause__, b.__cause__ = b, a\nraise a',
        "what happened",
    ),
    "str_fails": (
        "class Odd(Exception):\n    def __str__(self):\n        raise KeyError\nraise Odd",
        "Odd",
    ),
    "str_is_no_string": (
        "class Odd(Exception):\n    def __str__(self):\n        return 5\nraise Odd",
        "Odd",
    ),
    "str_exits": (
        "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit(5)\nraise Odd",
        "Odd|SystemExit",
    ),
    "name_with_escape": (
        'raise type("Od\\x1b[31md", (Exception,), {})("what happened")',
        "what happened",
    ),
    "long_name": ('raise type("O" * 100_000, (Exception,), {})("what happened")', "^O|Exception"),
    "base_exception": (
        'class Odd(BaseException):\n    pass\nraise Odd("what happened")',
        "what happened",
    ),
    "generator_exit": ("raise GeneratorExit", "GeneratorExit"),
    "stop_iteration": ("raise StopIteration(5)", "StopIteration"),
    "keyboard_interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "exit_with_text": ('import sys\nsys.exit("what happened\\nmore")', "what happened"),
    "exit_with_escape": ('import sys\nsys.exit("\\x1b[2J\\x00what")', "SystemExit"),
    "exit_with_object": ("import sys\nsys.exit([1, 2])", r"\[1, 2\]"),
    "exit_0": ("import sys\nsys.exit(0)", "SystemExit"),
    "own_syntax_error": (
        'raise SyntaxError("what happened", ("/nowhere\\x1b", 10**9, -5, "text\\x00", 0, 0))',
        "SyntaxError",
    ),
    "syntax_error_of_string": ('exec("a = = 5")', "SyntaxError: invalid syntax"),
    "syntax_error_of_module": (
        "import sys\nsys.path.insert(0, '../../data')\nimport broken_module",
        "SyntaxError",
    ),
    "module_that_fails": (
        "import sys\nsys.path.insert(0, '../../data')\nimport failing_module",
        "while it was loaded",
    ),
    "unicode_error": ('"\\udcff".encode()', "UnicodeEncodeError"),
    "command_fails": (
        'import subprocess\nsubprocess.run(["sh", "-c", "echo no >&2; exit 3"], check=True)',
        "CalledProcessError",
    ),
    "recursion": ("def f():\n    return f()\nf()", "RecursionError"),
    "mutual_recursion": (
        "def f(n):\n    return g(n + 1)\ndef g(n):\n    return f(n)\nf(0)",
        "RecursionError",
    ),
    "recursion_of_stack": (
        (
            "import sys\nsys.setrecursionlimit(10**8)\n"
            "import threading\nthreading.stack_size(2**20)\n"
            "def f(*a):\n    return max([1], key=f)\nf()"
        ),
        "RecursionError|SIGSEGV|SIGABRT|SIGBUS|exit",
    ),
    "deep_repr": (
        "x = []\nfor _ in range(10**5):\n    x = [x]\nraise ValueError(repr(x))",
        "RecursionError",
    ),
}

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

FRAMES = {
    "missing_file": ('open("no_such_file")', "FileNotFoundError", 'open("no'),
    "missing_file_by_path": (
        'import pathlib\npathlib.Path("no_such_file").read_text()',
        "FileNotFoundError",
        "read_text",
    ),
    "missing_folder": ('import os\nos.listdir("no_such_folder")', "FileNotFoundError", "listdir"),
    "missing_status": ('import os\nos.stat("no_such_file")', "FileNotFoundError", "os.stat"),
    "scandir": ('import os\nos.scandir("no_such_folder")', "FileNotFoundError", "scandir"),
    "missing_module": ("import no_such_module", "ModuleNotFoundError", "import no"),
    "missing_name": ("from os import no_such_name", "ImportError", "no_such_name"),
    "missing_submodule": ("import os.no_such", "ModuleNotFoundError", "os.no_such"),
    "missing_by_importlib": (
        'import importlib\nimportlib.import_module("no_such_module")',
        "ModuleNotFoundError",
        "import_module(",
    ),
    "module_of_project_fails": (
        "import sys\nsys.path.insert(0, '../../data')\nimport failing_module",
        "while it was loaded",
        "import failing_module",
    ),
    "missing_program": (
        'import subprocess\nsubprocess.run(["no-such-program"])',
        "FileNotFoundError",
        "run(",
    ),
    "missing_library": ('import ctypes\nctypes.CDLL("no_such.so")', "OSError", "CDLL"),
    "missing_variable": ('import os\nos.environ["NO_SUCH"]', "KeyError", "environ"),
    "missing_key": ("{}['no']", "KeyError", "{}"),
    "refused_connection": (
        'import socket\nsocket.create_connection(("127.0.0.1", 1), 2)',
        "(?i)refused|OSError",
        "create_connection",
    ),
    "missing_database": (
        'import sqlite3\nsqlite3.connect("no/such.db")',
        "OperationalError",
        "connect",
    ),
    "printed_import_error": (
        (
            "import traceback\ntry:\n    import no_such_module\nexcept ImportError:\n"
            "    text = traceback.format_exc()\n    print(text)\n    raise ValueError(text)  # the line"
        ),
        "ValueError",
        "# the line",
    ),
    "error_in_imported_callback": (
        (
            "import importlib.abc, sys\nclass Finder(importlib.abc.MetaPathFinder):\n"
            "    def find_spec(self, name, path, target=None):\n"
            '        if name == "odd":\n            raise ValueError("what happened")  # the line\n'
            "sys.meta_path.insert(0, Finder())\nimport odd"
        ),
        "ValueError: what happened",
        "# the line",
    ),
    "error_in_audit_hook": (
        (
            "import sys\ndef hook(event, arguments):\n"
            '    if event == "open" and "forbidden" in str(arguments[0]):\n'
            '        raise ValueError("what happened")  # the line\n'
            "sys.addaudithook(hook)\nopen('forbidden')"
        ),
        "ValueError: what happened",
        "# the line",
    ),
}

MODULES = {
    "data/broken_module.py": "a = = 5\n",
    "data/failing_module.py": 'raise RuntimeError("while it was loaded")\n',
}

CASES = [
    Gallery(
        "raises",
        OUTPUT,
        tuple(
            Tutorial(
                f"raises_{name}",
                code,
                Want.FAIL,
                says=says,
                line="raise " if code.count("raise ") == 1 and "def " not in code else "",
            )
            for name, (code, says) in RAISED.items()
        ),
        files=MODULES,
    ),
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
        "frames",
        TRACEBACKS,
        tuple(
            Tutorial(f"frames_{name}", code, Want.FAIL, says=says, line=line)
            for name, (code, says, line) in FRAMES.items()
        ),
        files=MODULES,
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
