"""Imported: modules of the repository."""

from ..harness.compiling import bytecode
from ..harness.edits import each, write
from ..harness.model import again

CLAUSE = "imports"
PROJECT = "imports"

MODULE = "lib/CASE_module.py"
ONE = {MODULE: 'word = "one"\n'}
THREE = write(MODULE, 'word = "three"\n')
PACKAGE = {"lib/CASE_pkg/__init__.py": "", "lib/CASE_pkg/part.py": 'word = "one"\n'}

CASES = [
    again("module", "import CASE_module\nshow(CASE_module.word)", THREE, files=ONE),
    again(
        "module_by_importlib",
        """
        from importlib import import_module
        show(import_module("CASE_module").word)
        """,
        THREE,
        files=ONE,
    ),
    again("module_by_dunder_import", 'show(__import__("CASE_module").word)', THREE, files=ONE),
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
        THREE,
        files=ONE,
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
        THREE,
        files=ONE,
    ),
    again(
        "module_run_by_its_path",
        """
        import runpy
        show(runpy.run_path("../../lib/CASE_module.py")["word"])
        """,
        THREE,
        files=ONE,
    ),
    again(
        "module_run_by_its_name",
        """
        import runpy
        show(runpy.run_module("CASE_module")["word"])
        """,
        THREE,
        files=ONE,
    ),
    again(
        "module_executed_as_text",
        """
        exec(open("../../lib/CASE_module.py").read())
        show(word)
        """,
        THREE,
        files=ONE,
    ),
    again(
        "module_loaded_again",
        """
        import importlib, CASE_module
        show(importlib.reload(CASE_module).word)
        """,
        THREE,
        files=ONE,
    ),
    again(
        "module_of_a_module",
        "import CASE_outer\nshow(CASE_outer.word)",
        THREE,
        files={**ONE, "lib/CASE_outer.py": "from CASE_module import word\n"},
    ),
    again(
        "module_imported_late",
        "import CASE_outer\nshow(CASE_outer.word())",
        THREE,
        files={
            **ONE,
            "lib/CASE_outer.py": "def word():\n"
            "    import CASE_module\n    return CASE_module.word\n",
        },
    ),
    again(
        "part_of_a_package",
        "from CASE_pkg import part\nshow(part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files=PACKAGE,
    ),
    again(
        "package_of_a_part",
        'from CASE_pkg.part import word\nimport CASE_pkg\nshow(getattr(CASE_pkg, "word", "one"))',
        write("lib/CASE_pkg/__init__.py", 'word = "three"\n'),
        files=PACKAGE,
    ),
    again(
        "star_of_a_package",
        "from CASE_pkg import *\nshow(part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files={**PACKAGE, "lib/CASE_pkg/__init__.py": '__all__ = ["part"]\n'},
    ),
    again(
        "lazy_package",
        "import CASE_pkg\nshow(CASE_pkg.part.word)",
        write("lib/CASE_pkg/part.py", 'word = "three"\n'),
        files={
            **PACKAGE,
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
        files={**PACKAGE, "lib/CASE_pkg/word.txt": "one"},
    ),
    again(
        "data_by_pkgutil",
        """
        import pkgutil
        show(pkgutil.get_data("CASE_pkg", "word.txt").decode())
        """,
        write("lib/CASE_pkg/word.txt", "three"),
        files={**PACKAGE, "lib/CASE_pkg/word.txt": "one"},
    ),
    again(
        "modules_of_a_package",
        """
        import pkgutil, CASE_pkg
        show(*(found.name for found in pkgutil.iter_modules(CASE_pkg.__path__)))
        """,
        write("lib/CASE_pkg/three.py", ""),
        files=PACKAGE,
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
        THREE,
        files=ONE,
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
        bytecode(MODULE, 'word = "three"\n', "docs/tutorials/CASE/CASE_module.pyc"),
        setup=each(bytecode(MODULE, 'word = "one"\n', "docs/tutorials/CASE/CASE_module.pyc")),
        files={MODULE: "", "docs/tutorials/CASE/README": ""},
    ),
    again(
        "stale_bytecode",
        "import CASE_module\nshow(CASE_module.word)",
        each(write(MODULE, 'word = "six"\n'), bytecode(MODULE, 'word = "one"\n')),
        files=ONE,
        setup=bytecode(MODULE, 'word = "one"\n'),
        then="six",
    ),
    again(
        "stale_bytecode_from_the_beginning",
        "import CASE_module\nshow(CASE_module.word)",
        write(MODULE, 'word = "three"\n'),
        files={MODULE: 'word = "two"\n'},
        setup=bytecode(MODULE, 'word = "one"\n'),
        first="two",
    ),
    again(
        "stale_bytecode_of_conf",
        "import CASE_module\nshow(CASE_module.word)",
        each(write(MODULE, 'word = "six"\n'), bytecode(MODULE, 'word = "one"\n')),
        files=ONE,
        setup=bytecode(MODULE, 'word = "one"\n'),
        then="six",
        conf="import CASE_module\n",
        debatable="what conf.py itself loads is loaded before any extension could prevent it",
    ),
]
