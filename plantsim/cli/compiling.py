"""The first run compiles: several processes side by side, each in a Python of its own, with a line of progress."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from plantsim.cli.context import context

SIDE_BY_SIDE = 2  # compilers at a time: each takes a core and about half a gigabyte


def longest_first(processes: list[str]) -> list[str]:
    """Return processes by the size of their sources, which compiling time goes with: the longest is not left over."""
    import plantsim.processes

    root = Path(plantsim.processes.__file__).parent

    def size(process: str) -> int:
        return sum(f.stat().st_size for f in (root / process).glob("*.py"))

    return sorted(processes, key=size, reverse=True)


def compile_side_by_side(processes: list[str]) -> Iterator[tuple[str, float]]:
    """Compile processes, two at a time and the longest first; yield (process, seconds) as each is done."""
    from plantsim.api import warm

    def one(process: str) -> tuple[str, float]:
        start = time.perf_counter()
        warm(process)
        return process, time.perf_counter() - start

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for done in as_completed([pool.submit(one, p) for p in longest_first(processes)]):
            yield done.result()


def prepare(processes: Iterable[str]) -> None:
    """Compile what a run needs and the cache lacks, saying so: it is the one long wait that a user meets."""
    from plantsim.api import is_compiled

    missing = [p for p in processes if not is_compiled(p)]
    if not missing:
        return
    context().note(context().say("compiling_first", processes=", ".join(missing)))
    for process, seconds in compile_side_by_side(missing):
        context().note(context().say("warmup_done", process=process, seconds=f"{seconds:.1f}"))
