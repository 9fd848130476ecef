"""What is not there yet when somebody reads, and what nobody reads."""

from ..harness.edits import symlink, touch, write
from ..harness.model import DATA, again, same

CLAUSE = "read by anybody"
PROJECT = "read"
CASES = [
    # What is not there yet
    again(
        "child_misses",
        """
        import subprocess
        command = "cat CASE/missing.csv 2>/dev/null || echo one"
        show(subprocess.run(command, shell=True, capture_output=True, text=True).stdout.strip())
        """,
        write("docs/tutorials/CASE/missing.csv", "three"),
        files={DATA: ""},
        debatable="inotify does not see a failed open; only the folder could count instead",
    ),
    again(
        "child_asks",
        """
        import subprocess
        command = "test -e CASE/missing.csv && echo three || echo one"
        show(subprocess.run(command, shell=True, capture_output=True, text=True).stdout.strip())
        """,
        write("docs/tutorials/CASE/missing.csv", ""),
        files={DATA: ""},
        debatable="a child's stat is seen by no watch; only the folder could count instead",
    ),
    again(
        "c_code_misses",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        show("one" if libc.open(b"CASE/missing.csv", 0) < 0 else "three")
        """,
        write("docs/tutorials/CASE/missing.csv", ""),
        files={DATA: ""},
        debatable="inotify does not see a failed open",
    ),
    # And what is not read
    same(
        "beside_what_a_child_reads",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
        write("docs/tutorials/CASE/other.csv", "three"),
        files={DATA: "one", "docs/tutorials/CASE/other.csv": "one"},
    ),
    same(
        "beside_what_c_code_reads",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"CASE/data.csv", 0), text, 9)
        show(text.value.decode())
        """,
        write("docs/tutorials/CASE/new.csv", "three"),
    ),
    same(
        "written_by_a_child",
        """
        import subprocess
        subprocess.run("echo x > CASE/out.csv", shell=True)
        show("one")
        """,
        write("docs/tutorials/CASE/out.csv", "three"),
    ),
    same(
        "written_and_read_back",
        """
        open("CASE/out.csv", "w").write("one")
        show(open("CASE/out.csv").read())
        """,
        write("docs/tutorials/CASE/out.csv", "three"),
    ),
    same(
        "written_by_c_code_and_read_back",
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        out = libc.open(b"CASE/out.csv", os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
        libc.write(out, b"one", 3)
        libc.close(out)
        show(open("CASE/out.csv").read())
        """,
        write("docs/tutorials/CASE/out.csv", "three"),
        debatable="what C code opens for writing cannot be told from reading by IN_OPEN alone",
    ),
    same("touched", 'show(open("CASE/data.csv").read())', touch(DATA)),
    same(
        "link_beside",
        'show(open("CASE/data.csv").read())',
        symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
]
