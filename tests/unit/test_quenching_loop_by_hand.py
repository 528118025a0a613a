"""Dry quenching between coke and boiler: heat in coke, what burns, the loop's gas, its shaft and its fan."""

from __future__ import annotations

from math import exp

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import packed_bed, process_gas
from plantsim.processes.coke_oven import (
    burn_off,
    cdq_codes,
    coke_heat,
    dry_quenching,
    loop_fan,
    loop_gas,
    shaft,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

R = 8.31446261815324
C, H, O, N, S = 12.011e-3, 1.008e-3, 15.999e-3, 14.007e-3, 32.06e-3  # noqa: E741  kg/mol
SHARES = {"carbon": 0.857, "hydrogen": 0.0031, "oxygen": 0.0043, "nitrogen": 0.0107, "sulphur": 0.0064}
ASH = 1 - sum(SHARES.values())
H_CO2, H_H2O, H_SO2 = -393.51e3, -241.826e3, -296.84e3  # J/mol, JANAF
MOLAR_VOLUME = R * 273.15 / 101325.0


# ---------------------------------------------------------------- coke


def char(T):
    """Merrick's two Einstein terms, of 380 and (twice) 1800 K."""
    return 380 / (exp(380 / T) - 1) + 2 * 1800 / (exp(1800 / T) - 1)


def ash_heat(T):
    t = T - 273.15
    return 754 * t + 0.586 * t**2 / 2


def heat_in_coke(T, atoms, ash):
    return R * atoms * (char(T) - char(298.15)) + ash * (ash_heat(T) - ash_heat(298.15))


def atoms_of(carbon, hydrogen, oxygen, nitrogen, sulphur):
    return carbon / C + hydrogen / H + oxygen / O + nitrogen / N + sulphur / S


def test_heat_in_coke():
    atoms = atoms_of(**SHARES)
    assert coke_heat.atoms_per_mass(*SHARES.values()) == pytest.approx(atoms, rel=1e-12)
    assert coke_heat.coke_enthalpy(1291.0, atoms, ASH) == pytest.approx(
        heat_in_coke(1291.0, atoms, ASH), rel=1e-12
    )
    assert shaft.coke_in_bed(711.0, (atoms, ASH)) == pytest.approx(heat_in_coke(711.0, atoms, ASH), rel=1e-12)
    assert coke_heat.coke_enthalpy(298.15, atoms, ASH) == pytest.approx(0.0, abs=1e-6)


def test_heat_of_formation_on_the_carbon():
    """What burns gives the coke's heating value: oxides of 25 degC less that value, over the carbon."""
    carbon, hydrogen, _, _, sulphur = SHARES.values()
    oxides = carbon / C * H_CO2 + hydrogen / H * H_H2O / 2 + sulphur / S * H_SO2
    by_hand = (28.7e6 + oxides) / (carbon / C)
    found = burn_off.carbon_enthalpy(*SHARES.values(), 28.7e6)
    assert found == pytest.approx(by_hand, abs=20.0)  # J/mol of 393 500
    lost = (3.1, 1.7, 0.9, 0.4, 0.23)
    by_hand = 3.1 * (found - H_CO2) - 1.7 * H_H2O / 2 - 0.23 * H_SO2
    assert burn_off.lost_heat(*lost, found) == pytest.approx(by_hand, abs=200.0)


def test_what_coke_gives_off_and_what_is_left():
    found = burn_off.given_off(37.0, 0.41, 0.0031, 0.0043, 0.0107)
    by_hand = [37 * 0.41 * share / m for share, m in ((0.0031, H), (0.0043, O), (0.0107, N))]
    assert found == pytest.approx(by_hand, rel=1e-4)
    lost = (31.0, 47.0, 3.9, 11.7, 0.53)
    masses = [37 * share - n * m for share, n, m in zip(SHARES.values(), lost, (C, H, O, N, S), strict=True)]
    left = sum(masses) + 37 * ASH
    by_hand = [left, *(m / left for m in masses)]
    found = burn_off.coke_left(37.0, *SHARES.values(), lost)
    assert found[:6] == pytest.approx(by_hand, rel=1e-4)
    assert found[6] == pytest.approx(atoms_of(*(m / left for m in masses)), rel=1e-5)


# ---------------------------------------------------------------- gas of the loop

VENT = (103.0, 1.1, 21.7, 6.3, 9.1, 3.4, 0.6, 0.13)  # N2, O2, CO2, H2O, CO, H2, CH4, SO2 [mol/s]
AIR, MOISTURE, N_COKE = 83.0, 0.021, 1.7
WATER = MOISTURE * AIR
N2_AIR, O2_AIR = (share * (1 - MOISTURE) * AIR for share in (0.7905, 0.2095))
NITROGEN = VENT[0] - N2_AIR - N_COKE / 2
HYDROGEN = 2 * (VENT[3] + VENT[5] + 2 * VENT[6]) - 2 * WATER
OXYGEN = 2 * (VENT[2] + VENT[1] + VENT[7]) + VENT[4] + VENT[3] - 2 * O2_AIR - WATER
CARBON = VENT[2] + VENT[4] + VENT[6]
DRY = sum(VENT) - VENT[3]


def balanced(**change):
    case = {
        "air": AIR, "moisture": MOISTURE, "nitrogen": NITROGEN, "hydrogen": HYDROGEN, "oxygen": OXYGEN,
        "nitrogen_coke": N_COKE, "sulphur_ratio": VENT[7] / CARBON, "co": VENT[4] / DRY, "h2": VENT[5] / DRY,
        "o2": VENT[1] / DRY, "ch4": VENT[6] / DRY,
    }  # fmt: skip
    return loop_gas.loop_balance(*{**case, **change}.values())


def test_the_vent_that_its_own_elements_ask_for():
    """Elements counted back from a vent of all eight gases: the balance finds that vent again."""
    vent, carbon, code = balanced()
    assert vent == pytest.approx(VENT, rel=1e-10)
    assert (carbon, code) == (pytest.approx(CARBON, rel=1e-11), OK)


def test_loops_that_do_not_close():
    assert balanced(co=0.55, h2=0.2, o2=0.2, ch4=0.06)[2] == OUTSIDE_RANGE  # all of it unburnt
    assert balanced(co=0.01, h2=0.6, ch4=0.3)[2] == OUTSIDE_RANGE  # needs more oxygen than there is
    assert balanced(air=0.0, nitrogen=0.0, nitrogen_coke=0.0)[2] == OUTSIDE_RANGE
    assert balanced(hydrogen=0.0, h2=0.09)[2] == INFEASIBLE_FLOW  # less hydrogen than leaves
    assert balanced(co=0.45)[2] == INFEASIBLE_FLOW  # all burnt to CO, and more
    assert balanced(oxygen=-60.0, co=0.001)[2] == INFEASIBLE_FLOW


def test_enthalpy_of_air():
    by_hand = process_gas.enthalpy((N2_AIR + NITROGEN, O2_AIR, 0.0, WATER, 0.0, 0.0, 0.0, 0.0), 311.0)
    found = loop_gas.air_enthalpy(AIR, MOISTURE, NITROGEN, 311.0)
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert loop_gas.shares(VENT, 7.3) == pytest.approx([v / 7.3 for v in VENT], rel=1e-14)
    molar = (28.014, 31.998, 44.009, 18.015, 28.010, 2.016, 16.043, 64.06)
    for i, m in enumerate(molar):
        assert loop_gas.species_flow(VENT, i) == pytest.approx(VENT[i] * m / 1000, rel=1e-4)


def loop_fields(**change):
    return fields(**{
        "cdq_air": 0.043, "cdq_nitrogen": 0.0061, "cdq_volatile_release": 0.41, "air_moisture": 0.021,
        "cdq_vent_co": 0.057, "cdq_vent_h2": 0.013, "cdq_vent_o2": 0.0029, "cdq_vent_ch4": 0.0017,
        "cdq_sulphur_release": 1.0, "cdq_vent_so2": float("nan"), **change,
    })  # fmt: skip


def coke_fields(**change):
    return fields(**{f"coke_{k}": v for k, v in SHARES.items()}, coke_ash=ASH, **change)


def test_what_enters_the_loop():
    x, y = loop_fields(), coke_fields()
    vent, lost, air, nitrogen, code = plain(dry_quenching.loop_of)(x, y, 37.0)
    assert code == OK
    assert air == pytest.approx(37 * 0.043 / MOLAR_VOLUME, rel=1e-12)
    assert nitrogen == pytest.approx(37 * 0.0061 / MOLAR_VOLUME, rel=1e-12)
    h, o, n = (37 * 0.41 * SHARES[k] / m for k, m in (("hydrogen", H), ("oxygen", O), ("nitrogen", N)))
    ratio = SHARES["sulphur"] / S / (SHARES["carbon"] / C)  # sulphur burns with its share of the carbon
    by_hand, carbon, _ = loop_gas.loop_balance(
        air, 0.021, nitrogen, h, o, n, ratio, 0.057, 0.013, 0.0029, 0.0017
    )  # fmt: skip
    assert vent == pytest.approx(by_hand, rel=1e-3)
    assert lost == pytest.approx((carbon, h, o, n, ratio * carbon), rel=1e-3)


def test_a_loop_without_air_or_without_coke_is_blamed():
    y = coke_fields()
    assert (
        plain(dry_quenching.loop_of)(loop_fields(cdq_air=0.009, cdq_volatile_release=0.9), y, 37.0)[4]
        == INFEASIBLE_FLOW
    )
    assert y.status_variable == cdq_codes.CDQ_AIR
    assert plain(dry_quenching.loop_of)(loop_fields(), y, 0.0)[4] != OK
    assert y.status_variable == cdq_codes.CDQ_CAPACITY
    # coke's own oxygen would take more carbon along than burns
    y = coke_fields()
    y.coke_oxygen = 0.05
    x = loop_fields(cdq_air=0.0012, cdq_vent_co=0.004, cdq_vent_h2=0.0, cdq_vent_ch4=0.0, cdq_vent_o2=0.3)
    assert plain(dry_quenching.loop_of)(x, y, 37.0)[4] == INFEASIBLE_FLOW


GAS = tuple(v / sum(VENT) for v in VENT)
LOW, HIGH = process_gas.polynomial(GAS, process_gas.COLD), process_gas.polynomial(GAS, process_gas.HOT)


def test_temperature_before_the_boiler():
    """2 100 mol/s of 1 090 K, 140 mol/s more, their heat and that of what burns."""
    found = dry_quenching.boiler_gas_temperature(LOW, HIGH, 2100.0, 140.0, 1090.0, -4.1e6, -0.9e6)
    h = (2100 * process_gas.enthalpy(GAS, 1090.0) - 4.1e6 - 0.9e6) / 2240
    assert process_gas.enthalpy(GAS, found) == pytest.approx(h, rel=1e-10)


# ---------------------------------------------------------------- shaft and fan

SIZE = (63.0, 7.7, 0.057, 0.83, 0.47, 1.7)


def test_shaft():
    """The bed's height from section and height; the loss at the mean temperature, lumps times sphericity."""
    coke = (atoms_of(**SHARES), ASH)
    found = shaft.cooling_shaft(37.0, coke, 1291.0, 2100.0, GAS, 407.0, SIZE, 0.17, 1.37, 80.3e3, 24)
    molar_mass = process_gas.mass(GAS)
    flux = 2100.0 * molar_mass / 63.0
    law = packed_bed.conductance_law(407.0, 1291.0, flux, GAS, 0.057, 1.7, 0.47, 0.83, 0.17)
    bed = shaft.coke_bed(37.0, coke, 1291.0, 2100.0, LOW, HIGH, 407.0, law, 63.0 * 7.7, 24)
    assert found[:3] == pytest.approx(bed[:3], rel=1e-12)
    mu = process_gas.transport(GAS, bed[3])[0]
    loss = packed_bed.bed_pressure_loss(flux, molar_mass, bed[3], mu, 7.7, 0.057 * 0.83, 0.47, 1.37, 80.3e3)
    assert found[3:] == (pytest.approx(loss, rel=1e-12), OK)
    refused = shaft.cooling_shaft(37.0, coke, 400.0, 2100.0, GAS, 407.0, SIZE, 0.17, 1.37, 80.3e3, 24)
    assert refused[4] == OUTSIDE_RANGE
    assert refused[3] != refused[3]
    x = fields(
        cdq_coke_flux=0.61, cdq_shaft_height=7.7, cdq_lump_size=0.057, cdq_sphericity=0.83, cdq_voidage=0.47,
        cdq_coke_conductivity=1.7,
    )  # fmt: skip
    assert plain(dry_quenching.shaft_size)(x, 41.0) == (pytest.approx(41 / 0.61, rel=1e-13), *SIZE[1:])


def fan_by_hand(recovery, drive, load=0.83):
    """Made for 12 % more than the rated flow: power of the damper at that point, and the ideal power."""
    other = 2900 * load**2
    p_in = 80.3e3 - other
    volume = 2100 * R * 421.0 / p_in
    rise = 1700 + other
    growth = 1.12 / load
    ideal = volume * rise / 0.79
    part = 1 / growth
    damper = volume * growth * rise * growth**2 / 0.79 * (0.37 + 0.97 * part - 0.34 * part**2)
    return (damper - recovery * (damper - ideal)) / drive


@pytest.mark.parametrize("recovery", [0.0, 0.45, 1.0])
def test_fan_of_the_loop(recovery):
    power, into_gas, code = loop_fan.loop_fan(
        2100.0, 0.0296, 421.0, 80.3e3, 1700.0, 2900.0, 0.83, 0.12, 0.79, 0.91, recovery, (0.37, 0.97, -0.34)
    )
    by_hand = fan_by_hand(recovery, 0.91)
    assert (power, code) == (pytest.approx(by_hand, rel=1e-12), OK)
    assert into_gas == pytest.approx(0.91 * by_hand, rel=1e-12)


def fan_fields(control, economiser=0):
    return fields(
        cdq_fan_control=control, cdq_motor_efficiency=0.94, cdq_converter_efficiency=0.97, cdq_damper_constant=0.37,
        cdq_damper_linear=0.97, cdq_damper_square=-0.34, air_pressure=80.3e3, cdq_loop_pressure_loss=2900.0,
        cdq_fan_margin=0.12, cdq_fan_efficiency=0.79, cdq_last_economiser=economiser,
        cdq_boiler_outlet_temperature=443.0, cdq_gas_inlet_temperature=407.0,
    )  # fmt: skip


def test_control_of_the_fan():
    found = plain(dry_quenching.fan_of)(
        fan_fields(cdq_codes.FAN_VARIABLE_SPEED), 2100.0, 0.0296, 421.0, 1700.0, 0.83
    )
    assert found[0] == pytest.approx(fan_by_hand(1.0, 0.94 * 0.97), rel=1e-12)
    damper = cdq_codes.FAN_VARIABLE_SPEED + 1 if cdq_codes.FAN_VARIABLE_SPEED == 0 else 0
    found = plain(dry_quenching.fan_of)(fan_fields(damper), 2100.0, 0.0296, 421.0, 1700.0, 0.83)
    assert found[0] == pytest.approx(fan_by_hand(0.0, 0.94), rel=1e-12)


def test_gas_wanted_behind_the_boiler():
    """As given before a last economiser; without one the fan's heat leads to the shaft's inlet temperature."""
    wanted = plain(dry_quenching.wanted_outlet)
    variable = cdq_codes.FAN_VARIABLE_SPEED
    x = fan_fields(variable, cdq_codes.LAST_ECONOMISER)
    assert wanted(x, LOW, HIGH, 2100.0, 0.0296, 1700.0, 0.83) == 443.0
    x = fan_fields(variable, 1 - cdq_codes.LAST_ECONOMISER)
    T = wanted(x, LOW, HIGH, 2100.0, 0.0296, 1700.0, 0.83)
    _, into_gas, _ = plain(dry_quenching.fan_of)(x, 2100.0, 0.0296, T, 1700.0, 0.83)
    assert process_gas.enthalpy(GAS, T) + into_gas / 2100 == pytest.approx(
        process_gas.enthalpy(GAS, 407.0), rel=1e-10
    )
    assert T < 406.0


def test_gas_behind_the_fan():
    y = fields(cdq_shaft_pressure_loss=1700.0)
    x = fan_fields(cdq_codes.FAN_VARIABLE_SPEED)
    power, into_gas, h, T, code = plain(dry_quenching.fan_stage)(x, y, LOW, HIGH, 2100.0, 0.0296, 421.0, 0.83)
    assert code == OK
    assert power == pytest.approx(fan_by_hand(1.0, 0.94 * 0.97), rel=1e-12)
    assert into_gas == pytest.approx(power * 0.94 * 0.97, rel=1e-12)
    assert h == pytest.approx(process_gas.enthalpy(GAS, 421.0) + into_gas / 2100, rel=1e-12)
    assert process_gas.enthalpy(GAS, T) == pytest.approx(h, rel=1e-12)
    x.cdq_fan_efficiency = 0.0
    assert plain(dry_quenching.fan_stage)(x, y, LOW, HIGH, 2100.0, 0.0296, 421.0, 0.83)[4] == OUTSIDE_RANGE
    assert y.status_variable == cdq_codes.CDQ_CIRCULATING_GAS


def test_what_the_shaft_is_made_for():
    rated = plain(dry_quenching.rated_flow)
    assert rated(fields(cdq_capacity=31.0), fields(coke_pushed_flow=37.0)) == 31.0
    assert rated(fields(cdq_capacity=0.0), fields(coke_pushed_flow=37.0)) == 37.0
    assert rated(fields(cdq_capacity=float("nan")), fields(coke_pushed_flow=37.0)) == 37.0


def test_the_space_above_the_shaft():
    """Enthalpies from the elements: coke in, air and nitrogen, less coke out; what burns there heats the gas."""
    x = fan_fields(cdq_codes.FAN_VARIABLE_SPEED)
    for name, value in {
        "cdq_coke_flux": 0.61, "cdq_shaft_height": 7.7, "cdq_lump_size": 0.057, "cdq_sphericity": 0.83,
        "cdq_voidage": 0.47, "cdq_coke_conductivity": 1.7, "cdq_conductance_factor": 0.17, "cdq_ergun_factor": 1.37,
        "air_moisture": MOISTURE, "cdq_availability": 0.93, "cdq_breeze_rate": 0.023, "quench_water": 0.47,
        "wet_quench_dust": 0.31e-3, "cdq_stack_dust": 0.043e-3, "wet_coke_moisture": 0.041,
        "dry_coke_moisture": 0.0019, "cdq_air": AIR * MOLAR_VOLUME / 37.0, "cdq_volatile_release": 0.41,
        "cdq_coke_limit": 900.0, "cdq_boiler_gas_limit": 2000.0,
    }.items():  # fmt: skip
        setattr(x, name, value)
    y = coke_fields(coke_pushed_temperature=1291.0, coke_pushed_flow=41.0, coke_net_heating_value=28.7e6)
    lost = (31.4, 17.0, 3.9, 1.7, 0.13)
    h, code = plain(dry_quenching.shaft_stage)(
        x, y, 43.0, 37.0, 2100.0, GAS, LOW, HIGH, VENT, lost, AIR, NITROGEN
    )  # fmt: skip
    assert code == OK
    carbon_h = burn_off.carbon_enthalpy(*SHARES.values(), 28.7e6)
    left, *shares, atoms = burn_off.coke_left(37.0, *SHARES.values(), lost)
    ash = ASH * 37.0 / left
    size = (43.0 / 0.61, *SIZE[1:])
    T_out, T_shaft, _, loss, _ = shaft.cooling_shaft(
        left, (atoms, ash), 1291.0, 2100.0, GAS, 407.0, size, 0.17, 1.37, 80.3e3, 24
    )  # fmt: skip
    hot = 37 * heat_in_coke(1291.0, atoms_of(**SHARES), ASH) + 31.4 * carbon_h
    air = loop_gas.air_enthalpy(AIR, MOISTURE, NITROGEN, 298.15)
    assert h == pytest.approx(hot + air - left * heat_in_coke(T_out, atoms, ash), rel=1e-9)
    burns = hot - left * heat_in_coke(1291.0, atoms, ash)
    T = dry_quenching.boiler_gas_temperature(LOW, HIGH, 2100.0, sum(VENT), T_shaft, burns, air)
    assert y.cdq_boiler_gas_temperature == pytest.approx(T, rel=1e-9)
    assert (y.cdq_coke_temperature, y.cdq_shaft_gas_temperature, y.cdq_shaft_pressure_loss) == (
        T_out,
        T_shaft,
        loss,
    )
    assert y.cdq_burnt_heat == pytest.approx(0.93 * burn_off.lost_heat(*lost, carbon_h), rel=1e-12)
    assert y.cdq_coke_flow == pytest.approx(41.0 - 0.93 * (37.0 - left), rel=1e-12)
    assert sum(shares) + ash == pytest.approx(1.0, rel=1e-12)
    assert y.cdq_vent_flow == pytest.approx(0.93 * sum(VENT) * MOLAR_VOLUME, rel=1e-12)
    # colder coke than gas cannot be cooled
    y.coke_pushed_temperature = 400.0
    refused = plain(dry_quenching.shaft_stage)(
        x, y, 43.0, 37.0, 2100.0, GAS, LOW, HIGH, VENT, lost, AIR, NITROGEN
    )  # fmt: skip
    assert refused == (0.0, OUTSIDE_RANGE)
    assert y.status_variable == cdq_codes.CDQ_CIRCULATING_GAS
