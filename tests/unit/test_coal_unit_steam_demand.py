"""Heat and steam loads in t/h: what is asked for leaves the unit, and is worth what its state says."""

from __future__ import annotations

import pytest
from coal_unit_rows import declaration, read_reference, resolve, run
from iapws import IAPWS97

from plantsim.library import library

N300 = read_reference("n300-16.67-537-537")
BACK, FRESH = 343.15, 293.15
CROSSOVER, STAGE, BACK_PRESSURE = 1.0, 2.0, 4.0


def supplied(steam=0.0, heat=0.0, **changed):
    values = N300 | {
        "heat_supply": CROSSOVER, "heat_return_part": 0.8, "heat_return_temperature": BACK,
        "make_up_temperature": FRESH,
    } | changed  # fmt: skip
    x, d, o, y = run([values])
    o["steam_demand"], o["heat"] = steam, heat
    resolve(x, d, o, y)
    return x[0], d[0], y[0]


def returned(x) -> float:
    """Enthalpy [J/kg] of what comes back: 80 % condensate of 70 degC, and make-up water of 20 degC."""
    p = x.condensate_pressure / 1e6
    return 1e3 * (0.8 * IAPWS97(P=p, T=BACK).h + 0.2 * IAPWS97(P=p, T=FRESH).h)


@pytest.mark.parametrize("more", [{}, {"heat_supply": STAGE, "heat_stage": 3.0}])
def test_steam_asked_for_leaves_with_its_heat(more):
    """100 t/h of steam at the crossover, 3130 kJ/kg, against 251 kJ/kg that come back: 79 MW by hand."""
    x, d, y = supplied(100e3 / 3600.0, **more)
    assert y.status == 0
    assert y.heating_steam_flow * 3.6 == pytest.approx(100.0, rel=1e-6)
    by_hand = 100e3 / 3600.0 * (d.heat_steam_enthalpy - returned(x)) * x.heat_exchanger_efficiency
    assert y.heat_supplied == pytest.approx(by_hand, rel=1e-5)
    assert y.energy_residual < 1e-9


def test_the_same_as_heat_and_as_steam():
    _, _, first = supplied(100e3 / 3600.0)
    _, _, second = supplied(heat=float(first.heat_supplied))
    assert second.coal_heat == pytest.approx(first.coal_heat, rel=1e-7)
    _, _, both = supplied(50e3 / 3600.0, heat=float(first.heat_supplied) / 2)
    assert both.heating_steam_flow == pytest.approx(first.heating_steam_flow, rel=1e-5)


def test_with_back_pressure_the_exhaust_is_the_steam():
    """Power follows: 400 t/h of exhaust steam is what the turbine then passes to its condenser."""
    _, d, y = supplied(400e3 / 3600.0, heat_supply=BACK_PRESSURE, heating_exhaust_pressure=45e3)
    assert y.status == 0
    assert y.exhaust_flow * 3.6 == pytest.approx(400.0, rel=1e-6)


def test_no_steam_is_asked_for_by_default_and_tonnes_per_hour_are_read():
    v = declaration().variables["steam_demand"]
    assert v.default == 0.0
    assert library().units.parse("100 t/h", v.quantity).si == pytest.approx(100e3 / 3600.0)
