"""Dry quenching as a whole: stage after stage with each other's results, on a record of defaults."""

from __future__ import annotations

import pytest
from cdq_rows import DECLARATION, coke, plants
from plain_kernels import plain

from plantsim.kernels import process_gas
from plantsim.processes.coke_oven import cdq_codes, cdq_results, cdq_steam, dry_quenching, exergy
from plantsim.processes.coke_oven.dry_quenching import quench_dry
from plantsim.vocabulary.status import OK

MOLAR_VOLUME = 8.31446261815324 * 273.15 / 101325.0
COMPARED = (
    "cdq_coke_flow", "cdq_coke_temperature", "cdq_shaft_gas_temperature", "cdq_boiler_gas_temperature",
    "cdq_gas_behind_boiler", "cdq_drum_pinch", "cdq_steam_flow", "cdq_gross_power", "cdq_own_power", "cdq_fan_power",
    "cdq_export_heat", "cdq_export_own_heat", "cdq_water_heat", "cdq_unused_heat", "cdq_exergy_efficiency",
    "cdq_vent_so2_flow", "cdq_dust_flow", "cdq_makeup_water_flow", "steam_short_heat",
)  # fmt: skip


def solved(**change):
    y = coke()
    y["liquor_flow"] = 9.1
    x, d, o = (
        plants(cdq_capacity=43.0, cdq_availability=0.93, **change),
        DECLARATION.zeros("d", 1),
        DECLARATION.zeros("o", 1),
    )
    code = quench_dry(x[0], d[0], o[0], y[0])
    return x[0], code, y[0]


@pytest.mark.parametrize("turbine", ["CONDENSING", "EXTRACTION", "BACK_PRESSURE"])
def test_stages_one_after_the_other(turbine):
    """37.5 of the 43 kg/s that the shaft is made for; the loop's gas, its heat, and what each stage hands on."""
    x, code, y = solved(cdq_turbine=getattr(cdq_codes, f"TURBINE_{turbine}"), surplus_steam_used=0.43)
    assert code == OK
    z = coke()[0]
    z.liquor_flow = 9.1
    plain(cdq_results.no_dry_quenching)(x, z)
    flow, rated = 37.5, 43.0
    vent, lost, air, nitrogen, _ = plain(dry_quenching.loop_of)(x, z, flow)
    added = sum(vent)
    gas = tuple(v / added for v in vent)
    low, high = process_gas.polynomial(gas, process_gas.COLD), process_gas.polynomial(gas, process_gas.HOT)
    loop = flow * x.cdq_circulating_gas / MOLAR_VOLUME
    molar_mass, load = process_gas.mass(gas), flow / rated
    h_in, _ = plain(dry_quenching.shaft_stage)(
        x, z, rated, flow, loop, gas, low, high, vent, lost, air, nitrogen
    )  # fmt: skip
    states, _ = plain(cdq_steam.turbine_states)(x, z)
    wanted = plain(dry_quenching.wanted_outlet)(
        x, low, high, loop + added, molar_mass, z.cdq_shaft_pressure_loss, load
    )  # fmt: skip
    steam, behind, given, _ = plain(cdq_steam.boiler_stage)(x, z, states, low, high, loop + added, wanted)
    power, into_gas, h_fan, T_fan, _ = plain(dry_quenching.fan_stage)(
        x, z, low, high, loop + added, molar_mass, behind, load
    )  # fmt: skip
    if turbine != "CONDENSING":  # what the plant's network is short of
        net = plain(dry_quenching.steam_gain)(x)[0]
        z.steam_demand = x.process_steam * z.cdq_coke_flow + x.still_steam * 9.1
        z.steam_short_heat = z.steam_demand * net
    left = loop * (h_fan - process_gas.enthalpy(gas, x.cdq_gas_inlet_temperature))
    flows, _ = plain(cdq_steam.steam_cycle)(x, z, states, steam, left, T_fan)
    plain(cdq_results.write_steam)(x, z, states, steam, flows, power, flow)
    coke_left = plain(dry_quenching.coke_behind)(z, flow, lost)
    cold = plain(cdq_steam.cold_temperature)(x, flows[0])
    plain(exergy.cdq_exergy)(x, z, states, steam, flow, coke_left, cold)
    for name in COMPARED:
        assert float(y[name]) == pytest.approx(float(z[name]), rel=1e-9), name
    # what came in, air, coke and fan, went to boiler, water and vent
    closed = h_in + into_gas - given - left - added * h_fan
    assert closed / (flow * float(y.coke_net_heating_value)) == pytest.approx(0.0, abs=1e-10)
    assert abs(float(y.cdq_energy_residual)) < 1e-10
    assert abs(float(y.cdq_element_residual)) < 1e-10


@pytest.mark.parametrize(
    ("change", "blamed"),
    [
        ({"cdq_air": 0.001, "cdq_volatile_release": 0.9}, cdq_codes.CDQ_AIR),
        ({"cdq_steam_temperature": 500.0}, cdq_codes.CDQ_STEAM_TEMPERATURE),
        ({"cdq_gas_inlet_temperature": 470.0}, cdq_codes.CDQ_GAS_INLET_TEMPERATURE),
        ({"cdq_fan_efficiency": 0.0}, cdq_codes.CDQ_CIRCULATING_GAS),
        ({"cdq_steam_temperature": 1190.0, "cdq_circulating_gas": 2.2}, cdq_codes.CDQ_STEAM_TEMPERATURE),
    ],
)
def test_a_stage_that_fails_ends_it(change, blamed):
    _, code, y = solved(**change)
    assert code != OK
    assert int(y.status_variable) == blamed


def test_wet_quenching_is_no_stage():
    x, code, y = solved(quenching=0)
    assert code == OK
    assert float(y.cdq_coke_flow) == 37.5
    assert float(y.cdq_steam_flow) == 0.0
