"""The cooling shaft of coke dry quenching: coke and loop gas in counter-current, its pressure loss. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.packed_bed import bed_pressure_loss, conductance_law, counterflow_bed
from plantsim.kernels.process_gas import COLD, HOT, amount, mass, polynomial, transport
from plantsim.processes.coke_oven.coke_heat import coke_enthalpy
from plantsim.vocabulary.status import OK


@kernel
def coke_in_bed(T, coke):
    """Return the enthalpy of coke [J/kg] at T [K]; coke: (atoms [mol/kg], ash [kg/kg]), both of dry coke."""
    return coke_enthalpy(T, coke[0], coke[1])


coke_bed = counterflow_bed(coke_in_bed)


@kernel
def cooling_shaft(coke_flow, coke, T_coke, gas_flow, gas, T_gas, size, factor, multiplier, p_out, cells):
    """Return (T_coke_out [K], T_gas_out [K], duty [W], pressure loss [Pa], status) of a cooling shaft.

    coke_flow [kg/s]; coke: as :func:`coke_in_bed`; T_coke [K]; gas_flow [mol/s]; gas: mole fractions (process_gas);
    T_gas [K]; size: (section [m2], height [m], lump diameter [m], sphericity [-], voidage [-], conductivity of coke
    [W/(m K)]); factor: of channelling on the conductance [-]; multiplier: on Ergun's pressure loss [-]; p_out: where
    the gas leaves [Pa]; cells: of the bed.
    """
    section, height, d, sphericity, voidage, k_coke = size
    molar_mass = mass(gas) / amount(gas)
    flux = gas_flow * molar_mass / section
    low, high = polynomial(gas, COLD), polynomial(gas, HOT)
    law = conductance_law(T_gas, T_coke, flux, gas, d, k_coke, voidage, sphericity, factor)
    T_out, T_gas_out, duty, T_mean, status = coke_bed(
        coke_flow, coke, T_coke, gas_flow, low, high, T_gas, law, section * height, cells
    )
    if status != OK:
        return T_out, T_gas_out, duty, float("nan"), status
    mu = transport(gas, T_mean)[0]
    loss = bed_pressure_loss(flux, molar_mass, T_mean, mu, height, d * sphericity, voidage, multiplier, p_out)
    return T_out, T_gas_out, duty, loss, status
