"""The cell: what holds for any line. Balances, signs, statuses in place of NaN; and drawn campaigns with counts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from aluminium_rows import HANDLE, HOLD, calibrated, changed, row_of, solve_rows
from counts import examples, seed
from hypothesis import given
from hypothesis import strategies as st

from plantsim.io.plants import reference_plant
from plantsim.kernels import bath
from plantsim.library import library
from plantsim.processes import load
from plantsim.processes.aluminium_cell.cell import enthalpy_voltage
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, NAMES, NOT_FINITE, OK

DECLARATION = library().declaration("aluminium_cell")
BALANCE = 1e-9  # of the cell's power
NO_CELL = {"cell_voltage"}  # blamed when the voltage leaves the bath no distance (or a fathom of it)


def drawn(n: int, which: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x and o records drawn independently from the typical bands or from the hard bounds."""
    draw = np.random.default_rng(seed)
    x, o = DECLARATION.zeros("x", n), DECLARATION.zeros("o", n)
    for v in DECLARATION.with_role("input"):
        band = getattr(v, which)
        if v.options:
            x[v.name] = draw.integers(0, len(v.options), n)
        elif v.quantity == "count":
            x[v.name] = draw.integers(int(band[0]), int(band[1]) + 1, n)
        else:
            x[v.name] = draw.uniform(*band, n)
    # two of three lines state what gives other inputs: it is drawn beside those, not against them
    stated = draw.integers(0, 3, n) > 0
    superheat = draw.uniform(*getattr(DECLARATION.variables["superheat"], which), n)
    x["measured_liquidus"] = np.where(stated, x["bath_temperature"] - superheat, np.nan)
    net = draw.uniform(*getattr(DECLARATION.variables["net_anode_consumption"], which), n)
    x["gross_anode_consumption"] = np.where(stated, net + x["anode_butts"], np.nan)
    x["heat_balance"] = 1
    o["cells_in_operation"] = draw.uniform(0.5, 1.0, n)
    o["hold"] = draw.integers(0, len(HOLD), n)
    return x, o


def run(x: np.ndarray, o: np.ndarray) -> np.ndarray:
    """Solve one point per record; return y."""
    n = len(x)
    d, y = DECLARATION.zeros("d", n), DECLARATION.zeros("y", n)
    y["status"] = -1
    load("aluminium_cell").entry(x, d, o, np.arange(n + 1, dtype=np.int64), y, 0, n)
    return y


