"""The chunk runner: threads over kernels that hold no lock, bounded memory, fixed order.

A row's result depends on that row alone and is written to its own place, so neither the number of threads nor
the size of the chunks can change a bit of it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.status import NOT_RUN

Job = TypeVar("Job")
Done = TypeVar("Done")
MOST_ROWS = 4096  # of a chunk: bounds the memory of what waits
LEAST_ROWS = 256  # below this, handing a chunk to a thread costs more than it brings
CHUNKS_PER_THREAD = 4  # so that a slow chunk at the end does not leave the other threads idle


def thread_count(asked: int | None = None) -> int:
    """Return how many threads to use: what was asked for, else PLANTSIM_THREADS, else this process's CPUs."""
    if asked:
        return max(1, asked)
    given = os.environ.get("PLANTSIM_THREADS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def in_order(
    jobs: Iterable[Job], work: Callable[[Job], Done], threads: int, ahead: int = 0
) -> Generator[Done, None, None]:
    """Yield work(job) for each job in the jobs' order, with at most threads + 1 + ahead of them in memory at a time.

    ahead: how many more may be done while one that was begun sooner still runs.
    """
    if threads == 1:
        for job in jobs:
            yield work(job)
        return
    waiting: deque = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="plantsim") as pool:
        try:
            for job in jobs:
                waiting.append(pool.submit(work, job))
                if len(waiting) > threads + ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:  # whoever stops, by an error or by hand, does not wait for what has not begun
            pool.shutdown(wait=False, cancel_futures=True)


def chunk_size(rows: int, threads: int) -> int:
    """Return how many rows go to a thread at a time, so that all threads have work to the end; most for one alone."""
    if threads == 1:
        return MOST_ROWS
    return min(MOST_ROWS, max(LEAST_ROWS, -(-rows // (threads * CHUNKS_PER_THREAD))))


def solve_rows(
    entry: Callable[..., Any],
    declaration: Declaration,
    x: np.ndarray,
    o: np.ndarray,
    first_bin: np.ndarray,
    threads: int | None = None,
    chunk: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve all operating points of all rows of ``x``; return (d, y).

    x: records, shape (rows,), whose calibrated fields are written where ``is_calibrated`` is 0.
    o, first_bin: as in :func:`plantsim._jit.batch_entry`; chunk: rows, :func:`chunk_size` when None.
    progress(done, all) is called after each chunk.
    Points that no kernel reached keep the status NOT_RUN.
    """
    n = len(x)
    d, y = declaration.zeros("d", n), declaration.zeros("y", len(o))
    y["status"] = NOT_RUN
    workers = thread_count(threads)
    size = chunk or chunk_size(n, workers)

    def work(start: int) -> int:
        stop = min(start + size, n)
        entry(x, d, o, first_bin, y, start, stop)
        return stop

    for done in in_order(range(0, n, size), work, workers):
        if progress is not None:
            progress(done, n)
    return d, y
