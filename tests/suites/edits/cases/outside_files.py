"""Outside of the repository: files."""

from ..harness.compiling import table
from ..harness.edits import each, make_folder, symlink, touch, variable, write
from ..harness.installing import install
from ..harness.model import again, same

CLAUSE = "outside: files"
PROJECT = "outside"
PROJECTS: dict[str, dict[str, str]] = {"home": {}}
_OUT = "@OUTSIDE/CASE/data.csv"
_THREE = write(_OUT, "three")
_ONE = {_OUT: "one"}
_READS = 'show(open("@OUTSIDE/CASE/data.csv").read())'
LIBRARY = install(
    "edits_CASE",
    "1.0",
    {
        "edits_CASE.py": (
            "import os\n\n\ndef word():\n    return os.environ.get('CASE_WORD', 'one')\n\n\n"
            "def settings():\n    return open('@OUTSIDE/CASE/data.csv').read()\n"
        )
    },
)


CASES = [
    again("outside_open", _READS, _THREE, files=_ONE),
    again(
        "outside_read_text",
        """
        from pathlib import Path
        show(Path("@OUTSIDE/CASE/data.csv").read_text())
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "outside_relative",
        """
        import os
        show(open(os.path.relpath("@OUTSIDE/CASE/data.csv")).read())
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "outside_same_size_and_time",
        _READS,
        each(write(_OUT, "six"), touch(_OUT, 1.6e9)),
        files=_ONE,
        setup=touch(_OUT, 1.6e9),
        then="six",
    ),
    again(
        "outside_by_a_module",
        "import CASE_module\nshow(CASE_module.word())",
        _THREE,
        files={
            **_ONE,
            "lib/CASE_module.py": "def word():\n    return open('@OUTSIDE/CASE/data.csv').read()\n",
        },
    ),
    again(
        "outside_by_the_standard_library",
        """
        import shutil
        shutil.copy("@OUTSIDE/CASE/data.csv", "copy_of_CASE.csv")
        show(open("copy_of_CASE.csv").read())
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "outside_configuration",
        """
        import configparser
        parser = configparser.ConfigParser()
        parser.read("@OUTSIDE/CASE/data.csv")
        show(parser["a"]["word"])
        """,
        write(_OUT, "[a]\nword = three\n"),
        files={_OUT: "[a]\nword = one\n"},
    ),
    again(
        "outside_by_a_link",
        'show(open("@OUTSIDE/CASE/link").read())',
        symlink("@OUTSIDE/CASE/link", "new"),
        setup=symlink("@OUTSIDE/CASE/link", "data.csv"),
        files={**_ONE, "@OUTSIDE/CASE/new": "three"},
    ),
    again(
        "outside_module",
        """
        import sys
        sys.path.insert(0, "@OUTSIDE/CASE")
        import CASE_module
        show(CASE_module.word)
        """,
        write("@OUTSIDE/CASE/CASE_module.py", 'word = "three"\n'),
        files={"@OUTSIDE/CASE/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "outside_missing",
        """
        try:
            show(open("@OUTSIDE/CASE/data.csv").read())
        except FileNotFoundError:
            show("one")
        """,
        _THREE,
    ),
    again(
        "outside_exists",
        'import os\nshow(os.path.exists("@OUTSIDE/CASE/data.csv"))',
        _THREE,
        first="False",
        then="True",
    ),
    again(
        "outside_listed",
        'import os\nshow(*sorted(os.listdir("@OUTSIDE/CASE")))',
        write("@OUTSIDE/CASE/more.csv", ""),
        files=_ONE,
        first="data.csv",
        then="data.csv more.csv",
    ),
    again(
        "outside_sqlite",
        """
        import sqlite3
        base = sqlite3.connect("@OUTSIDE/CASE/data.db")
        show(base.execute("SELECT word FROM words").fetchone()[0])
        """,
        table("@OUTSIDE/CASE/data.db", "three"),
        setup=table("@OUTSIDE/CASE/data.db", "one"),
    ),
    again(
        "outside_by_numpy",
        'import numpy\nshow(numpy.loadtxt("@OUTSIDE/CASE/data.csv"))',
        write(_OUT, "3"),
        files={_OUT: "1"},
        first="1.0",
        then="3.0",
        debatable="numpy opens it, but the tutorial names it",
    ),
    again(
        "outside_by_pillow",
        """
        from PIL import Image
        show(Image.open("@OUTSIDE/CASE/data.csv").getpixel((0, 0))[0])
        """,
        write(_OUT, b"P6 1 1 255\n\x03\x03\x03"),
        files={_OUT: b"P6 1 1 255\n\x01\x01\x01"},
        first="1",
        then="3",
        debatable="Pillow opens it, but the tutorial names it",
    ),
    again(
        "outside_by_c_code",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"@OUTSIDE/CASE/data.csv", 0), text, 9)
        show(text.value.decode())
        """,
        _THREE,
        files=_ONE,
        debatable="no watch stands outside of the repository; C code has no audit event",
    ),
    again(
        "outside_by_a_child",
        """
        import subprocess
        command = ["cat", "@OUTSIDE/CASE/data.csv"]
        show(subprocess.run(command, capture_output=True, text=True).stdout)
        """,
        _THREE,
        files=_ONE,
        debatable="no watch stands outside of the repository; a child has no audit hook",
    ),
    again(
        "home_file",
        """
        from pathlib import Path
        show((Path.home() / ".CASE").read_text())
        """,
        write("@HOME/.CASE", "three"),
        files={"@HOME/.CASE": "one"},
    ),
    again(
        "home_folder",
        """
        import os
        show(open(os.path.expanduser("~/CASE.txt")).read())
        """,
        variable(HOME="@OUTSIDE/other_home"),
        project="home",
        files={"@HOME/CASE.txt": "one", "@OUTSIDE/other_home/CASE.txt": "three"},
    ),
    same(
        "home_folder_not_looked_at",
        'show("one")',
        variable(HOME="@OUTSIDE/other_home"),
        files={"@OUTSIDE/other_home/x": ""},
        project="home",
    ),
    same("outside_beside", _READS, write("@OUTSIDE/CASE/other.csv", "three"), files=_ONE),
    same("outside_touched", _READS, touch(_OUT), files=_ONE),
    same(
        "outside_by_a_library_of_its_own",
        "import edits_CASE\nedits_CASE.settings()\nshow('one')",
        _THREE,
        files=_ONE,
        setup=LIBRARY,
        debatable="only the project's own reading must count; a library's may not, need not",
    ),
    same(
        "temporary_file",
        """
        import tempfile
        with tempfile.NamedTemporaryFile("w+") as file:
            file.write("one")
            file.seek(0)
            show(file.read())
        """,
        make_folder("@OUTSIDE/CASE"),
    ),
    same(
        "temporary_folder",
        """
        import os, tempfile
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, "a"), "w").write("one")
            show(*(open(os.path.join(folder, name)).read() for name in os.listdir(folder)))
        """,
        make_folder("@OUTSIDE/CASE"),
    ),
    same(
        "temporary_folder_of_the_machine_listed",
        """
        import os, tempfile
        os.listdir(tempfile.gettempdir())
        show("one")
        """,
        make_folder("@OUTSIDE/CASE"),
    ),
    same(
        "uptime",
        'len(open("/proc/uptime").read())\nshow("one")',
        make_folder("@OUTSIDE/CASE"),
        debatable="a file by name, but what it holds is the machine's state",
    ),
    same(
        "own_memory",
        """
        rows = open("/proc/self/status").read().splitlines()
        show("one" if rows else "")
        """,
        make_folder("@OUTSIDE/CASE"),
        debatable="a file by name, but what it holds is the process's state",
    ),
    same(
        "random_bytes",
        'open("/dev/urandom", "rb").read(4)\nshow("one")',
        make_folder("@OUTSIDE/CASE"),
    ),
    same(
        "source_of_the_standard_library",
        """
        import inspect, json
        show("one" if inspect.getsource(json.dumps) else "")
        """,
        make_folder("@OUTSIDE/CASE"),
    ),
]
