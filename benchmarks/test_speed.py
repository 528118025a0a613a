"""Speeds that CI records with pytest-benchmark: `pytest benchmarks/test_speed.py`. Nothing is asserted in seconds.

Inputs are run-time arrays: constants would fold and give false speeds.
"""

from __future__ import annotations

import numpy as np
import pytest

from plantsim import api
from plantsim.engine.evaluate import solve_process
from plantsim.engine.rank import rank_case
from plantsim.engine.rows import plant_rows, repeat_year
from plantsim.io.plants import reference_plant
from plantsim.kernels import steam
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.problems import Problems

ROWS = 2000


@pytest.mark.parametrize("reference", ["n600-24.2-566-566", "prebake-240ka"])
def test_rows_of_a_plant(benchmark, reference):
    lib = library()
    plant = reference_plant(reference, lib)
    process = load(plant.process)
    row, year = plant_rows(lib.declaration(plant.process), [plant])
    base = solve_process(process, lib, row, year, 1).x
    x = np.repeat(base, ROWS)
    many = repeat_year(year, 0, ROWS)
    solved = benchmark(solve_process, process, lib, x, many, 1)
    assert not solved.status.any()


@pytest.mark.parametrize("name", ["h_pT_array", "T_ph_array", "h_ps_array"])
def test_steam_over_arrays(benchmark, name):
    draw = np.random.default_rng(1)
    p, T, out = draw.uniform(1e4, 2e7, ROWS), draw.uniform(700.0, 900.0, ROWS), np.empty(ROWS)
    second = {"h_pT_array": T, "T_ph_array": np.empty(ROWS), "h_ps_array": np.empty(ROWS)}[name]
    if name == "T_ph_array":
        steam.h_pT_array(p, T, second)
    elif name == "h_ps_array":
        steam.s_pT_array(p, T, second)
    benchmark(getattr(steam, name), p, second, out)
    assert np.isfinite(out).all()


def test_ranking_of_the_city(benchmark):
    case = api.load_case("cases/liupanshui")
    ranking = benchmark.pedantic(
        rank_case, (case, library(), Problems()), {"threads": 2}, rounds=3, warmup_rounds=1
    )
    assert ranking.proposals
