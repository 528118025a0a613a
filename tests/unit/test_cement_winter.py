"""Kiln lines in any winter and summer: solved, balances closed, fuel without a step at 0 degC."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from cement_kiln_rows import PROCESS, ZERO_CELSIUS, solved

from plantsim.kernels.reagents import injection_heat, solution_water_enthalpy
from plantsim.kernels.steam import h_pT
from plantsim.library import library
from plantsim.vocabulary.status import OK

REFERENCES = [n for n, r in library().references.items() if PROCESS in r.path.parts and n.startswith("cn-")]
REAGENTS = library().declaration(PROCESS).variables["reagent"].options
SCRUBBERS = library().declaration(PROCESS).variables["desulphurisation"].options


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("celsius", [-30.0, -15.0, -5.0, -0.01, 0.0, 15.0, 40.0])
def test_every_line_solves_in_every_season(reference, celsius):
    y = solved(reference, ambient_temperature=ZERO_CELSIUS + celsius, sncr=1.0).y[0]
    assert y["status"] == OK
    assert y["energy_residual"] < 1e-12
    assert y["injection_heat"] > 0.0


@pytest.mark.parametrize("reference", REFERENCES)
def test_fuel_has_no_step_where_water_would_freeze(reference):
    """Per kelvin the fuel falls alike on both sides of 0 degC, and all the way from -30 to 10 degC."""
    heat = [
        solved(reference, ambient_temperature=ZERO_CELSIUS + t, sncr=1.0).y["heat_consumption"][0]
        for t in (-30.0, -20.0, -10.0, -2.0, -1.0, 0.0, 1.0, 2.0, 10.0)
    ]
    assert all(b < a for a, b in pairwise(heat))
    below, beside, above = heat[3] - heat[4], heat[4] - heat[5], heat[6] - heat[7]
    assert beside == pytest.approx(0.5 * (below + above), rel=0.15)


@pytest.mark.parametrize("reagent", sorted(REAGENTS))
@pytest.mark.parametrize("scrubber", sorted(SCRUBBERS))
def test_every_reagent_and_scrubber_works_in_frost(reagent, scrubber):
    y = solved(
        "cn-5000-5stage-tested",
        ambient_temperature=ZERO_CELSIUS - 25.0,
        reagent=float(REAGENTS[reagent]),
        desulphurisation=float(SCRUBBERS[scrubber]),
        raw_so2_concentration=300e-6,
    ).y[0]
    assert y["status"] == OK
    assert np.isfinite([y["heat_consumption"], y["fgd_power"], y["cleaning_power"]]).all()


def test_ammonia_water_below_zero_by_hand():
    """At -20 degC a kilogram takes 4.219*20 = 84.4 kJ more than at 0 degC; no step there."""
    cold, zero = (injection_heat(1.0, ZERO_CELSIUS + t, 1150.0, 1e5) for t in (-20.0, 0.0))
    assert cold - zero == pytest.approx(84.38e3, rel=1e-6)
    assert solution_water_enthalpy(1e5, 290.0) == h_pT(1e5, 290.0)
    slope = (solution_water_enthalpy(1e5, 274.15) - solution_water_enthalpy(1e5, 273.15)) / 4219.0
    assert slope == pytest.approx(1.0, rel=1e-3)
