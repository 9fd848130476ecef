"""Outside of the repository: environment variables."""

from typing import Any

from ..harness.edits import variable
from ..harness.model import Case, again, same
from ..harness.site import Site
from .outside_files import LIBRARY

CLAUSE = "outside: variables"
PROJECT = "outside"
PROJECTS = {
    "every_variable": {},
    "declared_variables": {"conf": 'docent_environment = ["EDITS_DECLARED"]\n'},
    "undeclared_variables": {"conf": 'docent_environment = ["EDITS_DECLARED"]\n'},
}
_SECRET = "secret-that-nobody-may-keep"


def _is_not_kept(site: Site, _case: str) -> str:
    """Whether the value of a variable can be read in what the builds have left."""
    for file in (site.root / "docs" / "_build").rglob("*"):
        if file.is_file() and _SECRET.encode() in file.read_bytes():
            return f"the value of the variable stands in {file.relative_to(site.root)}"
    return ""


def _reads(name: str, expression: str, **more: Any) -> Case:
    code = f"import os\nshow({expression})"
    return again(name, code, variable(CASE_WORD="three"), **more)


CASES = [
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
    ),
    again(
        "environ_from_import",
        """
        from os import environ
        show(environ.get("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
    ),
    again(
        "getenv_from_import",
        """
        from os import getenv
        show(getenv("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
    ),
    again(
        "environ_by_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        variable(CASE_WORD="three"),
        files={"lib/CASE_module.py": "import os\nword = os.environ.get('CASE_WORD', 'one')\n"},
    ),
    again(
        "environ_by_a_function_of_a_module",
        "import CASE_module\nshow(CASE_module.word())",
        variable(CASE_WORD="three"),
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
    ),
    again(
        "environ_emptied",
        'import os\nshow(os.environ.get("CASE_WORD") or "three")',
        variable(CASE_WORD=""),
        setup=variable(CASE_WORD="one"),
    ),
    again(
        "environ_empty_or_missing",
        'import os\nshow(repr(os.environ.get("CASE_WORD")))',
        variable(CASE_WORD=None),
        setup=variable(CASE_WORD=""),
        first="''",
        then="None",
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
        project="every_variable",
    ),
    again(
        "environ_copied",
        """
        import os
        show(dict(os.environ).get("CASE_WORD", "one"))
        """,
        variable(CASE_WORD="three"),
        project="every_variable",
    ),
    same(
        "environ_not_copied",
        'import os\nshow(os.environ.get("CASE_WORD", "one"))',
        variable(CASE_OTHER="three"),
        project="every_variable",
    ),
    same(
        "environ_of_another",
        'import os\nshow(os.environ.get("CASE_WORD", "one"))',
        variable(CASE_OTHER="three"),
    ),
    same(
        "environ_set_first",
        """
        import os
        os.environ["CASE_WORD"] = "one"
        show(os.environ["CASE_WORD"])
        """,
        variable(CASE_WORD="three"),
    ),
    same(
        "environ_only_set",
        'import os\nos.environ["CASE_WORD"] = "two"\nshow("one")',
        variable(CASE_WORD="three"),
    ),
    same(
        "environ_passed_to_a_child",
        """
        import os, subprocess
        subprocess.run(["true"], env={**os.environ, "MORE": "1"}, check=True)
        show("one")
        """,
        variable(CASE_WORD="three"),
        debatable="all variables are copied; to count all would execute it again everywhere",
    ),
    same("environ_not_read", 'import os\nshow("one")', variable(CASE_WORD="three")),
    same(
        "environ_by_a_library",
        "import edits_CASE\nedits_CASE.word()\nshow('one')",
        variable(CASE_WORD="three"),
        setup=LIBRARY,
        debatable="only the project's own reading must count; a library's may not, need not",
    ),
    # docent_environment
    again(
        "declared_variable",
        'show("one")',
        variable(EDITS_DECLARED="three"),
        then="one",
        everyone=True,
        project="declared_variables",
    ),
    same(
        "declared_variable_and_another",
        'show("one")',
        variable(EDITS_OTHER="three"),
        project="undeclared_variables",
    ),
]
