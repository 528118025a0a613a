"""The coking plant: what holds for any. Balances, statuses in place of NaN, burn-off that never pays, monotone heat."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from coke_rows import KGCE_PER_TONNE, row_of, solve_rows
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim.engine.rows import join_records
from plantsim.io.plants import reference_plant
from plantsim.kernels.steam import saturation_temperature
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.status import NAMES, NOT_FINITE, OK

DECLARATION = library().declaration("coke_oven")
BALANCE = 1e-9
ELEMENTS = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "ash")
RESIDUALS = [f"{e}_residual" for e in ELEMENTS]
RESIDUALS += ["energy_residual", "plant_carbon_residual", "plant_sulphur_residual"]
RESIDUALS += ["cdq_element_residual", "cdq_energy_residual"]
NOT_ALWAYS = {  # not a number where the part is not there or the standard's table ends
    "scr_gas_temperature",
    "correction_raw_material",
    "flue_boiler_gas_inlet",
    "flue_boiler_gas_outlet",
    "scr_lowest",
    "scr_highest",
}
EITHER_SIGN = {  # sold or bought, more or less than a standard's base; residuals are tested by their size
    "grid_power",
    "convention_balance",
    "correction_raw_material",
    "analysis_gap_carbon",
    "analysis_gap_hydrogen",
    "acid_bought",  # less what is sold
    "sulphur_unexplained",
    *RESIDUALS,
}
SHARES = {"fraction", "efficiency", "mass_fraction", "mole_fraction"}
TOWER = {  # not known where the air at the tower is too warm or wet for the turbine's exhaust
    "tower_evaporated",
    "tower_blowdown",
    "tower_make_up",
    "tower_waste_water",
    "reused_water",
    "quench_fresh_water",
    "fresh_water_flow",
    "waste_water_flow",
}
CI, FULL = 10_000, 100_000
WITH = {  # what may stand beside the ovens of a reference
    "as it is": {},
    "dry quenching": {"quenching": 1},
    "extraction": {"quenching": 1, "cdq_turbine": 2},
    "back pressure": {"quenching": 1, "cdq_turbine": 3},
    "steam only": {"quenching": 1, "cdq_turbine": 0},
    "reheat": {"quenching": 1, "cdq_reheat": 1},
    "waste heat": {"riser_recovery": 1, "flue_boiler": 1, "moisture_removed": 0.0},
    "ultra-low": {"denitration": 1, "desulphurisation": 1},
    "all": {  # drying and a flue-gas boiler want the same heat: one of them
        "quenching": 1,
        "riser_recovery": 1,
        "flue_boiler": 1,
        "moisture_removed": 0.0,
        "denitration": 1,
        "desulphurisation": 1,
        "voc_treatment": 1,
        "surplus_steam_turbine": 1,
    },
}


def drawn(n: int, which: str, seed: int, options: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return x and o records drawn from the typical bands or the hard bounds; optional inputs stay open.

    options: draw the choices too; else quenching alone.
    """
    draw = np.random.default_rng(seed)
    x, o = join_records([row_of()] * n), DECLARATION.zeros("o", n)
    for v in DECLARATION.with_role("input"):
        band = getattr(v, which) or v.typical
        if v.options:
            if options or v.name == "quenching":
                x[v.name] = draw.integers(0, len(v.options), n)
        elif v.quantity == "count":
            x[v.name] = draw.integers(int(band[0]), int(band[1]) + 1, n)
        elif not v.optional and band:
            x[v.name] = draw.uniform(*band, n)
    o["load"] = draw.uniform(0.6, 1.0, n)
    return x, o


def run(x: np.ndarray, o: np.ndarray) -> np.ndarray:
    """Solve one point per record; return y."""
    n = len(x)
    d, y = DECLARATION.zeros("d", n), DECLARATION.zeros("y", n)
    y["status"] = -1
    load("coke_oven").entry(x, d, o, np.arange(n + 1, dtype=np.int64), y, 0, n)
    return y


