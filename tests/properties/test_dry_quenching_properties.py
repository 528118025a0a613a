"""Dry quenching over its typical bands: balances close, inputs pass, burning coke does not pay in heat."""

from __future__ import annotations

import numpy as np
from cdq_rows import DECLARATION, coke, plants
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim._jit import kernel
from plantsim.processes.coke_oven.dry_quenching import quench_dry

ROWS = 1500
CLOSED = 1e-9


@kernel
def all_rows(x, d, o, y):
    for i in range(len(x)):
        y[i].status = quench_dry(x[i], d[0], o[0], y[i])


def solve(x, y):
    all_rows(x, DECLARATION.zeros("d", 1), DECLARATION.zeros("o", 1), y)
    return y


def drawn(n: int, seed: int):
    """Return x drawn from the typical bands of everything quenching reads, and coke as ovens push it."""
    draw = np.random.default_rng(seed)
    x = plants(n)
    for v in DECLARATION.with_role("input"):
        if not v.name.startswith("cdq_") or not v.drawn:
            continue
        x[v.name] = draw.choice(list(v.options.values()), n) if v.options else draw.uniform(*v.typical, n)
    x["air_pressure"] = draw.uniform(78e3, 102e3, n)
    x["air_moisture"] = draw.uniform(0.003, 0.03, n)
    y = coke(
        n,
        flow=draw.uniform(15, 60, n),
        temperature=draw.uniform(1220, 1330, n),
        carbon=draw.uniform(0.84, 0.88, n),
        hydrogen=draw.uniform(0.002, 0.006, n),
        oxygen=draw.uniform(0.002, 0.008, n),
    )
    return x, y


def test_typical_inputs_are_solved_and_close():
    x, y = drawn(ROWS, 20260801)
    solve(x, y)
    fine = y["status"] == 0
    assert fine.mean() >= 0.99
    assert (y["status_variable"][~fine] != 0).all()
    assert np.abs(y["cdq_energy_residual"][fine]).max() < CLOSED
    assert y["cdq_element_residual"][fine].max() < CLOSED
    for name in y.dtype.names:
        if name.startswith("cdq_") and not name.startswith(
            "cdq_stack_"
        ):  # the stack is the plant's, not the loop's
            assert np.isfinite(y[name][fine]).all(), name


@examples(25)
@given(seed=st.integers(0, 2**32 - 1), more=st.floats(0.002, 0.04))
def test_more_air_burns_more_makes_more_steam_and_loses_heat(seed, more):
    """Steam never brings back the coke burnt, as long as the boiler cools its gas as far as is wanted.

    Where the drum's pinch binds, hotter gas also lets the boiler take a larger share of what was there before.
    """
    x, y = drawn(40, seed)
    x["cdq_turbine"] = 1
    solve(x, y)
    x_more, y_more = x.copy(), y.copy()
    x_more["cdq_air"] += more
    solve(x_more, y_more)
    both = (y["status"] == 0) & (y_more["status"] == 0)
    assert both.any()
    a, b = y[both], y_more[both]
    assert (b["cdq_burnt_share"] > a["cdq_burnt_share"]).all()
    assert (b["cdq_steam_flow"] > a["cdq_steam_flow"]).all()
    open_drum = a["cdq_gas_behind_boiler"] - x["cdq_boiler_outlet_temperature"][both] < 1e-6
    assert open_drum.any()
    gain = b["cdq_steam_heat_net"] - a["cdq_steam_heat_net"] + b["cdq_reheat_heat"] - a["cdq_reheat_heat"]
    assert (gain < b["cdq_burnt_heat"] - a["cdq_burnt_heat"])[open_drum].all()
    assert (b["cdq_coke_flow"] < a["cdq_coke_flow"]).all()


@examples(15)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(1.01, 1.6))
def test_better_contact_cools_the_coke(seed, share):
    x, y = drawn(40, seed)
    solve(x, y)
    x_more, y_more = x.copy(), y.copy()
    x_more["cdq_conductance_factor"] *= share
    solve(x_more, y_more)
    both = (y["status"] == 0) & (y_more["status"] == 0)
    assert (y_more["cdq_coke_temperature"][both] < y["cdq_coke_temperature"][both]).all()
    assert (y_more["cdq_boiler_gas_temperature"][both] > y["cdq_boiler_gas_temperature"][both]).all()
