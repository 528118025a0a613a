"""What GB 21346 asks for, on arrays of yearly amounts, with the standard's own rounded constant.

The standard's metal comes from 0.3355 kg/kAh (2980.6 kWh/t per volt at 100 % current efficiency); physics
uses Faraday's law (0.335573 kg/kAh). The two differ by 0.02 % and are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# 0.1229 kgce/kWh in J/J, the equivalent value of GB/T 2589-2020 as the norms of products use it
EQUIVALENT_VALUE = 0.1229 * 29307.6 / 3600.0
STANDARD_METAL_PER_CHARGE = 0.3355 / 3.6e6  # kg/C; 0.3355 kg/kAh, the constant of Chinese practice (GB 21346)


def _per_tonne(energy: np.ndarray, charge: np.ndarray) -> np.ndarray:
    """Return J/kg of the standard's metal; NaN for a line that stood still all year."""
    metal = STANDARD_METAL_PER_CHARGE * charge
    return np.divide(energy, metal, out=np.full_like(energy, np.nan), where=metal > 0)


def _electrolysis(year: Mapping[str, np.ndarray]) -> np.ndarray:
    return year["ac_power"] + year["startup_power_counted"]


def liquid_dc_power(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """DC consumption of liquid metal [J/kg], all years of the standard. year: dc_power [J], charge [C]."""
    return _per_tonne(year["dc_power"], year["effective_charge_rate"])


def liquid_ac_power(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """AC consumption of liquid metal (铝液交流电耗) [J/kg]: energy at the rectifier transformers' inlet.

    Start-up and short-circuit energy of stopped cells is counted unless the line says ``deduct_startup``: the 2013
    edition deducts it; whether the 2022 edition does is not settled (its clause 6.2.1 could not be read).
    """
    return _per_tonne(_electrolysis(year), year["effective_charge_rate"])


def liquid_comprehensive_ac_power(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Comprehensive AC consumption of liquid metal (铝液综合交流电耗) [J/kg]: with potroom auxiliaries.

    Desulphurisation counts as one of them unless the line says ``deduct_desulphurisation``: which power clause 6.2.2 of
    the 2022 edition counts could not be read.
    """
    return _per_tonne(_electrolysis(year) + year["auxiliary_power_counted"], year["effective_charge_rate"])


def ingot_comprehensive_ac_power(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Comprehensive AC consumption of ingot (铝锭综合交流电耗) [J/kg]: with the cast house, metal loss neglected."""
    total = _electrolysis(year) + year["auxiliary_power_counted"] + year["casting_power"]
    return _per_tonne(total, year["effective_charge_rate"])


def ingot_energy(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Energy of ingot [J/kg]: comprehensive AC consumption at 0.1229 kgce/kWh, and the cast house's fuel.

    No level of the standard stands against it.
    """
    return EQUIVALENT_VALUE * ingot_comprehensive_ac_power(year) + _per_tonne(
        year["casting_fuel"], year["effective_charge_rate"]
    )