def check(y: np.ndarray) -> np.ndarray:
    """Assert what every solved state must hold; return which are ok."""
    assert set(np.unique(y["status"])) <= set(NAMES) - {NOT_FINITE}
    ok = y["status"] == OK
    solved = y[ok]
    for name in RESIDUALS:
        assert np.all(np.abs(solved[name]) <= BALANCE), name
    for v in DECLARATION.with_role("output"):
        # the gap to an analysis is not known where none was given
        if v.name not in NOT_ALWAYS | TOWER and not v.name.startswith(("cdq_", "analysis_gap")):
            assert np.all(np.isfinite(solved[v.name])), v.name
    water_holds(solved)
    return ok


def water_holds(y: np.ndarray) -> None:
    """Assert that water is known but for a tower in air that cannot take its heat, and that none is below zero."""
    known = y[np.isfinite(y["tower_evaporated"])]
    assert len(known) >= 0.9 * len(y)
    for name in TOWER:
        assert np.all(known[name] >= 0.0), name
    made = known["tower_evaporated"] + known["tower_drift"] + known["tower_blowdown"]
    assert np.allclose(known["tower_make_up"], made, rtol=1e-12)
    sprayed = known["quench_water_flow"] + known["coke_water_flow"] + known["semi_dry_water"]
    assert np.all(known["reused_water"] <= sprayed * (1.0 + 1e-12))
    assert np.all(y["demineralised_water"] >= 0.0)
    assert np.all(y["treatment_water"] >= y["demineralised_water"])


def test_typical_plants_are_solved_and_close():
    x, o = drawn(4000, "typical", 1, options=False)
    y = run(x, o)
    ok = check(y)
    failed = sorted({DECLARATION.name_of_code(int(c)) for c in y["status_variable"][~ok]})
    assert ok.mean() >= 0.99, f"{1 - ok.mean():.3f} failed, blaming {failed}"


