"""Records of dry quenching for tests: a plant of defaults, coke as an oven might push it, one solved point."""

from __future__ import annotations

import numpy as np

from plantsim.library import library
from plantsim.processes.coke_oven.dry_quenching import quench_dry

DECLARATION = library().declaration("coke_oven")
COKE = {"carbon": 0.862, "hydrogen": 0.0025, "oxygen": 0.003, "nitrogen": 0.009, "sulphur": 0.006}
CARBON_HEAT, HYDROGEN_HEAT, SULPHUR_HEAT = 33.0e6, 120.0e6, 9.2e6  # J/kg


def plants(n: int = 1, **values) -> np.ndarray:
    """Return x records of defaults that quench dry at sea level; values in SI go over the defaults."""
    x = DECLARATION.zeros("x", n)
    for v in DECLARATION.with_role("input"):
        if v.default is not None:
            x[v.name] = v.default
        elif v.optional and not v.is_integer:
            x[v.name] = np.nan
    x["quenching"] = 1
    x["air_pressure"] = 101325.0
    for name, value in values.items():
        x[name] = value
    return x


def coke(n: int = 1, flow=37.5, temperature=1323.15, **shares) -> np.ndarray:
    """Return y records with coke pushed: flow [kg/s], temperature [K], shares of dry coke; ash is the rest."""
    y = DECLARATION.zeros("y", n)
    y["coke_pushed_flow"] = flow
    y["coke_pushed_temperature"] = temperature
    ash = 1.0
    for name, share in (COKE | shares).items():
        y[f"coke_{name}"] = share
        ash = ash - share
    y["coke_ash"] = ash
    heat = CARBON_HEAT * y["coke_carbon"] + HYDROGEN_HEAT * y["coke_hydrogen"]
    y["coke_net_heating_value"] = heat + SULPHUR_HEAT * y["coke_sulphur"]
    return y


def quenched(x: np.ndarray, y: np.ndarray | None = None):
    """Return (status, y) of the first row, solved."""
    y = coke() if y is None else y
    d, o = DECLARATION.zeros("d", 1), DECLARATION.zeros("o", 1)
    return quench_dry(x[0], d[0], o[0], y[0]), y[0]


def blamed(y) -> str:
    """Return the variable that a solved row blames."""
    names = {v.code: v.name for v in DECLARATION.variables.values()}
    return names.get(int(y.status_variable), "")
