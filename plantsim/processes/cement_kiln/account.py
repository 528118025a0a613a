"""The year's account of a kiln line: electricity bought, what the indicators credit and correct, test against model."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import ALTERNATIVE_HEAT_SHARE
from plantsim.processes.cement_kiln.own_solar import use_solar
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

SEA_LEVEL = 101325.0  # Pa, ISO 2533:1975
ALTITUDE_2012 = 89875.0  # Pa, standard pressure at 1000 m: below it the 2012 edition corrects (ISO 2533:1975)
ALTITUDE_2021 = (
    84556.0  # Pa, standard pressure at 1500 m: below it the 2021 edition relaxes level 3 (ISO 2533:1975)
)
STRENGTH_GRADE = 52.5e6  # Pa, of the 2012 edition


@kernel
def altitude_factor(p):
    """Return the factor on measured consumption at the air pressure p [Pa]: GB 16780-2012, sqrt(p/p0) above 1000 m."""
    return (p / SEA_LEVEL) ** 0.5 if p < ALTITUDE_2012 else 1.0


@kernel
def limit_factor(p):
    """Return the factor on the level 3 limit at the air pressure p [Pa]: GB 16780-2021, above 1500 m."""
    return 1.179 - 0.211 * p / SEA_LEVEL if p < ALTITUDE_2021 else 1.0


@kernel
def strength_factor(strength):
    """Return the factor on consumption for clinker of a 28-day strength [Pa]: GB 16780-2012, (52.5/A)^(1/4)."""
    return (STRENGTH_GRADE / strength) ** 0.25


@kernel
def norm_status(y):
    """Return OK, or OUTSIDE_RANGE where a norm's coal term has no meaning: more is credited than fossil fuel burnt."""
    if y.coal_heat >= max(y.credit_heat, y.credit_heat_2012):
        return OK
    y.status_variable = ALTERNATIVE_HEAT_SHARE
    return OUTSIDE_RANGE


@kernel
def account(x, d, o, y):
    """Write the electricity of clinker and cement, what is bought, the credits and corrections of the standards."""
    y.clinker_power = y.kiln_line_power + y.cleaning_power + y.raw_mill_power + y.coal_mill_power
    y.cement_power = y.cement_mill_power
    demand = y.clinker_power + y.cement_power - y.whr_net_power
    y.purchased_power = demand - use_solar(x, d, o, y, demand)
    y.credit_heat = x.waste_heat_credit * y.whr_net_power
    y.credit_heat_2012 = x.waste_heat_credit_2012 * y.whr_net_power
    y.strength_factor = strength_factor(x.clinker_strength)
    y.altitude_factor = altitude_factor(x.air_pressure)
    y.limit_factor = limit_factor(x.air_pressure)
    y.heat_consumption_deviation = y.heat_consumption - x.measured_heat_consumption
    y.gas_flow_deviation = y.exit_gas_volume - x.measured_gas_flow
    y.vent_temperature_deviation = y.vent_air_temperature - x.measured_vent_temperature
    y.secondary_temperature_deviation = y.secondary_temperature - x.measured_secondary_temperature
    y.tertiary_temperature_deviation = y.tertiary_temperature - x.measured_tertiary_temperature
