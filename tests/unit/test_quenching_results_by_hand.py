"""What quenching writes: coke, dust, vent, steam and power of a year with a shaft that runs part of it; elements."""

from __future__ import annotations

from math import log

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coke_oven import cdq_codes, cdq_results, coke_heat, exergy

R, T_0 = 8.31446261815324, 298.15
MOLAR_VOLUME = R * 273.15 / 101325.0
C, H, O, N, S = 12.011e-3, 1.008e-3, 15.999e-3, 14.007e-3, 32.06e-3  # noqa: E741  kg/mol
ON, PUSHED, FLOW, LEFT = 0.93, 41.0, 37.0, 36.4  # share of the year, kg/s
VENT = (103.0, 1.1, 21.7, 6.3, 9.1, 3.4, 0.6, 0.13)  # N2, O2, CO2, H2O, CO, H2, CH4, SO2 [mol/s]
MOLAR = (28.014, 31.998, 44.009, 18.015, 28.010, 2.016, 16.043, 64.06)  # g/mol
LOST = (31.4, 17.0, 3.9, 1.7, 0.13)


def plant(**change):
    return fields(**{
        "cdq_availability": ON, "quench_water": 0.47, "wet_quench_dust": 0.31e-3, "cdq_stack_dust": 0.043e-3,
        "wet_coke_moisture": 0.041, "dry_coke_moisture": 0.0019, "cdq_breeze_rate": 0.023, "cdq_coke_limit": 0.0,
        "cdq_turbine": cdq_codes.TURBINE_EXTRACTION, "cdq_mechanical_efficiency": 0.983,
        "cdq_generator_efficiency": 0.971, "cdq_blowdown": 0.017, "cdq_motor_efficiency": 0.94,
        "cdq_other_power": 3100.0, "cdq_station_use": 0.037, "cdq_extraction_pressure": 0.9e6,
        "cdq_back_pressure": 0.41e6, "cdq_exhaust_pressure": 5e3, "cdq_steam_pressure": 9.3e6,
        "steam_pressure": 0.8e6, **change,
    })  # fmt: skip


def row(**change):
    return fields(**{
        "coke_pushed_flow": PUSHED, "coke_carbon": 0.857, "coke_hydrogen": 0.0031, "coke_oxygen": 0.0043,
        "coke_nitrogen": 0.0107, "coke_sulphur": 0.0064, "coke_ash": 0.1185, "coke_net_heating_value": 28.7e6,
        "steam_short_heat": 1.1e6, "coke_pushed_temperature": 1291.0, **change,
    })  # fmt: skip


def test_coke_that_is_quenched_wet():
    """4.3 of 41 kg/s wet: its water, its moisture, and the dust of both ways."""
    y = row(cdq_coke_flow=40.2)  # burn-off leaves less than the 41 that are pushed
    plain(cdq_results.write_wet)(plant(), y, 4.3)
    assert y.quench_water_flow == pytest.approx(0.47 * 4.3, rel=1e-12)
    assert y.cdq_dust_flow == pytest.approx(0.31e-3 * 4.3 + 0.043e-3 * 36.7, rel=1e-12)
    assert y.coke_moisture == pytest.approx((0.041 * 4.3 + 0.0019 * 36.7) / 41.0, rel=1e-12)
    carried = 4.3 * 0.041 / 0.959 + (40.2 - 4.3) * 0.0019 / 0.9981
    assert y.coke_water_flow == pytest.approx(carried, rel=1e-12)
    y = row(coke_pushed_flow=0.0, cdq_coke_flow=0.0)
    plain(cdq_results.write_wet)(plant(), y, 0.0)
    assert y.coke_moisture == 0.041


def test_without_dry_quenching():
    y = row()
    plain(cdq_results.no_dry_quenching)(plant(), y)
    assert (y.cdq_coke_flow, y.cdq_coke_ash, y.cdq_coke_net_heating_value) == (PUSHED, 0.1185, 28.7e6)
    assert y.quench_water_flow == pytest.approx(0.47 * PUSHED, rel=1e-12)
    assert y.cdq_dust_flow == pytest.approx(0.31e-3 * PUSHED, rel=1e-12)
    assert y.coke_moisture == pytest.approx(0.041, rel=1e-12)
    assert y.cdq_steam_flow == y.cdq_vent_so2_flow == y.cdq_own_power == y.cdq_gross_power == 0.0
    assert y.cdq_coke_temperature != y.cdq_coke_temperature


