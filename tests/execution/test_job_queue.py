"""Jobs run in their order, in the first slot that is free."""

from __future__ import annotations

from sphinx_docent.execution.job_queue import JobQueue
from sphinx_docent.execution.jobs import Job

JOBS = [Job(name, 60) for name in "abc"]


def test_jobs_are_taken_in_order_while_a_slot_is_free() -> None:
    queue = JobQueue(JOBS, 2)
    assert [queue.take(), queue.take(), queue.take()] == [(0, 0), (1, 1), None]
    queue.free(1)
    assert queue.take() == (2, 1)
    assert queue.is_empty
    queue.free(1)
    queue.free(0)
    assert queue.take() is None


def test_a_job_may_come_later_and_go_before_it_ran() -> None:
    queue = JobQueue(JOBS[:1], 1)
    queue.add(JOBS[1])
    queue.add(JOBS[2])
    queue.remove(1)
    queue.remove(1)
    assert queue.take() == (0, 0)
    queue.free(0)
    assert queue.take() == (2, 0)
    assert queue.job(2) is JOBS[2]


def test_what_runs_together_fits_into_the_memory() -> None:
    sizes = [6, 5, 3, 20, 0]
    queue = JobQueue([Job(str(size), 60, size) for size in sizes], 4, memory=10)
    assert [queue.take() for _ in range(4)] == [(0, 0), (2, 1), (4, 2), None]
    queue.free(0)
    assert [queue.take(), queue.take()] == [(1, 0), None]
    for slot in (0, 1, 2):
        queue.free(slot)
    assert [queue.take(), queue.take()] == [(3, 0), None]  # too large for all: alone
