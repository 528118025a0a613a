"""The equations v(p,T) of region 3, which give the start for the exact volume. SI units.

Source: IAPWS SR5-05(2016).
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import coefficients_borders3 as borders
from plantsim.kernels.steam.coefficients_volume3 import PARAMETERS
from plantsim.kernels.steam.constants import P_CRITICAL, T_CRITICAL
from plantsim.kernels.steam.saturation import saturation_temperature
from plantsim.kernels.steam.tables import table_sum

V3_PARAMETERS = np.array([row[1:] for row in PARAMETERS])

BORDERS = {  # coefficients by rising power: Tables 1 and 11
    "cd": borders.BORDER_CD,
    "gh": borders.BORDER_GH,
    "ij": borders.BORDER_IJ,
    "jk": borders.BORDER_JK,
    "mn": borders.BORDER_MN,
    "qu": borders.BORDER_QU,
    "rx": borders.BORDER_RX,
    "uv": borders.BORDER_UV,
    "ef": ((0, T_CRITICAL - 3.727888004 * P_CRITICAL * 1e-6), (1, 3.727888004)),  # Eq. (3)
    "ab": borders.BORDER_AB,
    "op": borders.BORDER_OP,
    "wx": borders.BORDER_WX,
    "saturation": (),
}
BORDER_NAMES = list(BORDERS)
LOGARITHMIC, SATURATION = BORDER_NAMES.index("ab"), BORDER_NAMES.index("saturation")
"""From LOGARITHMIC on the powers are -2 to 2 of ln p (Eq. 2), before it 0 to 4 of p (Eq. 1), p in MPa."""

BANDS = (  # above this pressure [MPa]: sub-regions and the borders between them, from cold to hot
    # Tables 2 and 10 (near the critical point); bounds without a source are printed there
    (40.0, "a ab b"),
    (25.0, "c cd d ab e ef f"),
    (23.5, "c cd g gh h ef i ij j jk k"),
    (23.0, "c cd l gh h ef i ij j jk k"),
    (22.5, "c cd l gh m mn n ef o op p ij j jk k"),
    (22.11, "c cd q qu u uv v ef w wx x rx r jk k"),
    (22.064, "c cd q qu u uv y ef z wx x rx r jk k"),
    (21.93161551, "c cd q qu u uv y saturation z wx x rx r jk k"),
    (21.90096265, "c cd q qu u saturation z wx x rx r jk k"),
    (21.043367318975355, "c cd q qu u saturation x rx r jk k"),  # saturation pressure at 643.15 K
    (20.5, "c cd s saturation r jk k"),
    (19.00881189173929, "c cd s saturation t"),
    (0.0, "c saturation t"),
)


def _border_rows() -> np.ndarray:
    """Return the coefficients of all borders, five to a row."""
    rows = np.zeros((len(BORDERS), 5))
    for k, table in enumerate(BORDERS.values()):
        for power, n in table:
            rows[k, power + 2 if k >= LOGARITHMIC else power] = n
    return rows


BORDER_N = _border_rows()
BAND_P = np.array([p * 1e6 for p, _ in BANDS])
BAND_START = np.cumsum([0] + [len(row.split()) // 2 + 1 for _, row in BANDS])
BAND_REGION = np.array([ord(name) - ord("a") for _, row in BANDS for name in row.split()[::2]])
BAND_BORDER = np.array(
    [BORDER_NAMES.index(name) for _, row in BANDS for name in [*row.split()[1::2], "saturation"]]
)
"""The border above each sub-region; the hottest of a band has none, and its entry is not read."""


@kernel
def border3(k, p):
    """Return the temperature [K] of border k at p [Pa]: Eqs. (1) to (3), or saturation."""
    if k == SATURATION:
        return saturation_temperature(p)
    z = p * 1e-6
    scale = 1.0
    if k >= LOGARITHMIC:
        z = log(z)
        scale = 1.0 / (z * z)
    n = BORDER_N[k]
    return scale * (n[0] + z * (n[1] + z * (n[2] + z * (n[3] + z * n[4]))))


@kernel
def subregion3(p, T):
    """Return the sub-region of region 3 (0 for 3a to 25 for 3z) at p [Pa], T [K]."""
    band = 0
    while p <= BAND_P[band]:
        band += 1
    k = BAND_START[band]
    last = BAND_START[band + 1] - 1
    while k < last and border3(BAND_BORDER[k], p) < T:
        k += 1
    return BAND_REGION[k]


@kernel
def subregion_volume(k, p, T):
    """Return the specific volume [m3/kg] by the equation of sub-region k (0 for 3a) at p [Pa], T [K].

    Source: IAPWS SR5-05(2016), Eqs. (4) and (5).
    """
    v, p_star, T_star, a, b, c, d, e = V3_PARAMETERS[k]
    x = p * 1e-6 / p_star - a
    y = T / T_star - b
    if c == 0.5:
        x = sqrt(max(0.0, x))
    if d == 0.25:
        y = sqrt(sqrt(max(0.0, y)))
    total = table_sum(k, x, y)
    if e == 0.0:
        return v * exp(total)
    if e == 4.0:
        return v * (total * total) * (total * total)
    return v * total
