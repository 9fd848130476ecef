"""Modules that are found elsewhere later, and edits of what is not imported."""

from ..harness.compiling import bytecode, extension
from ..harness.edits import each, remove, rename, touch, write
from ..harness.model import again, same
from .imports_looked_for import missing
from .imports_modules import MODULE, ONE, PACKAGE, THREE

CLAUSE = "imports"
PROJECT = "imports"
CASES = [
    again(
        "module_earlier_on_the_path",
        "import CASE_module\nshow(CASE_module.word)",
        THREE,
        files={"lib2/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "module_becomes_a_package",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_module/__init__.py", 'word = "three"\n'),
        files=ONE,
    ),
    again(
        "part_becomes_a_package",
        "from CASE_pkg.part import word\nshow(word)",
        write("lib/CASE_pkg/part/__init__.py", 'word = "three"\n'),
        files=PACKAGE,
    ),
    again(
        "package_becomes_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        each(rename("lib/CASE_module", "lib/CASE_gone"), THREE),
        files={"lib/CASE_module/__init__.py": 'word = "one"\n'},
    ),
    again(
        "module_becomes_an_extension",
        "import CASE_module\nshow(CASE_module.word)",
        extension("lib", "CASE_module", "three"),
        files=ONE,
    ),
    again(
        "namespace_becomes_a_package",
        """
        import CASE_space
        show(getattr(CASE_space, "word", "one"))
        """,
        write("lib2/CASE_space/__init__.py", 'word = "three"\n'),
        files={"lib/CASE_space/part.py": ""},
    ),
    again(
        "namespace_gains_what_is_looked_for",
        missing("import CASE_space.absent"),
        write("lib2/CASE_space/absent.py", ""),
        files={"lib/CASE_space/part.py": ""},
    ),
    again(
        "namespace_part_comes_earlier",
        "from CASE_space.part import word\nshow(word)",
        write("lib/CASE_space/part.py", 'word = "three"\n'),
        files={"lib2/CASE_space/part.py": 'word = "one"\n'},
    ),
    again(
        "namespace_is_listed",
        """
        import pkgutil, CASE_space
        show(*(found.name for found in pkgutil.iter_modules(CASE_space.__path__)))
        """,
        write("lib/CASE_space/three.py", ""),
        files={"lib/CASE_space/part.py": ""},
        first="part",
        then="part three",
    ),
    again(
        "standard_module_is_shadowed",
        """
        import sched
        show(getattr(sched, "word", "one"))
        """,
        write("lib/sched.py", 'word = "three"\n'),
    ),
    again(
        "standard_module_is_shadowed_for_importlib",
        """
        import importlib
        show(getattr(importlib.import_module("tabnanny"), "word", "one"))
        """,
        write("lib/tabnanny.py", 'word = "three"\n'),
    ),
    again(
        "standard_package_is_shadowed",
        """
        import wsgiref
        show(getattr(wsgiref, "word", "one"))
        """,
        write("lib/wsgiref/__init__.py", 'word = "three"\n'),
    ),
    again(
        "standard_module_is_shadowed_for_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/chunk.py", 'word = "three"\n'),
        files={MODULE: "import chunk\nword = getattr(chunk, 'word', 'one')\n"},
    ),
    again(
        "standard_module_is_no_longer_shadowed",
        """
        import sndhdr
        show(getattr(sndhdr, "word", "three"))
        """,
        remove("lib/sndhdr.py"),
        files={"lib/sndhdr.py": 'word = "one"\n'},
    ),
    # And what is neither
    same(
        "module_beside",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_other.py", "word = 3\n"),
        files={**ONE, "lib/CASE_other.py": ""},
    ),
    same(
        "part_beside",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/other.py", "word = 3\n"),
        files={**PACKAGE, "lib/CASE_pkg/other.py": ""},
    ),
    same(
        "part_that_is_new",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/new.py", ""),
        files=PACKAGE,
    ),
    same("module_touched", "import CASE_module\nshow(CASE_module.word)", touch(MODULE), files=ONE),
    same(
        "module_later_on_the_path",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib2/CASE_module.py", 'word = "three"\n'),
        files=ONE,
    ),
    same(
        "namespace_gains_a_module",
        "import CASE_space.part\nshow(CASE_space.part.word)",
        write("lib/CASE_space/new.py", ""),
        files={"lib/CASE_space/part.py": 'word = "one"\n'},
    ),
    same(
        "namespace_gains_a_folder",
        "import CASE_space.part\nshow(CASE_space.part.word)",
        write("lib2/CASE_space/new.py", ""),
        files={"lib/CASE_space/part.py": 'word = "one"\n'},
        debatable="`__path__` of the namespace is another one; nobody has looked at it",
    ),
    same(
        "standard_module_is_shadowed_for_others",
        'show("one")',
        write("lib/rlcompleter.py", "word = 3\n"),
    ),
    same(
        "module_that_was_found_is_edited",
        """
        from importlib.util import find_spec
        show("one" if find_spec("CASE_module") else "three")
        """,
        THREE,
        files=ONE,
    ),
    same(
        "bytecode_is_made",
        "import CASE_module\nshow(CASE_module.word)",
        bytecode(MODULE, 'word = "one"\n'),
        files=ONE,
    ),
    same("module_of_conf_alone", 'show("one")', THREE, files=ONE, conf="import CASE_module\n"),
]
