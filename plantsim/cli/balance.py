"""``plantsim balance``: the audit of somebody's own heat balance of a kiln."""

from __future__ import annotations

from pathlib import Path

import typer

from plantsim.cli.context import context
from plantsim.cli.show import print_table


def balance(file: str = typer.Argument(...)) -> int:
    """Print the terms of a heat-balance file, the fuel that closes it or what it leaves open."""
    from plantsim.io.heat_balance import read_heat_balance
    from plantsim.library import library
    from plantsim.report.heat_balance import balance_table
    from plantsim.vocabulary.problems import Problems

    problems = Problems()
    read = read_heat_balance(Path(file), library(), problems)
    context().problems(problems)
    if read is None:
        return 2
    print_table(balance_table(read), context().lang)
    return 0
