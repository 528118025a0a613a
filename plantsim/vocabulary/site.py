"""The air of a site: pressure from altitude and back, by the International Standard Atmosphere.

Source: ISO 2533:1975 (the same as ICAO and the U.S. Standard Atmosphere up to 11 km), first layer.
Altitude is geopotential, as in the standard. A surveyed (geometric) altitude of 1900 m is a geopotential one
of 1899.4 m, 6 Pa more than here; the weather moves the air pressure by far more than that, so a measured mean
site pressure has precedence wherever there is one.
"""

from __future__ import annotations

import math

from plantsim.vocabulary.errors import CodedError

# ISO 2533:1975, clause 2: primary constants and the layer -2000 .. 11 000 m
SEA_LEVEL_PRESSURE = 101325.0  # Pa
SEA_LEVEL_TEMPERATURE = 288.15  # K
LAPSE_RATE = 0.0065  # K/m, downwards
GRAVITY = 9.80665  # m/s2
GAS_CONSTANT = 287.05287  # J/(kg K), dry air
EXPONENT = GRAVITY / (GAS_CONSTANT * LAPSE_RATE)  # 5.25588

LOWEST_ALTITUDE = -500.0  # m
HIGHEST_ALTITUDE = 11000.0  # m, the tropopause


class SiteError(CodedError):
    """Outside the validity range. Codes: altitude_outside_range, pressure_outside_range."""


def standard_temperature(altitude: float) -> float:
    """Return the standard air temperature [K] at ``altitude`` [m], -500 .. 11 000 m.

    Raises SiteError altitude_outside_range (also for NaN). ISO 2533:1975.
    """
    if not LOWEST_ALTITUDE <= altitude <= HIGHEST_ALTITUDE:
        raise SiteError(
            "altitude_outside_range",
            altitude=f"{altitude:g}",
            lowest=f"{LOWEST_ALTITUDE:g}",
            highest=f"{HIGHEST_ALTITUDE:g}",
        )
    return SEA_LEVEL_TEMPERATURE - LAPSE_RATE * altitude


def standard_pressure(altitude: float) -> float:
    """Return the standard absolute air pressure [Pa] at ``altitude`` [m], -500 .. 11 000 m.

    Raises SiteError altitude_outside_range. ISO 2533:1975.
    """
    ratio = standard_temperature(altitude) / SEA_LEVEL_TEMPERATURE
    return SEA_LEVEL_PRESSURE * math.pow(ratio, EXPONENT)


def standard_altitude(pressure: float) -> float:
    """Return the altitude [m] at which the standard absolute pressure is ``pressure`` [Pa].

    The inverse of :func:`standard_pressure`, 22 632 .. 107 478 Pa. Raises SiteError pressure_outside_range.
    """
    lowest, highest = standard_pressure(HIGHEST_ALTITUDE), standard_pressure(LOWEST_ALTITUDE)
    if not lowest <= pressure <= highest:
        raise SiteError(
            "pressure_outside_range",
            pressure=f"{pressure:g}",
            lowest=f"{lowest:.0f}",
            highest=f"{highest:.0f}",
        )
    ratio = math.pow(pressure / SEA_LEVEL_PRESSURE, 1.0 / EXPONENT)
    return (1.0 - ratio) * SEA_LEVEL_TEMPERATURE / LAPSE_RATE


def standard_density_ratio(altitude: float) -> float:
    """Return the standard air density at ``altitude`` [m] over that at sea level [-], -500 .. 11 000 m.

    Fans, mills and kilns move volumes: at 1800 m this is 0.838. Raises SiteError altitude_outside_range.
    """
    temperature_ratio = standard_temperature(altitude) / SEA_LEVEL_TEMPERATURE
    return standard_pressure(altitude) / SEA_LEVEL_PRESSURE / temperature_ratio
