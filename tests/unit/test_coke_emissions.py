"""What a coking plant gives to the air and the reagents against it: worked by hand from one flue gas."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels.gas import AR, CO2, H2O, N2, O2, SO2
from plantsim.processes.coke_oven import codes
from plantsim.processes.coke_oven.accounts import benzol_and_vapours
from plantsim.processes.coke_oven.emissions_to_air import chimney, reference_volume, to_the_air

NM3_PER_MOL = 8.314462618 * 273.15 / 101325
# mol of flue gas per mol of underfiring gas: 3.40 dry, of which 0.238 oxygen (7.0 %), and 0.83 water
FLUE_GAS = {CO2: 0.362, H2O: 0.83, N2: 2.773, O2: 0.238, AR: 0.026, SO2: 0.001}
BURNT = 45.0  # mol/s of underfiring gas
# GB 16171.1-2024 counts at 8 % oxygen: more dilution than at 7.0 %, so the volume is (21 - 7) / (21 - 8) of the dry gas
REFERENCE_VOLUME = BURNT * 3.40 * NM3_PER_MOL * (0.21 - 0.238 / 3.40) / (0.21 - 0.08)


def gas() -> np.ndarray:
    n = np.zeros(28)
    for species, amount in FLUE_GAS.items():
        n[species] = amount
    return n


def plant(**values):
    """Concentrations [kg/Nm3] at 8 % oxygen: NOx 640, SO2 180, dust 23 mg/Nm3; limits 130, 27, 9."""
    x = fields(
        denitration=0, desulphurisation=0, flue_nox=640e-6, flue_so2=180e-6, flue_dust=23e-6,
        flue_nox_limit=130e-6, flue_so2_limit=27e-6, flue_dust_limit=9e-6, ammonia_ratio=1.07,
        desulphurisation_stoichiometry=1.30, sodium_purity=0.97, voc_emission=0.00035, voc_treatment=0,
        voc_returned_share=0.85, raw_gas_leakage=0.04,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def given_off(x, kernel=chimney):
    d = fields(flue_gas=gas(), fuel_elements=np.array([0.41, 2.3, 0.2, 0.1, 0.0, 0.0]))
    d.gas_chemical_heat, d.gas_carbon, d.leaked_carbon = 5.9e6, 0.072, 0.0093
    d.benzol_share, d.benzol_chemical_heat = 0.011, 0.44e6
    y = fields(
        reheat_gas=7.3e6,
        cdq_burnt_carbon=0.43,
        cdq_vent_so2_flow=0.0021,
        cdq_dust_flow=0.0037,
        coke_rate=31.0,
        dry_coal_flow=41.0,
    )
    plain(benzol_and_vapours)(x, d, 41.0, y)
    plain(kernel)(x, d, BURNT, y)
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
    """1.07 mol NH3 (17.031 g) per mol of the NO2 (46.005 g) that is taken away."""
    y = given_off(plant(denitration=codes.SCR_LOW_TEMPERATURE))
    assert y.nox_rate == pytest.approx(REFERENCE_VOLUME * 130e-6, rel=1e-9)
    ammonia = REFERENCE_VOLUME * (640e-6 - 130e-6) / 46.005 * 1.07 * 17.031
    assert y.ammonia_flow == pytest.approx(ammonia, rel=1e-9)
    clean = given_off(plant(denitration=codes.SCR_LOW_TEMPERATURE, flue_nox=110e-6))
    assert clean.nox_rate == pytest.approx(REFERENCE_VOLUME * 110e-6, rel=1e-9)
    assert clean.ammonia_flow == 0.0


def test_bicarbonate_takes_sulphur_dioxide_down_to_the_limit_and_gives_off_its_carbon():
    """2 NaHCO3 per SO2, 1.30 times that; what is too much becomes soda and gives off half its carbon."""
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_DRY))
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 27e-6, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 9e-6, rel=1e-9)
    caught = REFERENCE_VOLUME * (180e-6 - 27e-6) / 0.064058  # mol/s
    assert y.sodium_bicarbonate_flow == pytest.approx(caught * 2.6 * 0.084006 / 0.97, rel=1e-9)
    assert y.co2_rate == pytest.approx(caught * (2.0 + 0.5 * 0.6) * 0.044009, rel=1e-9)


def test_desulphurisation_makes_nothing_worse():
    clean = plant(desulphurisation=codes.DESULPHURISATION_DRY, flue_so2=21e-6, flue_dust=7e-6)
    y = given_off(clean)
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 21e-6, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 7e-6, rel=1e-9)
    assert (y.sodium_bicarbonate_flow, y.co2_rate) == (0.0, 0.0)


def test_all_of_the_plant_goes_to_the_air():
    """Carbon: 0.41 mol per mol of gas burnt, 0.072 kg in the gas of 5.9 MJ that reheating burns, 0.43 kg/s of coke.

    And 9.3 g per kg of coal, of 41 kg/s, in raw gas that leaks into the flues.
    """
    y = given_off(plant(desulphurisation=codes.DESULPHURISATION_DRY), to_the_air)
    carbon = BURNT * 0.41 * 0.012011 + 7.3 / 5.9 * 0.072 + 0.43 + 41.0 * 0.0093
    assert y.combustion_co2_rate == pytest.approx(carbon * 44.009 / 12.011, rel=1e-6)
    reagent = REFERENCE_VOLUME * 153e-6 / 0.064058 * 2.3 * 0.044009
    assert y.co2_rate == pytest.approx(y.combustion_co2_rate + reagent, rel=1e-9)
    assert y.so2_rate == pytest.approx(REFERENCE_VOLUME * 27e-6 + 0.0021, rel=1e-9)
    assert y.dust_rate == pytest.approx(REFERENCE_VOLUME * 9e-6 + 0.0037, rel=1e-9)
    assert y.voc_rate == pytest.approx(0.00035 * 31.0, rel=1e-12)
    returned = given_off(plant(voc_treatment=codes.VOC_RETURNED), to_the_air)
    assert returned.voc_rate == pytest.approx(0.15 * 0.00035 * 31.0, rel=1e-9)
