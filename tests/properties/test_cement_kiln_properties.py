"""The kiln line: what holds for any line. Mass, elements and energy close; what must rise rises; no row is lost."""

from __future__ import annotations

import numpy as np
import pytest
from cement_kiln_rows import changed, row_of, solve_rows, solved
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim.engine.rows import year_of
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import OperatingPoint, Value
from plantsim.vocabulary.status import NAMES, NOT_FINITE, NOT_RUN, OK

DECLARATION = library().declaration("cement_kiln")
RESIDUALS = [n for n in DECLARATION.variables if n.endswith("_residual")]
CLOSED = 1e-9
KILN = {"carbide_lime_share": 0.3, "bypass_share": 0.08, "sludge_ratio": 0.03, "alternative_heat_share": 0.2}


def drawn(n: int, seed: int) -> np.ndarray:
    """Return records drawn from the typical bands of what sampling draws, waste-heat power off."""
    draw = np.random.default_rng(seed)
    x = np.repeat(row_of(waste_heat_power=0, air_pressure=81500.0), n)
    for v in DECLARATION.with_role("input"):
        if v.typical and v.drawn and not v.options and v.name != "air_pressure":
            x[v.name] = draw.uniform(*v.typical, n)
    return x


def run(x: np.ndarray, loads: float = 1.0) -> np.ndarray:
    year = year_of(DECLARATION, [[OperatingPoint(Value(3.6e6), {"load": Value(loads)})]] * len(x))
    d, y = DECLARATION.zeros("d", len(x)), DECLARATION.zeros("y", len(x))
    y["status"] = NOT_RUN
    load("cement_kiln").entry(x, d, year.o, year.first_bin, y, 0, len(x))
    return y


def test_typical_lines_are_solved_and_close():
    y = run(drawn(1500, 20261101))
    assert set(np.unique(y["status"])) <= set(NAMES) - {NOT_FINITE, NOT_RUN}
    ok = y["status"] == OK
    assert ok.mean() > 0.99
    for name in RESIDUALS:
        assert np.nanmax(np.abs(y[name][ok])) <= CLOSED, name


@pytest.mark.parametrize(
    "choices", [{}, KILN, {"oxygen_supply": 0.04}, {"tower_model": 0, "cooler_model": 0}]
)
@pytest.mark.parametrize("reference_temperature", [0, 20, 25])
def test_balances_close_with_every_part_on(choices, reference_temperature):
    y = solved(reference_temperature=reference_temperature, **choices).y[0]
    assert y["status"] == OK
    for name in RESIDUALS:
        assert abs(y[name]) <= CLOSED or (name == "calciner_residual" and choices.get("tower_model") == 0), (
            name
        )


def test_the_reference_temperature_hardly_changes_the_fuel():
    heats = [solved(reference_temperature=t).y["heat_consumption"][0] for t in (0, 25)]
    assert heats[0] == pytest.approx(heats[1], rel=0.005)
    assert heats[0] != heats[1]


@examples(25)
@given(st.sampled_from([
    ("exit_oxygen", 0.005), ("kiln_shell_loss", 10e3), ("meal_moisture", 0.002), ("stage_loss", 2e3),
    ("stage_approach", 5.0), ("clinker_lime", 0.003), ("kiln_false_air", 0.01), ("primary_air_share", 0.01),
    ("bypass_share", 0.03), ("sludge_ratio", 0.02),
]), st.floats(0.3, 1.0))  # fmt: skip
def test_what_costs_heat(change, part):
    name, step = change
    base = solved()
    after = solve_rows(changed(base.x, **{name: base.x[name] + part * step}), load=1.0)
    assert after.y["heat_consumption"][0] > base.y["heat_consumption"][0]


def test_part_load_costs_heat():
    base = solved()
    assert solve_rows(base.x, load=0.8).y["heat_consumption"][0] > base.y["heat_consumption"][0]


def test_alternative_fuel_raises_total_and_lowers_fossil_heat():
    base = solved()
    after = solve_rows(changed(base.x, alternative_heat_share=0.2), load=1.0)
    assert after.y["heat_consumption"][0] > base.y["heat_consumption"][0]
    assert after.y["fossil_heat_consumption"][0] < base.y["fossil_heat_consumption"][0]
    per_ten_points = (after.y["heat_consumption"][0] - base.y["heat_consumption"][0]) / 2
    assert 10e3 < per_ten_points < 60e3  # 20 to 60 MJ/t per 10 % are known


def test_wet_sludge_costs_the_evaporation_of_its_water():
    base = solved(sludge_dry_heating_value=0.0, tower_model=0, cooler_model=0)
    x = changed(base.x, sludge_ratio=0.02)
    after = solve_rows(x, load=1.0).y[0]
    coal = after["fossil_heat_consumption"] - base.y["fossil_heat_consumption"][0]
    assert (
        2.6e6 < coal / (0.02 * 0.8) < 4.2e6
    )  # 2.6 to 2.9 MJ/kg of water, and the gas of the fuel that gives it


def test_carbide_slag_saves_heat_and_process_carbon():
    base = solved(carbide_moisture=0.0, tower_model=0, cooler_model=0)
    after = solve_rows(changed(base.x, carbide_lime_share=0.2), load=1.0).y[0]
    lime = 0.2 * 0.655
    saved = base.y["formation_heat"][0] - after["formation_heat"]
    assert saved / lime == pytest.approx(1.2e6, rel=0.05)  # MJ per kg of CaO replaced
    less = (base.y["process_co2_flow"][0] - after["process_co2_flow"]) / after["clinker_flow"]
    assert less == pytest.approx(0.785 * lime, rel=0.01)


def test_oxygen_enrichment_trades_gas_for_electricity():
    """It saves fuel while the cooler's efficiency stays; with the cells, less air leaves less heat recovered.

    Where the cooling air follows what the kiln draws (the vent air is held), fuel falls all the same.
    """
    for held, cooling, saves in ((True, 0, True), (False, 0, False), (False, 1, True)):
        base = solved(cooler_model=0 if held else 1, cooling_air_hold=cooling)
        after = solve_rows(changed(base.x, oxygen_supply=0.04), load=1.0).y[0]
        assert after["exit_gas_volume"] < base.y["exit_gas_volume"][0]
        assert (after["heat_consumption"] < base.y["heat_consumption"][0]) == saves
        lost = base.y["reached_cooler_efficiency"][0] - after["reached_cooler_efficiency"]
        assert lost == pytest.approx(0.0, abs=1e-12) if held else lost > 1e-4
        assert after["oxygen_power"] / after["clinker_flow"] / 3.6e3 == pytest.approx(40 * 0.35, rel=1e-6)


def test_formation_formulas_differ_by_alumina_alone():
    heats = [solved(formation_formula=f).y["formation_heat"][0] for f in (0, 1)]
    assert heats[0] - heats[1] == pytest.approx(1.89 * 5.2 * 4186.8, rel=1e-9)


def test_a_measured_consumption_is_reproduced_by_the_unaccounted_loss():
    plain = solved()
    given = solved(measured_heat_consumption=3.15e6)
    assert given.y["heat_consumption"][0] == pytest.approx(3.15e6, rel=1e-9)
    assert given.y["heat_consumption_deviation"][0] == pytest.approx(0.0, abs=1.0)
    assert given.x["unaccounted_loss"][0] > 0.8 * (3.15e6 - plain.y["heat_consumption"][0])
    assert np.isnan(plain.y["heat_consumption_deviation"][0])
