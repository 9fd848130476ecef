"""Loaded: shared libraries and extension modules."""

from ..harness.compiling import compiled, extension, library
from ..harness.edits import remove, touch, write_again
from ..harness.model import again, same
from ..harness.site import Site

CLAUSE = "loaded"

_CALL = """
        import ctypes
        library = ctypes.CDLL({})
        library.word.restype = ctypes.c_char_p
        show(library.word().decode())
        """
_OUTER_CALLS_INNER = """
        import ctypes
        outer = ctypes.CDLL("@ROOT/lib/CASE.so")
        outer.passed.restype = ctypes.c_char_p
        show(outer.passed().decode())
        """


def _outer(site: Site, case: str) -> None:
    library("lib/CASE_inner.so", "one")(site, case)
    source = "const char *word(void); const char *passed(void) { return word(); }\n"
    options = ("-shared", "-fPIC", "-L.", "-l:CASE_inner.so", "-Wl,-rpath,$ORIGIN")
    compiled("lib/CASE.so", source, *options)(site, case)


CASES = [
    again(
        "library",
        _CALL.format('"@ROOT/lib/CASE.so"'),
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_of_the_same_size",
        _CALL.format('"@ROOT/lib/CASE.so"'),
        library("lib/CASE.so", "six"),
        setup=library("lib/CASE.so", "one"),
        then="six",
    ),
    again(
        "library_by_a_relative_name",
        _CALL.format('"CASE/word.so"'),
        library("docs/tutorials/CASE/word.so", "three"),
        setup=library("docs/tutorials/CASE/word.so", "one"),
    ),
    again(
        "library_loader",
        """
        import ctypes
        library = ctypes.cdll.LoadLibrary("../../lib/CASE.so")
        library.word.restype = ctypes.c_char_p
        show(library.word().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_by_numpy",
        """
        import ctypes, numpy
        library = numpy.ctypeslib.load_library("CASE.so", "../../lib")
        library.word.restype = ctypes.c_char_p
        show(library.word().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_by_cffi",
        """
        import cffi
        ffi = cffi.FFI()
        ffi.cdef("const char *word(void);")
        show(ffi.string(ffi.dlopen("../../lib/CASE.so").word()).decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_by_dlopen_of_c",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.dlopen.restype = libc.dlsym.restype = ctypes.c_void_p
        handle = libc.dlopen(b"../../lib/CASE.so", 2)
        word = libc.dlsym(ctypes.c_void_p(handle), b"word")
        show(ctypes.CFUNCTYPE(ctypes.c_char_p)(word)().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_of_a_library",
        _OUTER_CALLS_INNER,
        library("lib/CASE_inner.so", "three"),
        setup=_outer,
    ),
    again(
        "library_of_a_child",
        """
        import subprocess, sys
        code = (
            "import ctypes; l = ctypes.CDLL('../../lib/CASE.so');"
            "l.word.restype = ctypes.c_char_p; print(l.word().decode())"
        )
        show(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
             .strip())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "library_that_is_missing",
        """
        import ctypes
        try:
            ctypes.CDLL("@ROOT/lib/CASE.so")
            show("three")
        except OSError:
            show("one")
        """,
        library("lib/CASE.so", "three"),
    ),
    again(
        "library_that_goes",
        """
        import ctypes
        try:
            ctypes.CDLL("@ROOT/lib/CASE.so")
            show("one")
        except OSError:
            show("three")
        """,
        remove("lib/CASE.so"),
        setup=library("lib/CASE.so", "one"),
    ),
    again(
        "extension_module",
        "import CASE_ext\nshow(CASE_ext.word)",
        extension("lib", "CASE_ext", "three"),
        setup=extension("lib", "CASE_ext", "one"),
    ),
    again(
        "extension_module_in_a_package",
        "from CASE_pkg import ext\nshow(ext.word)",
        extension("lib/CASE_pkg", "ext", "three"),
        setup=extension("lib/CASE_pkg", "ext", "one"),
        files={"lib/CASE_pkg/__init__.py": ""},
    ),
    again(
        "extension_module_of_a_helper",
        "import CASE_helper\nshow(CASE_helper.word)",
        extension("lib", "CASE_ext", "three"),
        setup=extension("lib", "CASE_ext", "one"),
        files={"lib/CASE_helper.py": "from CASE_ext import word\n"},
    ),
    same(
        "library_not_loaded",
        'import os\nshow("one")',
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    same(
        "library_touched",
        _CALL.format('"@ROOT/lib/CASE.so"'),
        touch("lib/CASE.so"),
        setup=library("lib/CASE.so", "one"),
    ),
    same(
        "library_built_again",
        _CALL.format('"@ROOT/lib/CASE.so"'),
        write_again("lib/CASE.so"),
        setup=library("lib/CASE.so", "one"),
    ),
    same(
        "extension_module_not_loaded",
        "import CASE_pkg\nshow(CASE_pkg.word)",
        extension("lib/CASE_pkg", "ext", "three"),
        setup=extension("lib/CASE_pkg", "ext", "one"),
        files={"lib/CASE_pkg/__init__.py": 'word = "one"\n'},
    ),
]
