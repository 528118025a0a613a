"""The coal unit off its design point, with heat from outside, and after a flow-path upgrade, against published figures.

Two kinds stand here beside each other and are told apart in each test: published figures, and cross-checks with
another code or method that saw the same inputs (a TESPy model; the method of equivalent enthalpy drop).
"""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import declaration, read_reference, resolve, run

from plantsim.kernels.pump import pump_outlet_enthalpy, pump_rise
from plantsim.kernels.steam import (
    T_ph,
    h_ps,
    h_pT,
    liquid_enthalpy,
    liquid_volume,
    s_ph,
    saturation_pressure,
    saturation_temperature,
)
from plantsim.library import library

KWH = 3600.0
ICE = 273.15
BY_FLOW, HELD = 0.0, 1.0
NEW_PASSAGES = 1.0

# --- N600 off design: cross-check with TESPy 0.11.3 ----------------------------------------------------------

TESPY = {0.98: (7691.8, 274.17), 0.95: (7703.4, 272.38), 0.90: (7724.5, 269.27), 0.80: (7777.8, 262.59)}
TESPY_DESIGN = 7684.5  # kJ/kWh


def test_n600_off_design_beside_tespy():
    """Sliding pressure, 5.4 kPa, no gland steam, heaters without loss, as in that model; feed pump at speed.

    That model's efficiencies follow its default characteristic, which ``part_flow_loss`` approximates. Without
    it the heat rate ratio at 80 % flow is 1.0100; with a feed pump that keeps its pressure 1.0158.
    """
    values = {n: v for n, v in read_reference("n600-24.2-566-566").items() if not n.startswith("gland_")}
    values |= {"heater_efficiency": 1.0, "drain_to": (*values["drain_to"][:7], 1.0)}
    x, d, o, y = run([values], hold="main_steam_flow")
    design = y["heat_rate"][0]
    for flow, (heat_rate, feedwater) in TESPY.items():
        o["load"] = flow
        resolve(x, d, o, y)
        assert y["status"][0] == 0
        assert y["heat_rate"][0] / design == pytest.approx(heat_rate / TESPY_DESIGN, abs=1e-3)
        assert y["feedwater_temperature"][0] - ICE == pytest.approx(feedwater, abs=0.1)


# --- sensitivities of the N200 template: cross-check with an earlier model, exhaust pressure fixed -------------------

SENSITIVITIES = [  # kJ/kWh
    ("exhaust_pressure", None, -1000.0, -93.0),
    ("exhaust_pressure", None, 1000.0, 81.0),
    ("exhaust_pressure", None, 2000.0, 153.0),
    ("terminal_difference", 0, 5.0, 12.0),
    ("terminal_difference", 1, 5.0, 4.2),
    ("terminal_difference", 2, 5.0, 2.8),
    ("terminal_difference", 4, 5.0, 3.9),
    ("terminal_difference", 5, 5.0, 5.2),
    ("terminal_difference", 6, 5.0, 3.8),
    ("terminal_difference", 7, 5.0, 9.1),
    ("main_steam_temperature", None, -5.0, 12.3),
    ("main_steam_pressure", None, -0.5e6, 26.6),
]


def n200_sheet(hp=0.82, ip=0.885, lp=0.79, reheat=535.0 + ICE):
    """Return the N200 template with these efficiencies in each stage group, as a sheet of states."""
    values = read_reference("n200-12.75-535-535")
    p = values["extraction_pressure"]

    def groups(p_in, h, outlets, eta):
        found = []
        for p_out in outlets:
            h -= eta * (h - h_ps(p_out, s_ph(p_in, h)))
            found.append(h)
            p_in = p_out
        return found

    high = groups(12.75e6 * 0.96, h_pT(12.75e6, 535.0 + ICE), p[:2], hp)
    middle = groups(2.16e6 * 0.975, h_pT(2.16e6, reheat), p[2:6], ip)
    low = groups(0.25e6 * 0.98, middle[-1], (*p[6:8], 5200.0), lp)
    for cylinder in ("hp", "ip", "lp"):
        del values[f"{cylinder}_efficiency"]
    return values | {
        "extraction_enthalpy": (*high, *middle, *low[:2]),
        "exhaust_enthalpy": low[-1],
        "hot_reheat_temperature": reheat,
        "open_heater_loss": 1.0,
        "stage_pressures": HELD,
    }


@pytest.fixture(scope="module")
def n200():
    return run([n200_sheet()])


