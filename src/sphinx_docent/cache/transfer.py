"""Carries objects from and to a shared cache: a process beside the build.

The build starts it, asks in lines of JSON on its standard input, and reads answers in lines of
JSON from its standard output; the end of its input ends it. So no storage library is loaded, and
no thread runs, in the process that forks tutorials; whatever a remote does, the build can go on.

This file is run by its path and imports nothing of the package. It knows names and bytes, and
judges nothing: what comes from a remote is checked by the build.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

THREADS = 32
# A folder is made where one is missing; an object of S3 is asked for as a whole, in one request.
_S3 = {"max_concurrency": 1, "config_kwargs": {"max_pool_connections": THREADS}}
_OPTIONS: dict[str, dict[str, Any]] = {
    "file": {"auto_mkdir": True},
    "local": {"auto_mkdir": True},
    "s3": _S3,
    "s3a": _S3,
}
_FEW = 3  # failures one after another, after which the remote is asked no more
_MISSING = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_SECRET = re.compile(r"(?<=://)[^/@\s]*@")
_QUERY = re.compile(r"(://[^\s?'\"]*)\?[^\s'\"]*")


class ObjectFolder:
    """A folder of objects, wherever fsspec finds it.

    :param url: of the folder.
    :raises ImportError: what the URL needs is not installed.
    :raises ValueError: nothing has this scheme.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self._files, root = url_to_fs(url, **_OPTIONS.get(url.partition(":")[0], {}))
        self._root = str(root).rstrip("/")

    def get(self, name: str) -> bytes | None:
        """An object; ``None`` if there is none."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        except _MISSING:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Store an object."""
        self._files.pipe_file(f"{self._root}/{name}", data)


Work = Callable[[ObjectFolder, dict[str, Any]], dict[str, Any]]


def get(folder: ObjectFolder, request: dict[str, Any]) -> dict[str, Any]:
    """Fetch an object, into a file if one is named."""
    data = folder.get(request["name"])
    if data is None:
        return {"found": False}
    if request["to"] is None:
        return {"found": True, "data": base64.b64encode(data).decode()}
    with open(request["to"], "wb") as file:
        file.write(data)
    return {"found": True}


def put(folder: ObjectFolder, request: dict[str, Any]) -> dict[str, Any]:
    """Store an object."""
    folder.put(request["name"], base64.b64decode(request["data"]))
    return {}


def share(folder: ObjectFolder, request: dict[str, Any]) -> dict[str, Any]:
    """Store a file, and then a line at the head of the object that lists it."""
    with open(request["from"], "rb") as file:
        folder.put(request["name"], file.read())
    line = request["line"].encode()
    others = [row for row in (folder.get(request["list"]) or b"").split(b"\n") if row]
    rows = [line, *(row for row in others if row != line)]
    folder.put(request["list"], b"".join(row + b"\n" for row in rows[: request["few"]]))
    return {}


KINDS: dict[str, Work] = {"get": get, "put": put, "share": share}


class FailureCount:
    """Says when the remote has failed several times without a success between."""

    def __init__(self) -> None:
        self._failures = 0
        self._lock = threading.Lock()

    @property
    def is_final(self) -> bool:
        """Whether the remote is asked no more."""
        return self._failures >= _FEW

    def note(self, *, failed: bool) -> None:
        """A request has ended."""
        with self._lock:
            self._failures = self._failures + 1 if failed else 0


def carry_out(
    folder: ObjectFolder, request: dict[str, Any], failures: FailureCount
) -> dict[str, Any]:
    """The answer to a request."""
    if failures.is_final:
        return {"id": request["id"], "problem": "it failed too often"}
    try:
        answer = KINDS[request["do"]](folder, request)
    except Exception as error:
        failures.note(failed=True)
        return {"id": request["id"], "problem": in_words(error)}
    failures.note(failed=False)
    return {"id": request["id"], **answer}


def in_words(error: BaseException) -> str:
    """One line that says what went wrong, and no secret."""
    text = getattr(error, "strerror", None) or str(error)
    text = _QUERY.sub(r"\1", _SECRET.sub("", " ".join(str(text).split())))
    kind = type(error).__name__
    return f"{kind}: {text[:200]}" if text else kind


def main() -> None:
    """Carry until the input ends; what is still under way then is given up."""
    # Ctrl-C reaches every process of the terminal; the build decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries may print; only answers may go where the answers go.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    lock = threading.Lock()

    failures = FailureCount()

    def answer(words: dict[str, Any]) -> None:
        with lock:
            answers.write(json.dumps(words) + "\n")
            answers.flush()

    def serve(request: dict[str, Any]) -> None:
        answer(carry_out(folder, request, failures))

    try:
        folder = ObjectFolder(json.loads(sys.stdin.readline())["open"])
    except Exception as error:
        # A module that is missing, or a scheme that nobody knows: nothing that comes and goes.
        wrong = isinstance(error, (ImportError, ValueError))
        answer({"id": 0, "wrong": wrong, "problem": in_words(error)})
        return
    answer({"id": 0})
    pool = ThreadPoolExecutor(THREADS)
    for line in sys.stdin:
        pool.submit(serve, json.loads(line))
    os._exit(0)


if __name__ == "__main__":
    main()
