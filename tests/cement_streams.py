"""Records for tests of a kiln line's parts: the gas streams of the four computed lines, and defaults of variables.toml.

STREAMS: clinker [t/d], preheater gas [Nm3/kg] at [degC], O2 dry, CO2 dry, vent air [Nm3/kg] at [degC], dust [kg/kg]:
closed balances at 25 degC with coal of 24 MJ/kg, computed apart from plantsim, no plant's data.
"""

from __future__ import annotations

import numpy as np

from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.library import library
from plantsim.processes.cement_kiln.hot_gases import NITROGEN, OXYGEN, wet_gas

STREAMS = {
    "2500-5-stage": (2500, 1.4412, 335.0, 0.040, 0.317, 1.048, 306.25, 0.08),
    "5000-5-stage": (5000, 1.3484, 325.0, 0.035, 0.3332, 1.0254, 278.77, 0.08),
    "5000-5-stage-new-cooler": (5000, 1.3285, 325.0, 0.035, 0.3359, 0.8911, 271.82, 0.08),
    "5000-6-stage": (5000, 1.2367, 265.0, 0.030, 0.3541, 0.9669, 252.45, 0.08),
}
WATER = 0.06  # mol/mol of the wet gas: coal's hydrogen and the meal's moisture
SEA_LEVEL = 101325.0


def inputs(**values: float) -> np.record:
    """Return one x record: defaults, sea level, and ``values`` in SI."""
    declaration = library().declaration("cement_kiln")
    x = declaration.zeros("x", 1)
    for v in declaration.with_role("input"):
        if v.default is not None:
            x[v.name] = v.default
    x["air_pressure"] = SEA_LEVEL
    x["preheater_stream_factor"] = x["cooler_stream_factor"] = (
        1.0  # as a plant without measured streams has them
    )
    for name, value in values.items():
        x[name] = value
    return x[0]


def streams(case: str, **values: float) -> np.record:
    """Return one y record with what the parts read of a line, and ``values`` in SI."""
    y = library().declaration("cement_kiln").zeros("y", 1)[0]
    tpd, gas, T, o2, co2, vent, T_vent, dust = STREAMS[case]
    m, dry = tpd / 86.4, 1.0 - WATER
    shares = (WATER, co2 * dry, o2 * dry, (1.0 - co2 - o2) * dry)
    y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2 = shares
    y.preheater_gas_flow = m * gas / MOLAR_VOLUME * wet_gas(*shares)[0]
    y.preheater_gas_temperature, y.vent_air_temperature = T + 273.15, T_vent + 273.15
    y.boiler_air_temperature = y.vent_air_temperature
    y.vent_air_flow = m * vent / MOLAR_VOLUME * wet_gas(0.0, 0.0, OXYGEN, NITROGEN)[0]
    y.preheater_dust_flow = dust * m
    y.clinker_flow, y.raw_meal_flow = m, 1.505 * m
    y.fuel_coal_flow, y.cement_flow = 0.127 * m, m / 0.75
    for name, value in values.items():
        y[name] = value
    return y