def changed(n200, pressures=HELD, passages=0.0, at=None, hold=0, **values):
    """Return the changed unit's output record; values are set (a row's place ``at``)."""
    x, d, o, y = (record.copy() for record in n200)
    x["stage_pressures"], x["flow_passages"], o["hold"] = pressures, passages, hold
    for name, value in values.items():
        if at is None:
            x[name] = value
        else:
            x[name][0, at] = value
    resolve(x, d, o, y)
    assert y["status"][0] == 0
    return y[0]


def efficiencies(**groups):
    x = run(n200_sheet(**groups))[0]
    return {f"{c}_efficiency": x[f"{c}_efficiency"] for c in ("hp", "ip", "lp")}


@pytest.mark.parametrize(("name", "at", "step", "wanted"), SENSITIVITIES)
def test_sensitivities(n200, name, at, step, wanted):
    x, base = n200[0], n200[3]["heat_rate"][0]
    before = x[name][0] if at is None else x[name][0, at]
    found = (changed(n200, at=at, **{name: before + step}).heat_rate - base) * KWH
    assert found == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize(
    ("groups", "wanted"), [({"hp": 0.83}, -17.1), ({"ip": 0.895}, -19.9), ({"lp": 0.80}, -28.9)]
)
def test_efficiency_sensitivities(n200, groups, wanted):
    found = (changed(n200, **efficiencies(**groups)).heat_rate - n200[3]["heat_rate"][0]) * KWH
    assert found == pytest.approx(wanted, rel=0.05)


def test_reheat_temperature_sensitivity(n200):
    """9.2 kJ/kWh for -5 K with each group's efficiency kept; 7.5 where the cylinder's is, as in a retrofit."""
    base = n200[3]["heat_rate"][0]
    with_groups = (run(n200_sheet(reheat=530.0 + ICE))[3].heat_rate - base) * KWH
    assert with_groups == pytest.approx(9.2, rel=0.05)
    with_cylinders = (changed(n200, hot_reheat_temperature=530.0 + ICE).heat_rate - base) * KWH
    assert 0.75 * with_groups < with_cylinders < with_groups


def test_n200_upgrade_and_its_interaction(n200):
    """-334 kJ/kWh and +4.66 % power at equal steam with pressures and exhaust as they are.

    The parts alone add up to 3.8 % more than the whole. With the old passages the unit needs 4.6 % less steam and
    slides to a lower pressure, which costs a tenth of the gain. With exhaust loss by velocity (16 m2) and a
    condenser of 7.5 t/s it is -357 kJ/kWh: less steam also lowers exhaust pressure and exhaust loss.
    """
    base, power = n200[3]["heat_rate"][0], n200[3]["gross_power"][0]
    whole = efficiencies(hp=0.86, ip=0.925, lp=0.86)
    gain = (changed(n200, **whole).heat_rate - base) * KWH
    assert gain == pytest.approx(-334.0, rel=0.01)
    assert changed(n200, hold=1, **whole).gross_power / power == pytest.approx(1.0466, abs=1e-3)
    parts = sum((changed(n200, **{name: value}).heat_rate - base) * KWH for name, value in whole.items())
    assert abs(parts - gain) > 2.0
    new = (changed(n200, BY_FLOW, NEW_PASSAGES, **whole).heat_rate - base) * KWH
    old = (changed(n200, BY_FLOW, **whole).heat_rate - base) * KWH
    assert new == pytest.approx(gain, rel=0.01)
    assert 0.85 * gain > old > 0.95 * gain


# --- flow-path upgrades: published ----------------------------------------------------------------------------------


def upgraded(values, before, after):
    """Return heat rates [kJ/kWh] before and after, and power before and after at equal main steam [W]."""
    names = ("hp_efficiency", "ip_efficiency", "lp_efficiency")
    x, d, o, y = run([{**values, **dict(zip(names, before, strict=True))}])
    first = y[0].copy()
    for name, value in zip(names, after, strict=True):
        x[name] = value
    x["flow_passages"] = NEW_PASSAGES
    resolve(x, d, o, y)
    second = y[0].copy()
    o["hold"] = 1
    resolve(x, d, o, y)
    return first.heat_rate * KWH, second.heat_rate * KWH, first.gross_power, y["gross_power"][0]


def test_600_mw_subcritical_upgrade():
    """-332 kJ/kWh reported for Ninghai's 600 MW (Electric Power 2018 51(4) 89), within a quarter.

    The abstract gives no efficiencies: before, the middle of what such units have (82, 89.5, 83 %, remembered);
    after, the 300 MW class's likely values (87, 93, 89 %). The cycle is the N300's, of the same steam.
    """
    values = {
        n: v for n, v in read_reference("n300-16.67-537-537").items() if not n.startswith("extraction_t")
    }
    for name in ("extraction_quality", "exhaust_enthalpy"):
        del values[name]
    values["rated_power"] = 600e6
    before, after, _, _ = upgraded(values, (0.82, 0.895, 0.83), (0.87, 0.93, 0.89))
    assert after - before == pytest.approx(-332.0, rel=0.25)


