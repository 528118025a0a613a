"""Water of a kiln's waste-heat power: worked by hand from the heat that its condenser gives off."""

from __future__ import annotations

import pytest
from plain_kernels import fields, plain

from plantsim.kernels.psychrometrics import CP_AIR, M_AIR, air_humidity, moist_enthalpy, saturated_ratio
from plantsim.kernels.steam import saturation_temperature
from plantsim.processes.cement_kiln.waste_heat_water import run_waste_heat_water

P = 101325.0
HUMID = air_humidity(288.15, 0.75, P)


def plant(**values):
    x = fields(
        whr_cooling=0, whr_condenser_pressure=7e3, whr_tower_difference=8.0, ambient_temperature=288.15,
        humidity_ratio=HUMID, air_pressure=P, whr_cooling_rise=9.0, whr_tower_drift_share=0.0002, whr_tower_cycles=4.0,
        waste_heat_power=1, whr_blowdown=0.02, whr_water_loss=0.03, whr_treatment_waste_share=0.2,
    )  # fmt: skip
    x.__dict__.update(values)
    y = fields(whr_condenser_heat=20e6, whr_steam_flow=9.0, whr_low_steam_flow=1.0)
    return x, y


def run_water(**values):
    x, y = plant(**values)
    plain(run_waste_heat_water)(x, y)
    return y


def test_tower_of_a_condenser_of_20_mw():
    """15 degC and 75 % (0.00796 kg/kg, 35.2 kJ/kg) to 31.0 degC saturated (0.02898, 105.4): 5.99 kg/s evaporate.

    Four cycles make it 28.8 t/h or 214,000 t in 7,440 h.
    """
    y = run_water()
    leaving = saturation_temperature(7e3) - 8.0
    w_out = saturated_ratio(leaving, P, M_AIR)
    risen = moist_enthalpy(leaving, w_out, P, CP_AIR, M_AIR) - moist_enthalpy(288.15, HUMID, P, CP_AIR, M_AIR)
    by_hand = 20e6 * (w_out - HUMID) / risen
    assert y.whr_water_evaporated == pytest.approx(by_hand, rel=1e-6)
    assert y.whr_water_evaporated == pytest.approx(20e3 * (0.02898 - 0.00796) / (105.4 - 35.2), rel=0.005)
    assert y.whr_tower_drift == pytest.approx(20e6 / (4181 * 9.0) * 0.0002, rel=1e-9)
    assert y.whr_tower_water == pytest.approx(by_hand * 4.0 / 3.0, rel=1e-6)
    assert y.whr_tower_water * 3.6 * 7440 == pytest.approx(214_000, rel=0.005)  # t in 7,440 h


def test_make_up_and_waste_water():
    """10 kg/s of steam: 0.3 lost, 0.2 drained; 0.625 kg/s raw, of which 0.125 are waste of the treatment."""
    y = run_water()
    assert y.whr_demineralised_water == pytest.approx(0.5, rel=1e-12)
    assert y.whr_treatment_water == pytest.approx(0.625, rel=1e-12)
    blowdown = y.whr_tower_water - y.whr_water_evaporated - y.whr_tower_drift
    assert y.whr_waste_water == pytest.approx(blowdown + 0.125 + 0.2, rel=1e-12)


def test_an_air_cooled_condenser_and_an_organic_fluid_take_none():
    y = run_water(whr_cooling=1)
    assert (y.whr_water_evaporated, y.whr_tower_water, y.whr_tower_drift) == (0.0, 0.0, 0.0)
    y = run_water(waste_heat_power=4)
    assert (y.whr_demineralised_water, y.whr_treatment_water) == (0.0, 0.0)
    assert y.whr_tower_water > 0.0
