"""Outside of the repository: files, environment variables, time zone, locale."""

from typing import Any

from ..harness.edits import each, install, make_folder, symlink, table, touch, variable, write
from ..harness.model import Case, again, same
from ..harness.site import Site

FILES = "outside: files"
VARIABLES = "outside: variables"
CLAUSE = FILES

PROJECTS = {
    "home": {},
    "zone": {},
    "locale": {"env": {"LC_ALL": ""}},
    "every_variable": {},
    "declared_variables": {"conf": 'docent_environment = ["EDITS_DECLARED"]\n'},
    "undeclared_variables": {"conf": 'docent_environment = ["EDITS_DECLARED"]\n'},
}

_OUT = "@OUTSIDE/CASE/data.csv"
_THREE = write(_OUT, "three")
_ONE = {_OUT: "one"}
_READS = 'show(open("@OUTSIDE/CASE/data.csv").read())'
_LIBRARY = install(
    "edits_CASE",
    "1.0",
    {
        "edits_CASE.py": (
            "import os\n\n\ndef word():\n    return os.environ.get('CASE_WORD', 'one')\n\n\n"
            "def settings():\n    return open('@OUTSIDE/CASE/data.csv').read()\n"
        )
    },
)


_SECRET = "secret-that-nobody-may-keep"


def _is_not_kept(site: Site, _case: str) -> str:
    """Whether the value of a variable can be read in what the builds have left."""
    for file in (site.root / "docs" / "_build").rglob("*"):
        if file.is_file() and _SECRET.encode() in file.read_bytes():
            return f"the value of the variable stands in {file.relative_to(site.root)}"
    return ""


