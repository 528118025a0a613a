"""What GB 21258 asks for, on arrays of yearly amounts, with the standard's own standard coal.

Own power is split after DL/T 904 (remembered): what serves the generation of power alone, the cold end's pumps and
fans, carries no share of the heat; the rest is shared as the coal is. Both sides close:
net rate x power sold + heat rate with its power x heat supplied = coal burnt.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def _over(amount: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return amount / by; NaN for a unit that stood still all year."""
    return np.divide(amount, by, out=np.full_like(amount, np.nan), where=by > 0)


def _power_for_heat(year: Mapping[str, np.ndarray], heat_share: np.ndarray) -> np.ndarray:
    """Return own power [J] charged to the heat, whose share of the coal is ``heat_share``.

    A cold end that is not described has no power of its own here: it is shared as all the rest.
    """
    parts = [year[name] for name in ("circulating_pump_power", "cooling_fan_power")]
    of_power_alone = sum(np.where(np.isnan(part), 0.0, part) for part in parts)
    return (year["auxiliary_power"] - of_power_alone) * heat_share


def _net_rate(year: Mapping[str, np.ndarray], heat_share: np.ndarray) -> np.ndarray:
    """Return the net coal rate with ``heat_share`` of coal and of shared own power charged to the heat [J/J]."""
    sold = year["gross_power"] - year["auxiliary_power"]
    return _over(year["coal_heat"] * (1.0 - heat_share), sold + _power_for_heat(year, heat_share))


def net_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net (supply) coal rate 供电煤耗率 [J of standard-coal heat per J], heat by the heat-quantity method.

    b = B (1 - a) / (W - W_aux + a (W_aux - W_cold)), a: heat supplied over the cycle's heat, so that all benefit goes
    to power; W_cold: own power of the cold end, which serves power alone. Without heat HR / (29.3076 eta_b eta_p
    (1 - e)) in gce/kWh (GB 21258-2024; DL/T 904-2015). The standard's 29 307.6 kJ/kg enters with the unit gce/kWh
    (models/common/units.toml), so nothing is rounded here. The editions' corrections for load and cooling are not
    applied: see standards.toml.
    """
    return _net_rate(year, year["heat_share_by_quantity"])


def net_coal_rate_by_drop(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net coal rate [J/J] with coal charged to the heat by the enthalpy that its steam no more gives up."""
    return _net_rate(year, year["heat_share_by_drop"])


def net_coal_rate_by_exergy(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net coal rate [J/J] with coal charged to the heat by the exergy that it carries."""
    return _net_rate(year, year["heat_share_by_exergy"])


def gross_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Gross (generation) coal rate 发电煤耗率 [J/J]: coal heat charged to power over gross power."""
    return _over(year["coal_heat"] * (1.0 - year["heat_share_by_quantity"]), year["gross_power"])


def heat_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Heat coal rate 供热煤耗率 [J of standard-coal heat per J], heat-quantity method; NaN without heat supply.

    Fuel alone: own power charged to the heat is not in it (DL/T 904-2015, remembered); see
    :func:`heat_power_rate` and :func:`heat_coal_rate_with_power`.
    """
    return _over(year["coal_heat"] * year["heat_share_by_quantity"], year["heat_supplied"])


def heat_coal_rate_with_power(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Heat coal rate [J/J] with the coal of its own power: fuel rate + own power per heat x net coal rate.

    NaN without heat supply. With it net rate x power sold + heat rate x heat is the coal burnt.
    """
    return heat_coal_rate(year) + heat_power_rate(year) * net_coal_rate(year)


def heat_power_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Own power charged to the heat 供热厂用电率 [J/J]: shared power in proportion to the coal; NaN without heat."""
    return _over(_power_for_heat(year, year["heat_share_by_quantity"]), year["heat_supplied"])


def auxiliary_power_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the auxiliary power rate 厂用电率 [-]: own power over gross power (DL/T 904-2015)."""
    return _over(year["auxiliary_power"], year["gross_power"])


def _load_factor(output: np.ndarray) -> np.ndarray:
    """Return the factor [-] by which a limit grows with a low mean output factor [-], at least that of 1 %.

    1 from 85 % up; 1 + 0.0014 (85 - 100 F) to 80 %; 1.007 + 0.0016 (80 - 100 F) to 75 %; 1.015^(16 - 20 F) below.
    GB 21258-2017, as the allocation plan of the national carbon market for 2019-2020 quotes it: remembered. The 2024
    edition's own factors could not be read; its revision was asked for below 50 % above all.
    """
    f = 100.0 * np.maximum(output, 0.01)
    return np.select(
        [f >= 85.0, f >= 80.0, f >= 75.0],
        [np.ones_like(f), 1.0 + 0.0014 * (85.0 - f), 1.007 + 0.0016 * (80.0 - f)],
        1.015 ** (16.0 - 0.2 * f),
    )


def corrected_net_coal_rate(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net coal rate less the addition to its limit, over the limit's factors [J of standard-coal heat per J].

    GB 21258-2024's limit is base x factors + addition (levels 1 and 3; level 2 has no addition): this is what to hold
    against a base value. Factors: the load factor of GB 21258-2017 and the plant's own ``limit_factor`` for cooling and
    coal; addition: the plant's own ``limit_addition`` for air cooling, W-flame and fluidised bed.
    """
    factor = _load_factor(year["output_factor"]) * year["limit_factor_applied"]
    return (net_coal_rate(year) - year["limit_addition_applied"]) / factor


def _of_known_gas(ratio: np.ndarray, year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return ratio; NaN where no gas was worked out (no coal analysis) or the boiler's NOx is not known."""
    known = (year["dry_gas_volume"] > 0) & (year["boiler_nox"] > 0)
    return np.where(known, ratio, np.nan)


def emission_to_national_limit(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Worst of dust, SO2 and NOx over its limit of GB 13223 [-], at the worst load: above 1 it's not met."""
    return _of_known_gas(year["emission_to_national_limit"], year)


def emission_to_ultra_low_limit(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Worst of dust, SO2 and NOx over its ultra-low limit [-], at the worst load: up to 1 it's met."""
    return _of_known_gas(year["emission_to_ultra_low_limit"], year)


def nox_concentration(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """NOx at the stack [kg/Nm3]: mean of the year, dry, at 6 % O2."""
    return _over(year["nox"], year["dry_gas_volume"])


def so2_concentration(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """SO2 at the stack [kg/Nm3]: mean of the year, dry, at 6 % O2."""
    return _over(year["so2"], year["dry_gas_volume"])


def dust_concentration(year: Mapping[str, np.ndarray]) -> np.ndarray:
    """Dust at the stack [kg/Nm3]: mean of the year, dry, at 6 % O2."""
    return _over(year["dust"], year["dry_gas_volume"])
