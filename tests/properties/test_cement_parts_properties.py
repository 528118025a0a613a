"""Waste-heat power, mills and cleaning over the typical bands: a status or finite results, and the right direction."""

from __future__ import annotations

import math

import pytest
from cement_streams import STREAMS, inputs, streams
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim.library import library
from plantsim.processes.cement_kiln.cleaning import clean_cold, clean_hot
from plantsim.processes.cement_kiln.grinding import grind
from plantsim.processes.cement_kiln.waste_heat_power import recover_heat
from plantsim.vocabulary import status

DECLARED = library().declaration("cement_kiln").variables
POWER = [
    n
    for n, v in DECLARED.items()
    if n.startswith("whr_") and v.role == "input" and v.typical and not v.options
]
CLEANING = [
    n
    for n, v in DECLARED.items()
    if v.role == "input"
    and v.typical
    and n.startswith(("sncr_", "scr_", "raw_nox", "raw_so2", "lime_", "nox_after", "fgd_"))
]
OUTPUTS = (
    "whr_gross_power",
    "whr_steam_flow",
    "preheater_boiler_outlet_temperature",
    "whr_exergy_efficiency",
)


def typical(names):
    """Values drawn from the typical bands, in SI."""
    return st.fixed_dictionaries({n: st.floats(*DECLARED[n].typical) for n in names})


@given(case=st.sampled_from(list(STREAMS)), mode=st.integers(1, 4), drawn=typical(POWER))
@examples(300)
def test_waste_heat_power_is_finite_or_says_why(case, mode, drawn):
    x, y = inputs(waste_heat_power=mode, **drawn), streams(case)
    code = recover_heat(x, x, x, y)
    if code != status.OK:
        assert y.status_variable in {v.code for v in DECLARED.values()}
        assert y.whr_gross_power == 0.0
        return
    assert all(math.isfinite(y[name]) for name in OUTPUTS)
    assert 0.0 < y.whr_exergy_efficiency < 0.65
    assert y.preheater_boiler_outlet_temperature >= x.whr_drying_temperature - 1e-6
    assert y.cooler_boiler_outlet_temperature >= x.whr_cooler_outlet - 1e-6
    assert y.whr_net_power == pytest.approx(y.whr_gross_power * (1 - x.whr_own_use))


@given(
    mode=st.integers(1, 3),
    name=st.sampled_from(["whr_pinch", "whr_heat_loss", "whr_drying_temperature", "whr_condenser_pressure"]),
    low=st.floats(0.0, 1.0),
    high=st.floats(0.0, 1.0),
)
@examples(150)
def test_what_takes_heat_takes_power(mode, name, low, high):
    a, b = DECLARED[name].typical
    power = []
    for share in sorted((low, high)):
        x, y = inputs(waste_heat_power=mode, **{name: a + share * (b - a)}), streams("5000-5-stage")
        assert recover_heat(x, x, x, y) == status.OK
        power.append(y.whr_gross_power)
    assert power[1] <= power[0] * (1 + 1e-9)


@given(drawn=typical(CLEANING), sncr=st.integers(0, 1), scr=st.integers(0, 2), part=st.integers(0, 3))
@examples(300)
def test_cleaning_only_takes_away(drawn, sncr, scr, part):
    x, y = inputs(sncr=sncr, scr=scr, desulphurisation=part, **drawn), streams("5000-5-stage")
    y.preheater_boiler_outlet_temperature = 200.0 + 273.15
    before = y.preheater_gas_temperature
    assert clean_hot(x, y) == status.OK
    assert clean_cold(x, y) == status.OK
    assert 0.0 < y.nox_concentration <= x.raw_nox_concentration * (1 + 1e-12)
    assert y.so2_concentration <= x.raw_so2_concentration
    assert y.preheater_gas_temperature <= before
    assert y.ammonia_flow >= 0.0
    assert y.ammonia_slip >= 0.0
    taken = (x.raw_nox_concentration - y.nox_concentration) / x.raw_nox_concentration
    moles = (
        y.ammonia_flow / 0.017031 / (y.nox_flow / y.nox_concentration * x.raw_nox_concentration / 0.046005)
    )
    assert taken <= moles + 1e-9  # one NH3 takes one NO at the most


@given(p=st.floats(60e3, 104e3), factor=st.floats(0.45, 1.0), size=st.floats(20e-6, 200e-6))
@examples(100)
def test_mills_take_more_where_the_air_is_thin_and_the_product_fine(p, factor, size):
    def rate(**more):
        x, y = (
            inputs(**{"air_pressure": p, "raw_mill_factor": factor, "raw_product_size": size, **more}),
            streams("5000-5-stage"),
        )
        grind(x, x, x, y)
        return y.raw_mill_rate

    assert rate(air_pressure=0.95 * p) > rate()
    assert rate(raw_product_size=0.9 * size) > rate()
    assert rate(raw_mill_factor=0.9 * factor) < rate()
