"""A tutorial closes, reads and writes descriptors: it writes to nobody's."""

from __future__ import annotations

from ..harness.model import ANSWERS, Gallery, Tutorial, Want, galleries_of_one

DESCRIPTORS = (
    Tutorial("closes_all", "import os\nos.closerange(3, 4096)", silent="exit code 70"),
    Tutorial("closes_all_and_more", "import os\nos.closerange(0, 4096)", silent="exit code 70"),
    Tutorial(
        "closes_all_and_fails",
        'import os\nos.closerange(3, 4096)\nraise ValueError("after all were closed")',
        Want.FAIL,
        silent="exit code 70",
        says="(?i)after all were closed|descriptor|answer",
    ),
    Tutorial(
        "replaces_all",
        """\
        import os
        nothing = os.open(os.devnull, os.O_RDWR)
        for fd in range(3, 64):
            if fd != nothing:
                os.dup2(nothing, fd)
        """,
        silent="exit code 70",
    ),
    Tutorial(
        "shuts_sockets",
        """\
        import os, socket, stat
        for fd in range(3, 64):
            try:
                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                    socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        """,
    ),
    Tutorial(
        "reads_everything",
        """\
        import os
        for fd in range(3, 64):
            try:
                os.set_blocking(fd, False)
                os.read(fd, 100000)
            except OSError:
                pass
        """,
    ),
    Tutorial(
        "truncates_inherited_files",
        """\
        import os, stat
        for fd in range(3, 64):
            try:
                if stat.S_ISREG(os.fstat(fd).st_mode):
                    os.ftruncate(fd, 0)
            except OSError:
                pass
        """,
    ),
    Tutorial(
        "unlocks_inherited_files",
        """\
        import fcntl
        for fd in range(3, 64):
            try:
                fcntl.flock(fd, fcntl.LOCK_UN)
            except OSError:
                pass
        """,
    ),
    Tutorial(
        "writes_to_parents_output",
        """\
        import os
        for fd in (1, 2):
            try:
                with open(f"/proc/{os.getppid()}/fd/{fd}", "wb", buffering=0) as other:
                    other.write(b"\\x1b[31mFORGED BY A TUTORIAL\\x00\\n")
            except OSError as error:
                print(error)
        """,
    ),
    Tutorial(
        "takes_all_descriptors",
        """\
        import os, resource
        held = []
        try:
            while len(held) < 10000:
                held.append(os.dup(1))
        except OSError:
            pass
        """,
    ),
    Tutorial(
        "takes_parents_pipe_away",
        "import os\nfor fd in range(3, 64):\n    try:\n        os.set_inheritable(fd, True)\n"
        "    except OSError:\n        pass\n"
        'import subprocess\nsubprocess.Popen(["sleep", "300"], close_fds=False)',
        Want.PASS,
    ),
)

OTHERS_DESCRIPTORS = (
    Tutorial(
        "writes_to_parents_sockets",
        """\
        import os
        for fd in os.listdir(f"/proc/{os.getppid()}/fd"):
            try:
                name = f"/proc/{os.getppid()}/fd/{fd}"
                if "pipe" in os.readlink(name) and int(fd) > 2:
                    with open(name, "wb", buffering=0) as other:
                        os.set_blocking(other.fileno(), False)
                        other.write(b"{}" * 100)
            except OSError as error:
                print(error)
        """,
    ),
    Tutorial(
        "writes_to_everybodys_pipes",
        """\
        import os
        server = os.getppid()
        pids = [pid for pid in os.listdir("/proc") if pid.isdigit()]
        for pid in pids:
            try:
                parent = int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
                if parent != server or int(pid) == os.getpid():
                    continue
                for fd in os.listdir(f"/proc/{pid}/fd"):
                    name = f"/proc/{pid}/fd/{fd}"
                    if "pipe" in os.readlink(name):
                        with open(name, "wb", buffering=0) as other:
                            os.set_blocking(other.fileno(), False)
                            other.write(b'{"forged": true}')
            except OSError:
                pass
        """,
        debatable="processes of one user can always open each other's pipes without a namespace",
    ),
)

CASES = [
    Gallery("descriptors", ANSWERS, DESCRIPTORS),
    *galleries_of_one(ANSWERS, OTHERS_DESCRIPTORS, limit=40),
]
