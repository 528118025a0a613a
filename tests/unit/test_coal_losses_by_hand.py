"""Coal units: what burns, what is lost, own power and indicators, term by term."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas as g
from plantsim.processes.coal_unit import auxiliaries, boiler_losses, coal_firing, codes, indicators
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE


def test_heat_of_ash():
    """Mean heat capacity from 0 degC 710 + 0.502 t J/(kg K): 850 degC above 20."""
    by_hand = 850 * (710 + 0.502 * 850) - 20 * (710 + 0.502 * 20)
    assert boiler_losses.ash_heat(1123.15, 293.15) == pytest.approx(by_hand, rel=1e-12)
    x, d = fields(bottom_ash_temperature=1123.15), fields(fly_ash_ratio=0.27, bottom_ash_ratio=0.04)
    fly = 130 * (710 + 0.502 * 130) - 20 * (710 + 0.502 * 20)
    found = plain(boiler_losses.residue_heat)(x, d, 403.15, 293.15)
    assert found == pytest.approx(0.27 * fly + 0.04 * by_hand, rel=1e-9)


COAL = {
    "coal_heating_value": 20.1e6, "coal_hydrogen": 0.029, "coal_moisture": 0.083, "coal_oxygen": 0.055,
    "coal_nitrogen": 0.009,
}  # fmt: skip
# kJ/kg and %: Qgr,v = Qnet,v + 206 H + 23 M (GB/T 213); Qnet,p = Qgr,v - 212 H - 0.8 (O + N) - 24.4 M
AT_PRESSURE = 1e3 * (20100 + 206 * 2.9 + 23 * 8.3 - 212 * 2.9 - 0.8 * (5.5 + 0.9) - 24.4 * 8.3)
BURNT, MOIST = 0.029 / 0.002016, 0.083 / 0.018015  # mol of water per kg
NOT_PTC_4 = codes.LOSSES_BY_PTC_4 + 1


def surface(method, kind=0, loss=0.003, boiler_method=NOT_PTC_4):
    x = fields(
        **COAL, boiler_method=boiler_method,
        radiation_method=method, radiation_loss=loss, boiler_kind=kind, reference_boiler_heat=770e6,
        pipe_efficiency=0.99,
        reference_main_steam_flow=260.0,
    )  # fmt: skip
    return plain(boiler_losses.surface_loss)(x, fields(boiler_rated_flow=285.0), 200.0)


def test_surface_loss_by_each_method():
    """285 kg/s rated, 200 now; GB 10184-88: 5.82 % x 1 026^-0.38; EN 12952-15: 0.022 MW per MW^0.7."""
    load = 200 / 285
    assert surface(codes.RADIATION_GIVEN) == (pytest.approx(0.003 / load, rel=1e-12), 0.0)
    # PTC 4: a share of the higher value, with 44.0 kJ/mol of condensed vapour
    of_higher = 0.003 * (AT_PRESSURE + (BURNT + MOIST) * 44.0e3) / AT_PRESSURE
    found = surface(codes.RADIATION_GIVEN, boiler_method=codes.LOSSES_BY_PTC_4)
    assert found == (pytest.approx(of_higher / load, rel=1e-4), 0.0)
    assert surface(codes.RADIATION_GIVEN, loss=float("nan")) == (0.0, 0.0)
    assert surface(codes.RADIATION_BY_GB_1988) == (
        pytest.approx(0.0582 * 1026.0**-0.38 / load, rel=1e-12),
        0.0,
    )
    useful = 770 / 0.99 * 285 / 260
    other = max(codes.RADIATION_GIVEN, codes.RADIATION_BY_GB_1988) + 1
    for kind, c in ((codes.FLUIDISED_BED + 1, 0.022), (codes.FLUIDISED_BED, 0.0315)):
        assert surface(other, kind) == (0.0, pytest.approx(c * useful**-0.3 / load, rel=1e-12))


def losses():
    x = fields(
        **COAL,
        bottom_ash_temperature=1123.15,
        boiler_reference_temperature=293.15,
        boiler_method=codes.LOSSES_BY_PTC_4,
    )
    d = fields(unburnt_carbon=0.007, fly_ash_ratio=0.27, bottom_ash_ratio=0.04, desulphurisation_heat=0.03e6)
    n = np.zeros(28)
    n[g.CO], n[g.H2O], n[g.N2] = 0.03, 21.0, 280.0
    return x, d, n


RESIDUE = 0.27 * (130 * 775.26 - 20 * 720.04) + 0.04 * (850 * 1136.7 - 20 * 720.04)


@pytest.mark.parametrize(
    ("method", "lower"), [(codes.LOSSES_BY_PTC_4, AT_PRESSURE), (NOT_PTC_4, 20.1e6)], ids=["ptc", "gb"]
)
def test_losses_of_the_boiler(method, lower):
    """Carbon 33.727 MJ/kg, CO 282.98 kJ/mol; vapour with 3.7 kJ/mol; 1.1 MJ in dry gas; 0.2 MJ of air."""
    x, d, n = losses()
    x.boiler_method = method
    heat = 1.1e6 + 21.0 * 3.7e3 + 0.03 * 282.98e3 + 0.007 * 33.727e6 + RESIDUE + 0.03e6 - 0.2e6
    found = plain(boiler_losses.listed_losses)(x, d, n, 403.15, 1.1e6, 3.7e3, 0.2e6)
    assert found == pytest.approx(heat / lower, rel=1e-5)


@pytest.mark.parametrize("ptc", [True, False])
def test_list_of_losses_on_either_heating_value(ptc):
    """PTC 4 counts on the higher one at constant pressure, and 44.0 kJ/mol of vapour as lost."""
    x, d, n = losses()
    latent, lower = (44.0e3, AT_PRESSURE) if ptc else (0.0, 20.1e6)
    x.boiler_method = codes.LOSSES_BY_PTC_4 if ptc else NOT_PTC_4
    y = fields(boiler_gas=n)
    burnt, moist = BURNT, MOIST
    whole = lower + (burnt + moist) * latent
    share = plain(boiler_losses.list_losses)(x, d, y, 403.15, 1.1e6, 3.7e3, 0.2e6)
    assert share == pytest.approx(lower / whole, rel=1e-4)
    by_hand = {
        "dry_gas": 1.1e6, "hydrogen": burnt * (3.7e3 + latent), "fuel_moisture": moist * (3.7e3 + latent),
        "air_moisture": (21.0 - burnt - moist) * 3.7e3, "unburnt_gas": 0.03 * 282.98e3,
        "unburnt_carbon": 0.007 * 33.727e6, "ash": RESIDUE, "desulphurisation": 0.03e6,
    }  # fmt: skip
    found = {n: getattr(y, f"loss_{n}") for n in by_hand}
    assert found == pytest.approx({n: v / whole for n, v in by_hand.items()}, rel=1e-3)
    assert y.air_heat_credit == pytest.approx(0.2e6 / whole, rel=1e-4)


def test_what_burns_and_what_binds_sulphur():
    """2.2 Ca per S, 90 % of it calcined, 70 % of the sulphur bound, limestone of 92 %."""
    x = fields(
        coal_sulphur=0.021, calcium_sulphur_ratio=2.2, calcination_share=0.9, furnace_sulphur_capture=0.7,
        limestone_purity=0.92,
        coal_ash=0.31, fly_ash_share=0.6, bottom_ash_carbon=0.02, coal_carbon=0.49, coal_heating_value=17.9e6,
        coal_hydrogen=0.029, coal_oxygen=0.055, coal_nitrogen=0.009, coal_moisture=0.086,
    )  # fmt: skip
    d = fields(coal_elements=np.zeros(6))
    assert plain(coal_firing.charge_furnace)(x, d, 0.05) == OK
    sulphur = 0.021 / 0.03206
    calcined, bound = 2.2 * sulphur * 0.9, 0.7 * sulphur
    limestone = 2.2 * sulphur * 0.100086 / 0.92
    assert d.limestone_ratio == pytest.approx(limestone, rel=1e-4)
    assert d.limestone_carbon_dioxide == pytest.approx(calcined * 0.044009, rel=1e-4)
    assert d.desulphurisation_heat == pytest.approx(calcined * 178.32e3 - bound * 502.19e3, rel=1e-3)
    ash = 0.31 + limestone - calcined * 0.044009 + bound * 0.080057
    assert d.fly_ash_ratio == pytest.approx(ash * 0.6 / 0.95, rel=1e-4)
    assert d.bottom_ash_ratio == pytest.approx(ash * 0.4 / 0.98, rel=1e-4)
    unburnt = ash * (0.6 * 0.05 / 0.95 + 0.4 * 0.02 / 0.98)
    assert d.unburnt_carbon == pytest.approx(unburnt, rel=1e-4)
    water = 0.086 / 0.018015
    by_hand = (
        (0.49 - unburnt) / 0.012011 + calcined, 0.029 / 0.001008 + 2 * water,
        0.055 / 0.015999 + water + 2 * calcined - 3 * bound, 0.009 / 0.014007, 0.3 * sulphur, 0.0,
    )  # fmt: skip
    assert d.coal_elements == pytest.approx(by_hand, rel=1e-3)
    # half the coal's heat, carbon at 33.727 MJ/kg
    x.coal_heating_value = 2.001 * unburnt * 33.727e6
    assert plain(coal_firing.charge_furnace)(x, d, 0.05) == OK
    x.coal_heating_value = 1.999 * unburnt * 33.727e6
    assert plain(coal_firing.charge_furnace)(x, d, 0.05) == INFEASIBLE_THERMAL
    assert d.design_status_variable == codes.FLY_ASH_CARBON
    x.coal_carbon = 0.9 * unburnt
    assert plain(coal_firing.charge_furnace)(x, d, 0.05) == INFEASIBLE_FLOW


def test_own_power_follows_load_and_parts():
    """Remainder of 6 MW, 40 % of it whatever the load; parts lessened to 0.9; pumps by themselves."""
    kernel = plain(auxiliaries.run_auxiliaries)
    kept = kernel.__globals__["run_fans"]
    kernel.__globals__["run_fans"] = lambda x, y: OK
    try:
        x = fields(
            reference_gross_power=300e6, auxiliary_fixed_share=0.4, auxiliary_remainder=6e6, auxiliary_part_factor=0.9,
            rated_power=310e6, limit_factor=1.03, limit_addition=0.04, auxiliary_power_rate=0.07,
        )  # fmt: skip
        y = own_power(gross_power=240e6)
        assert kernel(x, None, None, y) == OK
        power = 3.7e6 + 0.9 * 8.65e6 + 6e6 * (0.4 + 0.6 * 0.8)
        assert y.auxiliary_power == pytest.approx(power, rel=1e-12)
        assert y.net_power == pytest.approx(240e6 - power, rel=1e-12)
        assert (y.auxiliary_rate, y.output_factor) == pytest.approx((power / 240e6, 24 / 31), rel=1e-12)
        assert (y.limit_factor_applied, y.limit_addition_applied) == (1.03, 0.04)
        x.reference_gross_power = 0.0
        assert kernel(x, None, None, y) == OK
        assert y.auxiliary_power == pytest.approx(0.07 * 240e6, rel=1e-12)
        x.auxiliary_remainder = -1.0
        assert kernel(x, None, None, y) == OUTSIDE_RANGE
    finally:
        kernel.__globals__["run_fans"] = kept


def own_power(**values):
    """Pumps 2.0 + 1.3 + 0.4 MW; mills, fans and cleaning 1.1 + 2.3 + 0.9 + 1.2 + 0.35 + 0.8 + 2.0 MW."""
    return fields(
        cycle_pump_electricity=2.0e6, circulating_pump_power=1.3e6, cooling_fan_power=0.4e6, mill_power=1.1e6,
        draught_fan_power=2.3e6, forced_fan_power=0.9e6, primary_fan_power=1.2e6, scr_power=0.35e6,
        precipitator_power=0.8e6, fgd_power=2.0e6, **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "factor", "rest"), [(0.06, 1.0, 5.65e6), (0.03, 5.3 / 8.65, 0.0), (0.01, 0.0, -0.7e6)]
)
def test_what_the_plant_s_own_rate_leaves(rate, factor, rest):
    y = own_power(
        gross_power=300e6, coal_heat=780e6, boiler_gas=np.ones(28), scr_inlet_concentration=4e-4, filter_gas_flow=1.2e4,
        filter_volume=400.0, filter_density=0.8, draught_rise=5e3, primary_air_flow=2e3, secondary_air_flow=7e3,
        leak_air=450.0,
    )  # fmt: skip
    cleaning = fields(sncr=1, scr=1, fgd=1, nox_target=float("nan"), so2_target=25e-6, scr_conversion=0.85)
    x = fields(auxiliary_power_rate=rate, fgd_removal=0.957, **vars(cleaning))
    plain(auxiliaries.keep_full_load)(x, y)
    # without a target SNCR and SCR did what they could; the absorber has one
    kept = (x.reference_sncr_free, x.reference_free_conversion, x.reference_free_removal)
    assert kept == (1.0, 0.85, 0.0)
    assert x.auxiliary_part_factor == pytest.approx(factor, rel=1e-12)
    assert x.auxiliary_remainder == pytest.approx(rest, rel=1e-9, abs=1e-6)
    assert x.reference_fgd_removal == 0.957
    assert (x.reference_secondary_air, x.reference_primary_air) == pytest.approx((7350.0, 2100.0), rel=1e-12)


@pytest.mark.parametrize(
    ("pumps", "fans"), [(3.1, 0.7), (3.1, float("nan")), (float("nan"), float("nan")), (0.0, 0.0)]
)
def test_indicators_with_heat_supply(pumps, fans):
    """Pumps and fans of the cold end serve power alone; one that is not known is shared as the rest of the 21."""
    year = {
        "circulating_pump_power": pumps, "cooling_fan_power": fans,
        "coal_heat": 900.0, "gross_power": 350.0, "auxiliary_power": 21.0, "heat_supplied": 120.0, "nox": 3.0,
        "so2": 2.0,
        "dust": 0.4, "dry_gas_volume": 5e4, "boiler_nox": 20.0, "heat_share_by_quantity": 0.17,
        "heat_share_by_drop": 0.09,
        "heat_share_by_exergy": 0.07, "output_factor": 0.78, "limit_factor_applied": 1.03,
        "limit_addition_applied": 0.05,
        "emission_to_national_limit": 0.8, "emission_to_ultra_low_limit": 1.3,
    }  # fmt: skip
    arrays = {k: np.array([v]) for k, v in year.items()}

    shared = 21 - (3.1 if pumps == 3.1 else 0.0) - (0.7 if fans == 0.7 else 0.0)

    def net(share: float) -> float:
        return 900 * (1 - share) / (350 - 21 + shared * share)

    by_hand = {
        "net_coal_rate": net(0.17), "net_coal_rate_by_drop": net(0.09), "net_coal_rate_by_exergy": net(0.07),
        "gross_coal_rate": 900 * 0.83 / 350, "heat_coal_rate": 900 * 0.17 / 120, "heat_power_rate": shared * 0.17 / 120,
        "heat_coal_rate_with_power": (900 + shared * net(0.17)) * 0.17 / 120,
        "auxiliary_power_rate": 21 / 350, "corrected_net_coal_rate": (net(0.17) - 0.05) / (1.007 + 0.0016 * 2) / 1.03,
        "nox_concentration": 3 / 5e4, "so2_concentration": 2 / 5e4, "dust_concentration": 0.4 / 5e4,
        "emission_to_national_limit": 0.8, "emission_to_ultra_low_limit": 1.3,
    }  # fmt: skip
    assert {n: getattr(indicators, n)(arrays)[0] for n in by_hand} == pytest.approx(by_hand, rel=1e-12)
    # both sides close: what is sold and what is supplied burn the coal
    with_power = indicators.heat_coal_rate_with_power(arrays)[0]
    assert indicators.net_coal_rate(arrays)[0] * (350 - 21) + with_power * 120 == pytest.approx(
        900, rel=1e-12
    )
    for unknown in ("dry_gas_volume", "boiler_nox"):
        assert np.isnan(indicators.emission_to_ultra_low_limit({**arrays, unknown: np.zeros(1)})[0])


@pytest.mark.parametrize(
    ("output", "factor"),
    [(0.90, 1.0), (0.85, 1.0), (0.82, 1 + 0.0014 * 3), (0.78, 1.007 + 0.0016 * 2), (0.75, 1.007 + 0.0016 * 5),
     (0.60, 1.015**4), (0.0, 1.015**15.8)],
)  # fmt: skip
def test_factor_of_a_low_load(output, factor):
    found = indicators._load_factor(np.array([output]))
    assert found[0] == pytest.approx(factor, rel=1e-12)
