"""The coking plant: what holds for any. Balances, statuses in place of NaN, burn-off that never pays, monotone heat."""

from __future__ import annotations

import numpy as np
from coke_rows import KGCE_PER_TONNE, row_of, solve_rows
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim.engine.rows import join_records
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.status import NAMES, NOT_FINITE, OK

DECLARATION = library().declaration("coke_oven")
BALANCE = 1e-9
ELEMENTS = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "ash")
RESIDUALS = [f"{e}_residual" for e in ELEMENTS]
RESIDUALS += ["energy_residual", "plant_carbon_residual", "cdq_element_residual", "cdq_energy_residual"]
NOT_ALWAYS = {  # not a number where the part is not there or the standard's table ends
    "scr_gas_temperature",
    "correction_raw_material",
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
        if v.name not in NOT_ALWAYS and not v.name.startswith("cdq_"):
            assert np.all(np.isfinite(solved[v.name])), v.name
    return ok


def test_typical_plants_are_solved_and_close():
    x, o = drawn(4000, "typical", 1, options=False)
    y = run(x, o)
    ok = check(y)
    failed = sorted({DECLARATION.name_of_code(int(c)) for c in y["status_variable"][~ok]})
    assert ok.mean() >= 0.99, f"{1 - ok.mean():.3f} failed, blaming {failed}"


def test_any_plant_within_bounds_gives_a_status_and_closes():
    x, o = drawn(4000, "bounds", 2, options=True)
    y = run(x, o)
    ok = check(y)
    assert np.all(y["status_variable"][~ok] != 0), "what failed names a variable"


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
