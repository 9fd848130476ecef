"""What a tutorial's process hands over is data that is checked; it writes to nobody's descriptor."""

from __future__ import annotations

import json

from ..harness.model import ANSWERS, Gallery, Tutorial, Want, galleries_of_one

EVERYWHERE = """\
import os, fcntl, json
forged = {forged}
for fd in range(3, 256):
    try:
        if fcntl.fcntl(fd, fcntl.F_GETFL) & (os.O_WRONLY | os.O_RDWR):
            os.set_blocking(fd, False)
            os.write(fd, forged)
    except OSError:
        pass
"""

# What the answer of a tutorial that passed may look like, by many of its possible names.
PASSED: dict[str, object] = {
    "seconds": 0.1,
    "peak_memory": 1000,
    "traceback": None,
    "failure": None,
    "status": "passed",
    "messages": [],
    "network": False,
    "files": [],
    "folders": {},
    "modules": [],
    "missing": [],
}


def forged(data: object) -> bytes:
    """An answer as JSON."""
    return json.dumps(data).encode()


ANSWERS_ = {
    "nothing": b"",
    "empty_object": b"{}",
    "null": b"null",
    "list": b"[]",
    "number": b"1",
    "no_json": b"hello\n" * 10,
    "no_utf8": b'{"seconds": "\xff\xfe\x80"}',
    "nan": b'{"seconds": NaN, "peak_memory": Infinity, "traceback": null, "messages": []}',
    "deep": b"[" * 60_000,
    "deep_object": b'{"a":' * 20_000,
    "long_number": b'{"seconds": ' + b"9" * 50_000 + b"}",
    "wrong_types": forged({name: [{}] for name in PASSED}),
    "strings": forged(dict.fromkeys(PASSED, "x")),
    "negative": forged({**PASSED, "seconds": -1e308, "peak_memory": -5}),
    "escapes": forged({**PASSED, "traceback": "\x1b[31mValueError\x00: \udcff", "failure": "\x1b"}),
    "wrong_messages": forged({**PASSED, "messages": [{"text": 1, "evil": 2}, None, 7]}),
    "messages_elsewhere": forged(
        {
            **PASSED,
            "messages": [
                {"text": "x\x1b[2J", "type": "a", "subtype": "b", "location": "/etc/passwd:1"}
            ],
        }
    ),
    "paths_outside": forged(
        {**PASSED, "files": ["/etc/shadow", "../../../etc/passwd"], "folders": {"/": []}}
    ),
    "events": b'{"event": "ended", "index": 0, "elapsed": 1, "answer": null, "late": false, '
    b'"code": 0, "tail": ""}\n' * 3,
    "started": b'{"event": "started", "index": 0, "slot": 99, "pid": 1}\n',
    "pid_1": b'{"event": "started", "index": -1, "slot": -1, "pid": -1}\n',
}

AND_EXITS = tuple(
    Tutorial(
        f"forges_{name}",
        EVERYWHERE.format(forged=repr(answer)) + "os._exit(0)\n",
        Want.CONTAIN if name in ("negative", "messages_elsewhere", "paths_outside") else Want.FAIL,
        says="(?i)exit|ended|answer|process",
    )
    for name, answer in ANSWERS_.items()
)

AND_GOES_ON = tuple(
    Tutorial(f"first_{name}", EVERYWHERE.format(forged=repr(answer)))
    for name, answer in ANSWERS_.items()
    if name in ("empty_object", "null", "no_json", "deep", "wrong_types", "events", "started")
)

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

ENDLESS = (
    Tutorial(
        "endless_answer",
        """\
        import fcntl, os, time
        block = b" " * 65536
        writable = []
        for fd in range(3, 256):
            try:
                if fcntl.fcntl(fd, fcntl.F_GETFL) & (os.O_WRONLY | os.O_RDWR):
                    writable.append(fd)
                    os.set_blocking(fd, False)
            except OSError:
                pass
        until, sent = time.monotonic() + 8, 0
        while writable and time.monotonic() < until and sent < 3 * 2**30:
            for fd in list(writable):
                try:
                    sent += os.write(fd, block)
                except BlockingIOError:
                    time.sleep(0.0001)
                except OSError:
                    writable.remove(fd)
        os._exit(0)
        """,
        Want.FAIL,
        comments="# sphinx_gallery_timeout = 15",
    ),
    Tutorial(
        "endless_warnings",
        """\
        import logging
        log = logging.getLogger("sphinx.sphinx-gallery")
        for number in range(100000):
            log.warning("warning %d %s", number, "x" * 200)
        """,
        comments="# sphinx_gallery_timeout = 20",
    ),
    Tutorial(
        "endless_inputs",
        """\
        import os
        for number in range(100000):
            os.path.exists(f"missing_{number}_{'x' * 200}")
        """,
        Want.PASS,
        comments="# sphinx_gallery_timeout = 20",
    ),
)

SECOND_SERVER = (
    Tutorial(
        "patched_exit",
        "import os\nos._exit = lambda code: None",
    ),
    Tutorial(
        "patched_exit_raises",
        'import os\ndef stay(code):\n    raise RuntimeError("stays")\nos._exit = stay',
    ),
    Tutorial(
        "patched_exit_in_child",
        """\
        import os
        real = os.getpid()
        if os.fork() == 0:
            os._exit = lambda code: None
            os.getpid = lambda: real
        """,
    ),
    Tutorial(
        "patched_exit_and_fails",
        'import os\nos._exit = lambda code: None\nraise ValueError("stays")',
        Want.FAIL,
        says="ValueError: stays",
    ),
    Tutorial(
        "exit_sleeps",
        "import os, time\nos._exit = lambda code: time.sleep(1000)",
        comments="# sphinx_gallery_timeout = 3",
        silent="exit code 70",
    ),
    Tutorial(
        "exits_by_another_exception",
        """\
        import os, sys
        def leave(code):
            raise SystemExit(0)
        os._exit = leave
        sys.exit(0)
        """,
        Want.FAIL,
    ),
    Tutorial(
        "jumps_out_by_trace",
        """\
        import sys
        def trace(frame, event, argument):
            if "server" in frame.f_code.co_filename or "pool" in frame.f_code.co_filename:
                raise RuntimeError("jumped")
            return trace
        sys.settrace(trace)
        frame = sys._getframe()
        while frame:
            frame.f_trace = trace
            frame = frame.f_back
        """,
    ),
    Tutorial(
        "edits_outer_frames",
        """\
        import gc, sys
        frame = sys._getframe()
        while frame:
            for name, value in list(frame.f_locals.items()):
                if isinstance(value, (list, dict)) and frame.f_globals is not globals():
                    try:
                        value.clear()
                    except Exception:
                        pass
            frame = frame.f_back
        """,
    ),
)

CASES = [
    Gallery("forged answers, then exit", ANSWERS, AND_EXITS),
    Gallery("forged answers, then goes on", ANSWERS, AND_GOES_ON),
    Gallery("descriptors", ANSWERS, DESCRIPTORS),
    *galleries_of_one(ANSWERS, OTHERS_DESCRIPTORS, limit=40),
    *galleries_of_one(ANSWERS, ENDLESS, limit=90, tool_memory=700),
    *galleries_of_one(ANSWERS, SECOND_SERVER, limit=40),
]
