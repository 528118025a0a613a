"""An oven heat balance (焦炉热平衡) of seven values fitted through the plant's inputs, what is left over reported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plantsim.engine.calibrate import calibrate_plant, model_figure
from plantsim.engine.evaluate import solve_process
from plantsim.engine.rows import plant_rows
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import Origin, Plant, Reported, Value

BALANCE = {  # standard uncertainties of a careful test, in the figure's own unit (SI)
    "wet_heat_consumption": 25e3,
    "coke_heat_share": 0.004,
    "raw_gas_heat_share": 0.006,
    "heat_efficiency": 0.004,
    "thermal_efficiency": 0.008,
    "flue_oxygen_content": 0.003,
    "gas_yield": 0.005,
}
HIDDEN = {
    "surface_loss_share": 0.115,
    "raw_gas_temperature": 1008.15,
    "coke_temperature": 1288.15,
    "flue_temperature": 553.15,
    "air_ratio": 1.34,
}


@pytest.fixture(scope="module")
def plant() -> Plant:
    return reference_plant("top-charged-6m", library())


def figures(plant: Plant) -> dict[str, float]:
    """Return what the model gives for each value of the balance."""
    x, year = plant_rows(library().declaration(plant.process), [plant])
    solved = solve_process(load(plant.process), library(), x, year, 1)
    return {name: float(model_figure(solved, name)[0]) for name in BALANCE}


def with_record(plant: Plant, seen: dict[str, float], share: float = 1.0) -> Plant:
    """Return the plant with a record; share: of the test's uncertainty that each figure is given."""
    record = tuple(Reported(n, Value(si, "", sd=share * BALANCE[n])) for n, si in seen.items())
    return replace(plant, record=record)


def hidden(plant: Plant) -> dict[str, float]:
    """Return the balance of a plant whose ovens run otherwise than its file says."""
    values = {n: Value(si, "", origin=Origin(evidence="assumed")) for n, si in HIDDEN.items()}
    return figures(replace(plant, values={**plant.values, **values}))


def test_seven_values_find_five_unknowns(plant):
    fit = calibrate_plant(with_record(plant, hidden(plant), 0.05), library(), tuple(HIDDEN))
    assert fit.status == "ok"
    for u in fit.unknowns:
        assert u.fitted == pytest.approx(HIDDEN[u.name], abs=0.15 * u.width), u.name
    for c in fit.figures:
        assert c.after == pytest.approx(c.reported.value.si, abs=c.sd), c.reported.name


def test_a_balance_with_errors_leaves_residuals_that_say_so(plant):
    """One value stands six uncertainties off: its residual is the largest, and each figure has one."""
    seen = hidden(plant)
    seen["gas_yield"] -= 6.0 * BALANCE["gas_yield"]
    fit = calibrate_plant(with_record(plant, seen), library(), tuple(HIDDEN))
    assert fit.status == "ok"
    worst = max(fit.figures, key=lambda c: abs(c.pull))
    assert worst.reported.name == "gas_yield"
    assert worst.disagrees
    for c in fit.figures:
        assert c.after == pytest.approx(c.reported.value.si, abs=7.0 * c.sd), "residuals are there for each"


def test_what_the_balance_cannot_tell_apart_keeps_its_width(plant):
    """Surface loss and heat of reaction act alike on the heat input: fitted together both stay uncertain."""
    alone = calibrate_plant(with_record(plant, hidden(plant)), library(), ("surface_loss_share",))
    both = calibrate_plant(
        with_record(plant, hidden(plant)), library(), ("surface_loss_share", "reaction_heat")
    )
    assert both.unknowns[0].sd > alone.unknowns[0].sd
