"""What a coking plant gives to the air and the reagents against it: worked by hand from one flue gas."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels.gas import AR, CO2, H2O, N2, O2, SO2
from plantsim.processes.coke_oven import codes
from plantsim.processes.coke_oven.accounts import benzol_and_vapours
from plantsim.processes.coke_oven.emissions_to_air import chimney, reference_volume, to_the_air
from plantsim.vocabulary.status import OK

NM3_PER_MOL = 8.314462618 * 273.15 / 101325
# mol of flue gas per mol of underfiring gas: 3.40 dry, of which 0.238 oxygen (7.0 %), and 0.83 water
FLUE_GAS = {CO2: 0.362, H2O: 0.83, N2: 2.773, O2: 0.238, AR: 0.026, SO2: 0.001}
BURNT = 45.0  # mol/s of underfiring gas
# GB 16171.1-2024 counts at 8 % oxygen: more dilution than at 7.0 %, so the volume is (21 - 7) / (21 - 8) of the dry gas
WET_FLOW = BURNT * 4.23 * NM3_PER_MOL
REFERENCE_VOLUME = BURNT * 3.40 * NM3_PER_MOL * (0.21 - 0.238 / 3.40) / (0.21 - 0.08)


def gas() -> np.ndarray:
    n = np.zeros(28)
    for species, amount in FLUE_GAS.items():
        n[species] = amount
    return n


EXPLAINED = BURNT * 0.001 * 0.064058 / REFERENCE_VOLUME  # kg/Nm3 of SO2: 0.001 mol per mol of gas burnt


def plant(**values):
    """Concentrations [kg/Nm3] at 8 % oxygen: NOx 640, SO2 180, dust 23 mg/Nm3; limits 130, 27, 9.

    The catalyst: 80 % with 3 ppm of slip at 500 K and 1.5 s, for the gas that there is.
    """
    x = fields(
        denitration=0, desulphurisation=0, flue_nox=640e-6, flue_dust=23e-6, so2_factor=180e-6 / EXPLAINED,
        flue_nox_limit=130e-6, flue_so2_limit=27e-6, flue_dust_limit=9e-6, ammonia_ratio=1.07,
        desulphurisation_stoichiometry=1.30, sodium_purity=0.97, voc_emission=0.00035, voc_treatment=0,
        voc_returned_share=0.85, raw_gas_leakage=0.04, oven_voc=0.00002, voc_benzene_share=0.4,
        desulphurisation_most=0.9, lime_ratio=1.45, lime_purity=0.88, air_pressure=101325.0,
        scr_catalyst_volume=float("nan"), scr_contact_time=1.5, scr_conversion=0.80, scr_slip=3e-6,
        scr_design_temperature=500.0, scr_activity_energy=30e3, scr_activity_left=1.0, scr_catalyst_life=8.64e7,
        scr_most_ratio=1.05, ammonia_slip_limit=8e-6, ammonia_form=0, scr_lowest_temperature=453.15,
        scr_highest_temperature=593.15, scr_catalyst_density=520.0, reference_flue_flow=WET_FLOW,
        quenching=1, cdq_dedusting_air=0.8, cdq_vent_desulphurisation=0, cdq_stack_so2_limit=45e-6,
        charging_so2=2e-5, pushing_so2=1e-5, charging_dust=1.2e-5, pushing_dust=2.5e-5, screening_dust=1e-5,
        fugitive_dust=9e-5, benzopyrene_emission=3e-7,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def given_off(x, kernel=chimney, **state):
    d = fields(flue_gas=gas(), fuel_elements=np.array([0.41, 2.3, 0.2, 0.1, 0.0, 0.0]))
    d.gas_chemical_heat, d.gas_carbon, d.leaked_carbon = 5.9e6, 0.072, 0.0093
    d.gas_sulphur, d.raw_sulphur = 0.003, 0.05
    d.benzol_share, d.benzol_chemical_heat = 0.011, 0.44e6
    y = fields(
        reheat_gas=0.0,
        scr_gas_temperature=500.0,
        cdq_burnt_carbon=0.43,
        cdq_vent_so2_flow=0.0021,
        cdq_vent_dry_flow=3.0,
        cdq_dry_flow=30.0,
        cdq_dust_flow=0.0037,
        coke_rate=31.0,
        coke_pushed_flow=32.0,
        dry_coal_flow=41.0,
    )
    y.__dict__.update(state)
    plain(benzol_and_vapours)(x, d, 41.0, y)
    assert plain(kernel)(x, d, BURNT, y) == OK
    return y


def test_the_gas_is_counted_dry_at_8_percent_oxygen():
    d = fields(flue_gas=gas())
    assert plain(reference_volume)(d, BURNT) == pytest.approx(REFERENCE_VOLUME, rel=1e-9)


def test_without_cleaning_the_chimney_gives_off_what_is_measured():
    y = given_off(plant())
    assert y.nox_rate == pytest.approx(REFERENCE_VOLUME * 640e-6, rel=1e-9)
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 180e-6, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 23e-6, rel=1e-9)
    assert (y.ammonia_flow, y.sodium_bicarbonate_flow, y.co2_rate) == (0.0, 0.0, 0.0)


def test_denitration_leaves_the_limit_and_takes_ammonia_for_the_rest():
    """79.7 % of 640 mg with a catalyst of 80 %: at 500 K all ammonia is adsorbed, so none slips below what it can.

    1.07 mol NH3 (17.031 g) per mol of the NO2 (46.005 g) that is taken away.
    """
    y = given_off(plant(denitration=codes.SCR_LOW_TEMPERATURE))
    assert y.nox_rate == pytest.approx(REFERENCE_VOLUME * 130e-6, rel=1e-9)
    ammonia = REFERENCE_VOLUME * (640e-6 - 130e-6) / 46.005 * 1.07 * 17.031
    assert y.ammonia_flow == pytest.approx(ammonia, rel=1e-9)
    assert y.ammonia_anhydrous_flow == y.ammonia_flow
    assert y.ammonia_slip < 1e-12
    assert y.nox_wanted == y.nox_concentration == 130e-6
    clean = given_off(plant(denitration=codes.SCR_LOW_TEMPERATURE, flue_nox=110e-6))
    assert clean.nox_rate == pytest.approx(REFERENCE_VOLUME * 110e-6, rel=1e-9)
    assert clean.ammonia_flow == 0.0


def test_a_catalyst_that_does_not_reach_its_target_is_dosed_until_the_slip_allowed():
    """2,500 mg with 80 %: 500 mg are left where 130 were wanted, and 8 mg of ammonia slip."""
    y = given_off(plant(denitration=codes.SCR_LOW_TEMPERATURE, flue_nox=2500e-6))
    assert y.nox_concentration == pytest.approx(500e-6, rel=1e-4)
    assert y.nox_wanted == 130e-6
    assert y.ammonia_slip == pytest.approx(8e-6, rel=1e-9)
    reacted = REFERENCE_VOLUME * 2000e-6 / 46.005 * 17.031
    assert y.ammonia_flow == pytest.approx(1.07 * (reacted + REFERENCE_VOLUME * 8e-6), rel=1e-4)


@pytest.mark.parametrize(
    ("changed", "activity"),
    [
        ({"scr_catalyst_volume": 0.75 * WET_FLOW}, 0.5),  # 0.75 s instead of 1.5 s
        ({"scr_activity_left": 0.7}, 0.7),
        ({"reference_flue_flow": 2.0 * WET_FLOW}, 2.0),  # twice the catalyst
    ],
)
def test_catalyst_and_age_tell_what_is_reached(changed, activity):
    """-ln(1 - x) goes with catalyst per gas and with the activity left: here from that of 80 %."""
    y = given_off(
        plant(denitration=codes.SCR_LOW_TEMPERATURE, flue_nox=2500e-6, flue_nox_limit=20e-6, **changed)
    )
    assert y.nox_concentration / 2500e-6 == pytest.approx(0.2**activity, rel=1e-4)


def test_a_colder_catalyst_reaches_less():
    """453.15 K instead of 500 K, 30 kJ/mol: activity x exp(-0.7461) = 0.4742, and 500 / 453.15 more time."""
    x = plant(denitration=codes.SCR_LOW_TEMPERATURE, flue_nox=2500e-6)
    y = given_off(x, scr_gas_temperature=453.15)
    left = 0.2 ** (0.47422 * 500.0 / 453.15)
    assert y.nox_concentration / 2500e-6 == pytest.approx(left, rel=2e-4)


def test_catalyst_is_used_up_by_its_life_and_a_solution_counts_as_20_percent():
    """1.5 s of the wet gas, 24,000 h, 520 kg/m3."""
    x = plant(denitration=codes.SCR_LOW_TEMPERATURE, ammonia_form=codes.AMMONIA_SOLUTION)
    y = given_off(x)
    assert y.catalyst_volume == pytest.approx(1.5 * BURNT * 4.23 * 0.0224140, rel=1e-5)
    assert y.catalyst_flow == pytest.approx(y.catalyst_volume / (24000 * 3600), rel=1e-12)
    assert y.spent_catalyst_flow == pytest.approx(520 * y.catalyst_flow, rel=1e-12)
    assert y.ammonia_solution_flow == pytest.approx(5.0 * y.ammonia_flow, rel=1e-12)
    assert y.ammonia_anhydrous_flow == 0.0


def test_bicarbonate_takes_sulphur_dioxide_down_to_the_limit_and_gives_off_its_carbon():
    """2 NaHCO3 per SO2, 1.30 times that; what is too much becomes soda and gives off half its carbon."""
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_DRY))
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 27e-6, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 9e-6, rel=1e-9)
    caught = REFERENCE_VOLUME * (180e-6 - 27e-6) / 0.064058  # mol/s
    assert y.sodium_bicarbonate_flow == pytest.approx(caught * 2.6 * 0.084006 / 0.97, rel=1e-9)
    assert y.co2_rate == pytest.approx(caught * (2.0 + 0.5 * 0.6) * 0.044009, rel=1e-9)


def test_lime_of_semi_dry_desulphurisation_follows_what_it_takes():
    """1.45 mol Ca(OH)2 (74.092 g) of 88 % purity per mol SO2; no CO2."""
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_SEMI_DRY))
    caught = REFERENCE_VOLUME * (180e-6 - 27e-6) / 0.064058
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 27e-6, rel=1e-9)
    assert y.lime_flow == pytest.approx(caught * 1.45 * 0.074092 / 0.88, rel=1e-9)
    assert (y.sodium_bicarbonate_flow, y.co2_rate) == (0.0, 0.0)


def test_desulphurisation_takes_no_more_than_it_can():
    """900 mg with at most 90 % leave 90 mg, where 27 were wanted."""
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_DRY, so2_factor=900e-6 / EXPLAINED))
    assert y.so2_concentration == pytest.approx(90e-6, rel=1e-9)
    assert y.so2_wanted == pytest.approx(27e-6, rel=1e-9)


def test_desulphurisation_makes_nothing_worse():
    clean = plant(desulphurisation=codes.DESULPHURISATION_DRY, so2_factor=21e-6 / EXPLAINED, flue_dust=7e-6)
    y = given_off(clean)
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 21e-6, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 7e-6, rel=1e-9)
    assert (y.sodium_bicarbonate_flow, y.co2_rate) == (0.0, 0.0)


def test_a_measured_so2_is_held_and_what_the_gas_does_not_explain_is_told():
    y = given_off(plant())
    assert y.explained_flue_so2 == pytest.approx(EXPLAINED, rel=1e-9)
    assert y.so2_before == pytest.approx(180e-6, rel=1e-9)
    missing = REFERENCE_VOLUME * (180e-6 - EXPLAINED) / 0.064058 * 0.03206  # negative: less was measured
    assert y.sulphur_unexplained == pytest.approx(missing, rel=1e-4)


def test_the_vent_of_dry_quenching_is_cleaned_in_the_stack_that_it_shares():
    """3 Nm3/s of vent and 0.8 Nm3/kg x 30 kg/s of air: 2.1 g/s of SO2 are 77.8 mg/Nm3; 45 may stay."""
    x = plant(cdq_vent_desulphurisation=codes.VENT_DRY_SODIUM, charging_so2=0.0, pushing_so2=0.0)
    y = given_off(x, to_the_air)
    assert y.cdq_stack_so2 == pytest.approx(45e-6, rel=1e-9)
    assert y.cdq_so2_rate == pytest.approx(45e-6 * 27.0, rel=1e-9)
    caught = (0.0021 - 45e-6 * 27.0) / 0.064058
    assert y.sodium_bicarbonate_flow == pytest.approx(caught * 2.6 * 0.084006 / 0.97, rel=1e-9)
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 180e-6 + 45e-6 * 27.0, rel=1e-9)
    bare = given_off(plant(), to_the_air)
    assert bare.cdq_stack_so2 == pytest.approx(0.0021 / 27.0, rel=1e-9)


def test_all_of_the_plant_goes_to_the_air():
    """Carbon: 0.41 mol per mol of gas burnt, 0.072 kg in the gas of 5.9 MJ that reheating burns, 0.43 kg/s of coke.

    And 9.3 g per kg of coal, of 41 kg/s, in raw gas that leaks into the flues.
    """
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_DRY), to_the_air, reheat_gas=7.3e6)
    carbon = BURNT * 0.41 * 0.012011 + 7.3 / 5.9 * 0.072 + 0.43 + 41.0 * 0.0093
    assert y.combustion_co2_rate == pytest.approx(carbon * 44.009 / 12.011, rel=1e-6)
    reagent = REFERENCE_VOLUME * 153e-6 / 0.064058 * 2.3 * 0.044009
    assert y.co2_rate == pytest.approx(y.combustion_co2_rate + reagent, rel=1e-9)
    sources = 3e-5 * 32.0  # kg/s of SO2 of charging and pushing
    reheating = 7.3 / 5.9 * 0.003 * 0.064058
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 27e-6 + 0.0021 + sources + reheating, rel=1e-9)
    # 12 g of charging, 25 of pushing, 10 of screening and 90 of leaks per tonne of coke
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 9e-6 + 0.0037 + 137e-6 * 32.0, rel=1e-9)
    assert y.benzopyrene_rate == pytest.approx(3e-7 * 32.0, rel=1e-12)
    assert y.voc_rate == pytest.approx((0.00035 + 0.00002) * 31.0, rel=1e-12)
    assert y.benzene_rate == pytest.approx(0.4 * y.voc_rate, rel=1e-12)
    returned = given_off(plant(voc_treatment=codes.VOC_RETURNED), to_the_air)
    assert returned.voc_rate == pytest.approx((0.15 * 0.00035 + 0.00002) * 31.0, rel=1e-9)


def test_sources_cannot_give_off_more_sulphur_than_gas_cleaning_would_have_caught():
    """0.047 mol per kg of coal above the cleaned gas, of 96 % of 41 kg/s."""
    y = given_off(plant(charging_so2=5.0), to_the_air)
    assert y.source_so2 == pytest.approx(41.0 * 0.96 * 0.047 * 0.064058, rel=1e-9)
