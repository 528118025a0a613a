"""The waste-heat boiler of coke dry quenching: steam from the loop gas, pinches checked, reheat or none. SI units."""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.process_gas import h_cp, temperature
from plantsim.kernels.pump import pump_rise
from plantsim.kernels.steam import liquid_volume, saturation_pressure
from plantsim.kernels.steam import saturation_temperature as boiling_temperature
from plantsim.kernels.waste_heat_boiler import waste_heat_boiler, water_enthalpy
from plantsim.vocabulary.status import INFEASIBLE_PINCH, OK

ONE_PRESSURE = np.int64(1)  # a plain 1 would compile the boiler once more


@kernel
def straightened(low, high, T_in, T_out):
    """Return (b, c) of b T + c T^2 [J/mol], the gas's enthalpy between T_in and T_out [K], exact at ends and middle."""
    T_m = 0.5 * (T_in + T_out)
    h_m = h_cp(low, high, T_m)[0]
    slope_1 = (h_cp(low, high, T_in)[0] - h_m) / (T_in - T_m)
    slope_2 = (h_m - h_cp(low, high, T_out)[0]) / (T_m - T_out)
    c = (slope_1 - slope_2) / (T_in - T_out)
    return slope_1 - c * (T_in + T_m), c


@kernel
def feedwater(T, p, eta_pump):
    """Return (enthalpy [J/kg], pump work [J/kg]) of feedwater at T [K] and the boiler's pressure p [Pa].

    T: of the deaerator, where the water is saturated; that the pump warms it by 1 to 3 K is left out. eta_pump [-].
    """
    p_d = saturation_pressure(T)
    return water_enthalpy(p, T), pump_rise(liquid_volume(p_d), p_d, p, eta_pump)


@kernel
def cdq_boiler(
    gas_flow, low, high, T_in, T_out_min, loss, p, T_steam, T_feed, reheat, T_reheat, approach, gap, blowdown
):
    """Return (steam [kg/s], T_out [K], pinch [K], least [K], duty [W], status) of the boiler on the loop gas.

    gas_flow [mol/s]; low, high: enthalpy of one mole (process_gas.polynomial); T_in [K]; T_out_min: wanted
    behind it [K]; loss: share of the gas's heat [-]; p, T_steam: steam [Pa], [K]; T_feed [K]; reheat: heat into
    returning steam [J per kg of steam], up to T_reheat [K], 0 for none; approach, gap [K]; blowdown [kg/kg].
    least: smallest difference between gas and steam or water; INFEASIBLE_PINCH where it is below ``gap``. The outlet
    is the wanted one unless the pinch at the drum binds before. Duty over (1 - loss) is what the gas gives, exactly.
    """
    b, c = straightened(low, high, T_in, T_out_min)
    superheat = max(0.0, T_steam - boiling_temperature(p))
    steam, _, _, _, pinch, least, duty, status = waste_heat_boiler(
        gas_flow,
        b,
        c,
        T_in,
        T_out_min,
        loss,
        ONE_PRESSURE,
        (p, p, p),
        (superheat, 0.0, 0.0),
        (approach, approach, approach),
        (gap, gap, gap),
        blowdown,
        T_feed,
        reheat,
        0.0,
        gap,
    )
    h_out = h_cp(low, high, T_in)[0] - duty / (gas_flow * (1.0 - loss))
    T_out = temperature(low, high, h_out, T_out_min)
    if reheat > 0.0:
        least = min(least, T_in - T_reheat)
        if status == OK and T_in - T_reheat < gap:
            status = INFEASIBLE_PINCH
    return steam, T_out, pinch, least, duty, status
