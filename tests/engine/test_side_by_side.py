"""Tasks in several threads, their results in order."""

from collections.abc import Callable, Iterator
from threading import Barrier, Event

import pytest

from chahe.engine.side_by_side import WORKERS, results


def test_results_come_in_the_order_of_their_tasks() -> None:
    later = Event()

    def waits() -> int:
        assert later.wait(60)
        return 0

    def frees() -> int:
        later.set()
        return 1

    assert list(results([waits, frees, lambda: 2])) == [0, 1, 2]


def test_tasks_run_side_by_side() -> None:
    meeting = Barrier(WORKERS, timeout=60)
    assert sorted(results([meeting.wait] * WORKERS)) == list(range(WORKERS))


def test_no_more_tasks_are_made_than_there_is_room_for() -> None:
    made = 0

    def tasks() -> Iterator[Callable[[], int]]:
        nonlocal made
        for number in range(100):
            made += 1
            yield lambda number=number: number  # type: ignore[misc] # bound now

    found = results(tasks())
    assert next(found) == 0
    assert made == WORKERS + 1
    assert list(found) == list(range(1, 100))


def test_what_breaks_while_tasks_are_made_is_raised_behind_the_results_before_it() -> None:
    def tasks() -> Iterator[Callable[[], str]]:
        yield lambda: "one"
        raise OSError("the stream broke")

    found = results(tasks())
    assert next(found) == "one"
    with pytest.raises(OSError, match="the stream broke"):
        next(found)


def test_what_a_task_raises_is_raised_in_its_turn() -> None:
    found = results([lambda: 0, lambda: 1 // 0, lambda: 2])
    assert next(found) == 0
    with pytest.raises(ZeroDivisionError):
        next(found)
