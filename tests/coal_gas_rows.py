"""A 300 MW unit with a coal and the whole of flue-gas cleaning, for tests of the gas side."""

from __future__ import annotations

from typing import Any

from coal_unit_rows import declaration, read_reference, resolve, run

N300 = "n300-16.67-537-537"

COAL: dict[str, float] = {  # of the Panzhou kind, a remembered template
    "coal_carbon": 0.509,
    "coal_hydrogen": 0.031,
    "coal_oxygen": 0.036,
    "coal_nitrogen": 0.009,
    "coal_sulphur": 0.015,
    "coal_ash": 0.33,
    "coal_moisture": 0.07,
    "coal_heating_value": 20.04e6,
    "boiler_nox_concentration": 400e-6,
}
BARE: dict[str, float] = {  # the reference plant's own parts taken off
    "scr": 0.0,
    "dust_filter": 0.0,
    "fgd": 0.0,
    "fgd_dust_removal": 0.5,
    "nox_target": float("nan"),
    "so2_target": float("nan"),
}
PARTS: dict[str, float] = {
    "scr": 1.0,
    "nox_target": 40e-6,
    "dust_filter": 1.0,
    "precipitator_removal": 0.999,
    "wet_precipitator_removal": 0.6,
    "fgd": 1.0,
    "fgd_removal": 0.994,
    "fgd_liquid_ratio": 0.02,
    "so2_target": 25e-6,
    "air_pressure": 82e3,
}


def plant(*groups: dict[str, float], **values: float) -> dict[str, Any]:
    """Return the unit's values with a coal and without cleaning, then groups of further values, then single ones."""
    whole = {**read_reference(N300), **COAL, **BARE}
    for group in groups:
        whole.update(group)
    whole.update(values)
    return whole


def solved(*groups: dict[str, float], **values: float):
    """Return x, d, o, y of one unit at full load."""
    return run(plant(*groups, **values))


def changed(x, d, o, y, **values: float):
    """Return y of the same unit, kept figures and all, with other inputs: as a retrofit solves it."""
    whole = [record.reshape(1).copy() for record in (x, d, o, y)]
    for name, value in values.items():
        whole[0 if name in x.dtype.names else 2][name] = value
    resolve(*whole)
    return whole[3][0]


def blamed(y) -> str:
    """Return the name of the variable that a failed point names."""
    return declaration().name_of_code(int(y.status_variable))
