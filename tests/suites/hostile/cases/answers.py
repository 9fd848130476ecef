"""What a tutorial's process hands over is data that is checked."""

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

CASES = [
    Gallery("forged answers, then exit", ANSWERS, AND_EXITS),
    Gallery("forged answers, then goes on", ANSWERS, AND_GOES_ON),
    *galleries_of_one(ANSWERS, ENDLESS, limit=90, tool_memory=700),
]
