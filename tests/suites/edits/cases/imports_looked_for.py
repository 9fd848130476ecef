"""Modules that are looked for, and are not there yet."""

from ..harness.edits import remove, write
from ..harness.model import again
from .imports_modules import MODULE, ONE, PACKAGE, THREE

CLAUSE = "imports"
PROJECT = "imports"


def missing(statement: str) -> str:
    return f"""
        try:
            {statement}
            show("three")
        except ImportError:
            show("one")
        """


CASES = [
    again("missing_module", missing("import CASE_module"), THREE),
    again(
        "missing_module_of_a_module",
        "import CASE_outer\nshow(CASE_outer.word)",
        THREE,
        files={
            "lib/CASE_outer.py": "try:\n    from CASE_module import word\nexcept ImportError:\n"
            "    word = 'one'\n"
        },
    ),
    again(
        "missing_part",
        missing("import CASE_pkg.absent"),
        write("lib/CASE_pkg/absent.py", ""),
        files=PACKAGE,
    ),
    again(
        "missing_part_by_name",
        missing("from CASE_pkg import absent"),
        write("lib/CASE_pkg/absent.py", ""),
        files=PACKAGE,
    ),
    again(
        "missing_part_of_a_part",
        missing("import CASE_pkg.deep.absent"),
        write("lib/CASE_pkg/deep/absent.py", ""),
        files={**PACKAGE, "lib/CASE_pkg/deep/__init__.py": ""},
    ),
    again(
        "missing_part_within_a_package",
        "import CASE_pkg\nshow(CASE_pkg.word)",
        write("lib/CASE_pkg/absent.py", 'word = "three"\n'),
        files={
            "lib/CASE_pkg/__init__.py": "try:\n    from .absent import word\nexcept ImportError:\n"
            "    word = 'one'\n"
        },
    ),
    again(
        "missing_part_is_a_package_later",
        missing("import CASE_pkg.absent"),
        write("lib/CASE_pkg/absent/__init__.py", ""),
        files=PACKAGE,
    ),
    again(
        "find_spec",
        """
        from importlib.util import find_spec
        show("three" if find_spec("CASE_module") else "one")
        """,
        THREE,
    ),
    again(
        "find_spec_of_a_part",
        """
        from importlib.util import find_spec
        show("three" if find_spec("CASE_pkg.absent") else "one")
        """,
        write("lib/CASE_pkg/absent.py", ""),
        files=PACKAGE,
    ),
    again(
        "find_spec_of_what_goes",
        """
        from importlib.util import find_spec
        show("one" if find_spec("CASE_module") else "three")
        """,
        remove(MODULE),
        files=ONE,
    ),
    again(
        "find_loader_by_pkgutil",
        """
        import pkgutil
        show("three" if pkgutil.find_loader("CASE_module") else "one")
        """,
        THREE,
    ),
    again(
        "missing_data_of_a_package",
        """
        from importlib import resources
        import CASE_pkg
        show("three" if resources.files(CASE_pkg).joinpath("word.txt").is_file() else "one")
        """,
        write("lib/CASE_pkg/word.txt", ""),
        files=PACKAGE,
    ),
]