def around(reference: str, parts: dict[str, float], n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of a reference with parts added, every drawn number of the typical band at once; choices stay."""
    draw = np.random.default_rng(seed)
    plant = reference_plant(reference, library())
    x = join_records([row_of(**{k: v.si for k, v in plant.values.items()})] * n)
    o = DECLARATION.zeros("o", n)
    for v in DECLARATION.with_role("input"):
        if v.drawn and v.typical and not v.is_integer and not v.optional:
            x[v.name] = draw.uniform(*v.typical, n)
    for name, value in parts.items():
        x[name] = value
    o["load"] = draw.uniform(*DECLARATION.variables["load"].typical, n)
    return x, o


def causes(y: np.ndarray) -> dict[str, int]:
    """Return how many rows failed, by status and variable blamed."""
    failed = y[y["status"] != OK]
    found = zip(failed["status"], failed["status_variable"], strict=True)
    return dict(Counter(f"{NAMES[int(s)]}: {DECLARATION.name_of_code(int(v))}" for s, v in found))


def references_are_solved(n: int) -> None:
    for reference in [r.id for r in library().references.values() if r.process == "coke_oven"]:
        for seed, (name, parts) in enumerate(WITH.items()):
            x, o = around(reference, parts, n, seed)
            y = run(x, o)
            ok = check(y)
            assert ok.mean() >= 0.95, f"{reference}, {name}: {ok.mean():.3f} ok; {causes(y)}"
            cannot_be(x[ok], y[ok])


def cannot_be(x: np.ndarray, y: np.ndarray) -> None:
    """Assert of solved rows that no flow is negative, no share above 1, and no heat runs uphill."""
    for v in DECLARATION.with_role("output"):
        if v.length or v.name in EITHER_SIGN:
            continue
        value = y[v.name][np.isfinite(y[v.name])]
        assert np.all(value >= 0.0), f"{v.name} {value.min()}"
        if v.quantity in SHARES:
            assert np.all(value <= 1.0 + 1e-12), f"{v.name} {value.max()}"
    boiling = np.array([saturation_temperature(p) for p in x["steam_pressure"]])
    assert np.all(x["feedwater_temperature"] < boiling)
    riser = x["riser_recovery"] == 1
    assert np.all((y["raw_gas_cooled_to"] > boiling)[riser])
    assert np.all((y["raw_gas_cooled_to"] >= x["riser_outlet_temperature"] - 1e-6)[riser])
    assert np.all(y["raw_gas_cooled_to"] <= x["raw_gas_temperature"] + 1e-6)
    flue = x["flue_boiler"] == 1
    assert np.all((y["flue_boiler_gas_inlet"] > boiling)[flue])
    assert np.all((y["flue_boiler_gas_outlet"] > x["feedwater_temperature"])[flue])
    assert np.all((y["flue_boiler_gas_outlet"] < y["flue_boiler_gas_inlet"])[flue])
    dry = x["quenching"] == 1
    if not np.any(dry):
        return
    a, b = x[dry], y[dry]
    drum = np.array([saturation_temperature(p) for p in a["cdq_steam_pressure"]])
    assert np.all(b["cdq_coke_temperature"] > a["cdq_gas_inlet_temperature"])
    assert np.all(b["cdq_shaft_gas_temperature"] < a["coke_temperature"])
    assert np.all(b["cdq_gas_behind_boiler"] > a["cdq_feedwater_temperature"])
    assert np.all(a["cdq_feedwater_temperature"] < drum)
    assert np.all(drum < a["cdq_steam_temperature"])
    assert np.all(b["cdq_boiler_gas_temperature"] > a["cdq_steam_temperature"])
    assert np.all(b["cdq_least_difference"] >= a["cdq_boiler_gap"] - 1e-6)
    assert np.all(b["cdq_exergy_out"] < b["cdq_exergy_in"])
    assert np.all(b["credit_steam_meter"] <= b["credit_steam_net"] * (1 + 1e-12))


def within_bounds(n: int, seed: int) -> None:
    x, o = drawn(n, "bounds", seed, options=True)
    y = run(x, o)
    ok = check(y)
    assert np.all(y["status_variable"][~ok] != 0), "what failed names a variable"
    assert ok.mean() > 0.02, causes(y)
    cannot_be(x[ok], y[ok])


def test_references_are_solved_over_their_whole_typical_band():
    references_are_solved(CI // 10)


def test_any_plant_within_bounds_gives_a_status_and_closes():
    within_bounds(CI, 2)


@pytest.mark.campaign
def test_references_campaign():
    references_are_solved(FULL // len(WITH))  # of each reference a hundred thousand


@pytest.mark.campaign
def test_bounds_campaign():
    within_bounds(FULL, 3)


@examples(60)
@given(
    air=st.floats(0.03, 0.12),
    more=st.floats(0.005, 0.05),
    carbon_monoxide=st.floats(0.0, 0.08),
    coke=st.floats(1223.15, 1333.15),
    pressure=st.floats(3.8e6, 9.9e6),
    loss=st.floats(0.0, 0.05),
)
def test_more_burn_off_never_improves_the_default_indicator(air, more, carbon_monoxide, coke, pressure, loss):
    """Coke burnt is energy lost at its full heating value; steam above feedwater never brings back more than that."""
    same = {
        "quenching": 1,
        "cdq_vent_co": carbon_monoxide,
        "cdq_vent_h2": 0.0,
        "coke_temperature": coke,
        "cdq_steam_pressure": pressure,
        "cdq_boiler_loss": loss,
    }
    found = solve_rows(join_records([row_of(**same, cdq_air=air), row_of(**same, cdq_air=air + more)]))
    if np.any(found.y["status"] != OK):
        return
    assert found.y["cdq_burnt_share"][1] > found.y["cdq_burnt_share"][0]
    less_burnt, more_burnt = found.indicators["coke_unit_energy"] / KGCE_PER_TONNE
    assert more_burnt > less_burnt


@examples(30)
@given(
    name=st.sampled_from(
        [
            "coal_moisture",
            "flue_temperature",
            "air_ratio",
            "surface_loss_share",
            "coke_temperature",
            "reaction_heat",
        ]
    ),
    place=st.floats(0.0, 0.8),
)
def test_heat_consumption_rises_with_each_of_its_causes(name, place):
    low, high = DECLARATION.variables[name].typical
    value = low + place * (high - low)
    rows = join_records([row_of(**{name: value}), row_of(**{name: value + 0.2 * (high - low)})])
    heat = solve_rows(rows).y["dry_heat_consumption"]
    assert heat[1] > heat[0]


def test_load_scales_flows_and_leaves_rates():
    full, part = solve_rows(row_of(), 1.0), solve_rows(row_of(), 0.7)
    assert np.isclose(part.y["coke_rate"][0], 0.7 * full.y["coke_rate"][0], rtol=1e-12)
    assert np.isclose(
        part.indicators["coke_unit_energy"][0], full.indicators["coke_unit_energy"][0], rtol=1e-12
    )
