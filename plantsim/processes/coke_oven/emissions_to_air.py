"""What goes to the air: NOx, SO2 and dust of the chimney, dust of quenching, VOC, CO2; reagents against them."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_C, dry_amount, dry_share
from plantsim.kernels.emissions import M_CO2, OXYGEN_IN_AIR
from plantsim.kernels.fgd import bicarbonate_balance
from plantsim.kernels.gas import ELEMENT_C, O2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import ammonia_flow
from plantsim.processes.coke_oven.codes import DESULPHURISATION_DRY, SCR_LOW_TEMPERATURE

REFERENCE_OXYGEN = 0.08  # mol/mol dry, coke-oven chimneys, 环大气〔2024〕5号


@kernel
def reference_volume(d, n):
    """Return the dry flue gas [Nm3/s] as it would be at the reference oxygen; n: underfiring gas [mol/s]."""
    volume = n * dry_amount(d.flue_gas) * MOLAR_VOLUME
    return volume * (OXYGEN_IN_AIR - dry_share(d.flue_gas, O2)) / (OXYGEN_IN_AIR - REFERENCE_OXYGEN)


@kernel
def chimney(x, d, n, y):
    """Write NOx, SO2 and dust of the chimney [kg/s] and the reagents that hold them down."""
    volume = reference_volume(d, n)
    y.nox_rate, y.ammonia_flow = volume * x.flue_nox, 0.0
    if x.denitration == SCR_LOW_TEMPERATURE and x.flue_nox > x.flue_nox_limit:
        y.nox_rate = volume * x.flue_nox_limit
        y.ammonia_flow = ammonia_flow(volume * (x.flue_nox - x.flue_nox_limit), x.ammonia_ratio)
    y.so2_rate, y.dust_rate = volume * x.flue_so2, volume * x.flue_dust
    y.sodium_bicarbonate_flow = 0.0
    y.co2_rate = 0.0
    if x.desulphurisation == DESULPHURISATION_DRY:
        y.so2_rate = volume * min(x.flue_so2, x.flue_so2_limit)
        y.dust_rate = volume * min(x.flue_dust, x.flue_dust_limit)
        caught = volume * max(0.0, x.flue_so2 - x.flue_so2_limit)
        y.sodium_bicarbonate_flow, _, y.co2_rate, _, _ = bicarbonate_balance(
            caught, x.desulphurisation_stoichiometry, x.sodium_purity
        )


@kernel
def to_the_air(x, d, n, y):
    """Write all emissions. n: underfiring gas [mol/s]. Quenching and reheating come first."""
    chimney(x, d, n, y)
    carbon = n * d.fuel_elements[ELEMENT_C] * MOLAR_MASS_C + y.dry_coal_flow * d.leaked_carbon
    carbon += y.reheat_gas / d.gas_chemical_heat * d.gas_carbon
    carbon += y.cdq_burnt_carbon
    y.combustion_co2_rate = carbon * (M_CO2 / MOLAR_MASS_C)
    y.co2_rate += y.combustion_co2_rate
    y.so2_rate += y.cdq_vent_so2_flow
    y.dust_rate += y.cdq_dust_flow
    y.voc_rate = y.voc_made_flow - y.voc_returned_flow
