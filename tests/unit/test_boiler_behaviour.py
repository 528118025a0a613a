"""How the boiler behaves: what is kept through a retrofit, load, leakage, limestone, parts that are off."""

from __future__ import annotations

import math

import numpy as np
import pytest
from coal_unit_rows import coal, read_reference, resolve, rows, run

from plantsim.kernels.emissions import M_CO2, M_LIMESTONE
from plantsim.kernels.gas import CO, H2O, O2, mass, mixture_h
from plantsim.processes.coal_unit.boiler import run_boiler
from plantsim.processes.coal_unit.boiler_losses import fuel_heat, higher_heating_value, loss_base
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_PINCH, OK

ZERO = 273.15
N200, N300 = "n200-12.75-535-535", "n300-16.67-537-537"


def unit(name: str = N200, **values):
    return {**read_reference(name), **values}


def retrofitted(before: dict, **changes):
    """Return y of a plant as it is, and after changes with its calibrated fields kept."""
    x, d, o, first, y = rows([before])
    resolve(x, d, o, y, first)
    was = y[0].copy()
    for name, value in changes.items():
        x[name] = value
    resolve(x, d, o, y, first)
    return was, y[0]


def at_load(share: float, **values):
    """Return x, d, y of the boiler alone at a share of its heat and steam flow."""
    x, d, o, y = run(unit(**values))
    y.boiler_heat *= share
    y.main_steam_flow *= share
    y.status = run_boiler(x, d, o, y)
    return x, d, y


def test_the_plants_own_efficiency_stands_at_rated_power():
    x, _d, _o, y = run(unit())
    assert y.boiler_efficiency_found == pytest.approx(0.905, abs=1e-14)
    assert y.coal_heat == pytest.approx(y.boiler_heat / (0.905 * 0.985), rel=1e-14)
    listed = sum(y[n] for n in y.dtype.names if n.startswith("loss_")) - y.air_heat_credit
    assert listed == pytest.approx(1 - 0.905, abs=1e-12)
    assert y.loss_unlisted == pytest.approx(x.boiler_loss_remainder, abs=1e-15)


def test_without_a_coal_only_its_heat_is_known():
    y = run(unit(**dict.fromkeys(COAL_VARIABLES, float("nan"))))[3]
    assert y.status == OK
    assert y.boiler_efficiency_found == 0.905
    assert y.coal_heat == pytest.approx(run(unit())[3].coal_heat, rel=1e-14)
    unknown = ("coal_flow", "boiler_so2", "co2_coal", "loss_dry_gas", "flue_gas_temperature", "fly_ash_flow")
    assert all(math.isnan(y[name]) for name in unknown)
    assert np.isnan(y.boiler_gas).all()


def test_without_coal_and_efficiency_nothing_is_known():
    y = run(unit(**dict.fromkeys(COAL_VARIABLES, float("nan")), boiler_efficiency=float("nan")))[3]
    assert y.status == INCOMPLETE


def test_a_gross_heating_value_comes_back_exactly_by_both_methods():
    """Qgr = 20.04 + 0.206 x 3.1 + 0.023 x 7 = 20.8396 MJ/kg. PTC 4 takes off 212 H + 0.8 (O + N) + 24.4 M at constant
    pressure: 0.6572 + 0.0036 + 0.1708 = 0.8316, and so sets 20.008 free.
    """
    part = {"coal_hydrogen": 0.031, "coal_oxygen": 0.036, "coal_nitrogen": 0.009, "coal_moisture": 0.07}
    for method, free in ((0.0, 20.04e6), (1.0, 20.008e6)):
        x = run(unit(**part, coal_heating_value=20.04e6, boiler_method=method))[0]
        assert higher_heating_value(x) == pytest.approx(20.8396e6, rel=1e-12)
        assert fuel_heat(x) == pytest.approx(free, rel=1e-12)
        assert loss_base(x) == pytest.approx(20.04e6 if method == 0.0 else 20.8396e6, rel=2e-3)


@pytest.mark.parametrize("method", [0.0, 1.0])
def test_a_given_surface_loss_is_a_share_of_what_the_method_counts_on(method):
    values = {"radiation_method": 2.0, "radiation_loss": 0.004, "boiler_method": method}
    y = run(unit(**values, boiler_efficiency=float("nan")))[3]
    assert y.loss_surface == pytest.approx(0.004, rel=1e-9)
    assert y.boiler_residual < 1e-9


