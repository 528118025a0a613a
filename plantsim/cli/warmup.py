"""``plantsim warmup``: compile the models now, so that the first run does not wait."""

from __future__ import annotations

import typer

from plantsim.cli.compiling import compile_side_by_side
from plantsim.cli.context import cache_warnings, context


def warmup(process: str = typer.Option("", "--process", "-p")) -> int:
    """Compile every process (or one) by solving its first reference plant; say how long each took."""
    from plantsim.processes import names
    from plantsim.vocabulary.problems import bad_input, nearest

    if process and process not in names():
        known = list(names())
        raise bad_input(
            "process_not_found", given=process, nearest=nearest(process, known), known=", ".join(known)
        )
    wanted = [process] if process else list(names())
    context().note(context().say("compiling_first", processes=", ".join(wanted)))
    for name, seconds in compile_side_by_side(wanted):
        typer.echo(context().say("warmup_done", process=name, seconds=f"{seconds:.1f}"))
    cache_warnings()
    return 0
