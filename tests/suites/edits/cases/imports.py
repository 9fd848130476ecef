"""Imported, or looked for: modules of the repository and of the standard library."""

from ..harness.edits import bytecode, each, extension, remove, rename, touch, write
from ..harness.model import again, same

CLAUSE = "imports"

_MODULE = "lib/CASE_module.py"
_ONE = {_MODULE: 'word = "one"\n'}
_THREE = write(_MODULE, 'word = "three"\n')
_PACKAGE = {"lib/CASE_pkg/__init__.py": "", "lib/CASE_pkg/part.py": 'word = "one"\n'}


def _try(statement: str) -> str:
    return f"""
        try:
            {statement}
            show("three")
        except ImportError:
            show("one")
        """


CASES = [
    # Imported
    again("module", "import CASE_module\nshow(CASE_module.word)", _THREE, files=_ONE),
    again(
        "module_by_importlib",
        """
        from importlib import import_module
        show(import_module("CASE_module").word)
        """,
        _THREE,
        files=_ONE,
    ),
    again("module_by_dunder_import", 'show(__import__("CASE_module").word)', _THREE, files=_ONE),
    again(
        "module_in_a_thread",
        """
        import threading
        def load():
            import CASE_module
            show(CASE_module.word)
        thread = threading.Thread(target=load)
        thread.start()
        thread.join()
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_from_its_file",
        """
        import importlib.util
        spec = importlib.util.spec_from_file_location("anything", "../../lib/CASE_module.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        show(module.word)
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_run_by_its_path",
        """
        import runpy
        show(runpy.run_path("../../lib/CASE_module.py")["word"])
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_run_by_its_name",
        """
        import runpy
        show(runpy.run_module("CASE_module")["word"])
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_executed_as_text",
        """
        exec(open("../../lib/CASE_module.py").read())
        show(word)
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_loaded_again",
        """
        import importlib, CASE_module
        show(importlib.reload(CASE_module).word)
        """,
        _THREE,
        files=_ONE,
    ),
    again(
        "module_of_a_module",
        "import CASE_outer\nshow(CASE_outer.word)",
        _THREE,
        files={**_ONE, "lib/CASE_outer.py": "from CASE_module import word\n"},
    ),
    again(
        "module_imported_late",
        "import CASE_outer\nshow(CASE_outer.word())",
        _THREE,
        files={
            **_ONE,
            "lib/CASE_outer.py": "def word():\n"
            "    import CASE_module\n    return CASE_module.word\n",
        },
    ),
    again(
        "part_of_a_package",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files=_PACKAGE,
    ),
    again(
        "package_of_a_part",
        'from CASE_pkg.part import word\nimport CASE_pkg\nshow(getattr(CASE_pkg, "word", "one"))',
        write("lib/CASE_pkg/__init__.py", 'word = "three"\n'),
        files=_PACKAGE,
    ),
    again(
        "star_of_a_package",
        "from CASE_pkg import *\nshow(part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files={**_PACKAGE, "lib/CASE_pkg/__init__.py": '__all__ = ["part"]\n'},
    ),
    again(
        "lazy_package",
        "import CASE_pkg\nshow(CASE_pkg.part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files={
            **_PACKAGE,
            "lib/CASE_pkg/__init__.py": "import importlib\n\n\n"
            "def __getattr__(name):\n    if name != 'part':\n"
            "        raise AttributeError(name)\n"
            "    return importlib.import_module('.' + name, __name__)\n",
        },
    ),
    again(
        "data_of_a_package",
        """
        from importlib import resources
        import CASE_pkg
        show(resources.files(CASE_pkg).joinpath("word.txt").read_text())
        """,
        write("lib/CASE_pkg/word.txt", "three"),
        files={**_PACKAGE, "lib/CASE_pkg/word.txt": "one"},
    ),
    again(
        "data_by_pkgutil",
        """
        import pkgutil
        show(pkgutil.get_data("CASE_pkg", "word.txt").decode())
        """,
        write("lib/CASE_pkg/word.txt", "three"),
        files={**_PACKAGE, "lib/CASE_pkg/word.txt": "one"},
    ),
    again(
        "modules_of_a_package",
        """
        import pkgutil, CASE_pkg
        show(*(found.name for found in pkgutil.iter_modules(CASE_pkg.__path__)))
        """,
        write("lib/CASE_pkg/three.py", ""),
        files=_PACKAGE,
        first="part",
        then="part three",
    ),
    again(
        "module_in_a_folder_of_its_own",
        """
        import sys
        sys.path.insert(0, "CASE")
        import CASE_module
        show(CASE_module.word)
        """,
        write("docs/tutorials/CASE/CASE_module.py", 'word = "three"\n'),
        files={"docs/tutorials/CASE/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "module_imported_by_conf_too",
        "import CASE_module\nshow(CASE_module.word)",
        _THREE,
        files=_ONE,
        conf="import CASE_module\n",
    ),
    again(
        "namespace_part",
        "import CASE_space.part\nshow(CASE_space.part.word)",
        write("lib/CASE_space/part.py", 'word = "three"\n'),
        files={"lib/CASE_space/part.py": 'word = "one"\n'},
    ),
    again(
        "bytecode_without_source",
        """
        import sys
        sys.path.insert(0, "CASE")
        import CASE_module
        show(CASE_module.word)
        """,
        bytecode(_MODULE, 'word = "three"\n', "docs/tutorials/CASE/CASE_module.pyc"),
        setup=each(bytecode(_MODULE, 'word = "one"\n', "docs/tutorials/CASE/CASE_module.pyc")),
        files={_MODULE: "", "docs/tutorials/CASE/README": ""},
    ),
    again(
        "stale_bytecode",
        "import CASE_module\nshow(CASE_module.word)",
        each(write(_MODULE, 'word = "six"\n'), bytecode(_MODULE, 'word = "one"\n')),
        files=_ONE,
        setup=bytecode(_MODULE, 'word = "one"\n'),
        then="six",
    ),
    again(
        "stale_bytecode_from_the_beginning",
        "import CASE_module\nshow(CASE_module.word)",
        write(_MODULE, 'word = "three"\n'),
        files={_MODULE: 'word = "two"\n'},
        setup=bytecode(_MODULE, 'word = "one"\n'),
        first="two",
    ),
    again(
        "stale_bytecode_of_conf",
        "import CASE_module\nshow(CASE_module.word)",
        each(write(_MODULE, 'word = "six"\n'), bytecode(_MODULE, 'word = "one"\n')),
        files=_ONE,
        setup=bytecode(_MODULE, 'word = "one"\n'),
        then="six",
        conf="import CASE_module\n",
        debatable="what conf.py itself loads is loaded before any extension could prevent it",
    ),
    # Looked for
    again("missing_module", _try("import CASE_module"), _THREE),
    again(
        "missing_module_of_a_module",
        "import CASE_outer\nshow(CASE_outer.word)",
        _THREE,
        files={
            "lib/CASE_outer.py": "try:\n    from CASE_module import word\nexcept ImportError:\n"
            "    word = 'one'\n"
        },
    ),
    again(
        "missing_part",
        _try("import CASE_pkg.absent"),
        write("lib/CASE_pkg/absent.py", ""),
        files=_PACKAGE,
    ),
    again(
        "missing_part_by_name",
        _try("from CASE_pkg import absent"),
        write("lib/CASE_pkg/absent.py", ""),
        files=_PACKAGE,
    ),
    again(
        "missing_part_of_a_part",
        _try("import CASE_pkg.deep.absent"),
        write("lib/CASE_pkg/deep/absent.py", ""),
        files={**_PACKAGE, "lib/CASE_pkg/deep/__init__.py": ""},
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
        _try("import CASE_pkg.absent"),
        write("lib/CASE_pkg/absent/__init__.py", ""),
        files=_PACKAGE,
    ),
    again(
        "find_spec",
        """
        from importlib.util import find_spec
        show("three" if find_spec("CASE_module") else "one")
        """,
        _THREE,
    ),
    again(
        "find_spec_of_a_part",
        """
        from importlib.util import find_spec
        show("three" if find_spec("CASE_pkg.absent") else "one")
        """,
        write("lib/CASE_pkg/absent.py", ""),
        files=_PACKAGE,
    ),
    again(
        "find_spec_of_what_goes",
        """
        from importlib.util import find_spec
        show("one" if find_spec("CASE_module") else "three")
        """,
        remove(_MODULE),
        files=_ONE,
    ),
    again(
        "find_loader_by_pkgutil",
        """
        import pkgutil
        show("three" if pkgutil.find_loader("CASE_module") else "one")
        """,
        _THREE,
    ),
    again(
        "missing_data_of_a_package",
        """
        from importlib import resources
        import CASE_pkg
        show("three" if resources.files(CASE_pkg).joinpath("word.txt").is_file() else "one")
        """,
        write("lib/CASE_pkg/word.txt", ""),
        files=_PACKAGE,
    ),
    # Found elsewhere
    again(
        "module_earlier_on_the_path",
        "import CASE_module\nshow(CASE_module.word)",
        _THREE,
        files={"lib2/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "module_becomes_a_package",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_module/__init__.py", 'word = "three"\n'),
        files=_ONE,
    ),
    again(
        "part_becomes_a_package",
        "from CASE_pkg.part import word\nshow(word)",
        write("lib/CASE_pkg/part/__init__.py", 'word = "three"\n'),
        files=_PACKAGE,
    ),
    again(
        "package_becomes_a_module",
        "import CASE_module\nshow(CASE_module.word)",
        each(rename("lib/CASE_module", "lib/CASE_gone"), _THREE),
        files={"lib/CASE_module/__init__.py": 'word = "one"\n'},
    ),
    again(
        "module_becomes_an_extension",
        "import CASE_module\nshow(CASE_module.word)",
        extension("lib", "CASE_module", "three"),
        files=_ONE,
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
        _try("import CASE_space.absent"),
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
        files={_MODULE: "import chunk\nword = getattr(chunk, 'word', 'one')\n"},
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
        files={**_ONE, "lib/CASE_other.py": ""},
    ),
    same(
        "part_beside",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/other.py", "word = 3\n"),
        files={**_PACKAGE, "lib/CASE_pkg/other.py": ""},
    ),
    same(
        "part_that_is_new",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/new.py", ""),
        files=_PACKAGE,
    ),
    same(
        "module_touched", "import CASE_module\nshow(CASE_module.word)", touch(_MODULE), files=_ONE
    ),
    same(
        "module_later_on_the_path",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib2/CASE_module.py", 'word = "three"\n'),
        files=_ONE,
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
        _THREE,
        files=_ONE,
    ),
    same(
        "bytecode_is_made",
        "import CASE_module\nshow(CASE_module.word)",
        bytecode(_MODULE, 'word = "one"\n'),
        files=_ONE,
    ),
    same("module_of_conf_alone", 'show("one")', _THREE, files=_ONE, conf="import CASE_module\n"),
]