def test_the_unlisted_loss_is_kept_through_a_retrofit():
    was, now = retrofitted(unit(), economiser_oxygen=0.025)
    assert now.loss_unlisted == was.loss_unlisted
    assert now.boiler_efficiency_found > was.boiler_efficiency_found
    assert now.coal_heat < was.coal_heat


def test_a_measure_may_raise_the_efficiency_itself():
    was, now = retrofitted(unit(), boiler_efficiency=0.915)
    assert now.boiler_efficiency_found - was.boiler_efficiency_found == pytest.approx(0.01, abs=1e-13)


def test_another_coal_changes_gas_and_efficiency():
    was, now = retrofitted(unit(), **coal("shuicheng"))
    assert now.boiler_so2 > 1.3 * was.boiler_so2
    assert now.boiler_efficiency_found < was.boiler_efficiency_found


def test_tighter_air_heater_seals_leave_the_losses_and_warm_the_gas():
    was, now = retrofitted(unit(), air_heater_leakage=0.04)
    assert now.leak_air == pytest.approx(0.5 * was.leak_air, rel=1e-12)
    assert now.boiler_efficiency_found == pytest.approx(was.boiler_efficiency_found, abs=1e-13)
    assert now.leak_free_gas_temperature == pytest.approx(was.leak_free_gas_temperature, abs=1e-9)
    assert was.flue_gas_temperature == pytest.approx(135 + ZERO, abs=1e-6)
    assert now.flue_gas_temperature > was.flue_gas_temperature + 3.0


def test_gas_behind_the_air_heater_carries_both_streams():
    _x, d, _o, y = run(unit())
    assert mass(y.flue_gas) == pytest.approx(
        mass(y.boiler_gas) + y.leak_air * mass(d.combustion_air), rel=1e-12
    )
    mixed = mixture_h(y.boiler_gas, y.leak_free_gas_temperature)
    mixed += y.leak_air * mixture_h(d.combustion_air, 20 + ZERO)
    assert mixture_h(y.flue_gas, y.flue_gas_temperature) == pytest.approx(mixed, rel=1e-10)


def test_mass_of_coal_air_gas_and_ash():
    for values in (
        {},
        {  # such a coal leaves no 90.5 %: the method says what it leaves
            **coal("gangue_washery"),
            "calcium_sulphur_ratio": 2.5,
            "furnace_sulphur_capture": 0.9,
            "boiler_efficiency": float("nan"),
        },
    ):
        _x, d, _o, y = run(unit(**values))
        air = (y.primary_air_flow + y.secondary_air_flow) * mass(d.combustion_air)
        into = y.coal_flow + y.limestone_flow + air
        out = mass(y.boiler_gas) + y.fly_ash_flow + y.bottom_ash_flow
        assert into == pytest.approx(out, rel=1e-5)  # molar masses of limestone and lime are rounded ones


def test_part_load():
    full, half = at_load(1.0)[2], at_load(0.5)[2]
    assert half.flue_gas_oxygen == pytest.approx(full.flue_gas_oxygen + 0.02, abs=1e-5)
    assert half.leak_free_gas_temperature == pytest.approx(full.leak_free_gas_temperature - 20.0, abs=1e-9)
    assert half.loss_surface == pytest.approx(2.0 * full.loss_surface, rel=1e-12)
    assert half.economiser_gas_temperature == pytest.approx(320 + ZERO, abs=1e-9)
    assert half.boiler_residual < 1e-12


def test_surface_loss_by_the_european_standard_is_the_same_heat_at_any_load():
    full, half = (at_load(share, radiation_method=1.0)[2] for share in (1.0, 0.5))
    assert half.loss_surface * half.coal_heat == pytest.approx(full.loss_surface * full.coal_heat, rel=1e-12)
    useful = full.boiler_heat / 0.985 / 1e6
    assert full.loss_surface * full.coal_heat / 1e6 == pytest.approx(0.022 * useful**0.7, rel=1e-12)
    bed = at_load(1.0, radiation_method=1.0, boiler_kind=2.0)[2]
    assert bed.loss_surface > 1.4 * full.loss_surface


def test_surface_loss_counts_on_the_boilers_capacity():
    small, large = (run(unit(boiler_capacity=c / 3.6))[3].loss_surface for c in (620.0, 700.0))
    assert large == pytest.approx(small * (700 / 620) ** (1 - 0.38), rel=1e-12)


