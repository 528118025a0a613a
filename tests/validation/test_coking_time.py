"""Half-chamber conduction against practice: remembered figures, wide, so each tolerance is the range itself.

Practice: 450 mm top charged 17 to 19 h, 500 mm stamped 22 to 25.5 h with flues of 1280 to 1340 degC; time goes with the
width to the power 1.6 to 2; drying a charge to 4 % shortens it by 2 to 10 %. One hour per 25 to 30 K of flue
temperature is remembered too: conduction alone says 40 to 45 K, and that is stated, not hidden.
"""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from plantsim.processes.coke_oven.conduction import Chamber, coking

TOP = Chamber()
STAMP = Chamber(width=0.50, density=1000.0, moisture=0.105)
FLUE = 1573.15  # K, 1300 degC


def hours(chamber: Chamber, flue: float = FLUE, cells: int = 40) -> float:
    return coking(chamber, flue, cells=cells).time / 3600.0


def test_level_of_coking_time():
    """The conductivities are remembered: an hour either side of practice is what they can give."""
    assert 16.0 <= hours(TOP) <= 20.0
    assert 21.0 <= hours(STAMP) <= 27.0


def test_time_goes_with_the_width():
    exponent = log(hours(replace(TOP, width=0.50)) / hours(replace(TOP, width=0.40))) / log(0.50 / 0.40)
    assert 1.5 <= exponent <= 2.0


def test_drier_charge_cokes_faster():
    faster = 1.0 - hours(replace(TOP, moisture=0.04)) / hours(TOP)
    assert 0.02 <= faster <= 0.12


def test_hotter_flues_coke_faster():
    kelvin_per_hour = 30.0 / (hours(TOP) - hours(TOP, FLUE + 30.0))
    assert 25.0 <= kelvin_per_hour <= 50.0


def test_cells_do_not_matter():
    assert hours(TOP, cells=40) == pytest.approx(hours(TOP, cells=80), rel=0.015)


def test_temperatures_rise_from_the_wall_inwards():
    found = coking(TOP, FLUE)
    assert np.all(found.wall[1:] >= found.centre[1:])
    assert np.all(np.diff(found.centre) >= -1e-6)


def test_a_cold_flue_never_finishes():
    with pytest.raises(ValueError, match="end temperature"):
        coking(TOP, 1150.0)
