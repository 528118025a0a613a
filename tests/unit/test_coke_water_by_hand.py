"""Water of a coking plant: worked by hand from coal, steam and the heat that the condensers give off."""

from __future__ import annotations

import pytest
from coke_rows import row_of, solve_rows, solved
from plain_kernels import fields, plain

from plantsim.kernels.psychrometrics import CP_AIR, M_AIR, air_humidity, moist_enthalpy, saturated_ratio
from plantsim.kernels.steam import saturation_temperature
from plantsim.processes.coke_oven import water

P = 101325.0
PER_HOUR = 3.6  # t/h per kg/s


def tower(**values):
    x = fields(
        turbine_cooling=0, cdq_exhaust_pressure=6e3, tower_difference=8.0, tower_air_temperature=288.15,
        tower_air_humidity=0.7, air_pressure=P, tower_cooling_rise=9.0, tower_drift_share=0.0002, tower_cycles=4.0,
    )  # fmt: skip
    x.__dict__.update(values)
    y = fields(cdq_condenser_heat=32.0e6, surplus_condenser_heat=1.5e6)
    plain(water.run_tower)(x, y)
    return y


def test_tower_of_33_5_mw():
    """15 degC and 70 % (0.00742 kg/kg, 33.9 kJ/kg) to 28.2 degC saturated (0.02436, 90.5): 10.0 kg/s evaporate.

    Both turbines' heat goes to it; four cycles make 36.1 t/h of vapour 48.2 t/h of water.
    """
    y = tower()
    leaving, humid = saturation_temperature(6e3) - 8.0, air_humidity(288.15, 0.7, P)
    w_out = saturated_ratio(leaving, P, M_AIR)
    risen = moist_enthalpy(leaving, w_out, P, CP_AIR, M_AIR) - moist_enthalpy(288.15, humid, P, CP_AIR, M_AIR)
    assert y.tower_evaporated == pytest.approx(33.5e6 * (w_out - humid) / risen, rel=1e-6)
    assert y.tower_evaporated == pytest.approx(33.5e3 * (0.02436 - 0.00742) / (90.5 - 33.9), rel=0.005)
    assert y.tower_drift == pytest.approx(33.5e6 / (4181 * 9.0) * 0.0002, rel=1e-9)
    assert y.tower_make_up == pytest.approx(y.tower_evaporated * 4.0 / 3.0, rel=1e-9)
    assert y.tower_blowdown == pytest.approx(y.tower_evaporated / 3.0 - y.tower_drift, rel=1e-9)


def test_air_takes_none_and_half_the_cycles_twice_the_blowdown():
    y = tower(turbine_cooling=1)
    assert (y.tower_evaporated, y.tower_drift, y.tower_make_up) == (0.0, 0.0, 0.0)
    assert tower(tower_cycles=2.5).tower_make_up == pytest.approx(
        tower().tower_evaporated * 2.5 / 1.5, rel=1e-9
    )


def test_air_warmer_than_what_leaves_is_not_known():
    y = tower(tower_air_temperature=311.0, tower_air_humidity=1.0)
    assert y.tower_make_up != y.tower_make_up


STEAM = {"condensate_return": 0.4, "low_pressure_blowdown": 0.02, "boiler_water_loss": 0.03, "cdq_blowdown": 0.01,
         "treatment_waste_share": 0.2}  # fmt: skip


def steam_water(**values):
    """5 kg/s of own steam, 4 needed; 15 kg/s of dry quenching's, of which 2 are taken out."""
    y = fields(
        steam_recovered=5.0, steam_demand=4.0, turbine_steam_own=0.0, cdq_export_heat=4.4e6, cdq_export_steam_flow=2.0,
        cdq_makeup_water_flow=2.15, cdq_steam_flow=15.0, surplus_turbine_heat=0.0, heat_bought=0.0,
    )  # fmt: skip
    y.__dict__.update(values)
    plain(water.run_steam_water)(fields(**STEAM), 2.3e6, y)
    return y


def test_boilers_make_up():
    """2.15 and 5 kg/s, 0.1 drained, 0.6 lost, less 1.6 of condensate: 6.25 treated, 7.8125 raw; 0.15 is drained too."""
    y = steam_water()
    assert y.condensate_returned == pytest.approx(1.6, rel=1e-12)
    assert y.demineralised_water == pytest.approx(2.15 + 5 + 0.1 + 0.6 - 1.6, rel=1e-12)
    assert y.treatment_water == pytest.approx(7.8125, rel=1e-12)
    assert y.treatment_waste_water == pytest.approx(1.5625 + 0.1 + 0.15, rel=1e-12)
    assert y.steam_to_waste == pytest.approx(2.4, rel=1e-12)


def test_steam_of_the_turbine_and_bought_steam():
    """3 of the 4.4 MW taken out serve the plant, 1.15 MW are bought: 0.5 kg/s whose condensate is not the plant's."""
    y = steam_water(steam_demand=7.0, turbine_steam_own=3e6, heat_bought=1.15e6)
    own = 5.0 + 2.0 * 3.0 / 4.4
    assert y.condensate_returned == pytest.approx(0.4 * own, rel=1e-12)
    assert y.steam_to_waste == pytest.approx(0.6 * (own + 0.5), rel=1e-12)


def test_steam_to_a_turbine_comes_back_as_condensate():
    less = steam_water().demineralised_water - steam_water(surplus_turbine_heat=2.3e6).demineralised_water
    assert less == pytest.approx(1.0, rel=1e-12)


