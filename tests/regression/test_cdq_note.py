"""The figures of the page on dry quenching, docs/*/explanation/dry_quenching.md: change it when they change."""

from __future__ import annotations

import pytest
from cdq_rows import plants, quenched

NOTHING_BURNS = {
    "cdq_air": 0.0,
    "cdq_volatile_release": 0.0,
    "cdq_vent_co": 0.0,
    "cdq_vent_h2": 0.0,
    "cdq_vent_o2": 0.0,
}
LEVELS = {
    "medium": {"cdq_steam_pressure": 3.82e6, "cdq_steam_temperature": 723.15, "cdq_turbine_efficiency": 0.80},
    "high": {"cdq_steam_pressure": 9.81e6, "cdq_steam_temperature": 813.15, "cdq_turbine_efficiency": 0.84},
    "ultra-high": {
        "cdq_steam_pressure": 13.7e6,
        "cdq_steam_temperature": 844.15,
        "cdq_turbine_efficiency": 0.86,
        "cdq_reheat": 1,
    },
}
ROWS = [  # what burns, burn-off [%], steam [t/t], power [kWh/t], coke burnt, steam [MJ/t]
    (NOTHING_BURNS, 0.0, 0.412, 126.7, 0, 1249),
    ({"cdq_air": 0.06}, 0.96, 0.487, 149.4, 281, 1478),
    ({"cdq_air": 0.08}, 1.23, 0.507, 155.6, 368, 1540),
    ({"cdq_air": 0.10}, 1.49, 0.528, 161.7, 455, 1602),
    ({"cdq_air": 0.08, "cdq_vent_co": 0.005}, 1.10, 0.514, 157.6, 325, 1560),
]


def solved(**values):
    code, y = quenched(plants(cdq_availability=1.0, **values))
    assert code == 0
    return y


@pytest.mark.parametrize("row", ROWS)
def test_burning_by_air(row):
    values, burnt, steam, power, coke, heat = row
    y = solved(**LEVELS["high"], **values)
    assert 100 * y.cdq_burnt_share == pytest.approx(burnt, abs=0.006)
    assert y.cdq_steam_per_coke == pytest.approx(steam, abs=6e-4)
    assert y.cdq_power_per_coke / 3.6e3 == pytest.approx(power, abs=0.06)
    assert y.cdq_burnt_heat / 37.5e3 == pytest.approx(coke, abs=0.6)
    assert y.cdq_steam_heat_net / 37.5e3 == pytest.approx(heat, abs=0.6)


@pytest.mark.parametrize(
    ("level", "alone", "low", "high", "year"),
    [
        ("medium", 107.1, 126.2, 136.5, (95, 110)),
        ("high", 126.7, 149.4, 161.7, (115, 135)),
        ("ultra-high", 141.1, 166.9, 180.7, (150, 165)),
    ],
)
def test_power_by_level_beside_the_measured_year(level, alone, low, high, year):
    """The remembered bands of a year stand below full load with what practice burns."""
    power = [
        solved(**LEVELS[level], **burning).cdq_power_per_coke / 3.6e3
        for burning in (NOTHING_BURNS, {"cdq_air": 0.06}, {"cdq_air": 0.10})
    ]
    assert power == pytest.approx([alone, low, high], abs=0.06)
    assert year[0] < power[1]
    assert year[1] < power[2]
