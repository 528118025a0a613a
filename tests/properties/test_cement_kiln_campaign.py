"""A kiln line with all inputs of the typical band drawn at once, around every reference: solved, or a reason."""

from __future__ import annotations

import numpy as np
import pytest
from cement_kiln_rows import PROCESS, row_of

from plantsim.engine.rows import year_of
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import OperatingPoint, Value
from plantsim.vocabulary.status import NOT_FINITE, NOT_RUN, OK

DECLARATION = library().declaration(PROCESS)
REFERENCES = [r.id for r in library().references.values() if r.process == PROCESS]
ROWS = 1500
CLOSED = 1e-9


def drawn(reference: str, n: int, seed: int) -> np.ndarray:
    """Return records with every banded input drawn, ratings that hang together too; choices as the reference's."""
    draw = np.random.default_rng(seed)
    x = np.repeat(row_of(reference), n)
    for v in DECLARATION.with_role("input"):
        if not v.typical or v.options or v.optional or v.name == "air_pressure":
            continue
        low, high = v.typical
        x[v.name] = draw.integers(int(low), int(high) + 1, n) if v.is_integer else draw.uniform(low, high, n)
    x["damper_curvature"] = 1.0 - x["damper_constant"] - x["damper_slope"]  # full power at full flow
    return x


def solve(x: np.ndarray) -> np.ndarray:
    year = year_of(DECLARATION, [[OperatingPoint(Value(3.6e6), {"load": Value(1.0)})]] * len(x))
    d, y = DECLARATION.zeros("d", len(x)), DECLARATION.zeros("y", len(x))
    y["status"] = NOT_RUN
    load(PROCESS).entry(x, d, year.o, year.first_bin, y, 0, len(x))
    return y


@pytest.mark.parametrize("reference", REFERENCES)
def test_lines_drawn_from_all_bands_are_solved(reference):
    y = solve(drawn(reference, ROWS, 20261201))
    ok = y["status"] == OK
    assert ok.mean() >= 0.95
    assert not np.isin(y["status"], (NOT_FINITE, NOT_RUN)).any()
    assert (y["status_variable"][~ok] != 0).all()  # each failure names its variable
    for name in DECLARATION.variables:
        if name.endswith("_residual"):
            assert np.nanmax(np.abs(y[name][ok])) <= CLOSED, name


@pytest.mark.parametrize("reference", REFERENCES)
def test_no_heat_runs_uphill_and_nothing_is_below_zero(reference):
    x = drawn(reference, ROWS, 20261202)
    y = solve(x)
    ok = y["status"] == OK
    x, y = x[ok], y[ok]
    for air in ("secondary_temperature", "tertiary_temperature", "vent_air_temperature"):
        assert (y[air] <= x["burning_temperature"] + 1e-3).all(), air
        assert (y[air] >= x["ambient_temperature"] - 1e-3).all(), air
    steam = y["whr_gross_power"] > 0
    assert (y["preheater_boiler_outlet_temperature"] >= x["whr_feed_temperature"])[steam].all()
    assert (y["cooler_boiler_outlet_temperature"] >= x["whr_feed_temperature"])[steam].all()
    for name in ("calciner_oxygen", "c3s", "c2s", "c3a", "c4af", "vent_air_volume"):
        assert (y[name] >= 0.0).all(), name
    assert (y["coal_heat"] >= y["credit_heat_2012"]).all()


@pytest.mark.parametrize("name", ["oxygen_supply", "raw_material_moisture"])
@pytest.mark.parametrize("reference", REFERENCES)
def test_one_input_over_its_band(name, reference):
    x = np.repeat(row_of(reference), 12)
    x[name] = np.linspace(*DECLARATION.variables[name].typical, 12)
    assert (solve(x)["status"] == OK).all()
