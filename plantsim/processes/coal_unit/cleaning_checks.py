"""What is wrong with the inputs of flue-gas cleaning taken together, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import TYPE_CHECKING

from plantsim.processes.coal_unit.coal_checks import percent
from plantsim.processes.coal_unit.codes import FGD_INSTALLED, SCR_INSTALLED, SNCR_INSTALLED
from plantsim.vocabulary.problems import Finding

if TYPE_CHECKING:
    from plantsim.processes.coal_unit.checks import Inputs


def cleaning_fits(v: Inputs) -> Iterator[Finding]:
    """Targets without the part that could reach them, and a test of an SNCR that its window can't give."""
    scr, sncr = v.number("scr") == SCR_INSTALLED, v.number("sncr") == SNCR_INSTALLED
    if v.given("nox_target") and not (scr or sncr):
        yield Finding("coal_target_without_part", "nox_target", {"name": "nox_target"}, "warning")
    if v.given("so2_target") and v.number("fgd") != FGD_INSTALLED:
        yield Finding("coal_target_without_part", "so2_target", {"name": "so2_target"}, "warning")
    tested, ratio = v.number("sncr_reduction"), v.number("sncr_ratio")
    off = v.number("sncr_temperature") - v.number("sncr_best_temperature")
    width = v.number("sncr_width_hot" if off > 0.0 else "sncr_width_cold")
    most = exp(-((off / width) ** 2))
    if sncr and tested >= min(most, ratio):
        fields = {"tested": percent(tested), "most": percent(min(most, ratio))}
        yield Finding("coal_sncr_test", "sncr_reduction", fields)


CLEANING_CHECKS = (cleaning_fits,)
