"""What a worker sends back is checked where it arrives."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_docent.cluster.reply import (
    Executed,
    Lost,
    Unfit,
    encode_problem,
    encode_reply,
    read_reply,
)

EVENT: dict[str, Any] = {"elapsed": 1.5, "late": False, "code": 0, "tail": ""}


def test_a_reply_arrives_as_it_was_sent() -> None:
    files = {"one.rst": b"page", "images/sphx_glr_one_001.png": b"picture"}
    reply = read_reply(encode_reply(EVENT, files), "one")
    assert isinstance(reply, Executed)
    assert (reply.event, reply.files) == (EVENT, files)


def test_a_server_that_ended_is_lost_and_one_that_cannot_begin_is_unfit() -> None:
    assert read_reply(encode_problem("no", was_ready=True), "one") == Lost()
    assert read_reply(encode_problem("no", was_ready=False), "one") == Unfit("no")


@pytest.mark.parametrize(
    "name", ["../one.rst", "/one.rst", "other.rst", "images/../one.rst", "one.rst/x", ""]
)
def test_a_file_that_is_not_the_tutorials_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a file of one"):
        read_reply(encode_reply(EVENT, {name: b""}), "one")


@pytest.mark.parametrize(
    "change", [{"elapsed": "1"}, {"late": 0}, {"code": None}, {"tail": b""}], ids=str
)
def test_what_is_no_end_of_a_tutorial_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the end"):
        read_reply(encode_reply({**EVENT, **change}, {}), "one")
