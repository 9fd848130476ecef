"""The line on which tutorials tell where they are, and wait.

A socket that is no file: nothing that the extension could take for an input.
"""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Callable


class Line:
    """Listens at an abstract address.

    :param address: of the socket.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[BaseException] = []
        self._edits: dict[str, Callable[[], None]] = {}
        self._heard: defaultdict[str, threading.Event] = defaultdict(threading.Event)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(f"\0{address}")
        self._socket.listen(64)
        threading.Thread(target=self._listen, daemon=True).start()

    def on(self, word: str, edit: Callable[[], None]) -> None:
        """Do something when a word comes for the first time, before it is answered."""
        self._edits[word] = edit

    def wait(self, word: str, seconds: float = 20) -> None:
        """Wait until a word has come."""
        self._heard[word].wait(seconds)

    def close(self) -> None:
        """End."""
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            word = connection.recv(1000).decode()
            self._heard[word].set()
            edit = self._edits.pop(word, None)
            try:
                if edit:
                    edit()
            except BaseException as error:  # is raised again where the builds are run
                self.faults.append(error)
            connection.sendall(b".")
