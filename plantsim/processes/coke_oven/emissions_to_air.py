"""What goes to the air: NOx, SO2 and dust of chimney, quenching and other sources, VOC, CO2; reagents against them."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S, dry_amount, dry_share
from plantsim.kernels.emissions import M_CO2, M_SO2, OXYGEN_IN_AIR
from plantsim.kernels.fgd import bicarbonate_balance, lime_balance
from plantsim.kernels.gas import ELEMENT_C, O2, SO2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coke_oven.codes import (
    DESULPHURISATION_DRY,
    DESULPHURISATION_NONE,
    QUENCH_DRY,
    VENT_DRY_SODIUM,
)
from plantsim.processes.coke_oven.denitration import denitration
from plantsim.processes.coke_oven.sulphur import sources_so2

REFERENCE_OXYGEN = 0.08  # mol/mol dry, coke-oven chimneys, 环大气〔2024〕5号


@kernel
def reference_volume(d, n):
    """Return the dry flue gas [Nm3/s] as it would be at the reference oxygen; n: underfiring gas [mol/s]."""
    volume = n * dry_amount(d.flue_gas) * MOLAR_VOLUME
    return volume * (OXYGEN_IN_AIR - dry_share(d.flue_gas, O2)) / (OXYGEN_IN_AIR - REFERENCE_OXYGEN)


@kernel
def explained_so2(d):
    """Return the SO2 [kg/Nm3 at the reference oxygen] that the sulphur of what is burnt in the flues makes."""
    return d.flue_gas[SO2] * M_SO2 / reference_volume(d, 1.0)


@kernel
def cleaned(before, limit, most):
    """Return (wanted, after) of a concentration: held at ``limit`` where cleaning removes no more than ``most`` [-]."""
    wanted = min(before, limit)
    return wanted, max(wanted, before * (1.0 - most))


@kernel
def chimney_so2(x, d, volume, y):
    """Write SO2 before and behind desulphurisation, what is caught [kg/s] and its reagent; volume as denitration."""
    y.explained_flue_so2 = explained_so2(d)
    before = y.explained_flue_so2 * x.so2_factor
    y.so2_before = y.so2_wanted = behind = before
    y.sulphur_unexplained = volume * (before - y.explained_flue_so2) * (MOLAR_MASS_S / M_SO2)
    y.sodium_bicarbonate_flow = y.lime_flow = y.desulphurisation_ash_flow = y.co2_rate = 0.0
    if x.desulphurisation != DESULPHURISATION_NONE:
        y.so2_wanted, behind = cleaned(before, x.flue_so2_limit, x.desulphurisation_most)
    y.so2_caught = volume * (before - behind)
    if x.desulphurisation == DESULPHURISATION_DRY:
        y.sodium_bicarbonate_flow, y.desulphurisation_ash_flow, y.co2_rate, _, _ = bicarbonate_balance(
            y.so2_caught, x.desulphurisation_stoichiometry, x.sodium_purity
        )
    elif x.desulphurisation != DESULPHURISATION_NONE:
        y.lime_flow, y.desulphurisation_ash_flow, _ = lime_balance(y.so2_caught, x.lime_ratio, x.lime_purity)
    reheating = y.reheat_gas / d.gas_chemical_heat * d.gas_sulphur * M_SO2
    y.so2_rate = volume * behind + reheating
    y.so2_concentration = behind
    if reheating > 0.0:
        y.so2_wanted += reheating / volume
        y.so2_concentration += reheating / volume


@kernel
def chimney(x, d, n, y):
    """Write NOx, SO2 and dust of the chimney [kg/s] and the reagents that hold them down; return a status."""
    volume = reference_volume(d, n)
    y.dry_flue_gas_flow = n * dry_amount(d.flue_gas) * MOLAR_VOLUME
    status = denitration(x, d, n, volume, y)
    y.nox_rate = volume * y.nox_concentration
    chimney_so2(x, d, volume, y)
    y.dust_concentration = x.flue_dust
    if x.desulphurisation != DESULPHURISATION_NONE:
        y.dust_concentration = min(x.flue_dust, x.flue_dust_limit)
    y.dust_rate = volume * y.dust_concentration
    return status


@kernel
def quenching_vent(x, y):
    """Write SO2 of the stack that takes the vent of dry quenching with the air of its dust collection, and what is
    caught there; adds it to y."""
    y.cdq_so2_rate = y.cdq_vent_so2_flow
    if x.quenching != QUENCH_DRY or not y.cdq_vent_so2_flow > 0.0:
        return
    gas = y.cdq_vent_dry_flow + x.cdq_dedusting_air * y.cdq_dry_flow
    before = after = wanted = y.cdq_vent_so2_flow / gas
    if x.cdq_vent_desulphurisation == VENT_DRY_SODIUM:
        wanted, after = cleaned(before, x.cdq_stack_so2_limit, x.desulphurisation_most)
        caught = gas * (before - after)
        bicarbonate, ash, co2, _, _ = bicarbonate_balance(
            caught, x.desulphurisation_stoichiometry, x.sodium_purity
        )
        y.sodium_bicarbonate_flow += bicarbonate
        y.desulphurisation_ash_flow += ash
        y.co2_rate += co2
        y.so2_caught += caught
        y.cdq_so2_rate = gas * after
    y.cdq_stack_so2, y.cdq_stack_so2_wanted = after, wanted


@kernel
def other_sources(x, d, coal, y):
    """Write dust, SO2, benzo[a]pyrene and benzene of charging, pushing, screening and leaks, by their factors.

    coal: dry [kg/s]. Benzene is a part of the VOC that stands in voc_rate, not beside it.
    """
    sources_so2(x, d, coal, y)
    coke = y.coke_pushed_flow
    organised = (x.charging_dust + x.pushing_dust + x.screening_dust) * coke
    y.unorganised_dust = x.fugitive_dust * coke
    y.source_dust = organised + y.unorganised_dust
    y.benzopyrene_rate = x.benzopyrene_emission * coke
    y.benzene_rate = x.voc_benzene_share * y.voc_rate


@kernel
def to_the_air(x, d, n, y):
    """Write all emissions; return a status. n: underfiring gas [mol/s]. Quenching and reheating come first."""
    status = chimney(x, d, n, y)
    carbon = n * d.fuel_elements[ELEMENT_C] * MOLAR_MASS_C + y.dry_coal_flow * d.leaked_carbon
    carbon += y.reheat_gas / d.gas_chemical_heat * d.gas_carbon
    carbon += y.cdq_burnt_carbon
    y.combustion_co2_rate = carbon * (M_CO2 / MOLAR_MASS_C)
    quenching_vent(x, y)
    y.co2_rate += y.combustion_co2_rate
    y.voc_rate = y.voc_made_flow - y.voc_returned_flow
    other_sources(x, d, y.dry_coal_flow, y)
    y.so2_rate += y.cdq_so2_rate + y.source_so2
    y.dust_rate += y.cdq_dust_flow + y.source_dust
    return status