def test_coke_and_what_it_lost():
    """While the shaft runs, 37.0 of 41.0 kg/s go in and 36.4 come out."""
    y = row()
    plain(cdq_results.write_coke)(plant(), y, FLOW, (LEFT, 0.8), LOST, 12.3e6, 478.0)
    delivered = PUSHED - ON * (FLOW - LEFT)
    assert y.cdq_dry_flow == pytest.approx(ON * FLOW, rel=1e-12)
    assert y.cdq_coke_flow == pytest.approx(delivered, rel=1e-12)
    assert y.cdq_coke_ash == pytest.approx(0.1185 * PUSHED / delivered, rel=1e-12)
    assert y.cdq_burnt_heat == pytest.approx(ON * 12.3e6, rel=1e-12)
    assert y.cdq_coke_net_heating_value == pytest.approx(
        (PUSHED * 28.7e6 - ON * 12.3e6) / delivered, rel=1e-12
    )
    assert y.cdq_breeze_flow == pytest.approx(0.023 * ON * LEFT, rel=1e-12)
    assert y.cdq_burnt_carbon == pytest.approx(ON * LOST[0] * C, rel=1e-5)
    assert y.cdq_burnt_share == pytest.approx(0.6 / 37.0, rel=1e-9)
    # oxygen of the coke takes its own carbon along: 3.9 mol/s each
    assert y.cdq_fixed_carbon_share == pytest.approx(27.5 * C / FLOW, rel=1e-5)
    volatile = (3.9 * C + 17.0 * H + 3.9 * O + 1.7 * N + 0.13 * S) / FLOW
    assert y.cdq_volatile_share == pytest.approx(volatile, rel=1e-5)
    assert y.cdq_coke_temperature == 478.0
    wet = PUSHED - ON * FLOW
    assert y.quench_water_flow == pytest.approx(0.47 * wet, rel=1e-12)
    y = row()  # more oxygen than carbon: no carbon of its own burns
    plain(cdq_results.write_coke)(plant(), y, FLOW, (LEFT, 0.8), (3.1, 17.0, 3.9, 1.7, 0.13), 12.3e6, 478.0)
    assert y.cdq_fixed_carbon_share == 0.0
    assert y.cdq_volatile_share == pytest.approx(
        (3.1 * C + 17 * H + 3.9 * O + 1.7 * N + 0.13 * S) / FLOW, rel=1e-5
    )


# air and coke that bring just the vent's elements: see the balance of the loop
AIR, MOISTURE = 83.0, 0.021
O2_AIR, N2_AIR = (share * (1 - MOISTURE) * AIR for share in (0.2095, 0.7905))
NITROGEN = VENT[0] - N2_AIR - 1.7 / 2
HYDROGEN = 2 * (VENT[3] + VENT[5] + 2 * VENT[6]) - 2 * MOISTURE * AIR
OXYGEN = 2 * (VENT[2] + VENT[1] + VENT[7]) + VENT[4] + VENT[3] - 2 * O2_AIR - MOISTURE * AIR
GONE = 31.4 * C + HYDROGEN * H + OXYGEN * O + 1.7 * N + 0.13 * S  # kg/s, while the shaft runs


def loop_case():
    release = 0.41
    shares = {"hydrogen": HYDROGEN * H, "oxygen": OXYGEN * O, "nitrogen": 1.7 * N}
    coke = {f"coke_{k}": m / release / FLOW for k, m in shares.items()}
    x = plant(cdq_air=AIR * MOLAR_VOLUME / FLOW, air_moisture=MOISTURE, cdq_volatile_release=release)
    y = row(**coke, cdq_dry_flow=ON * FLOW, cdq_coke_flow=PUSHED - ON * GONE, cdq_burnt_carbon=ON * 31.4 * C)
    return x, y


def test_vent_and_loop():
    x, y = loop_case()
    plain(cdq_results.write_loop)(x, y, VENT, NITROGEN, 1071.0, 1187.0, 1730.0)
    whole = sum(VENT)
    assert y.cdq_nitrogen_flow == pytest.approx(ON * NITROGEN * 28.014e-3, rel=1e-9)
    assert y.cdq_vent_flow == pytest.approx(ON * whole * MOLAR_VOLUME, rel=1e-12)
    assert y.cdq_vent_co2_flow == pytest.approx(ON * 21.7 * 44.009e-3, rel=1e-5)
    assert y.cdq_vent_co_flow == pytest.approx(ON * 9.1 * 28.010e-3, rel=1e-5)
    assert y.cdq_vent_so2_flow == pytest.approx(ON * 0.13 * 64.06e-3, rel=1e-4)
    assert y.cdq_vent_co_heat == pytest.approx(ON * 9.1 * 282.98e3, rel=1e-4)  # JANAF: 393.51 - 110.53
    assert y.cdq_vented_co_share == pytest.approx(9.1 * C / FLOW, rel=1e-5)
    assert y.cdq_loop_co2 == pytest.approx(21.7 / (whole - 6.3), rel=1e-12)
    assert (y.cdq_shaft_gas_temperature, y.cdq_boiler_gas_temperature, y.cdq_shaft_pressure_loss) == (
        1071,
        1187,
        1730,
    )
    assert y.cdq_element_residual == pytest.approx(0.0, abs=2e-5)


