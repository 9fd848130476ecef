"""Messages between two processes: a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def encode_line(message: Mapping[str, Any] | str) -> bytes:
    """A message as it is sent."""
    return json.dumps(message).encode() + b"\n"


class LineReader:
    """Takes apart what comes through a stream."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> list[Any]:
        """The messages that are complete with what has come now.

        :raises ValueError: a line is not JSON.
        """
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return [json.loads(line) for line in lines]
