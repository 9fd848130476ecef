"""Whatever a tutorial raises, reports and terminal stay valid, and message and line are told."""

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
        "frames",
        TRACEBACKS,
        tuple(
            Tutorial(f"frames_{name}", code, Want.FAIL, says=says, line=line)
            for name, (code, says, line) in FRAMES.items()
        ),
        files=MODULES,
    ),
]
