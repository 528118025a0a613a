"""What GB 21342 asks for, on arrays of yearly amounts: energy taken in less given off and recovered, per dry coke.

What counts as recovered is a convention: the plant's ``recovered_energy_basis`` and ``steam_credit`` choose one, and
all others are computed beside it. The boundary is that remembered of the 2013 edition (coal preparation, ovens,
quenching, gas cleaning with its primary products); the 2025 edition's statistical range could not be read, only its
levels and corrections.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Year = Mapping[str, np.ndarray]


def _over(amount: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return amount / by; NaN for a plant that stood still all year."""
    return np.divide(amount, by, out=np.full_like(amount, np.nan), where=by > 0)


def _without_steam(year: Year) -> np.ndarray:
    """Return coal, gas and power taken in less coke and products given off [J]."""
    taken = year["counted_coal_heat"] + year["counted_gas_in"] + year["counted_power_use"]
    return taken - year["counted_coke_heat"] - year["counted_products_heat"]


def coke_unit_energy(year: Year) -> np.ndarray:
    """Energy per tonne of coke 焦炭单位产品能耗 [J/kg], recovered energy as the plant's own convention counts it."""
    return _over(year["convention_balance"], year["coke_rate"])


def coke_unit_energy_steam_net(year: Year) -> np.ndarray:
    """The same [J/kg], recovered steam by its heat above feedwater."""
    energy = _without_steam(year) + year["counted_steam_net"] - year["credit_steam_net"]
    return _over(energy, year["coke_rate"])


def coke_unit_energy_steam_gross(year: Year) -> np.ndarray:
    """The same [J/kg], steam by its heat above water at 0 degC, as an enthalpy table gives it."""
    energy = _without_steam(year) + year["counted_steam_gross"] - year["credit_steam_gross"]
    return _over(energy, year["coke_rate"])


def coke_unit_energy_steam_meter(year: Year) -> np.ndarray:
    """As above feedwater, but by the meter of live steam alone [J/kg]: heat of reheating passes no meter."""
    energy = _without_steam(year) + year["counted_steam_net"] - year["credit_steam_meter"]
    return _over(energy, year["coke_rate"])


def coke_unit_energy_power_equivalent(year: Year) -> np.ndarray:
    """The same [J/kg], dry quenching by its power at the equivalent value, 0.1229 kgce/kWh."""
    energy = _without_steam(year) + year["counted_steam_net"] - year["credit_power_equivalent"]
    return _over(energy, year["coke_rate"])


def coke_unit_energy_power_equal_value(year: Year) -> np.ndarray:
    """The same [J/kg], dry quenching by its power at the equal value."""
    energy = _without_steam(year) + year["counted_steam_net"] - year["credit_power_equal_value"]
    return _over(energy, year["coke_rate"])


def coke_energy_2025_level_1(year: Year) -> np.ndarray:
    """Energy per tonne [J/kg] with the corrections of GB 21342-2025 for level 1: fuel, raw material, age."""
    corrections = year["correction_fuel"] + year["correction_raw_material"] + year["correction_age"]
    return coke_unit_energy(year) - corrections


def coke_energy_2025_level_2(year: Year) -> np.ndarray:
    """The same [J/kg] for level 2: fuel, raw material."""
    return coke_unit_energy(year) - year["correction_fuel"] - year["correction_raw_material"]


def coke_energy_2025_level_3(year: Year) -> np.ndarray:
    """The same [J/kg] for level 3: fuel, raw material, age, wet quenching."""
    return coke_energy_2025_level_1(year) - year["correction_wet_quenching"]
