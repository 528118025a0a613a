"""What GB 21258 asks for, on arrays of yearly amounts, with the standard's own standard coal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def _over(amount: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return amount / by; NaN for a unit that stood still all year."""
    return np.divide(amount, by, out=np.full_like(amount, np.nan), where=by > 0)


def net_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net (supply) coal rate 供电煤耗率 [J of standard-coal heat per J]: coal heat over net power.

    b = HR / (29.3076 eta_b eta_p (1 - e)) in gce/kWh (GB 21258-2024; DL/T 904-2015): the standard's 29 307.6
    kJ/kg enters with the unit gce/kWh (models/common/units.toml), so nothing is rounded here. The editions'
    corrections for load, cooling and heat supply are not applied: see standards.toml.
    """
    return _over(year["coal_heat"], year["net_power"])


def gross_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Gross (generation) coal rate 发电煤耗率 [J of standard-coal heat per J]: coal heat over gross power."""
    return _over(year["coal_heat"], year["gross_power"])