def test_a_plant_with_wet_quenching():
    """110 x 38.5 m3 x 0.74 t/m3 in 19 h: 164.9 t/h of coal, of 10 % moisture and 2.08 % water of its own: 21.8 t/h.

    127.0 t/h of coke evaporate 63.5 t/h and carry 5.3 (4 %); 127.0 t/h of process water, of which 30 % are waste.
    """
    y = solved()
    coal = 110 * 38.5 * 0.74 / 19
    coke = y["coke_rate"] * PER_HOUR
    assert y["liquor_flow"] * PER_HOUR == pytest.approx(coal * (0.1 / 0.9 + 0.0208), rel=1e-9)
    sprayed = 0.5 * coke + coke * 0.04 / 0.96
    assert y["fresh_water_flow"] * PER_HOUR == pytest.approx(coke + sprayed, rel=1e-9)
    steam = 0.155 * coke + 0.18 * y["liquor_flow"] * PER_HOUR
    waste = y["liquor_flow"] * PER_HOUR + steam + 0.3 * coke
    assert y["waste_water_flow"] * PER_HOUR == pytest.approx(waste, rel=1e-9)
    assert waste / coke == pytest.approx(0.657, abs=0.001)  # t/t; practice: 0.3 to 0.8


def test_dry_quenching_saves_net_of_its_condenser():
    """59.0 t/h of quench water and 4.7 in the coke are saved; the tower takes 46.8, the boiler 2.1: 16.2 t/h net.

    By rule of thumb (four fifths of the heat at 2.44 MJ/kg, a third of blowdown on it) 32.6 MW take 51 t/h.
    """
    wet, dry = solved(), solved(quenching=1)
    saved = (wet["quench_water_flow"] - dry["quench_water_flow"]) * PER_HOUR
    assert saved == pytest.approx(0.465 * wet["coke_rate"] * PER_HOUR, rel=1e-9)  # 93 % of the year
    carried = (wet["coke_water_flow"] - dry["coke_water_flow"]) * PER_HOUR
    assert carried == pytest.approx(4.69, abs=0.01)
    heat = dry["condenser_heat"]
    assert heat / 1e6 == pytest.approx(32.6, abs=0.1)
    tower_make_up = dry["tower_make_up"] * PER_HOUR
    assert tower_make_up == pytest.approx(0.8 * heat / 2.44e6 * 4 / 3 * PER_HOUR, rel=0.12)
    process = (wet["process_water_flow"] - dry["process_water_flow"]) * PER_HOUR
    net = (wet["fresh_water_flow"] - dry["fresh_water_flow"]) * PER_HOUR
    boilers = dry["treatment_water"] * PER_HOUR
    assert net == pytest.approx(saved + carried + process - tower_make_up - boilers, rel=1e-9)
    assert net == pytest.approx(16.2, abs=0.1)
    air = solved(quenching=1, turbine_cooling=1)
    assert dry["fresh_water_flow"] - air["fresh_water_flow"] == pytest.approx(dry["tower_make_up"], rel=1e-9)


def test_steam_of_the_condenser_is_what_leaves_the_turbine():
    """First law of the turbine house: heat of steam and feed work in, power, blowdown apart, and condenser out."""
    y = solve_rows(row_of(quenching=1, cdq_blowdown=0.0, cdq_availability=1.0)).y[0]
    shaft = y["cdq_gross_power"] / (0.98 * 0.965)
    assert y["cdq_condenser_heat"] == pytest.approx(
        y["cdq_steam_heat_net"] + y["cdq_water_heat"] - shaft, rel=0.004
    )


def test_waste_water_quenches_before_blowdown_and_no_more_than_is_needed():
    plain_row, half = solved(quenching=1), solved(quenching=1, waste_water_reused=0.01, blowdown_reused=0.2)
    dirty = plain_row["still_waste_water"]
    assert half["reused_water"] == pytest.approx(0.01 * dirty + 0.2 * plain_row["tower_blowdown"], rel=1e-9)
    full = solved(quenching=1, waste_water_reused=1.0, blowdown_reused=1.0)
    assert full["reused_water"] == pytest.approx(plain_row["quench_fresh_water"], rel=1e-9)
    assert full["tower_waste_water"] == pytest.approx(plain_row["tower_waste_water"], rel=1e-9)
    for name in ("fresh_water_flow", "waste_water_flow"):
        assert plain_row[name] - full[name] == pytest.approx(plain_row["quench_fresh_water"], rel=1e-9)


def test_surplus_steam_to_a_turbine_takes_cooling_water():
    """Risers and flue gas with hardly any use of steam: the turbine's condenser, and no make-up for its condensate."""
    common = {"riser_recovery": 1, "flue_boiler": 1, "process_steam": 0.02, "surplus_steam_used": 0.0}
    vented, made = solved(**common), solved(**common, surplus_steam_turbine=2)
    assert made["surplus_steam_power"] > 1e6
    assert vented["condenser_heat"] == 0.0
    assert made["tower_make_up"] == pytest.approx(
        made["condenser_heat"] * 46.8 / 32.6e6 / PER_HOUR, rel=0.005
    )
    steam = made["surplus_turbine_heat"] / 2.3e6
    saved = vented["demineralised_water"] - made["demineralised_water"]
    assert saved == pytest.approx(steam, rel=0.03)