@pytest.mark.parametrize(("i", "mass"), [(2, C), (6, C), (1, 2 * O), (5, 2 * H), (0, 2 * N)])
def test_what_the_vent_holds_too_much_is_seen(i, mass):
    """One more mole of a gas: its element's mass, or that of the gas in the whole, over the coke's carbon."""
    x, y = loop_case()
    vent = [v + (3.0 if k == i else 0.0) for k, v in enumerate(VENT)]
    found = plain(cdq_results.element_residual)(x, y, vent, NITROGEN, FLOW)
    worst = max(3 * mass, 3 * MOLAR[i] / 1000)
    assert found == pytest.approx(worst / (FLOW * 0.857), rel=2e-2)


@pytest.mark.parametrize(
    ("field", "more", "by_hand"),
    [
        ("cdq_burnt_carbon", 0.3 * ON, 0.3), ("cdq_coke_flow", 0.3 * ON, 0.3),
        ("coke_oxygen", 0.3 / 37, 0.3 * 0.41), ("coke_hydrogen", 0.3 / 37, 0.3 * 0.41),
        ("coke_nitrogen", 0.3 / 37, 0.3 * 0.41),
    ],
)  # fmt: skip
def test_what_the_coke_gives_too_much_is_seen(field, more, by_hand):
    x, y = loop_case()
    setattr(y, field, getattr(y, field) + more)
    found = plain(cdq_results.element_residual)(x, y, VENT, NITROGEN, FLOW)
    assert found == pytest.approx(by_hand / (FLOW * 0.857), rel=1e-2)


STATES = (3.42e6, 3.11e6, 3.47e6, 2.91e6, 2.63e6, 2.29e6, 441e3, 14e3)
FLOWS = (0.23, 0.699, 0.21, 0.071, 0.247, 0.93e6)


@pytest.mark.parametrize("kind", ["NONE", "BACK_PRESSURE", "EXTRACTION", "CONDENSING"])
def test_steam_and_power(kind):
    """23.7 kg/s of steam, 21 % of it given, 0.93 MJ/kg of work; 37 kg/s of coke."""
    x = plant(cdq_turbine=getattr(cdq_codes, f"TURBINE_{kind}"))
    y = row(cdq_water_heat=1.3e6, cdq_unused_heat=0.27e6)
    plain(cdq_results.write_steam)(x, y, STATES, 23.7, FLOWS, 1.9e6, FLOW)
    assert y.cdq_steam_flow == pytest.approx(ON * 23.7, rel=1e-12)
    assert y.cdq_steam_heat_gross == pytest.approx(ON * 23.7 * 3.42e6, rel=1e-12)
    assert y.cdq_steam_heat_net == pytest.approx(ON * 23.7 * 2.979e6, rel=1e-12)
    assert y.cdq_reheat_heat == pytest.approx(ON * 23.7 * 0.36e6, rel=1e-12)
    export = 23.7 * 0.21 * ((2.29e6 if kind == "BACK_PRESSURE" else 2.91e6) - 441e3)
    assert y.cdq_export_steam_flow == pytest.approx(ON * 23.7 * 0.21, rel=1e-12)
    assert y.cdq_export_heat == pytest.approx(ON * export, rel=1e-12)
    own = 0.0 if kind == "BACK_PRESSURE" else 1.1e6  # 0.41 MPa are below the network's 0.8
    assert y.cdq_export_own_heat == pytest.approx(ON * own, rel=1e-12)
    assert y.cdq_makeup_water_flow == pytest.approx(ON * 23.7 * 0.247, rel=1e-12)
    if kind in ("EXTRACTION", "CONDENSING"):  # water at 5 kPa holds 137.77 kJ/kg (IAPWS-IF97)
        in_condenser = ON * 23.7 * FLOWS[1] * (STATES[5] - 137.77e3)
        assert y.cdq_condenser_heat == pytest.approx(in_condenser, rel=1e-5)
    gross = 0.0 if kind == "NONE" else 23.7 * 0.93e6 * 0.983 * 0.971
    assert y.cdq_gross_power == pytest.approx(ON * gross, rel=1e-12)
    assert y.cdq_fan_power == pytest.approx(ON * 1.9e6, rel=1e-12)
    own_power = 1.9e6 + 23.7 * 1.017 * 14e3 / 0.94 + 3100 * FLOW + 0.037 * gross
    assert y.cdq_own_power == pytest.approx(ON * own_power, rel=1e-12)
    assert (y.cdq_water_heat, y.cdq_unused_heat) == (pytest.approx(ON * 1.3e6), pytest.approx(ON * 0.27e6))
    assert y.cdq_steam_per_coke == pytest.approx(23.7 / FLOW, rel=1e-12)
    assert y.cdq_power_per_coke == pytest.approx(gross / FLOW, rel=1e-12)


