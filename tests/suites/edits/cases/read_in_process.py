"""Read in the tutorial's own process: by Python, by C code, memory-mapped."""

import io
import zipfile

from ..harness.compiling import table
from ..harness.edits import write
from ..harness.model import DATA, Edit, again
from ..harness.site import Site

CLAUSE = "read by anybody"
PROJECT = "read"

_NUMBERS = {DATA: b"\x01" * 8}
_NPY = b"\x93NUMPY\x01\x00v\x00{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }"
_PPM = b"P6 1 1 255\n"


def _npy(*values: int) -> bytes:
    return _NPY + b" " * (127 - len(_NPY)) + b"\n" + bytes(values)


def _zip(word: str) -> Edit:
    def edit(site: Site, case: str) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(f"{case}_zipped.py", f'word = "{word}"\n')
        site.write("docs/tutorials/CASE/all.zip", data.getvalue(), case)

    return edit


CASES = [
    # Python, in its several ways
    again("open", 'show(open("CASE/data.csv").read())'),
    again(
        "open_same_size",
        'show(open("CASE/data.csv").read())',
        write(DATA, "six"),
        then="six",
        files={DATA: "one"},
    ),
    again("os_open", 'import os\nshow(os.read(os.open("CASE/data.csv", 0), 9).decode())'),
    again("fileio", 'import io\nshow(io.FileIO("CASE/data.csv").read().decode())'),
    again("read_text", 'from pathlib import Path\nshow(Path("CASE/data.csv").read_text())'),
    again("absolute", 'show(open("@ROOT/docs/tutorials/CASE/data.csv").read())'),
    again(
        "folder_above",
        'show(open("../../data/CASE.csv").read())',
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    again("linecache", 'import linecache\nshow(linecache.getline("CASE/data.csv", 1).strip())'),
    again(
        "copy_file_range",
        """
        import os, tempfile
        source, target = os.open("CASE/data.csv", 0), tempfile.TemporaryFile()
        os.copy_file_range(source, target.fileno(), 100)
        target.seek(0)
        show(target.read().decode())
        """,
    ),
    again(
        "read_in_a_thread",
        """
        import threading
        words = []
        reader = threading.Thread(target=lambda: words.append(open("CASE/data.csv").read()))
        reader.start()
        reader.join()
        show(*words)
        """,
    ),
    again(
        "read_at_the_end_of_a_generator",
        """
        def rows():
            with open("CASE/data.csv") as file:
                yield from file
        show(*rows())
        """,
    ),
    again(
        "added_to_and_read",
        """
        with open("CASE/data.csv", "a+") as file:
            file.seek(0)
            show(file.read())
        """,
    ),
    again(
        "read_then_overwritten",
        """
        show(open("CASE/data.csv").read())
        open("CASE/data.csv", "w").write("two")
        """,
    ),
    again("read_and_write_at_once", 'show(open("CASE/data.csv", "r+").read())'),
    again(
        "declared", 'show("one")', then="one", comments='# sphinx_gallery_inputs = ["CASE/*.csv"]'
    ),
    # C code
    again(
        "ctypes_fopen",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.fopen.restype = ctypes.c_void_p
        text = ctypes.create_string_buffer(10)
        libc.fgets(text, 10, ctypes.c_void_p(libc.fopen(b"CASE/data.csv", b"r")))
        show(text.value.decode())
        """,
    ),
    again(
        "ctypes_open",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"CASE/data.csv", 0), text, 9)
        show(text.value.decode())
        """,
    ),
    again(
        "ctypes_open_above",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"../../data/CASE.csv", 0), text, 9)
        show(text.value.decode())
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    again(
        "ctypes_opendir",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.scandir.argtypes = [ctypes.c_char_p, ctypes.c_void_p] + [ctypes.c_void_p] * 2
        names = ctypes.c_void_p()
        show(libc.scandir(b"CASE", ctypes.byref(names), None, None) - 2)
        """,
        write("docs/tutorials/CASE/more.csv", ""),
        files={DATA: ""},
        first="1",
        then="2",
    ),
    again(
        "sqlite",
        """
        import sqlite3
        base = sqlite3.connect("CASE/data.db")
        show(base.execute("SELECT word FROM words").fetchone()[0])
        """,
        table("docs/tutorials/CASE/data.db", "three"),
        setup=table("docs/tutorials/CASE/data.db", "one"),
    ),
    again(
        "sqlite_uri",
        """
        import sqlite3
        base = sqlite3.connect("file:CASE/data.db?mode=ro", uri=True)
        show(base.execute("SELECT word FROM words").fetchone()[0])
        """,
        table("docs/tutorials/CASE/data.db", "three"),
        setup=table("docs/tutorials/CASE/data.db", "one"),
    ),
    again(
        "sqlite_attached",
        """
        import sqlite3
        base = sqlite3.connect(":memory:")
        base.execute("ATTACH 'CASE/data.db' AS other")
        show(base.execute("SELECT word FROM other.words").fetchone()[0])
        """,
        table("docs/tutorials/CASE/data.db", "three"),
        setup=table("docs/tutorials/CASE/data.db", "one"),
    ),
    again(
        "readline",
        """
        import readline
        readline.read_history_file("CASE/data.csv")
        show(readline.get_history_item(1))
        """,
        write(DATA, "three\n"),
        files={DATA: "one\n"},
    ),
    again(
        "cffi_fopen",
        """
        import cffi
        ffi = cffi.FFI()
        ffi.cdef("int open(const char *, int); long read(int, void *, long);")
        libc, text = ffi.dlopen(None), ffi.new("char[10]")
        libc.read(libc.open(b"CASE/data.csv", 0), text, 9)
        show(ffi.string(text).decode())
        """,
    ),
    again(
        "zipimport",
        """
        import sys
        sys.path.insert(0, "CASE/all.zip")
        import CASE_zipped
        show(CASE_zipped.word)
        """,
        _zip("three"),
        setup=_zip("one"),
    ),
    # Arrays and pictures
    again(
        "numpy_fromfile",
        """
        import numpy
        show(numpy.fromfile("CASE/data.csv", numpy.uint8).sum())
        """,
        write(DATA, b"\x02" * 8),
        files=_NUMBERS,
        first="8",
        then="16",
    ),
    again(
        "numpy_memmap",
        """
        import numpy
        show(numpy.memmap("CASE/data.csv", numpy.uint8, "r").sum())
        """,
        write(DATA, b"\x02" * 8),
        files=_NUMBERS,
        first="8",
        then="16",
    ),
    again(
        "numpy_loadtxt",
        """
        import numpy
        show(numpy.loadtxt("CASE/data.csv"))
        """,
        write(DATA, "2"),
        files={DATA: "1"},
        first="1.0",
        then="2.0",
    ),
    again(
        "numpy_load",
        'import numpy\nshow(numpy.load("CASE/data.csv").sum())',
        write(DATA, _npy(1, 2)),
        files={DATA: _npy(1, 1)},
        first="2",
        then="3",
    ),
    again(
        "numpy_load_mapped",
        """
        import numpy
        show(numpy.load("CASE/data.csv", mmap_mode="r").sum())
        """,
        write(DATA, _npy(1, 2)),
        files={DATA: _npy(1, 1)},
        first="2",
        then="3",
    ),
    again(
        "mmap",
        """
        import mmap, os
        area = mmap.mmap(os.open("CASE/data.csv", os.O_RDONLY), 0, prot=mmap.PROT_READ)
        show(area[:].decode())
        """,
    ),
    again(
        "pillow",
        """
        from PIL import Image
        show(Image.open("CASE/data.ppm").getpixel((0, 0))[0])
        """,
        write("docs/tutorials/CASE/data.ppm", _PPM + b"\x02\x02\x02"),
        files={"docs/tutorials/CASE/data.ppm": _PPM + b"\x01\x01\x01"},
        first="1",
        then="2",
    ),
    again(
        "zipfile",
        """
        import zipfile
        show(zipfile.ZipFile("CASE/all.zip").read("CASE_zipped.py").decode().split('"')[1])
        """,
        _zip("three"),
        setup=_zip("one"),
    ),
]
