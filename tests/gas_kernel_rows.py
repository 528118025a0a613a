"""Results of every gas kernel over fixed inputs, printed as JSON: run with and without compiled code."""

from __future__ import annotations

import json
import sys

import numpy as np
from gas_fuels import GASES, coal_fuel, composition, gas_fuel, simple_air

from plantsim.kernels import acid_dew_point, combustion, equilibrium, gas, humid_air


def property_rows() -> list[float]:
    """Return properties of species and of a mixture at temperatures on both sides of the switch."""
    rows = []
    x = composition({name: 1.0 + k for k, name in enumerate(gas.SPECIES_NAMES)})
    out, back = np.zeros(gas.SPECIES), np.zeros(gas.SPECIES)
    for T in (220.0, 298.15, 999.0, 1000.0, 1001.0, 2400.0, 3400.0):
        for i in range(gas.SPECIES + 1):
            rows += [
                gas.species_specific_cp(i, T),
                gas.species_specific_h(i, T),
                gas.species_specific_s(i, T),
            ]
            rows.append(gas.species_g_over_RT(i, T, np.log(T)))
        h = gas.mixture_h(x, T)
        rows += [
            h,
            gas.specific_cp(x, T),
            gas.specific_h(x, T),
            gas.specific_s(x, T, 8e4),
            gas.density(x, T, 8e4),
        ]
        rows += [gas.normal_volume(x), gas.sensible_h(x, T, 298.15), *gas.temperature_from_h(x, h)]
    gas.mole_to_mass_fractions(x, out)
    gas.mass_to_mole_fractions(out, back)
    return [*rows, *out, *back, combustion.lower_heating_value(x), combustion.higher_heating_value(x)]


def air_rows() -> list[float]:
    """Return humidities and dew points, below freezing too."""
    rows = []
    x = np.zeros(gas.SPECIES)
    for T in (243.15, 263.15, 293.15, 310.0):
        rows += [
            humid_air.humid_air(T, 82000.0, 0.7, humid_air.DRY_AIR_O2, x),
            *x,
            humid_air.humidity_ratio(x),
        ]
        p_vapour = humid_air.vapour_pressure(T)
        rows += [p_vapour, humid_air.water_dew_point(p_vapour), acid_dew_point.acid_dew_point(p_vapour, 1.0)]
    rows.append(acid_dew_point.acid_dew_point_of_coal(318.0, 0.015, 0.33, 0.9, 20e6))
    return rows


def flame_rows() -> list[float]:
    """Return flame temperatures and compositions of coal and gases."""
    rows = []
    n, mixed = np.zeros(gas.SPECIES), np.zeros(gas.ELEMENTS)
    for e, h in [coal_fuel(), *(gas_fuel(name) for name in GASES)]:
        for ratio in (0.85, 1.0, 1.2, 2.0):
            for T_air, oxygen in ((298.15, 0.21), (1300.0, 0.3)):
                air = simple_air(oxygen)
                rows += combustion.equilibrium_flame_temperature(e, h, air, T_air, ratio, 82000.0, mixed, n)
                rows += [*mixed, *n]
                rows += combustion.flame_temperature(e, h, air, T_air, ratio, n)
                rows += [combustion.dry_share(n, gas.O2), combustion.wet_share(n, gas.O2)]
                rows += combustion.air_ratio_from_dry_oxygen(e, air, 0.03)
                rows += combustion.air_ratio_from_wet_oxygen(e, air, 0.03)
                rows.append(equilibrium.equilibrium_tp(mixed, 1500.0, 82000.0, n))
                rows += [*n]
    return rows


def all_rows() -> list[float]:
    """Return everything."""
    return [float(value) for value in (*property_rows(), *air_rows(), *flame_rows())]


if __name__ == "__main__":
    json.dump(all_rows(), sys.stdout)