def _reads(name: str, expression: str, **more: Any) -> Case:
    code = f"import os\nshow({expression})"
    return again(name, code, variable(CASE_WORD="three"), clause=VARIABLES, **more)


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
        setup=_LIBRARY,
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
    # Environment variables
    _reads("environ_get", 'os.environ.get("CASE_WORD", "one")'),
    _reads("environ_item", 'os.environ["CASE_WORD"]', setup=variable(CASE_WORD="one")),
    _reads("getenv", 'os.getenv("CASE_WORD", "one")'),
    _reads("environb", 'os.environb.get(b"CASE_WORD", b"one").decode()'),
    _reads("environ_in", '"three" if "CASE_WORD" in os.environ else "one"'),
    _reads("environ_setdefault", 'os.environ.setdefault("CASE_WORD", "one")'),
    _reads("environ_pop", 'os.environ.pop("CASE_WORD", "one")'),
    _reads("expandvars", 'os.path.expandvars("$CASE_WORD")', setup=variable(CASE_WORD="one")),
    _reads(
        "environ_of_a_thread",
        '__import__("concurrent.futures").futures.ThreadPoolExecutor()'
        '.submit(os.getenv, "CASE_WORD", "one").result()',
    ),
    again(
        "environ_secret",
        'import os\nshow(len(os.environ["CASE_WORD"]))',
        variable(CASE_WORD="another-secret"),
        setup=variable(CASE_WORD=_SECRET),
        first=str(len(_SECRET)),
        then="14",
        check=_is_not_kept,
        clause=VARIABLES,
    ),
    again(
        "environ_from_import",
        """
        from os import environ
        show(environ.get("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
    ),
    again(
        "getenv_from_import",
        """
        from os import getenv
        show(getenv("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
    ),
    again(
        "environ_by_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        files={"lib/CASE_module.py": "import os\nword = os.environ.get('CASE_WORD', 'one')\n"},
    ),
    again(
        "environ_by_a_function_of_a_module",
        "import CASE_module\nshow(CASE_module.word())",
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        files={
            "lib/CASE_module.py": "from os import getenv\n\n\ndef word():\n"
            "    return getenv('CASE_WORD', 'one')\n"
        },
    ),
    again(
        "environ_removed",
        'import os\nshow(os.environ.get("CASE_WORD", "three"))',
        variable(CASE_WORD=None),
        setup=variable(CASE_WORD="one"),
        clause=VARIABLES,
    ),
    again(
        "environ_emptied",
        'import os\nshow(os.environ.get("CASE_WORD") or "three")',
        variable(CASE_WORD=""),
        setup=variable(CASE_WORD="one"),
        clause=VARIABLES,
    ),
    again(
        "environ_empty_or_missing",
        'import os\nshow(repr(os.environ.get("CASE_WORD")))',
        variable(CASE_WORD=None),
        setup=variable(CASE_WORD=""),
        first="''",
        then="None",
        clause=VARIABLES,
    ),
    again(
        "environ_by_a_fork",
        """
        import os
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.write(writing, os.environ.get("CASE_WORD", "one").encode())
            os._exit(0)
        os.wait()
        show(os.read(reading, 9).decode())
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
    ),
    again(
        "environ_by_c_code",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.getenv.restype = ctypes.c_char_p
        show((libc.getenv(b"CASE_WORD") or b"one").decode())
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        debatable="C's getenv leaves no trace",
    ),
    again(
        "environ_by_a_child",
        """
        import subprocess
        show(subprocess.run("echo ${CASE_WORD:-one}", shell=True, capture_output=True, text=True)
             .stdout.strip())
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        debatable="which variables a child reads leaves no trace; docent_environment declares",
    ),
    again(
        "environ_iterated",
        """
        import os
        show(*(value for name, value in os.environ.items() if name == "CASE_WORD"))
        """,
        variable(CASE_WORD="three"),
        setup=variable(CASE_WORD="one"),
        clause=VARIABLES,
        project="every_variable",
    ),
    again(
        "environ_copied",
        """
        import os
        show(dict(os.environ).get("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        project="every_variable",
    ),
    same(
        "environ_not_copied",
        'import os\nshow(os.environ.get("CASE_WORD", "one"))',
        variable(CASE_OTHER="three"),
        clause=VARIABLES,
        project="every_variable",
    ),
    same(
        "environ_of_another",
        'import os\nshow(os.environ.get("CASE_WORD", "one"))',
        variable(CASE_OTHER="three"),
        clause=VARIABLES,
    ),
    same(
        "environ_set_first",
        """
        import os
        os.environ["CASE_WORD"] = "one"
        show(os.environ["CASE_WORD"])
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
    ),
    same(
        "environ_only_set",
        'import os\nos.environ["CASE_WORD"] = "two"\nshow("one")',
        variable(CASE_WORD="three"),
        clause=VARIABLES,
    ),
    same(
        "environ_passed_to_a_child",
        """
        import os, subprocess
        subprocess.run(["true"], env={**os.environ, "MORE": "1"}, check=True)
        show("one")
        """,
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        debatable="all variables are copied; to count all would execute it again everywhere",
    ),
    same(
        "environ_not_read", 'import os\nshow("one")', variable(CASE_WORD="three"), clause=VARIABLES
    ),
    same(
        "environ_by_a_library",
        "import edits_CASE\nedits_CASE.word()\nshow('one')",
        variable(CASE_WORD="three"),
        clause=VARIABLES,
        setup=_LIBRARY,
        debatable="only the project's own reading must count; a library's may not, need not",
    ),
    # Time zone
    again(
        "zone_of_strftime",
        'import time\nshow(time.strftime("%Z", time.localtime(0)))',
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_tzname",
        "import time\nshow(time.tzname[0])",
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_localtime",
        "import time\nshow(time.localtime(0).tm_hour)",
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_timezone",
        "import time\nshow(time.timezone)",
        variable(TZ="XYZ-3"),
        first="0",
        then="-10800",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_datetime",
        """
        from datetime import datetime, timezone
        show(datetime.fromtimestamp(0, timezone.utc).astimezone().hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_fromtimestamp",
        """
        from datetime import datetime
        show(datetime.fromtimestamp(0).hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_of_environ",
        'import os\nshow(os.environ["TZ"])',
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ-3",
        clause=VARIABLES,
        project="zone",
    ),
    again(
        "zone_in_a_module",
        "import CASE_module\nshow(CASE_module.hour)",
        variable(TZ="XYZ-3"),
        files={
            "lib/CASE_module.py": "from datetime import datetime\n"
            "hour = datetime.fromtimestamp(0).hour\n"
        },
        first="0",
        then="3",
        clause=VARIABLES,
        project="zone",
    ),
    same(
        "zone_not_looked_at", 'show("one")', variable(TZ="XYZ-3"), clause=VARIABLES, project="zone"
    ),
    same(
        "zone_of_a_fixed_time",
        """
        from datetime import datetime, timezone
        show(datetime.fromtimestamp(0, timezone.utc).hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        clause=VARIABLES,
        project="zone",
    ),
    same(
        "zone_of_seconds",
        "import time\ntime.time()\nshow('one')",
        variable(TZ="XYZ-3"),
        clause=VARIABLES,
        project="zone",
    ),
    # Locale
    again(
        "locale_of_lang",
        'import os\nshow(os.environ.get("LANG"))',
        variable(LANG="C", LC_ALL="C"),
        first="C.UTF-8",
        then="C",
        clause=VARIABLES,
        project="locale",
    ),
    again(
        "locale_set",
        """
        import locale
        show(locale.setlocale(locale.LC_ALL, ""))
        """,
        variable(LANG="C", LC_ALL="POSIX"),
        first="C.UTF-8",
        then="C",
        clause=VARIABLES,
        project="locale",
    ),
    again(
        "locale_got",
        "import locale\nshow(locale.getlocale()[1])",
        variable(LANG="C", LC_ALL="POSIX"),
        first="UTF-8",
        then="None",
        clause=VARIABLES,
        project="locale",
    ),
    again(
        "locale_default",
        """
        import locale, warnings
        warnings.simplefilter("ignore")
        show(locale.getdefaultlocale()[1])
        """,
        variable(LANG="C", LC_ALL="POSIX"),
        first="UTF-8",
        then="None",
        clause=VARIABLES,
        project="locale",
    ),
    again(
        "locale_of_gettext",
        """
        import gettext
        show(gettext.find("CASE", "CASE/locale") is not None)
        """,
        variable(LANGUAGE="fr"),
        first="False",
        then="True",
        files={"docs/tutorials/CASE/locale/fr/LC_MESSAGES/CASE.mo": ""},
        clause=VARIABLES,
        project="locale",
    ),
    same(
        "locale_not_looked_at",
        'show("one")',
        variable(LANG="C", LC_ALL="POSIX"),
        clause=VARIABLES,
        project="locale",
    ),
    same(
        "locale_while_reading",
        'show(open("CASE/data.csv", encoding="utf-8").read())',
        variable(LANG="C", LC_ALL="POSIX"),
        clause=VARIABLES,
        project="locale",
    ),
    # docent_environment
    again(
        "declared_variable",
        'show("one")',
        variable(EDITS_DECLARED="three"),
        then="one",
        everyone=True,
        clause=VARIABLES,
        project="declared_variables",
    ),
    same(
        "declared_variable_and_another",
        'show("one")',
        variable(EDITS_OTHER="three"),
        clause=VARIABLES,
        project="undeclared_variables",
    ),
]
