"""The circulating fan of coke dry quenching: pressure to make at site pressure, power by its control. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.fans import controlled_fan_power
from plantsim.kernels.gas_flow import GAS_CONSTANT, gas_density


@kernel
def loop_fan(
    gas_flow, molar_mass, T, p_site, shaft_loss, other_loss, load, margin, eta_fan, eta_drive, recovery, curve
):
    """Return (power at the terminals [W], power into the gas [W], status) of the loop's fan.

    gas_flow [mol/s]; molar_mass [kg/mol]; T: at its inlet [K]; p_site [Pa]; shaft_loss: now [Pa]; other_loss: of
    boiler, dust catchers and ducts at the rated flow [Pa], on the fan's suction side; load: flow over the rated
    one [-]; margin: of the fan's design flow over the rated one [-]; eta_fan, eta_drive [-]; recovery: see
    fans.controlled_fan_power; curve: three coefficients of the damper's law. Losses grow with the square of the flow.
    """
    other = other_loss * load * load
    p_in = p_site - other
    volume = gas_flow * GAS_CONSTANT * T / p_in
    density = gas_density(molar_mass, T, p_in)
    growth = (1.0 + margin) / load
    power, status = controlled_fan_power(
        volume,
        shaft_loss + other,
        density,
        volume * growth,
        (shaft_loss + other) * growth * growth,
        density,
        eta_fan,
        eta_drive,
        recovery,
        curve[0],
        curve[1],
        curve[2],
    )
    return power, power * eta_drive, status
