"""Tasks run in several threads, their results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WORKERS = 2
"""Threads that run tasks; one more makes them: the caller's."""

Result = TypeVar("Result")


def results(tasks: Iterable[Callable[[], Result]]) -> Iterator[Result]:
    """What the tasks return. A few are under way while the next are made; no task is made for which there is no room.

    Raises what a task raises, and what making the tasks raises once all results before it were given.
    """
    source = iter(tasks)
    under_way: deque[Future[Result]] = deque()
    threads = ThreadPoolExecutor(WORKERS, "reading")
    failure: Exception | None = None
    try:
        while failure is None:
            try:
                task = next(source)
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 - raised again below, behind the results before it
                failure = error
                break
            under_way.append(threads.submit(task))
            if len(under_way) > WORKERS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        threads.shutdown(cancel_futures=True)
    if failure is not None:
        raise failure
