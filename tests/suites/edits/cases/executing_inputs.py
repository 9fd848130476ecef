"""Edited while executing: what a tutorial uses. It is shown, but not kept."""

from ..harness.compiling import library
from ..harness.edits import (
    OLD,
    each,
    mode,
    move_in,
    remove,
    rename,
    symlink,
    touch,
    write,
    write_as_before,
)
from ..harness.installing import install
from ..harness.model import DATA
from .executing_kinds import IMPORT, MODULE, NEW, READ, shown

CLAUSE = "while executing"
PROJECTS = {"executing": {"still": False}}
_LIST = """
        import os
        names = sorted(os.listdir("CASE"))
        tell("read")
        show(*names)
        """

CASES = [
    shown("executing_edited", READ, write(DATA, "three")),
    shown(
        "executing_edited_before_it_is_read",
        """
        tell("read")
        show(open("CASE/data.csv").read())
        """,
        write(DATA, "three"),
        first="one|three",
        again=None,
    ),
    shown("executing_same_size", READ, write(DATA, "six"), then="six"),
    shown("executing_same_size_and_time", READ, write_as_before(DATA, "six"), then="six"),
    shown("executing_old_time", READ, each(write(DATA, "three"), touch(DATA, OLD))),
    shown("executing_moved_in", READ, move_in(DATA, "three")),
    shown(
        "executing_moved_in_same_size_and_time",
        READ,
        move_in(DATA, "six"),
        setup=touch(DATA, OLD),
        then="six",
    ),
    shown(
        "executing_removed",
        """
        try:
            word = open("CASE/data.csv").read()
        except FileNotFoundError:
            word = "three"
        tell("read")
        show(word)
        """,
        remove(DATA),
    ),
    shown(
        "executing_edited_and_put_back",
        """
        tell("before")
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """,
        write_as_before(DATA, "one"),
        before=write_as_before(DATA, "two"),
        first="one|two",
        then="one",
        again=None,
    ),
    shown(
        "executing_folder_swapped",
        """
        word = open("CASE/in/data.csv").read()
        tell("read")
        show(word)
        """,
        each(
            rename("docs/tutorials/CASE/in", "docs/tutorials/CASE/old"),
            rename("docs/tutorials/CASE/new", "docs/tutorials/CASE/in"),
        ),
        files={
            "docs/tutorials/CASE/in/data.csv": "one",
            "docs/tutorials/CASE/new/data.csv": "three",
        },
    ),
    shown(
        "executing_link_retargeted",
        """
        word = open("CASE/link").read()
        tell("read")
        show(word)
        """,
        symlink("docs/tutorials/CASE/link", "new.csv"),
        files={DATA: "one", NEW: "three"},
        setup=symlink("docs/tutorials/CASE/link", "data.csv"),
    ),
    shown(
        "executing_link_to_a_folder_retargeted",
        """
        word = open("CASE/link/data.csv").read()
        tell("read")
        show(word)
        """,
        symlink("docs/tutorials/CASE/link", "new"),
        files={
            "docs/tutorials/CASE/old/data.csv": "one",
            "docs/tutorials/CASE/new/data.csv": "three",
        },
        setup=symlink("docs/tutorials/CASE/link", "old"),
    ),
    shown(
        "executing_module_edited",
        IMPORT,
        write("lib/CASE_module.py", 'word = "three"\n'),
        files=MODULE,
    ),
    shown(
        "executing_module_moved_in",
        IMPORT,
        move_in("lib/CASE_module.py", 'word = "three"\n'),
        files=MODULE,
    ),
    shown(
        "executing_module_same_size_and_time",
        IMPORT,
        write_as_before("lib/CASE_module.py", 'word = "six"\n'),
        files=MODULE,
        then="six",
    ),
    shown(
        "executing_data_above",
        """
        word = open("../../data/CASE.csv").read()
        tell("read")
        show(word)
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    shown(
        "executing_read_by_a_child",
        """
        import subprocess
        word = subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout
        tell("read")
        show(word)
        """,
        move_in(DATA, "three"),
    ),
    shown(
        "executing_read_by_c_code",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"CASE/data.csv", 0), text, 9)
        tell("read")
        show(text.value.decode())
        """,
        move_in(DATA, "three"),
    ),
    shown(
        "executing_library_replaced",
        """
        import ctypes
        loaded = ctypes.CDLL("@ROOT/lib/CASE.so")
        loaded.word.restype = ctypes.c_char_p
        tell("read")
        show(loaded.word().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    shown(
        "executing_listed_gains", _LIST, write(NEW, ""), first="data.csv", then="data.csv new.csv"
    ),
    shown(
        "executing_listed_loses",
        _LIST,
        remove(NEW),
        first="data.csv new.csv",
        then="data.csv",
        files={DATA: "", NEW: ""},
    ),
    shown("executing_listed_renames", _LIST, rename(DATA, NEW), first="data.csv", then="new.csv"),
    shown(
        "executing_listed_old_time",
        _LIST,
        each(write(NEW, ""), touch("docs/tutorials/CASE", OLD)),
        first="data.csv",
        then="data.csv new.csv",
    ),
    shown(
        "executing_missing_appears",
        """
        import os
        found = os.path.exists("CASE/new.csv")
        tell("read")
        show("three" if found else "one")
        """,
        write(NEW, ""),
    ),
    shown(
        "executing_missing_appears_moved",
        """
        try:
            word = open("CASE/new.csv").read()
        except FileNotFoundError:
            word = "one"
        tell("read")
        show(word)
        """,
        move_in(NEW, "three"),
    ),
    shown(
        "executing_mode_changes",
        """
        import os
        found = os.access("CASE/data.csv", os.X_OK)
        tell("read")
        show("three" if found else "one")
        """,
        mode(DATA, 0o755),
    ),
    shown(
        "executing_outside_edited",
        """
        word = open("@OUTSIDE/CASE.csv").read()
        tell("read")
        show(word)
        """,
        write("@OUTSIDE/CASE.csv", "three"),
        files={"@OUTSIDE/CASE.csv": "one"},
    ),
    shown(
        "executing_distribution_upgraded",
        """
        import edits_CASE
        tell("read")
        show(edits_CASE.word)
        """,
        install("edits_CASE", "2.0", {"edits_CASE.py": 'word = "three"\n'}),
        setup=install("edits_CASE", "1.0", {"edits_CASE.py": 'word = "one"\n'}),
    ),
    shown(
        "executing_declared_edited",
        """
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """,
        move_in(DATA, "three"),
        comments='# sphinx_gallery_inputs = ["CASE/*.csv"]',
    ),
]
