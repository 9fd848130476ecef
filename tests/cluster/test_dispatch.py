"""Which worker takes which tutorial."""

from __future__ import annotations

from sphinx_docent.cluster.dispatch import Task, Worker, choose, hopeless


def test_a_worker_with_a_device_takes_first_what_needs_it() -> None:
    assert choose([PLAIN, CUDA], worker(cuda=1), []) == CUDA
    assert choose([PLAIN], worker(cuda=1), []) == PLAIN
    assert choose([CUDA], worker(), []) is None


def worker(threads: int = 1, **resources: float) -> Worker:
    return Worker("tcp://w:1", "w", "w", "/w", threads, resources)


def test_a_device_executes_one_at_a_time() -> None:
    assert choose([Task(2, ("cuda",)), Task(3)], worker(4, cuda=1), [CUDA]) == Task(3)
    assert choose([Task(2, ("cuda",))], worker(4, cuda=2), [CUDA]) == Task(2, ("cuda",))


def test_a_worker_executes_no_more_than_it_has_threads() -> None:
    assert choose([PLAIN], worker(1), [CUDA]) is None


def test_what_was_lost_executes_alone() -> None:
    assert choose([Task(0, losses=1), Task(5)], worker(2), [Task(3)]) == Task(5)
    assert choose([Task(5)], worker(2), [Task(0, losses=1)]) is None


def test_what_nobody_can_execute_is_known() -> None:
    assert hopeless([PLAIN, CUDA], [worker()]) == [CUDA]
    assert hopeless([PLAIN], []) == [PLAIN]


PLAIN, CUDA = Task(0), Task(1, ("cuda",))