@pytest.mark.parametrize(("condenser", "wanted"), [(0.0, -377.0), (3.0, -410.0)])
def test_600_mw_subcritical_upgrade_by_the_catalogue(condenser, wanted):
    """The measure's likely values at the synthetic 600 MW unit (82, 89.5, 83 % before): -332 kJ/kWh within a quarter.

    The report does not say whether the exhaust pressure follows; with a sized cold end it does, and the gain is
    larger, since less heat is rejected. The wanted figures are this model's own, frozen to 1 kJ/kWh.
    """
    x, d, o, y = run([read_reference("n600-16.67-537-537") | {"condenser": condenser}])
    before = y["heat_rate"][0]
    for change in library().retrofits("coal_unit")["flow_path_upgrade_600"].changes:
        x[change.variable] = change.likely
    resolve(x, d, o, y)
    found = (y["heat_rate"][0] - before) * KWH
    assert found == pytest.approx(-332.0, rel=0.25)
    assert found == pytest.approx(wanted, abs=1.0)


def test_210_mw_upgrade_by_modules():
    """-6.6 % heat rate and +14 MW expected by Bhatt (J Sci Ind Res 70 (2011) 64) from the modules' efficiencies.

    The study's LP efficiency of 94 % is beyond what the model takes for typical.
    """
    values = {**read_reference("n200-12.75-535-535"), "rated_power": 210e6}
    before, after, power, more = upgraded(values, (0.8291, 0.8993, 0.8248), (0.9004, 0.9204, 0.9401))
    assert 100.0 * (after / before - 1.0) == pytest.approx(-6.6, abs=0.7)
    assert (more - power) / 1e6 == pytest.approx(14.0, rel=0.15)
    assert declaration().variables["lp_efficiency"].typical[1] < 0.9401


# --- low-temperature economiser of a 1000 MW unit: cross-check with the method of equivalent enthalpy drop ------------

HEATERS = [  # extraction, drain, water out, water in, kJ/kg: Liu Ming et al., J. Eng. Thermophysics 38(8) 2017, 1613
    (3198.8, 1155.1, 1302.8, 1127.8), (3064.9, 953.5, 1127.8, 936.5), (3463.7, 822.3, 936.5, 810.7),
    (3247.8, None, 773.3, 653.1), (3095.2, 581.3, 653.1, 557.7), (2953.0, 477.2, 557.7, 454.1),
    (2798.9, 379.0, 454.1, 356.3), (2656.4, 174.4, 356.3, 147.6),
]  # fmt: skip
SHARES = (
    0.08563,
    0.08243,
    0.03928,
    0.0328,
    0.02884,
    0.03058,
    0.0283,
    0.05666,
)  # computed from them elsewhere
BYPASS = 211.46 * (454.1 - 147.6) * 1e3  # W: 211.46 kg/s from before heater 8 to behind heater 7
FEED, CONDENSATE, EXHAUST = 30e6, 1.7e6, 4.9e3  # Pa, assumed: they do not enter the shares


def usc1000(exhaust_enthalpy):
    """Return a unit with the published enthalpies; pressures are made to fit, mechanical and generator 0.98."""
    pressures, differences, approaches = [], [], []
    for i, (_, drain, out, into) in enumerate(HEATERS):
        line = FEED if i < 3 else CONDENSATE
        if drain is None:
            t = T_ph(0.5e6, out * 1e3)
            for _ in range(50):  # saturated water of this enthalpy
                t += (out * 1e3 - liquid_enthalpy(saturation_pressure(t))) / 4.4e3
            pressures.append(saturation_pressure(t))
            differences.append(0.0)
            approaches.append(0.0)
            continue
        difference = 0.0 if i < 3 else 2.8
        p = saturation_pressure(T_ph(line, out * 1e3) + difference)
        pressures.append(p)
        differences.append(difference)
        approaches.append(T_ph(p, drain * 1e3) - T_ph(line, into * 1e3))
    p4, hot = pressures[3], liquid_enthalpy(EXHAUST)
    ideal = pump_outlet_enthalpy(p4, liquid_enthalpy(p4), FEED, 1.0) - liquid_enthalpy(p4)
    lifted = hot + pump_rise(liquid_volume(EXHAUST), EXHAUST, CONDENSATE, 0.8)
    return {
        "rated_power": 1e9, "main_steam_pressure": 26.25e6, "main_steam_temperature": 605.0 + ICE,
        "hp_exhaust_pressure": pressures[1], "hot_reheat_pressure": 0.92 * pressures[1],
        "hot_reheat_temperature": 603.0 + ICE, "ip_exhaust_pressure": p4, "exhaust_pressure": EXHAUST,
        "exhaust_enthalpy": exhaust_enthalpy * 1e3, "extraction_pressure": tuple(pressures),
        "extraction_enthalpy": tuple(row[0] * 1e3 for row in HEATERS), "extraction_loss": (0.0,) * 8,
        "terminal_difference": tuple(differences), "drain_cooler_approach": tuple(approaches),
        "heater_kind": (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0), "drain_to": (*(0.0,) * 7, 1.0),
        "heater_efficiency": 1.0, "feedwater_pressure": FEED, "condensate_pressure": CONDENSATE,
        "feed_pump_efficiency": ideal / (810.7e3 - liquid_enthalpy(p4)), "condensate_pump_efficiency": 0.8,
        "condensate_external_heat": 147.6e3 - lifted, "mechanical_efficiency": 0.99, "generator_efficiency": 0.99,
        "boiler_efficiency": 0.921, "pipe_efficiency": 0.99, "auxiliary_power_rate": 0.05,
        "stage_pressures": HELD, "economiser_from": 8.0, "economiser_to": 7.0,
    }  # fmt: skip


