"""A potline by hand: efficiency, heat, ledge, energy, materials and gases, term by term."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import bath, cell_voltage
from plantsim.processes.aluminium_cell import calibration, cell, fume, heat_balance, indicators, kernel
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

METAL_PER_CHARGE = 0.0269815385 / (3 * 96485.33212)  # kg/C


def line(**values):
    x = fields(
        line_current=242e3, reference_current=236e3, current_efficiency=0.921, efficiency_offset=0.013,
        efficiency_per_superheat=-0.0021, efficiency_per_alf3=0.31, efficiency_per_lif=-0.47, lithium_fluoride=0.012,
        distance_floor=0.040, floor_shift=0.002, efficiency_per_cm=0.017, efficiency_loss_below_floor=0.09,
        efficiency_ceiling=0.955, anode_voltage_drop=0.31, cathode_voltage_drop=0.34, external_voltage_drop=0.17,
        anode_effect_frequency=0.13, anode_effect_duration=110.0, anode_effect_overvoltage=23.0, cell_voltage=4.02,
        ledge_film_coefficient=640.0, ledge_area=46.0, ambient_temperature=296.0, side_wall_resistance=0.021,
        ledge_conductivity=1.35, rectifier_efficiency=0.976, auxiliary_power_per_tonne=1.1e6,
        casting_power_per_tonne=0.21e6, casting_fuel_per_tonne=0.57e6, casting_fuel_factor=55.5e-9,
        startup_power_share=0.004, deduct_startup=0, green_power_share=0.3,
        alumina_consumption=1.93, net_anode_consumption=0.412, anode_carbon_content=0.975, pfc_slope=0.143,
        pfc_c2f6_ratio=0.121, gwp_cf4=6630.0, gwp_c2f6=11100.0, shell_heat_share=0.12, gas_heat_share=0.07,
        top_conductance=190.0, bottom_conductance=34.0, remaining_voltage=3.6, cell_count=223.0, heat_balance=0,
        anode_sulphur=0.022, sulphur_retained=0.05, cell_gas_flow=1.7, gas_per_tonne=81.0, hooding_efficiency=0.97,
        fluoride_evolution=0.021, fluoride_scrubbing=0.988, dust_evolution=0.043, stack_dust=6e-6,
        aluminium_fluoride_consumption=0.019, aluminium_fluoride_fluorine=0.62, cryolite_consumption=0.002,
        cryolite_fluorine=0.53, fluorine_kept=0.0119, so2_limit=200e-6, fluoride_limit=3e-6, dust_limit=20e-6,
        desulphurisation=0, deduct_desulphurisation=0, so2_target=50e-6,
        desulphurisation_removal=0.92, calcium_ratio=1.04, reagent_purity=0.91,
        liquid_ratio=0.007, liquid_exponent=0.8, slurry_density=1090.0, slurry_head=19.0, slurry_pump_efficiency=0.74,
        reagent_work=0.2e6, spray_approach=14.0, desulphurisation_pressure_drop=1600.0, fume_fan_efficiency=0.7,
        fume_temperature=371.0, fume_humidity=0.011, air_pressure=82e3, gross_anode_consumption=np.nan,
        anode_butts=np.nan, measured_liquidus=np.nan, bath_temperature=1228.0, superheat=8.0,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


AE = 0.13 / 86400 * 110 * 23  # V


def test_efficiency_above_and_below_the_floor():
    """0.934 and 0.31 x 0.104 - 0.0021 x 8.5 - 0.47 x 0.014; 1.7 points a cm above 3.8 cm, 9 points less a cm below."""
    d = fields(excess_aluminium_fluoride=0.104, bath_lithium=0.014)  # of the bath as it is, not as it was
    own = 0.921 + 0.013 - 0.0021 * 8.5 + 0.31 * 0.104 - 0.47 * 0.014
    kernel_ = plain(cell.efficiency)
    assert kernel_(line(efficiency_ceiling=0.99), d, 8.5, 0.046) == pytest.approx(
        own + 0.017 * 0.8, rel=1e-12
    )
    assert kernel_(line(), d, 8.5, 0.035) == pytest.approx(own - 0.09 * 0.3, rel=1e-12)
    assert kernel_(line(), d, 8.5, 0.060) == 0.955
    assert kernel_(line(efficiency_ceiling=0.90), d, 8.5, 0.060) == 0.921
    assert kernel_(line(), d, 8.5, -0.2) == 0.5


def test_heat_that_a_cell_releases_and_loses():
    """The reaction binds 1.648 + 0.48 x 0.93 V; busbars outside have 0.17 V at 236 kA."""
    heat = 242e3 * (4.05 - 0.17 * 242 / 236 - (1.648 + 0.48 * 0.93))
    assert plain(cell.released_heat)(line(), 4.05, 0.93) == pytest.approx(heat, rel=1e-12)
    lost = (200.0 + 30.0) * (1233.0 - 296.0) + 640.0 * 46.0 * 8.5
    assert plain(cell.lost_heat)(line(), 1233.0, 8.5, 200.0, 30.0) == pytest.approx(lost, rel=1e-12)


def test_ledge():
    """What the film gives, 640 x 8.5 W/m2, flows on through ledge and wall."""
    by_hand = 1.35 * ((1224.0 - 296.0) / (640.0 * 8.5) - 0.021)
    assert plain(cell.ledge_thickness)(line(), 1224.0, 8.5) == pytest.approx(by_hand, rel=1e-12)


def test_voltage_by_parts_is_linear_in_the_distance():
    d = fields(
        conductivity_constant=1.4, conductivity_slope=-1100.0, current_density=8200.0, bubble_thickness=0.0049,
        saturation_factor=0.0985, saturation_exponent=4.3, reaction_density=52.0, limiting_factor=4600.0,
        weight_ratio=1.13, bubble_coverage=0.52,
    )  # fmt: skip
    x = line(alumina_content=0.027, cathode_area_ratio=1.19)
    t, kappa = 1233.0, 100 * np.exp(1.4 - 1100 / 1233)
    assert plain(cell.conductivity)(d, t) == pytest.approx(kappa, rel=1e-12)
    r = 0.027 / (0.0985 * 0.95985**4.3)
    activity = -0.03791 * r + 2.364 * r**2 - 2.194 * r**3 + 0.8686 * r**4
    rt = 8.314462618 * 1233 / 96485.33212
    reversible = 1.896 - 0.000572 * 1233 - rt / 6 * np.log(activity)
    limit = (5.5 + 0.018 * (1233 - 1323)) * 4600
    anode = 1233 / 12533 * np.log(8200 / 52) - rt / 2 * np.log(1 - 8200 / limit)
    cathode = rt / 1.5 * (1.375 - 0.25 * 1.13) * np.log(0.82 / 1.19 / 0.257)
    gas = 8200 * 0.0049 * 0.52 / 0.48 / kappa
    found = plain(cell.potentials)(x, d, t, kappa)
    assert found == pytest.approx((reversible, anode, cathode, gas), rel=1e-9)
    x.alumina_content = (
        0.12  # more than dissolves: an activity of a saturated bath, 1.00069 by its polynomial
    )
    assert plain(cell.potentials)(x, d, t, kappa)[0] == pytest.approx(
        1.896 - 0.000572 * 1233 - rt / 6 * np.log(1.00069), rel=1e-9
    )
    x.alumina_content = 0.027
    fixed, gradient = plain(cell.voltage_terms)(x, d, t)
    ohmic = (0.31 + 0.34 + 0.17) * 242 / 236
    by_hand = reversible + anode + cathode + gas + ohmic + AE - 8200 * 0.0049 / kappa
    assert (fixed, gradient) == (pytest.approx(by_hand, rel=1e-9), pytest.approx(8200 / kappa, rel=1e-12))
    y = fields(operating_distance=0.045, anode_effect_voltage=AE)
    plain(kernel.voltage_parts)(x, d, t, y)
    assert y.operating_voltage == pytest.approx(by_hand + 8200 / kappa * 0.045, rel=1e-9)
    assert y.bath_voltage == pytest.approx(8200 * (0.045 - 0.0049) / kappa, rel=1e-9)
    drops = (y.operating_anode_drop, y.operating_cathode_drop, y.operating_external_drop)
    assert drops == pytest.approx([v * 242 / 236 for v in (0.31, 0.34, 0.17)], rel=1e-12)
    assert (y.reversible_voltage, y.anode_overvoltage) == pytest.approx((reversible, anode), rel=1e-9)
    assert (y.cathode_overvoltage, y.bubble_voltage) == pytest.approx((cathode, gas), rel=1e-9)


def test_losses_by_path_and_what_is_recovered():
    y = fields(
        operating_temperature=1233.0, operating_superheat=8.5, top_loss_factor=0.93, bottom_loss_factor=1.04,
        operating_external_drop=0.175,
    )  # fmt: skip
    plain(kernel.losses)(line(), 219.0, y)
    top, bottom = 219 * 0.93 * 190 * 937, 219 * 1.04 * 34 * 937
    side, outside = 219 * 640 * 46 * 8.5, 219 * 242e3 * 0.175
    assert (y.top_heat_loss, y.bottom_heat_loss) == pytest.approx((top, bottom), rel=1e-12)
    assert (y.side_heat_loss, y.external_heat_loss) == pytest.approx((side, outside), rel=1e-12)
    assert y.heat_loss == pytest.approx(top + bottom + side + outside, rel=1e-12)
    assert y.exported_heat == pytest.approx(0.12 * side + 0.07 * top, rel=1e-12)


def told(**values):
    """A line without heat balance: nothing recovers heat, which it does not know by path."""
    return line(**{"shell_heat_share": 0.0, "gas_heat_share": 0.0} | values)


def run(x, cells_share=0.98):
    y = fields()
    return y, plain(kernel.solve)(x, fields(), fields(cells_in_operation=cells_share), y)


def test_a_line_without_its_heat_balance():
    x = told(reference_current=242e3)
    y, status = run(x)
    cells = 223 * 0.98
    voltage = 3.6 + 0.34 + AE
    metal = cells * 242e3 * 0.921 * METAL_PER_CHARGE
    assert status == OK
    assert y.metal_rate == pytest.approx(metal, rel=1e-9)
    dc = cells * 242e3 * voltage
    ac = dc / 0.976
    assert (y.dc_power, y.ac_power) == (pytest.approx(dc, rel=1e-12), pytest.approx(ac, rel=1e-12))
    reaction = cells * 242e3 * (1.648 + 0.48 * 0.921)
    assert y.reaction_power == pytest.approx(reaction, rel=1e-12)
    assert y.heat_loss == pytest.approx(dc - reaction, rel=1e-12)
    assert y.rectifier_loss == pytest.approx(ac - dc, rel=1e-12)
    assert y.auxiliary_power == pytest.approx(1.1e6 * metal, rel=1e-9)
    assert y.casting_power == pytest.approx(0.21e6 * metal, rel=1e-9)
    assert y.casting_fuel == pytest.approx(0.57e6 * metal, rel=1e-9)  # gas: no power that is bought
    bought = 1.004 * ac + (1.1e6 + 0.21e6) * metal
    assert y.green_power == pytest.approx(0.3 * bought, rel=1e-9)
    assert y.grid_power == pytest.approx(0.7 * bought, rel=1e-9)
    assert y.startup_power_counted == pytest.approx(0.004 * ac, rel=1e-12)
    assert run(told(reference_current=242e3, deduct_startup=1))[0].startup_power_counted == 0.0


def test_materials_and_gases():
    """0.143 kg CF4 per tonne and minute of effect, 12.1 % of it C2F6; 6 630 and 11 100 times CO2.

    0.57 GJ/t of the cast house at 55.5 kg CO2/GJ.
    """
    y, _ = run(told(reference_current=242e3))
    metal = y.metal_rate
    assert y.alumina_rate == pytest.approx(1.93 * metal, rel=1e-12)
    assert y.anode_rate == pytest.approx(0.412 * metal, rel=1e-12)
    assert y.anode_co2_rate == pytest.approx(0.412 * 0.975 * metal * 44.009 / 12.011, rel=1e-12)
    assert y.casting_co2_rate == pytest.approx(0.57 * 55.5 / 1000 * metal, rel=1e-12)
    cf4 = 0.143 * (0.13 * 110 / 60) * metal / 1000
    assert y.cf4_rate == pytest.approx(cf4, rel=1e-12)
    assert y.c2f6_rate == pytest.approx(0.121 * cf4, rel=1e-12)
    assert y.pfc_co2_equivalent_rate == pytest.approx(6630 * cf4 + 11100 * 0.121 * cf4, rel=1e-12)
    assert (abs(y.energy_residual) < 1e-12, abs(y.carbon_residual) < 1e-12) == (True, True)


def test_sulphur_fluoride_and_dust_of_the_potroom():
    """412 kg of anode with 2.2 % sulphur, 5 % of it kept: 17.2 kg SO2 per tonne; 3 % leaves by the roof.

    Fluoride 21 kg/t: 0.63 by the roof, 0.244 past the scrubber of 98.8 %. Dust 43 kg/t: 1.29 by the roof, 6 mg/Nm3 at
    the stack. Aluminium fluoride of 62 % makes up what is kept and given off, cryolite of 53 % a part of it.
    """
    y, status = run(told(reference_current=242e3))
    metal, cells = y.metal_rate, 223 * 0.98
    assert status == OK
    so2 = 0.412 * 0.022 * 0.95 * 64.058 / 32.06 * metal
    assert so2 / metal == pytest.approx(0.01721, abs=1e-5)
    gas = 1.7 * cells
    assert y.fume_flow == pytest.approx(gas, rel=1e-12)
    assert y.so2_rate == pytest.approx(so2, rel=1e-6)
    assert y.roof_so2_rate == pytest.approx(0.03 * so2, rel=1e-6)
    assert y.so2_concentration == pytest.approx(0.97 * so2 / gas, rel=1e-6)
    assert y.so2_excess == pytest.approx(0.97 * so2 / gas / 200e-6 - 1.0, rel=1e-6)
    assert y.roof_fluoride_rate == pytest.approx(0.00063 * metal, rel=1e-9)
    stack = 0.021 * 0.97 * 0.012 * metal
    assert y.fluoride_rate == pytest.approx(0.00063 * metal + stack, rel=1e-9)
    assert y.fluoride_concentration == pytest.approx(stack / gas, rel=1e-9)
    assert y.fluoride_excess == pytest.approx(stack / gas / 3e-6 - 1.0, rel=1e-9)
    assert y.dust_rate == pytest.approx(0.00129 * metal + 6e-6 * gas, rel=1e-9)
    assert (y.dust_concentration, y.dust_excess) == (pytest.approx(6e-6), pytest.approx(-0.7))
    fed = 0.0119 * metal + y.fluoride_rate
    assert y.cryolite_rate == pytest.approx(0.002 * metal, rel=1e-12)
    assert 0.62 * y.aluminium_fluoride_rate + 0.53 * y.cryolite_rate == pytest.approx(fed, rel=1e-12)
    assert y.sulphur_retained_rate == pytest.approx(0.412 * 0.022 * 0.05 * metal, rel=1e-12)


def test_what_a_line_does_not_say_of_its_fume():
    """81 Nm3 per kg of metal of a cell, and 19 x 0.62 + 2 x 0.53 kg F/t fed less 0.876 given off."""
    x = line(cell_gas_flow=np.nan)
    plain(fume.calibrate_fume)(x, 0.0206)
    assert x.cell_gas_flow == pytest.approx(81.0 * 0.0206, rel=1e-12)
    given = 0.021 * (1.0 - 0.97 * 0.988)
    assert given == pytest.approx(0.000874, abs=1e-6)
    assert x.fluorine_kept == pytest.approx(0.01178 + 0.00106 - given, rel=1e-12)
    y, status = run(told(reference_current=242e3, fluorine_kept=-0.001))
    assert status == OUTSIDE_RANGE  # more leaves than is fed
    assert y.status_variable == fume.ALUMINIUM_FLUORIDE


def test_wet_desulphurisation_of_the_fume():
    """From what the hoods draw down to 50 mg/Nm3: limestone of 91 % at 1.04, CO2 one mole for each of SO2; the slurry
    falls with the transfer units; fan and pumps by hand.
    """
    y, status = run(told(reference_current=242e3, desulphurisation=1))
    metal, gas = y.metal_rate, 1.7 * 223 * 0.98
    drawn = 0.97 * 0.412 * 0.022 * 0.95 * 64.058 / 32.06 * metal
    assert status == OK
    assert y.so2_concentration == pytest.approx(50e-6, rel=1e-9)
    taken = drawn - 50e-6 * gas
    assert y.so2_removed == pytest.approx(taken, rel=1e-6)
    moles = taken / 0.064058
    assert y.limestone_rate == pytest.approx(moles * 1.04 * 0.100086 / 0.91, rel=1e-6)
    assert y.desulphurisation_co2_rate == pytest.approx(moles * 0.044009, rel=1e-6)
    assert y.gypsum_rate == pytest.approx(moles * 0.172164 + y.limestone_rate - moles * 0.100086, rel=1e-6)
    assert (y.lime_rate, y.dry_residue_rate) == (0.0, 0.0)
    units = -np.log(50e-6 * gas / drawn) / -np.log(0.08)
    dry = gas / 0.0224140 * 0.028964
    water = y.desulphurisation_water - 2 * 0.018015 * moles
    # saturated near 36 degC: 0.018 to 0.03 kg of water more per kg of dry gas at 82 kPa
    assert 0.02 < water / dry < 0.03
    volume = (dry / 0.028964 + (dry * 0.011 + water) / 0.018015) * 8.314462618 / 82e3
    fan = gas * (1 + 0.011 * 0.028964 / 0.018015) * 371.0 / 273.15 * 101325 / 82e3 * 1600 / 0.7
    rest = y.desulphurisation_power - 0.2e6 * y.limestone_rate
    slurry = 0.007 * units ** (1 / 0.8) * volume * 309.0  # m3/s, within 1 % of the temperature
    assert rest == pytest.approx(fan + slurry * 1090 * 9.80665 * 19 / 0.74, rel=0.01)
    assert y.auxiliary_power == pytest.approx(1.1e6 * metal + y.desulphurisation_power, rel=1e-9)


def test_a_target_that_the_plant_does_not_reach_is_missed():
    """8 % of what the hoods draw stays, whatever the target; a target above what comes takes nothing."""
    y, status = run(told(reference_current=242e3, desulphurisation=2, so2_target=5e-6))
    drawn = 0.97 * 0.412 * 0.022 * 0.95 * 64.058 / 32.06 * y.metal_rate
    assert status == OK
    assert y.so2_concentration * y.fume_flow == pytest.approx(0.08 * drawn, rel=1e-6)
    moles = 0.92 * drawn / 0.064058
    assert y.lime_rate == pytest.approx(moles * 1.04 * 0.074092 / 0.91, rel=1e-6)
    assert (y.limestone_rate, y.desulphurisation_co2_rate) == (0.0, 0.0)
    idle, _ = run(told(reference_current=242e3, desulphurisation=2, so2_target=900e-6))
    assert (idle.so2_removed, idle.lime_rate) == (0.0, 0.0)


def test_what_a_line_without_heat_balance_cannot_tell():
    assert run(told())[1] == INCOMPLETE  # another current: what of the remainder is ohmic is not known
    for path in ("shell_heat_share", "gas_heat_share"):  # a share of heat by a path that is not known
        assert run(told(reference_current=242e3, **{path: 0.1}))[1] == INCOMPLETE
    assert run(told(reference_current=242e3, remaining_voltage=-0.1))[1] == OUTSIDE_RANGE
    assert run(told(reference_current=242e3, remaining_voltage=1.70))[1] == INFEASIBLE_THERMAL
    assert plain(calibration.remaining_voltage)(line()) == pytest.approx(4.02 - 0.34 - AE, rel=1e-12)


def test_size_of_the_line():
    x, d = line(), fields()
    assert plain(kernel.design)(x, d) == OK
    assert d.rated_dc_power == pytest.approx(223 * 242e3 * (3.6 + 0.34 + AE), rel=1e-12)
    assert d.rated_fume_flow == pytest.approx(223 * 1.7, rel=1e-12)


def test_insulation_that_would_hold_the_superheat(monkeypatch):
    """A cell that loses through 190 and 34 W/K at 1 229 - 296 K and is short by 7 x 300 + 44 + 190 + 34 / 10 W."""
    d = fields(liquidus_temperature=1222.0)
    x = line(superheat=7.0, anode_cathode_distance=0.044)
    whole = plain(heat_balance.missing_insulation)

    def short(x, d, o, superheat, far, top, bottom):
        return -(300.0 * superheat + 1e3 * far + top + bottom / 10), far

    monkeypatch.setitem(whole.__globals__, "surplus", short)
    y = fields()
    whole(x, d, fields(), y, 0.044)
    assert y.insulation_power == pytest.approx(2337.4, rel=1e-12)
    assert y.insulation_to_restore == pytest.approx(2337.4 / (224.0 * 933.0), rel=1e-12)


@pytest.mark.parametrize(("value", "found"), [(0.7, 0.8), (0.85, 0.85), (1.15, 1.15), (1.3, 1.2)])
def test_a_handle_goes_as_far_as_it_can(value, found):
    assert plain(heat_balance.within)(value, 0.2) == pytest.approx(found, rel=1e-12)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, OK),
        ({"operating_superheat": 9.51}, INFEASIBLE_THERMAL),  # 2.5 K from 7
        ({"operating_superheat": 4.49}, INFEASIBLE_THERMAL),
        ({"operating_superheat": 5.99}, INFEASIBLE_THERMAL),  # the least is 6
        ({"operating_ledge_thickness": 0.0399}, INFEASIBLE_THERMAL),
        ({"operating_distance": 0.0}, OUTSIDE_RANGE),
        ({"operating_distance": 0.25}, OUTSIDE_RANGE),
        ({"operating_superheat": 5.5, "own_superheat": 5.5}, OK),  # a line that runs so cold may go on so
        ({"operating_ledge_thickness": 0.035, "own_ledge": 0.035}, OK),
    ],
)
def test_states_that_can_be_operated(values, status):
    superheat, ledge = values.get("own_superheat", 7.0), values.get("own_ledge", 0.07)
    x = fields(superheat=superheat, superheat_window=2.5, minimum_superheat=6.0)
    x.ledge_floor, x.ledge_thickness = 0.04, ledge
    y = fields(operating_superheat=6.0, operating_ledge_thickness=0.04, operating_distance=0.044)
    y.__dict__.update(values)
    assert plain(heat_balance.acceptable)(x, fields(hold=0), y) == status


def test_indicators_with_the_standard_s_constant():
    """0.3355 kg/kAh; liquid AC with start-up, then auxiliaries, then casting."""
    charge = np.array([9e14])
    metal = 9e14 / 3.6e6 * 0.3355
    year = {
        "effective_charge_rate": charge, "dc_power": np.array([3.7e15]), "ac_power": np.array([3.8e15]),
        "startup_power_counted": np.array([2e13]), "auxiliary_power_counted": np.array([1e14]),
        "casting_power": np.array([3e13]), "casting_fuel": np.array([6e13]),
    }  # fmt: skip
    found = {n: getattr(indicators, n)(year)[0] for n in (
        "liquid_dc_power", "liquid_ac_power", "liquid_comprehensive_ac_power", "ingot_comprehensive_ac_power"
    )}  # fmt: skip
    energies = (3.7e15, 3.82e15, 3.92e15, 3.95e15)
    assert list(found.values()) == pytest.approx([e / metal for e in energies], rel=1e-12)
    ingot = (0.1229 * 29.3076 / 3.6 * 3.95e15 + 6e13) / metal  # standard coal for power, gas by its own heat
    assert indicators.ingot_energy(year)[0] == pytest.approx(ingot, rel=1e-12)
    year["effective_charge_rate"] = np.zeros(1)
    assert np.isnan(indicators.liquid_ac_power(year)[0])


def test_a_line_is_fitted_from_its_own_figures():
    """58 % of the heat by the top, 11 % by the bottom; 7 cm of ledge before a wall of 0.021 m2 K/W."""
    x = line(
        bath_ratio=2.28, calcium_fluoride=0.047, alumina_content=0.029, magnesium_fluoride=0.008,
        potassium_fluoride=0.006, conductivity_formula=0, anode_current_density=7900.0, fanning_factor=1.08,
        reference_current=242e3, anode_area=1.5, bubble_coverage_factor=0.9, alumina_at_anode_effect=0.017,
        cathode_area_ratio=1.19, bath_temperature=1231.0, superheat=8.5, ledge_thickness=0.07, top_loss_share=0.58,
        bottom_loss_share=0.11,
    )  # fmt: skip
    d = fields()
    plain(calibration.calibrate_cell)(x, d)
    assert d.weight_ratio == pytest.approx(1.14, rel=1e-12)
    assert d.current_density == pytest.approx(7900 / 1.08, rel=1e-12)
    assert d.liquidus_temperature == pytest.approx(1222.5, rel=1e-12)
    heat = 242e3 * (4.02 - 0.17 - (1.648 + 0.48 * 0.921))
    assert x.top_conductance == pytest.approx(0.58 * heat / 935, rel=1e-12)
    assert x.bottom_conductance == pytest.approx(0.11 * heat / 935, rel=1e-12)
    flux = (1222.5 - 296) / (0.07 / 1.35 + 0.021)
    assert x.ledge_area == pytest.approx(0.31 * heat / flux, rel=1e-12)
    assert x.ledge_film_coefficient == pytest.approx(flux / 8.5, rel=1e-12)
    fixed, gradient = plain(cell.voltage_terms)(x, d, 1231.0)
    distance = (4.02 - fixed) / gradient
    assert x.anode_cathode_distance == pytest.approx(distance, rel=1e-12)
    assert x.floor_shift == pytest.approx(max(0.0, 0.040 - distance), rel=1e-12)
    assert plain(cell.efficiency)(x, d, 8.5, distance) == pytest.approx(0.921, rel=1e-12)
    # the cell that was fitted is steady
    steady = plain(heat_balance.surplus)(
        x, d, fields(hold=1), 8.5, distance, x.top_conductance, x.bottom_conductance
    )
    assert steady[0] == pytest.approx(0.0, abs=1e-6 * heat)
    assert steady[1] == distance
    held = plain(heat_balance.surplus)(
        x, d, fields(hold=2), 9.5, 1.0, x.top_conductance, x.bottom_conductance
    )
    warmer = plain(cell.voltage_terms)(x, d, d.liquidus_temperature + 9.5)
    assert held[1] == pytest.approx((4.02 - warmer[0]) / warmer[1], rel=1e-12)
    plain(calibration.bath_of_line)(x, d)
    assert d.liquidus_temperature == pytest.approx(
        1222.5, rel=1e-12
    )  # as it is, now from its bath and a correction
    # a larger current takes its share more of the anode's density
    x.line_current = 1.05 * 242e3
    plain(calibration.bath_of_line)(x, d)
    assert d.current_density == pytest.approx(1.05 * 7900 / 1.08, rel=1e-12)
    coverage = cell_voltage.bubble_coverage(1.05 * 7900 / 1.08, 1.14, 0.029, 0.017)
    assert d.bubble_coverage == pytest.approx(0.9 * coverage, rel=1e-12)


def bath_line(**values):
    x = line(
        bath_ratio=2.28, calcium_fluoride=0.047, alumina_content=0.029, lithium_fluoride=0.019,
        magnesium_fluoride=0.008,
        potassium_fluoride=0.006, conductivity_formula=bath.HIVES, anode_current_density=7900.0, fanning_factor=1.08,
        anode_area=1.5, bubble_coverage_factor=0.9, alumina_at_anode_effect=0.017, liquidus_correction=-4.0,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


@pytest.mark.parametrize("formula", [bath.HIVES, bath.WANG])
def test_each_part_of_the_bath_stands_in_its_place(formula):
    """The fits themselves are worked by hand in their own tests."""
    d = fields()
    plain(calibration.bath_of_line)(bath_line(conductivity_formula=formula), d)
    parts = {"c": 0.047, "o": 0.029, "l": 0.019, "m": 0.008, "k": 0.006}
    a = bath.excess_alf3(1.14, *parts.values())
    assert d.excess_aluminium_fluoride == pytest.approx(a, rel=1e-12)
    assert d.liquidus_temperature == pytest.approx(plain(bath.liquidus)(a=a, **parts) - 4.0, rel=1e-12)
    terms = plain(bath.saturation_terms)(a=a, c=0.047, l=0.019, m=0.008)
    assert (d.saturation_factor, d.saturation_exponent) == pytest.approx(terms, rel=1e-12)
    terms = plain(bath.conductivity_terms)(formula=formula, a=a, **parts)
    assert (d.conductivity_constant, d.conductivity_slope) == pytest.approx(terms, rel=1e-12)
    factor = plain(cell_voltage.limiting_factor)(alumina=0.029, anode_area=1.5)
    assert d.limiting_factor == pytest.approx(factor, rel=1e-12)
    assert d.reaction_density == pytest.approx(29.0 * 2.9**0.56, rel=1e-12)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, OK),
        ({"calcium_fluoride": 0.101}, OUTSIDE_RANGE),
        ({"lithium_fluoride": 0.051}, OUTSIDE_RANGE),
        ({"bath_ratio": 1.60}, OUTSIDE_RANGE),
        ({"alumina_content": 0.085}, OUTSIDE_RANGE),  # more than dissolves
        ({"alumina_content": 0.008}, OUTSIDE_RANGE),  # before an anode effect
    ],
)
def test_baths_in_which_the_fits_hold(values, status):
    x, d, y = bath_line(**values), fields(), fields()
    plain(calibration.bath_of_line)(x, d)
    assert plain(calibration.bath_status)(x, d, 1231.0, y) == status


@pytest.mark.parametrize(
    ("top", "distance", "status"),
    [
        (1.0, 0.0101, OK), (1.0, 0.1499, OK), (-1.0, 0.04, INFEASIBLE_THERMAL), (1.0, 0.0099, OUTSIDE_RANGE),
        (1.0, 0.1501, OUTSIDE_RANGE), (float("nan"), 0.04, INFEASIBLE_THERMAL),
    ],
)  # fmt: skip
def test_figures_of_a_line_that_belong_together(top, distance, status):
    x, y = fields(top_conductance=top, anode_cathode_distance=distance), fields()
    assert plain(calibration.calibrated_status)(x, y) == status
    assert (y.status_variable == 0) == (status == OK)


@pytest.mark.parametrize(
    ("hold", "blamed"),
    [(heat_balance.HOLD_VOLTAGE, heat_balance.CELL_VOLTAGE), (0, heat_balance.ANODE_CATHODE_DISTANCE)],
)
def test_what_is_blamed_for_a_distance_that_no_cell_has(hold, blamed):
    x = fields(
        superheat=7.0, superheat_window=2.5, minimum_superheat=6.0, ledge_floor=0.04, ledge_thickness=0.07
    )
    y = fields(operating_superheat=7.0, operating_ledge_thickness=0.07, operating_distance=-0.01)
    assert plain(heat_balance.acceptable)(x, fields(hold=hold), y) == OUTSIDE_RANGE
    assert y.status_variable == blamed
