"""The first run compiles: several processes side by side, each in a Python of its own, with a line of progress."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
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
    """Compile processes, two at a time and the longest first; yield (process, seconds) as each is done.

    One that another Python could not compile compiles here, where it says what is wrong.
    """
    from plantsim._apart import compilers_stay, stop_compilers
    from plantsim.api import is_compiled, warm
    from plantsim.processes import load

    def one(process: str, compile_apart: Callable[[], None]) -> tuple[str, float]:
        start = time.perf_counter()
        compile_apart()
        return process, time.perf_counter() - start

    with compilers_stay(), ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        entries = [(p, load(p).entry) for p in longest_first(processes)]
        waiting = [pool.submit(one, p, getattr(e, "compile_apart", lambda: None)) for p, e in entries]
        try:
            for done in as_completed(waiting):
                process, seconds = done.result()
                if not is_compiled(process):
                    start = time.perf_counter()
                    warm(process)
                    seconds += time.perf_counter() - start
                yield process, seconds
        except BaseException:  # Ctrl-C: the threads wait for their compilers, and this one for the threads
            stop_compilers()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def prepare(processes: Iterable[str]) -> None:
    """Compile what a run needs and the cache lacks, saying so: it is the one long wait that a user meets."""
    from plantsim.api import is_compiled

    missing = [p for p in processes if not is_compiled(p)]
    if not missing:
        return
    context().note(context().say("compiling_first", processes=", ".join(missing)))
    for process, seconds in compile_side_by_side(missing):
        if len(missing) > 1:
            context().note(context().say("warmup_done", process=process, seconds=f"{seconds:.1f}"))
