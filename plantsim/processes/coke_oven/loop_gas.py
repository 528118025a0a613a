"""The loop gas of coke dry quenching in steady state: what enters the loop and is not coke leaves with the vent.

The vent has the composition of the loop. Air, seal nitrogen and what hot coke still gives off are known; so are the
shares of unburnt gases that the plant keeps in its loop. Nitrogen then gives the vent, oxygen the carbon dioxide, and
carbon what burned of the coke: burn-off is a result of the balance, not an input. SI units, amounts in mol/s.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.process_gas import MASSES, enthalpy
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

OXYGEN_OF_AIR = 0.2095  # mol/mol of dry air, U.S. Standard Atmosphere 1976; argon counts as nitrogen


@kernel
def loop_balance(air, moisture, nitrogen, hydrogen, oxygen, nitrogen_coke, sulphur_ratio, co, h2, o2, ch4):
    """Return (vent: eight amounts [mol/s], carbon that left the coke [mol/s], status).

    air: moist, into the loop [mol/s]; moisture of it [mol/mol]; nitrogen: seal gas [mol/s N2]; hydrogen, oxygen,
    nitrogen_coke: given off by the coke [mol/s of atoms]; sulphur_ratio: sulphur that burns with each carbon [mol/mol];
    co, h2, o2, ch4: shares of the dry vent [mol/mol].
    INFEASIBLE_FLOW where there is not enough hydrogen for h2 and ch4, or not enough air for the gas that the coke
    gives off at these shares, so that the carbon dioxide or the coke's carbon would be negative.
    """
    n_o2 = OXYGEN_OF_AIR * (1.0 - moisture) * air
    n_n2 = (1.0 - OXYGEN_OF_AIR) * (1.0 - moisture) * air + nitrogen + 0.5 * nitrogen_coke
    water = moisture * air
    atoms_h, atoms_o = 2.0 * water + hydrogen, 2.0 * n_o2 + water + oxygen
    unburnt = co + h2 + o2 + ch4
    divisor = co + 2.0 * (1.0 - unburnt) - h2 - 2.0 * ch4 + 2.0 * o2
    if not (divisor > 0.0 and unburnt < 1.0 and n_n2 > 0.0):
        return (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0, OUTSIDE_RANGE
    dry = (atoms_o + 2.0 * n_n2 - 0.5 * atoms_h) / divisor
    burnt = dry * (1.0 - unburnt) - n_n2  # CO2 and SO2
    carbon = (burnt + dry * (co + ch4)) / (1.0 + sulphur_ratio)
    so2 = sulphur_ratio * carbon
    steam = 0.5 * atoms_h - dry * (h2 + 2.0 * ch4)
    gas = (n_n2, dry * o2, burnt - so2, steam, dry * co, dry * h2, dry * ch4, so2)
    status = OK if steam >= 0.0 and burnt - so2 >= 0.0 and carbon >= 0.0 else INFEASIBLE_FLOW
    return gas, carbon, status


@kernel
def air_enthalpy(air, moisture, nitrogen, T):
    """Return the enthalpy [W] of moist air and seal nitrogen at T [K]; arguments as :func:`loop_balance`."""
    dry = (1.0 - moisture) * air
    n_2 = (1.0 - OXYGEN_OF_AIR) * dry + nitrogen
    return enthalpy((n_2, OXYGEN_OF_AIR * dry, 0.0, moisture * air, 0.0, 0.0, 0.0, 0.0), T)


@kernel
def shares(n, whole):
    """Return the eight amounts n over ``whole``."""
    return (
        n[0] / whole,
        n[1] / whole,
        n[2] / whole,
        n[3] / whole,
        n[4] / whole,
        n[5] / whole,
        n[6] / whole,
        n[7] / whole,
    )


@kernel
def species_flow(n, i):
    """Return the mass flow [kg/s] of species i in n [mol/s]."""
    return n[i] * MASSES[i]
