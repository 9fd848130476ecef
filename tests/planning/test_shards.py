"""Shares of the tutorials are complete, balanced, and the same on every machine."""

from __future__ import annotations

import random

import pytest
from tests.helpers.tutorials import tutorial

from sphinx_docent.model import Action, Step
from sphinx_docent.planning.shards import Shard, divide, keep_share


@pytest.mark.parametrize("count", [1, 2, 7, 20, 400])
def test_shares_are_complete_balanced_and_the_same_everywhere(count: int) -> None:
    numbers = random.Random(count)
    seconds = {f"/t/{number}.py": numbers.lognormvariate(3, 1.5) for number in range(150)}
    paths = [*seconds, "/t/new.py", "/t/newer.py"]
    shares = divide(paths, seconds, count)
    assert sorted(path for share in shares for path in share) == sorted(paths)
    for _ in range(3):
        numbers.shuffle(paths)
        assert divide(paths, dict(sorted(seconds.items(), reverse=True)), count) == shares
    usual = sorted(seconds.values())[75]
    loads = [sum(seconds.get(path, usual) for path in share) for share in shares]
    bound = max(max(seconds.values()), (sum(seconds.values()) + 2 * usual) / count)
    assert max(loads) <= bound * (4 / 3 - 1 / (3 * count)) * 1.01


def test_where_nothing_is_known_shares_are_of_one_size() -> None:
    assert divide("abcde", {}, 3) == [["a", "d"], ["b", "e"], ["c"]]
    assert divide("abcd", {"a": 0, "b": 0, "c": 0, "d": 0}, 2) == [["a", "c"], ["b", "d"]]


@pytest.mark.parametrize("text", ["", "1", "0/1", "2/1", "1/0", "-1/2", "a/b", "1/2:", "1/2: x"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a shard"):
        Shard.parse(text)


def test_a_shard_is_written_as_it_is_read() -> None:
    for text in ("1/1", "2/4:cuda"):
        assert str(Shard.parse(text)) == text


def test_a_shard_takes_what_is_for_machines_of_its_kind() -> None:
    plain, gpu = tutorial("plain"), tutorial("gpu", "cuda")
    assert [Shard(1, 2).takes(entry) for entry in (plain, gpu)] == [True, False]
    assert [Shard(1, 2, "cuda").takes(entry) for entry in (plain, gpu)] == [False, True]


STEPS = [
    Step(tutorial("a"), Action.EXECUTE, "never executed"),
    Step(tutorial("b"), Action.EXECUTE, "never executed"),
    Step(tutorial("c"), Action.RESTORE, "unchanged"),
    Step(tutorial("gpu", "cuda"), Action.SKIP, "needs `cuda`", ("cuda",)),
]


@pytest.mark.parametrize(
    ("shard", "expected"),
    [
        (
            Shard(1, 2),
            [
                (Action.EXECUTE, "never executed"),
                (Action.RENDER, "left to shard 2/2"),
                (Action.RESTORE, "unchanged"),
                (Action.RENDER, "left to shards with `cuda`"),
            ],
        ),
        (
            Shard(1, 1, "cuda"),
            [
                (Action.RENDER, "left to shards without `cuda`"),
                (Action.RENDER, "left to shards without `cuda`"),
                (Action.RESTORE, "unchanged"),
                (Action.SKIP, "needs `cuda`"),
            ],
        ),
    ],
    ids=str,
)
def test_what_others_execute_is_left_to_them(
    shard: Shard, expected: list[tuple[Action, str]]
) -> None:
    shares = [["/t/a.py"], ["/t/b.py"]]
    assert [(step.action, step.reason) for step in keep_share(STEPS, shard, shares)] == expected
