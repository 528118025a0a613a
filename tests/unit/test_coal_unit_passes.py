"""How a load point of a coal unit is come to: fewer passes by looking ahead, to the same state."""

from __future__ import annotations

import json

import pytest
from coal_unit_rows import read_reference, resolve, run

from plantsim.kernels import steam
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK

COUNT = """
import json, sys
sys.path.insert(0, {tests!r})
from coal_unit_rows import read_reference, run
from plantsim.processes.coal_unit import kernel, turbine

follow, passes, found = turbine.follow, [], []
turbine.follow = lambda *args: passes.append(1) or follow(*args)
for name in {references!r}:
    for load in (0.9, 0.7, 0.4):
        for largest_step in (turbine.LARGEST_STEP, 0.0):
            x, d, o, y = run([read_reference(name)])
            o["load"] = load
            kernel.design(x[0], d[0])
            passes.clear()
            kept, turbine.LARGEST_STEP = turbine.LARGEST_STEP, largest_step
            status = kernel.solve(x[0], d[0], o[0], y[0])
            turbine.LARGEST_STEP = kept
            figures = [float(y[0][n]) for n in ("heat_rate", "main_steam_flow", "feedwater_temperature")]
            found.append([int(status), len(passes), *figures])
print(json.dumps(found))
"""


def test_looking_ahead_spares_passes_and_ends_at_the_same_state(run_python, pytestconfig):
    references = ("n600-24.2-566-566", "n200-12.75-535-535", "n600-16.67-537-537")
    code = COUNT.format(tests=str(pytestconfig.rootpath / "tests"), references=references)
    found = json.loads(run_python(["-c", code], env={"NUMBA_DISABLE_JIT": "1"}).stdout)
    for ahead, plain in zip(found[::2], found[1::2], strict=True):
        assert ahead[0] == plain[0] == OK
        assert ahead[1] <= 7 < plain[1]
        assert ahead[2:] == pytest.approx(plain[2:], rel=1e-8)


@pytest.mark.parametrize("load", [0.9, 0.45])  # the second with steam that is turned up in the last stages
def test_exhaust_loss_is_that_of_the_steam_before_it(load):
    x, d, o, y = run([read_reference("n200-12.75-535-535") | {"annulus_area": 18.0}])
    o["load"] = load
    resolve(x, d, o, y)
    assert y["status"][0] == OK
    plant, state = x[0], d[0]
    p, before = state.condensing_pressure, state.cylinder_exhaust_enthalpy[2] - state.exhaust_loss_now
    liquid, vapour = steam.liquid_enthalpy(p), steam.vapour_enthalpy(p)
    quality = min(1.0, (before - liquid) / (vapour - liquid))
    flow = y["main_steam_flow"][0] * state.exhaust_share
    velocity = flow * quality * steam.vapour_volume(p) / plant.annulus_area
    missing = max(0.0, 1.0 - velocity / plant.turn_up_velocity)
    dry = velocity**2 / 2 + plant.turn_up_loss * missing**2
    wet = 100 * (1 - quality)
    loss = dry * 0.87 * (1 - 0.01 * wet) * (1 - 0.0065 * wet)
    more = state.exhaust_loss_now - plant.exhaust_loss
    assert more == pytest.approx(loss - plant.plant_annulus_loss, abs=1.0)  # J/kg, of some thousands
    assert abs(more) > 500.0


def test_limits_of_steam_are_held_against_the_flow_with_the_economisers_heat():
    """Heat from the gas spares steam: a boiler between both flows suffices with it, and not without."""
    plant = read_reference("n200-12.75-535-535")
    economiser = {"low_economiser_heat": 9e6, "economiser_from": 7.0, "economiser_to": 7.0}
    without, spared = (run([plant | more])[3]["main_steam_flow"][0] for more in ({}, economiser))
    assert spared < 0.998 * without
    capacity = {"boiler_capacity": 0.5 * (without + spared)}
    assert run([plant | capacity])[3]["status"][0] == INFEASIBLE_FLOW
    y = run([plant | capacity | economiser])[3]
    assert y["status"][0] == OK
    assert y["main_steam_flow"][0] == pytest.approx(spared)
    short = {"boiler_capacity": 0.99 * spared}
    assert run([plant | short | economiser])[3]["status"][0] == INFEASIBLE_FLOW
