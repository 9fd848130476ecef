"""Runs ``sphinx-build`` with tutorials that are forked and no more: not isolated, not observed.

What :mod:`isolation` compares with.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import sphinx.cmd.build

from sphinx_docent.execution import executor
from sphinx_docent.execution.answer import Answer, Observed, encode_answer
from sphinx_docent.execution.child import ExecutionRequest
from sphinx_docent.execution.memory import peak_memory
from sphinx_docent.execution.surroundings import NoSurroundings
from sphinx_docent.gallery.generation import generate_page


def bare(_: Any, request: Callable[[int], ExecutionRequest], conf: Any) -> NoSurroundings:
    """Stands in for the choice between a namespace and a copied folder."""

    def carry_out(index: int) -> dict[str, Any]:
        source, target_dir = request(index).source, request(index).target_dir
        began = time.time_ns()
        seconds, failure = generate_page(source, target_dir, conf, execute=True)
        digest = sha256(source.read_bytes()).hexdigest()
        seen = Observed(used={}, processes=False)
        answer = Answer(seconds, peak_memory(), failure, (), False, digest, began, seen)
        return encode_answer(answer)

    return NoSurroundings(carry_out)


if __name__ == "__main__":
    executor.choose_surroundings = bare  # type: ignore[assignment,attr-defined]
    sys.exit(sphinx.cmd.build.main(sys.argv[1:]))
