"""``plantsim explain``: the road of one number."""

from __future__ import annotations

import typer

from plantsim.cli.compiling import prepare
from plantsim.cli.context import cache_warnings, context, ending, fit_case, open_case
from plantsim.cli.show import print_table


def explain(
    case: str = typer.Argument(...),
    variable: str = typer.Argument(...),
    plant: str = typer.Option("", "--plant", "-p"),
) -> int:
    """Print where a number comes from and all that it moves, for each plant that has it."""
    from plantsim.engine.bins import bins_of
    from plantsim.engine.contributions import indicator_road
    from plantsim.engine.explain import explain_variable
    from plantsim.engine.groups import solve_groups
    from plantsim.engine.together import together_with, under_choices
    from plantsim.processes import names
    from plantsim.report.alternatives import choices_table
    from plantsim.report.contributions import indicator_table
    from plantsim.report.road import road_tables
    from plantsim.report.selection import chosen_plants
    from plantsim.report.together import bins_table, together_table
    from plantsim.vocabulary.messages import in_language

    read, lib, problems = open_case(case, show_warnings=False)
    prepare(sorted({p.process for p in read.plants if p.process in names()}))
    read = fit_case(read, lib, problems)
    chosen = chosen_plants(read, plant)
    having = [p for p in chosen if p.process in names() and variable in lib.indicators(p.process)]
    if having:
        for found in (indicator_road(p, lib, variable) for p in having):
            print_table(indicator_table(found, lib, context().lang), context().lang)
        cache_warnings()
        return ending(False, problems)
    if any(variable == proposal.id for p in chosen for proposal in p.proposals):
        groups = solve_groups(read, lib, problems, None)
        bundles = together_with(groups, variable)
        if bundles is not None:
            print_table(together_table(bundles, lib, context().lang), context().lang)
            for bins in bins_of(groups, variable):
                print_table(bins_table(bins, lib, context().lang), context().lang)
            choices = under_choices(groups, variable)
            if choices is not None:
                owner, retrofit, saved = choices
                rows = [("", in_language(retrofit.label, context().lang), saved)]
                print_table(choices_table(owner.process, rows, lib, context().lang), context().lang)
            cache_warnings()
            return ending(False, problems)
    roads = explain_variable(read, chosen, lib, variable, problems)
    cache_warnings()
    for road in roads:
        for table in road_tables(road, lib, context().lang):
            print_table(table, context().lang)
    return ending(False, problems)
