"""The 500 kA reference is one state of a published dynamic model, and moves as that model moves.

Compared at the same current and the same volts: that model's voltage is lumped. Its heat of reaction is all in
proportion to the metal, ours a fifth: 12 kW of its 990 at 490 kA, which are 4 K.
"""

from __future__ import annotations

import functools

import pytest
from aluminium_rows import changed, row_of, solve_rows
from public_cell_model import LEDGE_AREA, Rest, at_rest

from plantsim.io.plants import reference_plant
from plantsim.kernels.bath import weight_ratio
from plantsim.library import library

FOLLOWS = 1
resting = functools.cache(at_rest)


def reference(**values):
    plant = reference_plant("model-500ka", library())
    return row_of(**{**{k: v.si for k, v in plant.values.items()}, **values})


def moved(current: float, **values):
    """Return our y record at a current [A] and the public model's volts, and that model at rest."""
    public: Rest = resting(current)
    line = solve_rows(reference(**values)).x
    y = solve_rows(changed(line, line_current=current, cell_voltage=public.voltage), "voltage").y[0]
    assert y.status == 0
    return y, public


def test_the_reference_is_the_model_at_rest():
    x, public = reference()[0], resting(500e3)
    assert x.bath_temperature - 273.15 == pytest.approx(public.temperature, abs=0.01)
    assert x.superheat == pytest.approx(public.superheat, abs=0.005)
    assert x.ledge_thickness == pytest.approx(public.ledge, abs=5e-5)
    assert x.bath_mass == pytest.approx(public.bath, rel=1e-4)
    assert x.cell_voltage == pytest.approx(public.voltage, abs=1e-9)
    assert x.current_efficiency == pytest.approx(public.efficiency, abs=5e-5)
    assert 100 * x.calcium_fluoride == pytest.approx(public.caf2, abs=1e-3)
    assert 100 * x.lithium_fluoride == pytest.approx(public.lif, abs=1e-3)
    ratio = 2 * weight_ratio(
        public.alf3 / 100, x.calcium_fluoride, 0.03, x.lithium_fluoride, x.magnesium_fluoride, 0.0
    )
    assert x.bath_ratio == pytest.approx(ratio, abs=2e-4)
    lost = public.top + public.side + public.bottom
    assert x.top_loss_share == pytest.approx(public.top / lost, abs=1e-4)
    assert x.bottom_loss_share == pytest.approx(public.bottom / lost, abs=1e-4)
    area = solve_rows(reference()).x[0].ledge_area
    assert area == pytest.approx(LEDGE_AREA, rel=0.02)


@pytest.mark.parametrize(("current", "kelvin", "centimetres"), [(490e3, 5.0, 1.1), (510e3, 1.5, 0.5)])
def test_a_bath_that_follows_its_ledge_moves_as_the_model_does(current, kelvin, centimetres):
    y, public = moved(current, bath_chemistry=FOLLOWS)
    assert y.operating_temperature - 273.15 == pytest.approx(public.temperature, abs=kelvin)
    assert 100 * y.operating_ledge_thickness == pytest.approx(100 * public.ledge, abs=centimetres)
    assert 100 * y.operating_excess_alf3 == pytest.approx(public.alf3, abs=1.1)
    assert abs(y.energy_residual) < 1e-9


@pytest.mark.parametrize(("current", "off"), [(490e3, 15), (510e3, -7)])
def test_a_bath_held_by_dosing_stays_warmer_or_colder_and_says_so(current, off):
    """Not a fault: the model doses nothing. The two answer different questions; the table of the cell says which."""
    y, public = moved(current)
    assert y.operating_temperature - 273.15 - public.temperature == pytest.approx(off, abs=1.0)
    assert y.operating_bath_ratio == pytest.approx(reference()[0].bath_ratio)
