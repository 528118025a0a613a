"""Constants and limits of IAPWS-IF97, from IAPWS R7-97(2012). SI units."""

from __future__ import annotations

R = 461.526  # J/(kg K), specific gas constant of water, section 3, Eq. (1)
T_CRITICAL = 647.096  # K, Eq. (2)
P_CRITICAL = 22.064e6  # Pa, Eq. (3)
RHO_CRITICAL = 322.0  # kg/m3, Eq. (4)
T_MIN = 273.15  # K, lower limit of the formulation, section 3
T_13 = 623.15  # K, border between regions 1 and 3, and top of the range where 1 and 2 meet at saturation
T_25 = 1073.15  # K, border between regions 2 and 5
T_MAX = 2273.15  # K, upper limit of region 5
P_MAX = 100e6  # Pa, upper limit of regions 1 to 3
P_MAX_5 = 50e6  # Pa, upper limit of region 5
P_1 = 16.53e6  # Pa, reducing pressure of region 1, Eq. (7)
T_1 = 1386.0  # K, reducing temperature of region 1
P_2 = 1e6  # Pa, reducing pressure of regions 2 and 5
T_2 = 540.0  # K, reducing temperature of region 2
T_5 = 1000.0  # K, reducing temperature of region 5

# Ends of the saturation line, from Eq. (30) at 273.15 K and at 623.15 K (the release prints 611.213 Pa and
# 16.5292 MPa): all digits, so that the branches of p and of T part at the same state. A unit test
# recomputes them.
P_TRIPLE = 611.2126774443449  # Pa
P_13 = 16529164.25260448  # Pa
