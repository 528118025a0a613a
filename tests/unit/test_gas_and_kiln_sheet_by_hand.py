"""Properties of gases by NASA's polynomials summed term by term, and a kiln line's sheet by its own arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import plain

from plantsim.kernels import gas
from plantsim.kernels.gas_coefficients import COEFFICIENTS
from plantsim.processes.cement_kiln import tables
from plantsim.processes.cement_kiln.codes import HELD
from plantsim.vocabulary.status import OK

R = 8.31446261815324
NAN = math.nan
WATER = gas.SPECIES_NAMES.index("H2O")
CARBON_DIOXIDE = gas.SPECIES_NAMES.index("CO2")
NITROGEN = gas.SPECIES_NAMES.index("N2")


def row(i, T):
    return COEFFICIENTS[i, 7:14] if T > 1000.0 else COEFFICIENTS[i, :7]


def cp(i, T):
    return R * sum(a * T**k for k, a in enumerate(row(i, T)[:5]))


def enthalpy(i, T):
    a = row(i, T)
    return R * (sum(a[k] * T ** (k + 1) / (k + 1) for k in range(5)) + a[5])


def entropy(i, T):
    a = row(i, T)
    return R * (a[0] * math.log(T) + sum(a[k] * T**k / k for k in range(1, 5)) + a[6])


@pytest.mark.parametrize("T", [700.0, 1700.0])
def test_every_species_by_its_polynomial(T):
    for i in range(gas.SPECIES):
        assert plain(gas.species_cp)(i, T) == pytest.approx(cp(i, T), rel=1e-12)
        assert plain(gas.species_h)(i, T) == pytest.approx(enthalpy(i, T), rel=1e-11)
        assert plain(gas.species_s)(i, T) == pytest.approx(entropy(i, T), rel=1e-12)
        free = (enthalpy(i, T) / T - entropy(i, T)) / R
        assert plain(gas.species_g_over_RT)(i, T, math.log(T)) == pytest.approx(free, rel=1e-11)
        mole = gas.MOLAR_MASS[i]
        assert plain(gas.species_specific_cp)(i, T) == pytest.approx(cp(i, T) / mole, rel=1e-12)
        assert plain(gas.species_specific_h)(i, T) == pytest.approx(enthalpy(i, T) / mole, rel=1e-11)
        assert plain(gas.species_specific_s)(i, T) == pytest.approx(entropy(i, T) / mole, rel=1e-12)


@pytest.mark.parametrize(
    ("i", "s", "h"),
    [(NITROGEN, 191.61, 0.0), (CARBON_DIOXIDE, 213.79, -393.51e3), (WATER, 188.83, -241.83e3)],
)
def test_entropy_and_formation_at_25_degrees(i, s, h):
    """CODATA's key values 1989, at 1 bar. Between 1 bar and 1 atm lie 0.11 J/(mol K), which printed fits mix up."""
    assert plain(gas.species_s)(i, 298.15) == pytest.approx(s, abs=0.12)
    assert plain(gas.species_h)(i, 298.15) == pytest.approx(h, abs=30.0)


@pytest.mark.parametrize("T", [400.0, 1300.0])
def test_a_mixture_is_the_sum_of_its_parts_and_their_mixing(T):
    n = np.zeros(gas.SPECIES)
    parts = {NITROGEN: 7.1, CARBON_DIOXIDE: 1.9, WATER: 1.3}
    for i, amount in parts.items():
        n[i] = amount
    whole, p = 10.3, 83e3
    mass = sum(a * gas.MOLAR_MASS[i] for i, a in parts.items())
    h = sum(a * enthalpy(i, T) for i, a in parts.items())
    c = sum(a * cp(i, T) for i, a in parts.items())
    s = sum(a * (entropy(i, T) - R * math.log(a / whole * p / 101325.0)) for i, a in parts.items())
    assert plain(gas.amount)(n) == pytest.approx(whole, rel=1e-12)
    assert plain(gas.mass)(n) == pytest.approx(mass, rel=1e-12)
    assert plain(gas.mean_molar_mass)(n) == pytest.approx(mass / whole, rel=1e-12)
    assert plain(gas.mixture_h)(n, T) == pytest.approx(h, rel=1e-11)
    assert plain(gas.mixture_cp)(n, T) == pytest.approx(c, rel=1e-12)
    assert plain(gas.mixture_s)(n, T, p) == pytest.approx(s, rel=1e-12)
    assert plain(gas.specific_h)(n, T) == pytest.approx(h / mass, rel=1e-11)
    assert plain(gas.specific_cp)(n, T) == pytest.approx(c / mass, rel=1e-12)
    assert plain(gas.specific_s)(n, T, p) == pytest.approx(s / mass, rel=1e-12)
    assert plain(gas.density)(n, T, p) == pytest.approx(p * mass / (whole * R * T), rel=1e-9)
    above = sum(a * (enthalpy(i, T) - enthalpy(i, 300.0)) for i, a in parts.items())
    assert plain(gas.sensible_h)(n, T, 300.0) == pytest.approx(above, rel=1e-9)