def test_energy_that_is_left_over():
    y = row()
    plain(cdq_results.write_balances)(plant(), y, 61e6, 53e6, 4.1e6, 1.7e6, 2.9e6, FLOW)
    open_end = 61e6 + 1.7e6 - 53e6 - 4.1e6 - 2.9e6
    assert y.cdq_energy_residual == pytest.approx(open_end / (FLOW * 28.7e6), rel=1e-12)


# ---------------------------------------------------------------- exergy


def test_entropy_of_char_is_the_integral_of_its_heat():
    """ds = dh/T by Simpson's rule from 298.15 to 1 291 K, and the ash's (754 + 0.586 t)/T by its logarithm."""
    parts = 400
    step = (1291.0 - T_0) / parts
    s = 0.0
    for i in range(parts + 1):
        T = T_0 + i * step
        slope = (coke_heat.char_enthalpy(T + 0.01) - coke_heat.char_enthalpy(T - 0.01)) / 0.02
        s += (1 if i in (0, parts) else 4 if i % 2 else 2) * slope / T
    s *= step / 3
    assert exergy.char_entropy(1291.0) - exergy.char_entropy(T_0) == pytest.approx(s, rel=1e-7)
    ash = (754.0 - 0.586 * 273.15) * log(1291.0 / T_0) + 0.586 * (1291.0 - T_0)
    by_hand = coke_heat.coke_enthalpy(1291.0, 71.0, 0.12) - T_0 * (R * 71.0 * s + 0.12 * ash)
    assert exergy.coke_exergy(1291.0, 71.0, 0.12) == pytest.approx(by_hand, rel=1e-7)


def test_exergy_of_dry_quenching():
    """Steam from feedwater, reheat, warmed water; coke's heat in and out, what burnt, the fan."""
    x = plant(
        cdq_steam_temperature=813.0, cdq_feedwater_temperature=377.0, cdq_reheat_pressure=2.1e6,
        cdq_reheat_temperature=797.0,
    )  # fmt: skip
    y = row(cdq_water_heat=1.3e6, cdq_coke_temperature=478.0, cdq_burnt_heat=11.4e6, cdq_fan_power=1.77e6)
    atoms = coke_heat.atoms_per_mass(0.857, 0.0031, 0.0043, 0.0107, 0.0064)
    left = (LEFT, 0, 0, 0, 0, 0, 70.1)
    plain(exergy.cdq_exergy)(x, y, STATES, 23.7, FLOW, left, 311.0)
    gained = 23.7 * (2.979e6 - T_0 * (steam.s_pT(9.3e6, 813.0) - steam.s_pT(9.3e6, 377.0)))
    gained += 23.7 * (0.36e6 - T_0 * (steam.s_pT(2.1e6, 797.0) - steam.s_ph(2.1e6, 3.11e6)))
    warmed = 1.3e6 / ON
    T_hot = 311.0 + warmed / (23.7 * 1.017 * 4186.0)
    gained += warmed * (1 - T_0 * log(T_hot / 311.0) / (T_hot - 311.0))
    given = FLOW * exergy.coke_exergy(1291.0, atoms, 0.1185)
    given -= LEFT * exergy.coke_exergy(478.0, 70.1, 0.1185 * FLOW / LEFT)
    ratio = 1.0437 + (0.1896 * 0.0031 + 0.0617 * 0.0043 + 0.0428 * 0.0107) / 0.857
    assert y.cdq_exergy_out == pytest.approx(ON * gained, rel=1e-9)
    assert y.cdq_exergy_in == pytest.approx(ON * given + ratio * 11.4e6 + 1.77e6, rel=1e-9)
    assert y.cdq_exergy_efficiency == pytest.approx(y.cdq_exergy_out / y.cdq_exergy_in, rel=1e-12)
    # without reheat nothing is added
    plain(exergy.cdq_exergy)(x, y, (3.42e6, 3.11e6, 3.11e6, *STATES[3:]), 23.7, FLOW, left, 311.0)
    reheat = 23.7 * (0.36e6 - T_0 * (steam.s_pT(2.1e6, 797.0) - steam.s_ph(2.1e6, 3.11e6)))
    assert y.cdq_exergy_out == pytest.approx(ON * (gained - reheat), rel=1e-9)
