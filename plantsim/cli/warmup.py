"""``plantsim warmup``: compile the models now, so that the first run does not wait."""

from __future__ import annotations

import time

import typer

from plantsim.cli.compiling import compile_side_by_side
from plantsim.cli.context import cache_warnings, context


def warmup(process: str = typer.Option("", "--process", "-p")) -> int:
    """Compile every process (or one) by solving its first reference plant; say how long each took."""
    from plantsim.processes import names
    from plantsim.vocabulary.problems import bad_input

    if process:
        if process not in names():
            raise bad_input("process_unknown", name=process, known=", ".join(names()))
        from plantsim.api import warm

        start = time.perf_counter()
        warm(process)
        done = [(process, time.perf_counter() - start)]
        cache_warnings()
    else:
        context().note(context().say("compiling_first", processes=", ".join(names())))
        done = compile_side_by_side(list(names()))  # type: ignore[assignment]
    for name, seconds in done:
        typer.echo(context().say("warmup_done", process=name, seconds=f"{seconds:.1f}"))
    return 0
