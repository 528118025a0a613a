"""Gas cleaning of coking plants over random rows: no ok outside what kernels allow, no measure that does harm."""

from __future__ import annotations

import numpy as np
import pytest
from test_coke_oven_properties import DECLARATION, FULL, drawn, run

from plantsim.engine.rows import changed_rows
from plantsim.kernels.scr import E_ADSORPTION, K_ADSORPTION
from plantsim.library import library
from plantsim.vocabulary.status import OK

FEW = FULL // 10
POLLUTANTS = ("nox_rate", "so2_rate", "dust_rate", "voc_rate")
MEASURES = [  # what each compliance measure is for
    ("flue_gas_ultra_low", POLLUTANTS[:3]),
    ("flue_gas_desulphurisation", POLLUTANTS[1:3]),
    ("vent_desulphurisation", ("so2_rate",)),
    ("gas_fine_desulphurisation", ("so2_rate",)),
    ("voc_return", ("voc_rate",)),
]
GAS_CONSTANT = 8.314462618


def rows(n: int, seed: int, which: str) -> tuple[np.ndarray, np.ndarray]:
    """Return x and o with every choice drawn, and what is optional measured in half of the rows."""
    x, o = drawn(n, which, seed, options=True)
    draw = np.random.default_rng(seed + 1)
    x["oven_kind"] = 0
    for name in ("flue_so2", "cdq_vent_so2", "scr_catalyst_volume"):
        band = getattr(DECLARATION.variables[name], which)
        x[name] = np.where(draw.random(n) < 0.5, draw.uniform(*band, n), np.nan)
    x["flue_nox"] = draw.uniform(*DECLARATION.variables["flue_nox"].bounds, n)
    return x, o


def coverage(x: np.ndarray, no: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return K C0 [-] of a share of NO [mol/mol] at T [K] and the site's pressure."""
    return (
        K_ADSORPTION * np.exp(E_ADSORPTION / (GAS_CONSTANT * T)) * no * x["air_pressure"] / (GAS_CONSTANT * T)
    )


def guaranteed(x: np.ndarray, slip: np.ndarray, kc: np.ndarray) -> np.ndarray:
    """Return k_av of a guarantee: the integral over the conversion of 1/(1 - x) + 1/(kc (1 - x)(alpha - x)).

    By partial fractions, alpha = x + slip. x, slip: over the NO that enters [-]; kc: coverage number [-].
    """
    alpha = x + slip
    ammonia = np.log(alpha * (1.0 - x) / slip) / (1.0 - alpha)
    return -np.log1p(-x) + ammonia / kc


def nothing_beyond(n: int, seed: int, which: str) -> None:
    x, o = rows(n, seed, which)
    y = run(x, o)
    ok = y["status"] == OK
    assert ok.mean() > 0.02
    x, y = x[ok], y[ok]
    near = 1.0 + 1e-9
    assert np.all(y["nox_concentration"] <= x["flue_nox"] * near)
    assert np.all(y["nox_concentration"] >= y["nox_wanted"])
    assert np.all(y["ammonia_slip"] <= x["ammonia_slip_limit"] * near)
    assert np.all(y["scr_ratio"] <= x["scr_most_ratio"] * near)
    converted = 1.0 - y["nox_concentration"] / x["flue_nox"]
    slip = y["ammonia_slip"] / x["flue_nox"] * (46.005 / 17.031)
    assert np.allclose(y["scr_ratio"], converted + slip, rtol=1e-9, atol=1e-12)
    # no catalyst takes more than one whose ammonia is free: 1 - exp(-k_av), its k_av scaled from the guarantee
    on = (x["denitration"] == 1) & (y["scr_ratio"] > 0.0)
    assert np.any(on)
    a, b = x[on], y[on]
    T, T_0 = b["scr_gas_temperature"], a["scr_design_temperature"]
    gas = a["reference_flue_flow"] * o["load"][ok][on]
    no = (
        b["nox_rate"] / b["nox_concentration"] * a["flue_nox"] / 0.046005 * 0.02241396954 / gas
    )  # mol/mol, wet
    k = guaranteed(a["scr_conversion"], a["scr_slip"] / no, coverage(a, no, T_0))
    k = k * np.exp(-a["scr_activity_energy"] / GAS_CONSTANT * (1.0 / T - 1.0 / T_0)) * a["scr_activity_left"]
    k = k * b["catalyst_volume"] / (gas * a["scr_contact_time"]) * T_0 / T
    assert np.all(converted[on] <= -np.expm1(-k) + 1e-9)
    missed = b["nox_concentration"] > b["nox_wanted"] * near
    assert np.any(missed)
    assert np.any(~missed)
    at_most = np.isclose(b["ammonia_slip"], a["ammonia_slip_limit"], rtol=1e-6) | np.isclose(
        b["scr_ratio"], a["scr_most_ratio"], rtol=1e-6
    )
    assert np.all(at_most[missed]), "a target is missed with ammonia left to give"
    caught = x["desulphurisation"] > 0
    taken = 1.0 - (y["so2_concentration"] / y["so2_before"])
    assert np.all(taken <= x["desulphurisation_most"] * near)
    assert np.all(np.abs(taken[~caught & (y["reheat_gas"] == 0.0)]) <= 1e-9)
    assert np.all(np.abs(y["plant_sulphur_residual"]) <= 1e-9)
    dry = y["cdq_dry_flow"] > 0.0
    assert np.all(y["cdq_so2_rate"][dry] <= y["cdq_vent_so2_flow"][dry] * near)
    assert np.all(y["cdq_burnt_sulphur"] <= y["coke_pushed_flow"] * y["coke_sulphur"] * near)
    assert np.all(y["cdq_boiler_gas_temperature"][dry] <= x["cdq_boiler_gas_limit"][dry])


def no_measure_does_harm(n: int, seed: int) -> None:
    x, o = rows(n, seed, "typical")
    before = run(x, o)  # writes what is kept of the plant as it is into x
    for name, meant in MEASURES:
        measure = library().retrofits("coke_oven")[name]
        after = run(changed_rows(x, measure.changes)[0], o)
        both = (before["status"] == OK) & (after["status"] == OK)
        for choice, words in measure.where.items():
            both &= np.isin(x[choice], [DECLARATION.variables[choice].options[w] for w in words])
        assert both.mean() > 0.1, name
        for rate in meant:
            more = after[rate][both] - before[rate][both]
            allowed = 1e-9 * before[rate][both]
            if rate == "so2_rate":
                allowed = allowed + reheating(after[both])
            assert np.all(more <= allowed), f"{name}: {rate}"


def reheating(y: np.ndarray) -> np.ndarray:
    """Return the SO2 [kg/s] that a catalyst's reheating may bring at most: 1.5 g of sulphur per 17 MJ of gas."""
    return y["reheat_gas"] / 17e6 * 3e-3


@pytest.mark.parametrize("which", ["typical", "bounds"])
def test_nothing_beyond_what_kernels_allow(which):
    nothing_beyond(FEW, 61, which)


def test_no_measure_raises_what_it_is_for():
    no_measure_does_harm(FEW // 4, 62)


@pytest.mark.campaign
@pytest.mark.parametrize("which", ["typical", "bounds"])
def test_nothing_beyond_campaign(which):
    nothing_beyond(FULL, 63, which)


@pytest.mark.campaign
def test_no_measure_campaign():
    no_measure_does_harm(FULL, 64)
