"""Waste-heat power by an organic Rankine cycle that both gas streams heat through an oil loop."""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.organic_rankine import organic_cycle
from plantsim.kernels.steam import saturation_temperature
from plantsim.kernels.waste_heat_boiler import gas_enthalpy, gas_temperature
from plantsim.processes.cement_kiln.hot_gases import heat_above
from plantsim.processes.cement_kiln.part_codes import WHR_ORGANIC_EVAPORATION
from plantsim.vocabulary.status import INFEASIBLE_PINCH, OK


@kernel
def organic_power(x, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc):
    """Return (power [W], fluid [kg/s], T_ph_out, T_aqc_out [K], duty, condenser heat [W], status, blame).

    Arguments as in ``steam_power``. The fluid condenses where steam would at x.whr_condenser_pressure. Its flow is
    the least that either pinch allows: at the start of boiling, x.whr_organic_difference [K] below the gas, or at
    the gas's lowest temperatures. Both streams then end at the same share of what they could give.
    """
    nan = float("nan")
    T_e, T_c = x.whr_organic_evaporation, saturation_temperature(x.whr_condenser_pressure)
    work, heat, boiling, _, status = organic_cycle(
        x.whr_organic_fluid, T_e, T_c, x.whr_turbine_efficiency, x.whr_organic_pump_efficiency,
        x.whr_organic_recuperation,
    )  # fmt: skip
    if status != OK:
        return nan, nan, nan, nan, nan, nan, status, WHR_ORGANIC_EVAPORATION
    keep = 1.0 - x.whr_heat_loss
    T_pinch = T_e + x.whr_organic_difference
    hot = keep * ph * heat_above(T_ph, max(T_pinch, T_dry), b_ph, c_ph)
    hot += keep * aqc * heat_above(T_aqc, max(T_pinch, x.whr_cooler_outlet), b_aqc, c_aqc)
    from_ph = keep * ph * heat_above(T_ph, T_dry, b_ph, c_ph)
    from_aqc = keep * aqc * heat_above(T_aqc, x.whr_cooler_outlet, b_aqc, c_aqc)
    m = min(hot / boiling, (from_ph + from_aqc) / heat)
    if not m > 0.0:
        return nan, nan, nan, nan, nan, nan, INFEASIBLE_PINCH, WHR_ORGANIC_EVAPORATION
    duty = m * heat
    share = duty / (from_ph + from_aqc)
    T_ph_out = gas_temperature(gas_enthalpy(T_ph, b_ph, c_ph) - share * from_ph / (keep * ph), b_ph, c_ph)
    T_aqc_out = gas_temperature(
        gas_enthalpy(T_aqc, b_aqc, c_aqc) - share * from_aqc / (keep * aqc), b_aqc, c_aqc
    )
    power = m * work * x.whr_mechanical_efficiency * x.whr_generator_efficiency
    return power, m, T_ph_out, T_aqc_out, duty, duty - m * work, OK, np.int64(0)
