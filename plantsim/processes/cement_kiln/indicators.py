"""What GB 16780 asks for, on arrays of yearly amounts, with the standard's own rounded coefficients.

Electricity counts whatever its origin; waste-heat power is credited in the coal term. Its coefficient in the 2021
edition could not be read: the line's own coefficient decides (`waste_heat_credit`), and the three that are in
use are given beside it. Heat of alternative fuels is not counted, in the coal term only fossil fuel is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

STANDARD_COAL = 29307.6e3  # J/kgce, GB/T 2589
KWH = 3.6e6  # J
ELECTRICITY = 0.1229 * STANDARD_COAL / KWH  # standard coal per electricity [J/J], GB/T 2589: 0.1229 kgce/kWh
CREDITS = {"equivalent": 0.1229, "middle": 0.30, "edition_2012": 0.404}  # kgce/kWh of net waste-heat power

Year = Mapping[str, np.ndarray]


def _per(amount: np.ndarray, mass: np.ndarray) -> np.ndarray:
    """Return amount / mass; NaN for a line that stood still all year."""
    return np.divide(amount, mass, out=np.full_like(amount, np.nan), where=mass > 0)


def _energy(year: Year, credit: np.ndarray) -> np.ndarray:
    """Comprehensive energy of clinker [J] with the ``credit`` [J] taken off the coal."""
    return year["coal_heat"] - credit + ELECTRICITY * year["clinker_power"]


def _credited(year: Year, name: str) -> np.ndarray:
    credit = CREDITS[name] * STANDARD_COAL / KWH * year["whr_net_power"]
    return _per(_energy(year, credit), year["clinker_flow"])


def clinker_comprehensive_energy(year: Year) -> np.ndarray:
    """Comprehensive energy of clinker (熟料单位产品综合能耗) [J/kg], 2021 edition, the line's own credit."""
    return _per(_energy(year, year["credit_heat"]), year["clinker_flow"])


def clinker_comprehensive_coal(year: Year) -> np.ndarray:
    """Comprehensive coal of clinker (熟料单位产品综合煤耗) [J/kg], 2021 edition, the line's own credit."""
    return _per(year["coal_heat"] - year["credit_heat"], year["clinker_flow"])


def clinker_electricity(year: Year) -> np.ndarray:
    """Comprehensive electricity of clinker (熟料单位产品综合电耗) [J/kg], own waste-heat power counted as used."""
    return _per(year["clinker_power"], year["clinker_flow"])


def clinker_energy_credit_equivalent(year: Year) -> np.ndarray:
    """Comprehensive energy of clinker [J/kg] with waste-heat power credited at 0.1229 kgce/kWh."""
    return _credited(year, "equivalent")


def clinker_energy_credit_middle(year: Year) -> np.ndarray:
    """Comprehensive energy of clinker [J/kg] with waste-heat power credited at 0.30 kgce/kWh."""
    return _credited(year, "middle")


def clinker_energy_credit_edition_2012(year: Year) -> np.ndarray:
    """Comprehensive energy of clinker [J/kg] with waste-heat power credited at 0.404 kgce/kWh."""
    return _credited(year, "edition_2012")


def comparable_clinker_coal(year: Year) -> np.ndarray:
    """Comparable coal of clinker (可比熟料综合煤耗) [J/kg], 2012 edition: strength and altitude corrected."""
    coal = _per(year["coal_heat"] - year["credit_heat_2012"], year["clinker_flow"])
    return coal * year["strength_factor"] * year["altitude_factor"]


def comparable_clinker_energy(year: Year) -> np.ndarray:
    """Comparable energy of clinker (可比熟料综合能耗) [J/kg], 2012 edition: strength and altitude corrected."""
    energy = _per(_energy(year, year["credit_heat_2012"]), year["clinker_flow"])
    return energy * year["strength_factor"] * year["altitude_factor"]


def cement_preparation_electricity(year: Year) -> np.ndarray:
    """Electricity of the cement preparation section (水泥制备工段电耗) [J/kg cement]."""
    return _per(year["cement_power"], year["cement_flow"])


def waste_heat_electricity(year: Year) -> np.ndarray:
    """Waste-heat power, gross, per clinker (吨熟料余热发电量) [J/kg]."""
    return _per(year["whr_gross_power"], year["clinker_flow"])
