"""``plantsim warmup``: compile the models now, so that the first run does not wait."""

from __future__ import annotations

import time

import typer

from plantsim.cli.context import cache_warnings, context


def warmup() -> int:
    """Compile every process by solving its first reference plant; say how long each took."""
    from plantsim.api import warm
    from plantsim.processes import names

    for i, name in enumerate(names(), 1):
        context().note(context().say("warmup_start", process=name, number=i, whole=len(names())))
        start = time.perf_counter()
        warm(name)
        typer.echo(context().say("warmup_done", process=name, seconds=f"{time.perf_counter() - start:.1f}"))
    cache_warnings()
    return 0
