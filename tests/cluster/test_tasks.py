"""What waits is given to who can take it; what is lost waits again, but not for ever."""

from __future__ import annotations

from dataclasses import replace

from sphinx_docent.cluster.dispatch import LOSSES, Task, Worker
from sphinx_docent.cluster.tasks import TaskBoard

ONE, TWO = (Worker(f"tcp://{name}:1", name, name, f"/{name}", 1, {}) for name in ("one", "two"))
GPU = replace(TWO, resources={"cuda": 1})


def test_each_worker_gets_what_it_has_threads_for() -> None:
    board = TaskBoard([Task(0), Task(1), Task(2)], "b", 0)
    given = list(board.assign([ONE, TWO]))
    assert [(entry.task.index, entry.worker.name, entry.row) for entry in given] == [
        (0, "one", 0),
        (1, "two", 1),
    ]
    assert board.running == [entry.key for entry in given]
    assert list(board.assign([ONE, TWO])) == []
    board.finish(given[0].key)
    (last,) = board.assign([ONE, TWO])
    assert (last.task.index, last.worker.name, last.row) == (2, "one", 0)
    assert board.keys_of(ONE) == [last.key]
    board.finish(given[1].key)
    board.finish(last.key)
    assert board.is_empty


def test_what_was_lost_waits_again_until_that_was_often_enough() -> None:
    board = TaskBoard([Task(0)], "b", 0)
    keys = set()
    for losses in range(LOSSES):
        (entry,) = board.assign([ONE])
        keys.add(entry.key)
        given_up = board.lose(entry.key)
        assert (given_up is None) == (losses < LOSSES - 1)
    assert len(keys) == LOSSES
    assert board.is_empty


def test_what_nobody_can_take_is_given_up_after_a_while() -> None:
    board = TaskBoard([Task(0), Task(1, ("cuda",))], "b", 0)
    assert board.give_up([ONE], 5) == []
    assert board.give_up([ONE, GPU], 15) == []
    assert board.give_up([ONE], 20) == []
    assert board.give_up([ONE], 25) == [Task(1, ("cuda",))]
    assert [entry.task for entry in board.assign([ONE])] == [Task(0)]


def test_all_that_waits_or_runs_can_be_removed() -> None:
    board = TaskBoard([Task(0), Task(1)], "b", 0)
    list(board.assign([ONE]))
    assert sorted(task.index for task in board.clear()) == [0, 1]
    assert board.is_empty