def check(x: np.ndarray, o: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Assert what every solved state must hold; return which are ok."""
    assert set(np.unique(y["status"])) <= set(NAMES) - {NOT_FINITE}
    ok = y["status"] == OK
    s, r, c = y[ok], x[ok], x[ok]["cell_count"] * o[ok]["cells_in_operation"]
    for v in DECLARATION.with_role("output"):
        assert np.all(np.isfinite(s[v.name])), v.name
    assert np.all(np.abs(s["energy_residual"]) <= BALANCE)
    assert np.all(np.abs(s["carbon_residual"]) <= BALANCE)
    power = c * r["line_current"] * s["operating_voltage"]
    parts = s["reaction_power"] + s["external_heat_loss"]
    parts += s["top_heat_loss"] + s["side_heat_loss"] + s["bottom_heat_loss"]
    assert np.all(np.abs(power - parts) <= BALANCE * power)
    fume_holds(r, o[ok], s)
    bought = s["grid_power"] + s["green_power"]
    used = s["ac_power"] + s["auxiliary_power"] + s["casting_power"] + s["startup_power"]
    assert np.all(np.abs(bought - used) <= BALANCE * used)
    return ok


def variants(x: np.ndarray, seed: int) -> np.ndarray:
    """Return calibrated lines after a drawn change of cathode, anode, distance, conductances, current or bath."""
    draw, new, n = np.random.default_rng(seed), x.copy(), len(x)
    new["cathode_voltage_drop"] -= draw.uniform(0, 0.10, n) * (x["cathode_voltage_drop"] > 0.25)
    new["anode_voltage_drop"] -= draw.uniform(0, 0.04, n)
    new["anode_cathode_distance"] += draw.uniform(-0.006, 0.002, n)
    new["top_conductance"] *= draw.uniform(0.85, 1.05, n)
    new["bottom_conductance"] *= draw.uniform(0.7, 1.1, n)
    new["line_current"] *= draw.uniform(0.97, 1.05, n)
    new["bath_ratio"] += draw.uniform(-0.15, 0.05, n)
    return new


def campaign(n: int, seed: int) -> None:
    x, o = drawn(n, "typical", seed)
    y = run(x, o)
    ok = check(x, o, y)
    assert ok.mean() >= 0.99, "lines of the typical band"
    changed_lines = variants(x[ok], seed + 1)
    after = run(changed_lines, o[ok])
    check(changed_lines, o[ok], after)
    named = (after["status"] == OK) | (after["status"] == INFEASIBLE_THERMAL)
    assert named.mean() >= 0.99, "a changed line is warm, or freezes or overheats by name"

    x, o = drawn(n, "bounds", seed + 2)
    y = run(x, o)
    ok = check(x, o, y)
    blamed = np.isin(y["status_variable"], [DECLARATION.variables[v].code for v in NO_CELL]) & ~ok
    has_state = ~blamed & (y["status"] != INFEASIBLE_THERMAL)
    assert ok[has_state].mean() >= 0.90, "inside hard bounds, where a warm state exists"
    assert has_state.mean() >= 0.5, "or the bounds say little"


def test_campaign():
    campaign(20_000, 20260801)


@pytest.mark.campaign
def test_campaign_in_full():
    for part in range(10):
        campaign(100_000, seed(1000 + 10 * part))


EITHER_SIGN = {
    "energy_residual", "carbon_residual", "insulation_to_restore", "insulation_power", "so2_excess",
    "fluoride_excess", "dust_excess",
}  # fmt: skip
SHARES = {"fraction", "efficiency", "mass_fraction"}


def around(reference: str, n: int, seed: int, heat_balance: int, hold: str) -> tuple[np.ndarray, np.ndarray]:
    """Return lines of a reference, every drawn number of the typical band at once; its choices stay."""
    draw = np.random.default_rng(seed)
    plant = reference_plant(reference, library())
    x = np.repeat(row_of(**{k: v.si for k, v in plant.values.items()}), n)
    o = DECLARATION.zeros("o", n)
    for v in DECLARATION.with_role("input"):
        if v.drawn and v.typical and not v.is_integer and not v.optional:
            x[v.name] = draw.uniform(*v.typical, n)
    x["heat_balance"], o["hold"] = heat_balance, HOLD[hold]
    if not heat_balance:  # a line without it tells no heat to recover
        x["shell_heat_share"] = x["gas_heat_share"] = 0.0
    o["cells_in_operation"] = draw.uniform(0.4, 1.0, n)
    return x, o


def fume_holds(x: np.ndarray, o: np.ndarray, y: np.ndarray) -> None:
    """Assert of solved lines: between cells, stack and roof nothing is lost, no cleaning passes its most."""
    so2 = y["anode_rate"] * x["anode_sulphur"] * (1.0 - x["sulphur_retained"]) * (64.058 / 32.06)
    drawn = so2 * x["hooding_efficiency"]
    assert np.all(np.abs(y["so2_rate"] + y["so2_removed"] - so2) <= BALANCE * so2)
    on = x["desulphurisation"] > 0
    most = np.where(on, x["desulphurisation_removal"], 0.0)
    assert np.all(y["so2_removed"] <= drawn * most * (1.0 + BALANCE))
    # what the target asks for is reached wherever the plant can
    can = on & (drawn * (1.0 - most) <= x["so2_target"] * y["fume_flow"])
    assert np.all(y["so2_concentration"][can] <= x["so2_target"][can] * (1.0 + BALANCE))
    assert np.all(y["so2_concentration"] * y["fume_flow"] <= drawn * (1.0 + BALANCE))
    given = x["fluoride_evolution"] * y["metal_rate"]
    assert np.all(y["fluoride_rate"] <= given * (1.0 + BALANCE))
    assert np.all(y["dust_rate"] <= x["dust_evolution"] * y["metal_rate"] * (1.0 + BALANCE))
    assert np.all(y["dust_concentration"] <= x["stack_dust"] * (1.0 + BALANCE))
    sulphur = y["so2_removed"] * (32.06 / 64.058)  # of limestone and gypsum, one mole each
    wet = x["desulphurisation"] == 1
    pure = y["limestone_rate"] * x["reagent_purity"] / x["calcium_ratio"] / 0.100086 * 0.03206
    assert np.all(np.abs(pure - sulphur)[wet] <= 1e-6 * sulphur[wet])
    for name in ("limestone_rate", "gypsum_rate", "desulphurisation_co2_rate"):
        assert np.all(y[name][~wet] == 0.0), name
    for name in ("lime_rate", "dry_residue_rate"):
        assert np.all(y[name][x["desulphurisation"] != 2] == 0.0), name


def cannot_be(x: np.ndarray, y: np.ndarray) -> None:
    """Assert of solved lines: no negative flow, no share above 1, bath above liquidus above air, ledge in between."""
    for v in DECLARATION.with_role("output"):
        value = y[v.name][np.isfinite(y[v.name])]
        if v.length or v.name in EITHER_SIGN or not len(value):
            continue
        assert np.all(value >= 0.0), f"{v.name} {value.min()}"
        if v.quantity in SHARES:
            assert np.all(value <= 1.0), f"{v.name} {value.max()}"
    hot = x["heat_balance"] == 1
    a, b = x[hot], y[hot]
    assert np.all(b["operating_superheat"] > 0.0)
    liquidus = b["operating_temperature"] - b["operating_superheat"]
    assert np.all(liquidus > a["ambient_temperature"])
    # what film and superheat bring to the ledge flows on through it and the wall, downhill all the way
    flux = a["ledge_film_coefficient"] * b["operating_superheat"]
    shell = liquidus - flux * b["operating_ledge_thickness"] / a["ledge_conductivity"]
    assert np.all(shell >= a["ambient_temperature"])
    assert np.all(b["exported_heat"] <= b["side_heat_loss"] + b["top_heat_loss"])


def references_are_solved(n: int) -> None:
    for reference in [r.id for r in library().references.values() if r.process == "aluminium_cell"]:
        for start, (balance, hold) in enumerate([(0, "superheat"), *((1, h) for h in HOLD)]):
            x, o = around(reference, n, start, balance, hold)
            y = run(x, o)
            ok = y["status"] == OK
            failed = Counter(DECLARATION.name_of_code(int(c)) for c in y["status_variable"][~ok])
            assert ok.mean() >= 0.95, f"{reference}, {hold}: {ok.mean():.3f} ok; {dict(failed)}"
            cannot_be(x[ok], y[ok])


def followed(n: int, seed: int) -> None:
    """A bath that follows its ledge: balances and order hold, each failure is named."""
    x, o = drawn(n, "typical", seed)
    x["bath_chemistry"], x["bath_mass"] = 1, 15.0 * x["line_current"] / 1000.0
    y = run(x, o)
    ok = check(x, o, y)
    assert ok.mean() >= 0.99
    new = variants(x[ok], seed + 1)
    after = run(new, o[ok])
    fine = check(new, o[ok], after)
    cannot_be(new[fine], after[fine])
    assert np.all(after["status_variable"][~fine] != 0)
    assert np.mean((after["status"] == OK) | (after["status"] == INFEASIBLE_THERMAL)) >= 0.97


def test_references_are_solved_over_their_whole_typical_band():
    references_are_solved(1_000)


def test_followed_baths():
    followed(10_000, 7)


@pytest.mark.campaign
def test_references_campaign():
    references_are_solved(100_000)


@pytest.mark.campaign
def test_followed_baths_in_full():
    followed(100_000, 8)


RECORDS = {name for v in DECLARATION.with_role("input") for name in v.given_by}
"""What states other inputs; by itself it says nothing of a whole line."""
TYPICAL = {
    v.name: st.floats(*v.typical)
    for v in DECLARATION.with_role("input")
    if v.typical and not v.is_integer and v.name not in {"air_pressure", *RECORDS}
}


@examples(60)
@given(st.fixed_dictionaries(TYPICAL), st.floats(-0.004, 0.004), st.sampled_from(sorted(HOLD)))
def test_voltage_rises_with_distance_by_current_density_over_conductivity(values, step, hold):
    line = calibrated(**values)
    # at a held superheat the bath's temperature is the same: with all limits open, cover holds it at either distance
    free = changed(line, cover_limit=10.0, thermal_handle=HANDLE["cover"])
    moved = changed(free, anode_cathode_distance=free["anode_cathode_distance"][0] + step)
    a, b = solve_rows(free).y[0], solve_rows(moved).y[0]
    gradient = solve_rows(free).d["current_density"][0] / a.bath_conductivity
    assert b.operating_voltage - a.operating_voltage == pytest.approx(gradient * step, rel=1e-9, abs=1e-12)


@examples(60)
@given(st.fixed_dictionaries(TYPICAL), st.floats(0.90, 0.999))
def test_better_insulation_warms_the_bath_and_thins_the_ledge(values, factor):
    line = calibrated(**values)
    warmer = changed(line, top_conductance=line["top_conductance"][0] * factor)
    a, b = solve_rows(line, "distance").y[0], solve_rows(warmer, "distance").y[0]
    assert b.operating_superheat > a.operating_superheat
    assert b.operating_ledge_thickness < a.operating_ledge_thickness


@examples(60)
@given(st.fixed_dictionaries(TYPICAL), st.floats(0.001, 0.08))
def test_distance_as_the_handle_gives_a_cathode_s_gain_back(values, gain):
    line = changed(calibrated(**values), thermal_handle=HANDLE["distance"])
    better = changed(line, cathode_voltage_drop=line["cathode_voltage_drop"][0] - gain)
    a, b = solve_rows(line).y[0], solve_rows(better).y[0]
    assert b.operating_distance > a.operating_distance
    gained = enthalpy_voltage(b.operating_efficiency) - enthalpy_voltage(a.operating_efficiency)
    assert b.operating_voltage - gained == pytest.approx(a.operating_voltage, rel=1e-9)


@examples(60)
@given(st.fixed_dictionaries(TYPICAL))
def test_each_mode_finds_the_calibrated_line_again(values):
    row = row_of(**values)
    for hold in HOLD:
        y = solve_rows(row, hold).y[0]
        assert y.status == OK
        assert y.operating_voltage == pytest.approx(values["cell_voltage"], rel=1e-9)
        assert y.operating_superheat == pytest.approx(values["superheat"], rel=1e-6)
        assert y.operating_ledge_thickness == pytest.approx(values["ledge_thickness"], rel=1e-6)
        assert y.operating_efficiency == pytest.approx(values["current_efficiency"], rel=1e-9)


@pytest.mark.parametrize("position", range(6))
def test_every_addition_lowers_the_liquidus(position):
    base = [0.10, 0.05, 0.025, 0.01, 0.005, 0.01]
    more = list(base)
    more[position] += 0.001
    assert bath.liquidus(*more) < bath.liquidus(*base)


@given(st.floats(0.0, 0.18), st.floats(0.0, 0.08), st.floats(0.01, 0.06), st.floats(0.0, 0.05))
def test_ratio_and_excess_are_inverse(a, c, o, li):
    ratio = bath.weight_ratio(a, c, o, li, 0.0, 0.0)
    assert bath.excess_alf3(ratio, c, o, li, 0.0, 0.0) == pytest.approx(a, abs=1e-12)