# ---------------------------------------------------------------- sheet of a kiln line

GIVEN_OFF = dict(
    zip((name for name, _, _ in tables.OUT), (1.75e6, 0.62e6, 41e3, 29e3, 0.33e6, 57e3, 0.27e6, 3e3, 5e3, 71e3),
        strict=True)
)  # fmt: skip
POWER = dict(zip((name for name, _, _ in tables.POWERS), (range(11, 21)), strict=True))


def sheet(**values):
    x = {
        "reference_temperature": 20, "tower_model": 1 - HELD, "stage_count": 4, "preheater_exit_temperature": 598.15,
        "cooler_efficiency": 0.71, "measured_heat_consumption": 3.15e6, "measured_gas_flow": NAN,
        "measured_vent_temperature": 533.15, "measured_secondary_temperature": NAN,
        "measured_tertiary_temperature": NAN,
    }  # fmt: skip
    y = {
        "status": OK, "heat_consumption": 3.11e6, "sensible_heat_in": 66e3, **GIVEN_OFF,
        **{k: v * 1e5 for k, v in POWER.items()}, "clinker_flow": 57.0, "exit_gas_volume": 1.39,
        "preheater_gas_temperature": 601.15, "kiln_gas_volume": 0.51, "combustion_air_volume": 0.93,
        "secondary_temperature": 1311.15, "tertiary_temperature": 1173.15, "vent_air_volume": 0.97,
        "vent_air_temperature": 540.15, "cooled_clinker_temperature": 371.15, "recovered_air_volume": 0.84,
        "calcination_degree": 0.93, "stage_temperature": [601.15, 760.15, 893.15, 1053.15],
        "exit_temperature_deviation": 3.0, "cooler_efficiency_deviation": -0.013, "heat_consumption_deviation": -4e4,
        "gas_flow_deviation": 0.1, "vent_temperature_deviation": NAN, "secondary_temperature_deviation": 1.0,
        "tertiary_temperature_deviation": 1.0,
    }  # fmt: skip
    return {t.key: t for t in tables.tables({**x, **values}, None, None, {**y, **values})}


def test_heat_balance_in_two_units_and_percent():
    """3 110 + 66 = 3 176 kJ/kg; 4.1868 kJ/kcal; 106.1 kgce/t of fuel."""
    table = sheet()["kiln_heat_balance"]
    values = [3.11e6, 66e3, *GIVEN_OFF.values(), 3.176e6]
    by_hand = [(v / 1e3, v / 4186.8, 100 * v / 3.176e6) for v in values]
    assert [r[1:] for r in table.rows] == [pytest.approx(b, rel=1e-12) for b in by_hand]
    assert f"{3110 / 29.3076:.1f}" == "106.1"
    assert "20 °C; fuel 106.1 kgce/t" in table.notes[0]["en"]


def test_stages_and_streams_in_celsius():
    assert [r[1] for r in sheet()["kiln_tower"].rows] == pytest.approx([328.0, 487.0, 620.0, 780.0])
    assert [r[0] for r in sheet()["kiln_tower"].rows] == [1, 2, 3, 4]
    assert [r[1] for r in sheet(tower_model=HELD)["kiln_tower"].rows] == [None] * 4
    table = sheet()["kiln_streams"]
    by_hand = [
        (1.39, 328.0), (0.51, None), (0.93, None), (None, 1038.0), (None, 900.0), (0.97, 267.0), (None, 98.0)
    ]  # fmt: skip
    for found, (flow, T) in zip(table.rows, by_hand, strict=True):
        assert found[1] == (flow if flow is None else pytest.approx(flow))
        assert found[2] == (T if T is None else pytest.approx(T))
    assert "0.840 Nm3/kg" in table.notes[0]["en"]
    assert "93 %" in table.notes[0]["en"]


def test_electricity_per_tonne_of_clinker():
    """1.1 MW over 57 kg/s are 5.36 kWh/t."""
    found = [r[1] for r in sheet()["kiln_electricity"].rows]
    assert found == pytest.approx([n * 1e5 / 57.0 / 3600.0 for n in POWER.values()], rel=1e-12)
    assert found[0] == pytest.approx(5.36, abs=0.005)


def test_test_against_model_where_both_are_known():
    """325 and 328 degC; 71 and 69.7 %; 3 150 and 3 110 kJ/kg. What was not measured or computed is left out."""
    rows = sheet()["kiln_test"].rows
    assert [r[1] for r in rows] == ["°C", "%", "kJ/kg"]
    by_hand = [(325.0, 328.0, 3.0), (71.0, 69.7, -1.3), (3150.0, 3110.0, -40.0)]
    assert [r[2:] for r in rows] == [pytest.approx(b, rel=1e-9) for b in by_hand]


def test_a_line_that_is_not_solved_has_no_sheet():
    assert sheet(status=OK + 1) == {}
