"""What a low-temperature economiser saves at a 300 MW unit, 1800 m, 7000 h: heat at heater 7 in place of its steam.

Remembered of an earlier model: 2,139 tce/a at heater 7, and 8,323 at heater 3, where the gas is colder than the water
(refused: test_coal_unit_exchangers). The measure's likely outlet is 106 degC.
"""

from __future__ import annotations

import pytest
from coal_unit_rows import read_reference, resolve, run

N300 = read_reference("n300-16.67-537-537") | {"air_pressure": 81.5e3}
SECONDS, TCE = 7000.0 * 3600.0, 29307.6e6
POWER, NET_POWER = 0, 2


def at_heater_7(outlet, hold=POWER, **changed):
    """Return d of the plant as it is, and y before and after."""
    x, d, o, y = run([N300 | changed])
    o["hold"] = hold
    resolve(x, d, o, y)
    before, cycle = y.copy()[0], d.copy()[0]
    x["low_economiser_gas_outlet"] = outlet + 273.15
    x["economiser_from"] = x["economiser_to"] = 7
    x["gas_cooler_loss"] = 400.0
    resolve(x, d, o, y)
    assert before.status == y[0].status == 0
    return cycle, before, y[0]


def saved(before, after) -> float:
    return (before.coal_heat - after.coal_heat) * SECONDS / TCE


def by_hand(d, before, heat) -> float:
    """Coal saved [tce/a] by ``heat`` [W] from the gas, with the pressures of the sheet.

    12.9 MW spare 12.9/(0.98 x 2354.5 kJ/kg) = 5.6 kg/s of extraction 7, each good for 248 kJ in the LP cylinder; its
    drain is missed in heater 8, which takes 0.26 kg/s more at 121 kJ/kg: 1.33 MW of 300, 0.44 % of 645,000 tce/a.
    """
    h, h_d, h_c = d.point_enthalpy, d.drain_enthalpy, d.cylinder_exhaust_enthalpy[2]
    spared = heat / (0.98 * (h[6] - h_d[6]))
    missed = spared * (h_d[6] - h_d[7]) / (h[7] - h_d[7])
    power = (spared * (h[6] - h_c) - missed * (h[7] - h_c)) * 0.99 * 0.99
    return power / before.gross_power * before.coal_heat * SECONDS / TCE


def test_with_the_pressures_of_the_sheet_the_hand_calculation_holds():
    d, before, after = at_heater_7(100.0, stage_pressures=1.0)
    assert by_hand(d, before, 12.909e6) == pytest.approx(2857.0, rel=1e-3)
    boiler = (before.boiler_heat - after.boiler_heat) / before.boiler_heat * before.coal_heat * SECONDS / TCE
    assert boiler == pytest.approx(by_hand(d, before, after.economiser_heat), rel=2e-3)
    assert saved(before, after) == pytest.approx(
        boiler, rel=1e-2
    )  # flue gas of the smaller boiler load is colder


def test_more_steam_to_the_condenser_raises_the_pressures_before_it():
    """With the cone law steam spared at 7 raises the pressures of 6 to 8 by its way down: a twentieth of it is lost."""
    d, before, after = at_heater_7(100.0)
    assert 0.92 < saved(before, after) / by_hand(d, before, after.economiser_heat) < 0.98


def test_at_the_measures_own_outlet_the_remembered_figure_comes_back():
    """The gas falls from 135 degC by 29 K; fans that draw against 400 Pa more cost a tenth of it."""
    _, before, after = at_heater_7(106.0, NET_POWER)
    assert before.flue_gas_temperature - 273.15 == pytest.approx(135.0)
    assert saved(before, after) == pytest.approx(2139.0, rel=0.02)
    _, _, colder = at_heater_7(100.0, NET_POWER)
    assert colder.economiser_heat / after.economiser_heat == pytest.approx(35.0 / 29.0, rel=5e-3)
