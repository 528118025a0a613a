"""Sulphur of the coal on its way: coke, tar, raw gas, gas cleaning, what is burnt, what is sold, what is made of it.

The raw gas holds hydrogen sulphide and organic sulphur (COS, CS2, thiophene), which the elements count as hydrogen
sulphide too. Gas cleaning takes the sulphide down to what the plant states of its cleaned gas, and leaves the organic
part. The cleaned gas goes to the flues, to reheating and to others; raw gas that leaks through the walls burns with all
that it holds. The heating value of the little sulphide that stays in the gas is left with the washed-out products.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_S
from plantsim.kernels.emissions import M_NH3, M_SO2
from plantsim.kernels.gas import NORMAL_MOLAR_VOLUME
from plantsim.processes.coke_oven.codes import AMMONIUM_SULPHATE, SULPHURIC_ACID
from plantsim.processes.coke_oven.raw_gas import kept

M_SULPHURIC_ACID = 0.098072  # kg/mol H2SO4, from the atomic weights of kernels/emissions.py
M_AMMONIUM_SULPHATE = 0.132134  # kg/mol (NH4)2SO4


@kernel
def sulphur_products(x, d, coal, y):
    """Write what gas cleaning makes of sulphur and ammonia, and the acid bought or sold for it. coal: dry [kg/s].

    Reads y.source_so2: the sulphur of charging and pushing comes out of what gas cleaning would have caught.
    """
    caught = coal * kept(x) * (d.raw_sulphur - d.gas_sulphur) * MOLAR_MASS_S
    y.sulphur_caught = max(0.0, caught - y.source_so2 * (MOLAR_MASS_S / M_SO2))
    y.ammonia_caught = coal * kept(x) * d.ammonia_share
    y.sulphur_made = y.acid_made = y.acid_used = y.ammonium_sulphate_made = 0.0
    if x.sulphur_product == SULPHURIC_ACID:
        y.acid_made = y.sulphur_caught * (M_SULPHURIC_ACID / MOLAR_MASS_S)
    else:
        y.sulphur_made = y.sulphur_caught
    if x.ammonia_product == AMMONIUM_SULPHATE:
        n = 0.5 * y.ammonia_caught / M_NH3
        y.acid_used, y.ammonium_sulphate_made = n * M_SULPHURIC_ACID, n * M_AMMONIUM_SULPHATE
    y.acid_bought = y.acid_used - y.acid_made


@kernel
def sources_so2(x, d, coal, y):
    """Write the SO2 of charging and pushing [kg/s], at most what their raw gas holds."""
    most = coal * kept(x) * (d.raw_sulphur - d.gas_sulphur) * M_SO2
    y.source_so2 = min(most, (x.charging_so2 + x.pushing_so2) * y.coke_pushed_flow)


@kernel
def plant_sulphur(x, d, n, coal, y):
    """Write the sulphur of coal, gas and acid bought less that of all that leaves, over the coal's.

    n: underfiring gas [mol/s]; coal: dry [kg/s]. What a measured SO2 is above the gas's own counts as taken in.
    """
    taken = coal * x.coal_sulphur + y.sulphur_unexplained
    taken += n * x.blast_furnace_gas_share * (1.0 - x.bfg_moisture) * x.bfg_sulphur * NORMAL_MOLAR_VOLUME
    taken += y.acid_bought * (MOLAR_MASS_S / M_SULPHURIC_ACID)
    out = y.coke_pushed_flow * y.coke_sulphur - y.cdq_burnt_sulphur
    out += coal * kept(x) * d.tar_share * x.tar_sulphur
    out += (y.coke_oven_gas_out - y.voc_returned_heat) / d.gas_chemical_heat * d.gas_sulphur * MOLAR_MASS_S
    out += y.sulphur_made + y.ammonium_sulphate_made * (MOLAR_MASS_S / M_AMMONIUM_SULPHATE)
    out += (y.so2_rate + y.so2_caught) * (MOLAR_MASS_S / M_SO2)
    y.plant_sulphur_residual = (taken - out) / (coal * x.coal_sulphur)
