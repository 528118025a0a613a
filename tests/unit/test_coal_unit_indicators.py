"""What the standards ask of a coal unit, on yearly amounts."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.processes.coal_unit import indicators as ask


def year(**changes: float) -> dict[str, np.ndarray]:
    """Return a year of a unit of 1 J gross power, 7 % own power, 2.5 J of coal."""
    amounts = {
        "coal_heat": 2.5, "gross_power": 1.0, "auxiliary_power": 0.07, "net_power": 0.93, "heat_supplied": 0.0,
        "heat_share_by_quantity": 0.0, "heat_share_by_drop": 0.0, "heat_share_by_exergy": 0.0, "output_factor": 1.0,
        "circulating_pump_power": 0.0, "cooling_fan_power": 0.0, "limit_factor_applied": 1.0,
        "limit_addition_applied": 0.0,
        "dry_gas_volume": 1.0, "boiler_nox": 1.0, "nox": 4e-5, "so2": 3e-5, "dust": 8e-6,
        "emission_to_national_limit": 0.4, "emission_to_ultra_low_limit": 0.9,
    }  # fmt: skip
    return {name: np.array([value]) for name, value in {**amounts, **changes}.items()}


def test_without_heat_all_coal_is_the_powers():
    y = year()
    for rate in (ask.net_coal_rate, ask.net_coal_rate_by_drop, ask.net_coal_rate_by_exergy):
        assert rate(y)[0] == pytest.approx(2.5 / 0.93, rel=1e-15)
    assert ask.gross_coal_rate(y)[0] == 2.5
    assert np.isnan(ask.heat_coal_rate(y)[0])
    assert np.isnan(ask.heat_power_rate(y)[0])
    assert ask.auxiliary_power_rate(y)[0] == 0.07


def test_heat_takes_its_coal_and_its_own_power():
    """All coal and all own power are charged once, to power or to heat."""
    y = year(
        heat_supplied=0.5, heat_share_by_quantity=0.25, heat_share_by_drop=0.06, heat_share_by_exergy=0.08
    )
    power = 1.0 - 0.07 * 0.75
    assert ask.net_coal_rate(y)[0] == pytest.approx(2.5 * 0.75 / power, rel=1e-15)
    assert ask.heat_coal_rate(y)[0] == pytest.approx(2.5 * 0.25 / 0.5, rel=1e-15)
    assert ask.heat_power_rate(y)[0] == pytest.approx(0.07 * 0.25 / 0.5, rel=1e-15)
    charged = ask.net_coal_rate(y)[0] * power + ask.heat_coal_rate(y)[0] * 0.5
    assert charged == pytest.approx(2.5, rel=1e-15)
    assert ask.net_coal_rate(y)[0] < ask.net_coal_rate_by_exergy(y)[0] < ask.net_coal_rate_by_drop(y)[0]


def test_power_of_the_cold_end_carries_no_heat_and_both_rates_close():
    """Of 0.070 own power 0.011 serve the cold end; a quarter of the rest goes with a quarter of the coal.

    By hand: own power of heat 0.25 (0.07 - 0.011) = 0.01475; net rate 2.5 x 0.75 / (0.93 + 0.01475); own power of
    0.0295 J per J of heat costs 0.0295 net rates on top of 2.5 x 0.25 / 0.5 = 1.25.
    """
    y = year(
        heat_supplied=0.5,
        heat_share_by_quantity=0.25,
        circulating_pump_power=0.008,
        cooling_fan_power=0.003,
    )
    net = 1.875 / 0.94475
    assert ask.net_coal_rate(y)[0] == pytest.approx(net, rel=1e-14)
    assert ask.heat_power_rate(y)[0] == pytest.approx(0.0295, rel=1e-13)
    assert ask.heat_coal_rate(y)[0] == pytest.approx(1.25, rel=1e-14)
    assert ask.heat_coal_rate_with_power(y)[0] == pytest.approx(1.25 + 0.0295 * net, rel=1e-14)
    sold = 1.0 - 0.07
    assert net * sold + ask.heat_coal_rate_with_power(y)[0] * 0.5 == pytest.approx(2.5, rel=1e-14)


@pytest.mark.parametrize(
    ("output", "factor"),
    [(1.0, 1.0), (0.85, 1.0), (0.80, 1.007), (0.75, 1.015), (0.70, 1.0302), (0.60, 1.0614), (0.50, 1.0934)],
)
def test_load_factor_of_the_2017_edition(output, factor):
    """As the allocation plan of 2019-2020 quotes it; from 85 % up nothing is corrected."""
    y = year(output_factor=output)
    assert ask.net_coal_rate(y)[0] / ask.corrected_net_coal_rate(y)[0] == pytest.approx(factor, abs=6e-5)


def test_the_plants_own_factor_multiplies():
    y = year(output_factor=0.6, limit_factor_applied=1.05)
    assert ask.corrected_net_coal_rate(y)[0] == pytest.approx(
        ask.corrected_net_coal_rate(year(output_factor=0.6))[0] / 1.05, rel=1e-15
    )


def test_the_limits_addition_is_taken_off_before_its_factors():
    """A unit that stands at its corrected limit, base x factors + addition, shows the base."""
    base, addition = 2.4, 0.12
    rate = base * 1.0614 * 1.02 + addition
    y = year(
        coal_heat=rate * 0.93, output_factor=0.6, limit_factor_applied=1.02, limit_addition_applied=addition
    )
    assert ask.corrected_net_coal_rate(y)[0] == pytest.approx(base, rel=1e-4)


@pytest.mark.parametrize("unknown", ["dry_gas_volume", "boiler_nox"])
def test_what_is_not_known_does_not_meet_a_limit(unknown):
    """A unit without a coal analysis, or without its boiler's NOx, is ungraded, not clean."""
    assert ask.emission_to_ultra_low_limit(year())[0] == 0.9
    assert np.isnan(ask.emission_to_ultra_low_limit(year(**{unknown: 0.0}))[0])
    assert np.isnan(ask.emission_to_national_limit(year(**{unknown: 0.0}))[0])


def test_mean_concentrations():
    y = year(dry_gas_volume=2.0)
    found = [f(y)[0] for f in (ask.nox_concentration, ask.so2_concentration, ask.dust_concentration)]
    assert found == pytest.approx([2e-5, 1.5e-5, 4e-6], rel=1e-15)