def economiser_gain(exhaust_enthalpy):
    """Return the relative gain of efficiency [%] at equal main steam, and the shares without the economiser."""
    x, d, o, y = run([usc1000(exhaust_enthalpy)], hold="main_steam_flow")
    before, shares = y["heat_rate"][0], d["extraction_share"][0, :8].copy()
    x["condensate_heat"] = BYPASS
    resolve(x, d, o, y)
    assert y["status"][0] == 0
    assert y["energy_residual"][0] < 1e-12
    return 100.0 * (1.0 - y["heat_rate"][0] / before), shares


@pytest.mark.parametrize(("enthalpy", "wanted"), [(2290.0, 1.029), (2311.3, 0.976), (2330.0, 0.930)])
def test_low_temperature_economiser(enthalpy, wanted):
    gain, shares = economiser_gain(enthalpy)
    assert shares == pytest.approx(SHARES, abs=2e-5)
    assert gain == pytest.approx(wanted, rel=0.02)


def test_exhaust_enthalpy_that_gives_the_published_gain():
    """0.9276 % is published without the exhaust enthalpy; it belongs to 2331 kJ/kg."""
    at = [2290.0, 2311.3, 2330.0, 2345.0]
    gains = [economiser_gain(h)[0] for h in at]
    found = np.interp(-0.9276, [-g for g in gains], at)
    assert found == pytest.approx(2331.0, abs=3.0)


# --- cold end -------------------------------------------------------------------------------------------------------


def test_sized_condenser_repeats_the_design_point():
    """The exhaust pressure comes back from surface, tower and dry condenser; less cleanliness or warm air raise it."""
    base = read_reference("n200-12.75-535-535") | {
        "condenser": 3.0, "cooling_water_temperature": 20.0 + ICE, "cooling_water_flow": 7500.0,
        "cooling_water_source": 1.0, "air_pressure": 82e3,
    }  # fmt: skip
    x, d, o, y = run([base])
    assert y["operating_exhaust_pressure"][0] == pytest.approx(5200.0, rel=1e-9)
    assert y["water_inlet_temperature_found"][0] == pytest.approx(20.0 + ICE, abs=1e-6)
    x["condenser_cleanliness"] = 0.65
    resolve(x, d, o, y)
    fouled = y["operating_exhaust_pressure"][0]
    assert fouled > 5300.0
    _, _, _, y_fouled = run([base | {"design_cleanliness": 0.85, "condenser_cleanliness": 0.65}])
    assert y_fouled["operating_exhaust_pressure"][0] == pytest.approx(fouled, rel=1e-6)
    x["condenser_cleanliness"], o["ambient_temperature"] = 0.85, 30.0 + ICE
    resolve(x, d, o, y)
    assert y["operating_exhaust_pressure"][0] > 5300.0
    assert saturation_temperature(y["operating_exhaust_pressure"][0]) > y["water_inlet_temperature_found"][0]
    assert y["water_evaporated"][0] > 0.0
    dry = read_reference("n200-12.75-535-535") | {
        "condenser": 4.0, "exhaust_pressure": 14e3, "cooling_air_flow": 16e3, "air_pressure": 82e3,
    }  # fmt: skip
    x, d, o, y = run([dry])
    assert y["operating_exhaust_pressure"][0] == pytest.approx(14e3, rel=1e-9)
    o["ambient_temperature"] = 30.0 + ICE
    resolve(x, d, o, y)
    assert y["operating_exhaust_pressure"][0] > 20e3