def test_limestone_takes_heat_and_gives_carbon_dioxide():
    values = {**coal("gangue_washery"), "boiler_efficiency": float("nan"), "calcination_share": 1.0}
    with_lime = run(unit(**values, calcium_sulphur_ratio=2.0, furnace_sulphur_capture=0.0))[3]
    sulphur = with_lime.coal_flow * 0.02 / 0.032065
    assert with_lime.limestone_flow == pytest.approx(2.0 * sulphur * M_LIMESTONE / 0.9, rel=1e-3)
    assert with_lime.furnace_limestone_co2 == pytest.approx(2.0 * sulphur * M_CO2, rel=1e-3)
    assert with_lime.loss_desulphurisation > 0.0
    bound = run(unit(**values, calcium_sulphur_ratio=2.0, furnace_sulphur_capture=0.9))[3]
    assert bound.boiler_so2 / bound.coal_flow == pytest.approx(
        0.1 * with_lime.boiler_so2 / with_lime.coal_flow
    )
    assert bound.loss_desulphurisation < 0.0  # 502 kJ/mol given off over 178 taken up, at Ca/S 2 and 90 %


def test_carbon_monoxide_is_in_the_gas_and_among_the_losses():
    y = run(unit(carbon_monoxide=1000e-6))[3]
    dry = y.boiler_gas.sum() - y.boiler_gas[H2O]
    assert y.boiler_gas[CO] / dry == pytest.approx(1000e-6, rel=1e-3)
    assert y.boiler_gas[O2] / dry == pytest.approx(0.035, abs=2e-5)
    assert 0.003 < y.loss_unburnt_gas < 0.005


def test_nitrogen_oxides_are_those_of_the_burners_record():
    y = run(unit(boiler_nox_concentration=500e-6))[3]
    dry = (y.boiler_gas.sum() - y.boiler_gas[H2O]) * 0.02241397
    at_six = y.boiler_nox / dry * (21 - 6) / (21 - 100 * y.flue_gas_oxygen)
    assert at_six == pytest.approx(500e-6, rel=1e-5)


def test_low_temperature_economiser():
    y = run(unit(low_economiser_gas_outlet=105 + ZERO))[3]
    taken = mixture_h(y.flue_gas, y.flue_gas_temperature) - mixture_h(y.flue_gas, 105 + ZERO)
    assert y.economiser_heat == pytest.approx(taken, rel=1e-9)
    assert y.boiler_heat < run(unit())[3].boiler_heat  # the heat comes back as power
    assert at_load(0.5, low_economiser_gas_outlet=130 + ZERO)[2].economiser_heat == 0.0
    x, _d, half = at_load(0.5, low_economiser_heat=8e6)
    assert half.economiser_heat == pytest.approx(8e6 * half.boiler_heat / x.reference_boiler_heat, rel=1e-9)


def test_acid_dew_point_rises_with_sulphur():
    panzhou, shuicheng = run(unit())[3], run(unit(**coal("shuicheng")))[3]
    assert 85 + ZERO < panzhou.acid_dew_point < shuicheng.acid_dew_point < 115 + ZERO


@pytest.mark.parametrize(
    ("values", "status", "blamed"),
    [
        (
            {"fly_ash_carbon": 0.4, **coal("gangue_washery"), "coal_carbon": 0.1},
            INFEASIBLE_FLOW,
            "fly_ash_carbon",
        ),
        (
            {"rated_flue_gas_temperature": 70 + ZERO, "flue_gas_temperature_fall": 160.0, "share": 0.3},
            INFEASIBLE_PINCH,
            "rated_flue_gas_temperature",
        ),
        (
            {
                "rated_economiser_gas_temperature": 200 + ZERO,
                "economiser_gas_temperature_fall": 250.0,
                "share": 0.5,
            },
            INFEASIBLE_PINCH,
            "rated_economiser_gas_temperature",
        ),
    ],
)
def test_what_cannot_be_is_a_status_that_names_its_variable(values, status, blamed):
    from coal_unit_rows import declaration

    share = values.pop("share", 1.0)
    y = at_load(share, **values)[2] if share < 1.0 else run(unit(**values))[3]
    assert y.status == status
    assert declaration().name_of_code(int(y.status_variable)) == blamed


def test_an_analysis_in_another_order_of_points_gives_the_same_bits():
    plants = [unit(), unit(N300), unit(**coal("shuicheng"))]
    forth, back = run(plants)[3], run(plants[::-1])[3][::-1]
    assert np.array_equal(forth["boiler_gas"], back["boiler_gas"])
    assert np.array_equal(forth["coal_heat"], back["coal_heat"])
