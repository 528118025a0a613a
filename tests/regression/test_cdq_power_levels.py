"""Power of dry quenching by steam level against rows computed elsewhere: a change detector, no plant data.

Feed 104 degC, condenser 6 kPa, deaerator steam taken from the turbine, no blowdown, no last economiser; mechanical 98 %
and generator 96.5 %, the recommended values of models/common/equipment.toml. The yearly bands measured in China stand
below the computed full load, as they should: 95 to 110 kWh/t at medium, 115 to 135 at high, 150 to 165 at ultra-high
pressure (remembered). They hold burn-off, own standstills and part load, which these rows do not.
"""

from __future__ import annotations

import pytest

from plantsim.kernels import steam
from plantsim.processes.coke_oven import cdq_turbine
from plantsim.processes.coke_oven.cdq_codes import TURBINE_CONDENSING

LEVELS = {  # p [MPa], T [degC], reheat [MPa], eta, heat per steam [kJ/kg], cycle, kWh/t at 1.28 and 1.42 GJ/t
    "medium": (3.82, 450, 0.0, 0.80, 2895, 0.301, 107.0, 118.7),
    "sub-high": (6.28, 485, 0.0, 0.82, 2943, 0.330, 117.2, 130.1),
    "high": (9.81, 540, 0.0, 0.84, 3036, 0.359, 127.6, 141.6),
    "ultra-high": (13.7, 571, 2.8, 0.86, 3590, 0.399, 141.9, 157.4),
}
FEED, CONDENSER, MAKEUP = 377.15, 6e3, 293.15
MECHANICAL, GENERATOR = 0.98, 0.965


def cycle(p, t, reheat, eta):
    """Return (heat per steam [J/kg], gross efficiency)."""
    p_1, T_1 = p * 1e6, t + 273.15
    heat = steam.h_pT(p_1, T_1) - steam.h_pT(p_1, FEED)
    before = 0.0
    if reheat:
        cold, hot = cdq_turbine.reheat_states(p_1, T_1, reheat * 1e6, T_1, eta)
        before = steam.h_pT(p_1, T_1) - cold
        heat += hot - cold
        p_1 = reheat * 1e6
    h_a, h_d, h_out, code = cdq_turbine.expansion(TURBINE_CONDENSING, p_1, T_1, 0.0, FEED, CONDENSER, eta)
    assert code == 0
    water = cdq_turbine.feed_water(TURBINE_CONDENSING, 0.0, 0.0, CONDENSER, MAKEUP)
    taken, *_, code = cdq_turbine.deaerator(*water, 0.0, FEED, h_d)
    assert code == 0
    h = steam.h_pT(p_1, T_1)
    work = before + cdq_turbine.turbine_work(TURBINE_CONDENSING, h, 0.0, h_a, taken, h_d, h_out)
    return heat, work * MECHANICAL * GENERATOR / heat


@pytest.mark.parametrize("level", LEVELS)
def test_power_by_level(level):
    p, t, reheat, eta, heat, efficiency, low, high = LEVELS[level]
    found, gross = cycle(p, t, reheat, eta)
    assert found / 1e3 == pytest.approx(heat, rel=1e-3)
    assert gross == pytest.approx(efficiency, rel=0.02)
    assert 1280 * gross / 3.6 == pytest.approx(low, rel=0.02)
    assert 1420 * gross / 3.6 == pytest.approx(high, rel=0.02)


def test_each_level_gains():
    gross = [cycle(*row[:4])[1] for row in LEVELS.values()]
    assert gross[2] / gross[0] == pytest.approx(1.19, abs=0.02)  # medium to high pressure
    assert gross[3] / gross[2] == pytest.approx(1.11, abs=0.02)  # high to ultra-high
