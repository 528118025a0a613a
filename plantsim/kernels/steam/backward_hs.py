"""Backward equations p(h,s) of regions 1 to 3, by their tables alone. SI units; no range is checked.

Sources: IAPWS SR2-01(2014) (regions 1 and 2), IAPWS SR4-04(2014) (region 3).
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam.coefficients_hs import BOUNDARY_2AB
from plantsim.kernels.steam.region2 import S_2BC
from plantsim.kernels.steam.region3 import S_CRITICAL
from plantsim.kernels.steam.tables import P1_HS, P2A_HS, P2B_HS, P2C_HS, P3A_HS, P3B_HS, table_sum

N1, N2, N3, N4 = BOUNDARY_2AB


@kernel
def backward1_hs(h, s):
    """Return the pressure [Pa] of region 1 from h [J/kg], s [J/(kg K)]: SR2-01, Eq. (1)."""
    return 100e6 * table_sum(P1_HS, h / 3.4e6 + 0.05, s / 7.6e3 + 0.05)


@kernel
def backward2_hs(h, s):
    """Return the pressure [Pa] of region 2 from h [J/kg], s [J/(kg K)]: SR2-01, Eqs. (2) to (5)."""
    sigma = s * 1e-3
    if s < S_2BC:
        root = table_sum(P2C_HS, h / 3.5e6 - 0.7, s / 5.9e3 - 1.1)
        return 100e6 * (root * root) * (root * root)
    if h <= 1e3 * (N1 + sigma * (N2 + sigma * (N3 + sigma * N4))):
        root = table_sum(P2A_HS, h / 4.2e6 - 0.5, s / 12e3 - 1.2)
        return 4e6 * (root * root) * (root * root)
    root = table_sum(P2B_HS, h / 4.1e6 - 0.6, s / 7.9e3 - 1.01)
    return 100e6 * (root * root) * (root * root)


@kernel
def backward3_hs(h, s):
    """Return the pressure [Pa] of region 3 from h [J/kg], s [J/(kg K)]: SR4-04, Eqs. (1) and (2)."""
    if s <= S_CRITICAL:
        return 99e6 * table_sum(P3A_HS, h / 2.3e6 - 1.01, s / 4.4e3 - 0.750)
    return 16.6e6 / table_sum(P3B_HS, h / 2.8e6 - 0.681, s / 5.3e3 - 0.792)
