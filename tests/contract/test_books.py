"""The ledger of every process against books kept from composition and flow, over random rows of its references.

A process that is added offers ``books.py``: carbon, energy, sulphur where SO2 stands in its ledger, fluorine where
fluoride does; and what OFFERED lists of sulphur, nitrogen, calcium, sodium, water, lime and ash, with ``contents(x)``:
kg of each in a kg of the outputs that enter the ledger. Of these the books say what the ledger takes in less what it
gives out. The two sides share no output: what the books read is written down, and nothing of it may stand in the
ledger.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from numba import config

from plantsim.engine.carbon import CO2_PER_CARBON, carbon_rule, own_co2
from plantsim.engine.evaluate import ledger_of
from plantsim.engine.rows import join_records, join_years, plant_row, year_of
from plantsim.io.plants import reference_plant
from plantsim.kernels.combustion import MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2
from plantsim.library import library
from plantsim.processes import load, names
from plantsim.vocabulary.case import OperatingPoint, Value
from plantsim.vocabulary.status import NOT_RUN, OK

CLOSED, WRONG = 1e-9, 1e-4
OFFERED = {
    "cement_kiln": ("sulphur", "nitrogen", "calcium", "water", "lime", "ash"),
    "coal_unit": ("nitrogen", "calcium", "water", "ash"),
    "coke_oven": ("nitrogen", "calcium", "sodium", "water", "ash"),
}
"""Elements beside carbon, energy and SO2 of which a process keeps books."""
FEW, MANY = 3_000, 100_000
FEWER = {"cement_kiln": 20, "coal_unit": 30}  # in plain Python, where a row takes up to 0.5 s; of others 300
MOVED = 6  # inputs of a row that are drawn: with all at once hardly any row of some processes is solved
LIB = library()


class Witness:
    """A record array that remembers which fields were read."""

    def __init__(self, records: np.ndarray) -> None:
        self.records, self.read = records, set[str]()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return self.records[name]


def few(process: str) -> int:
    return FEWER.get(process, 300) if config.DISABLE_JIT else FEW


def drawn(process: str, n: int, seed: int) -> tuple[np.ndarray, Any]:
    """Return n records of the process's references and their years, some inputs and choices of each drawn."""
    declaration, draw = LIB.declaration(process), np.random.default_rng(seed)
    x, years = [], []
    for reference in [r for r in LIB.references.values() if r.process == process]:
        plant = reference_plant(reference.id, LIB)
        x.append(plant_row(declaration, plant.values))
        years.append(plant.operation[:1] or [OperatingPoint(Value(3.6e6), {})])
    which = draw.integers(0, len(x), n)
    rows = join_records([x[i] for i in which])
    year = join_years([year_of(declaration, [years[i]]) for i in which])
    inputs = [v for v in declaration.with_role("input") if v.options or (v.typical and not v.is_integer)]
    inputs = [v for v in inputs if v.name != "air_pressure"]
    for i in range(n):
        for v in draw.choice(np.array(inputs, dtype=object), MOVED, replace=False):
            if v.options:
                rows[v.name][i] = draw.choice(list(v.options.values()))
            elif v.length:
                rows[v.name][i] = draw.uniform(*v.typical, v.length)
            else:
                rows[v.name][i] = draw.uniform(*v.typical)
    return rows, year


def solved(process: str, n: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return x, d, o, y of the rows that are solved."""
    declaration = LIB.declaration(process)
    x, year = drawn(process, n, seed)
    d, y = declaration.zeros("d", n), declaration.zeros("y", n)
    y["status"] = NOT_RUN
    load(process).entry(x, d, year.o, year.first_bin, y, 0, n)
    ok = y["status"] == OK
    assert ok.mean() > 0.1, f"{process}: {ok.mean():.3f} of the rows are solved"
    return x[ok], d[ok], year.o[ok], y[ok]


def fluorine_fed(x: np.ndarray, rates: dict[str, np.ndarray]) -> np.ndarray:
    """Return the fluorine [kg/s] of aluminium fluoride and cryolite that the ledger takes in."""
    return sum(rates[c] * x[f"{c}_fluorine"] for c in ("aluminium_fluoride", "cryolite"))


def ledger_side(
    declaration: Any, element: str, rates: dict[str, np.ndarray], x: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what the ledger says of carbon or sulphur given out, fluorine fed [kg/s] or energy taken in [W], and the
    flows' sum.
    """
    if element == "carbon":
        own = own_co2(carbon_rule(LIB, declaration.sector), rates)
        return own / CO2_PER_CARBON, np.abs(own / CO2_PER_CARBON)
    if element == "fluorine":
        fed = fluorine_fed(x, rates)
        return fed, np.abs(fed)
    if element == "sulphur":
        return -rates["so2"] / M_SO2 * MOLAR_MASS_S, np.abs(rates["so2"])
    flows = [a for c, a in rates.items() if LIB.carriers[c]["quantity"] == "energy"]
    return np.sum(flows, axis=0), np.sum(np.abs(flows), axis=0)


def element_side(declaration: Any, content: dict[str, Any], y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what the ledger takes in less what it gives out of an element [kg/s], and the flows' sum."""
    flows = []
    for name, of in content.items():
        entry = declaration.variables[name].ledger
        assert entry is not None, f"{name} enters no ledger"
        flows.append(entry.direction * y[name] * of)
    return np.sum(flows, axis=0), np.sum(np.abs(flows), axis=0)


def elements_of(
    process: str, x: np.ndarray, rates: dict[str, np.ndarray]
) -> tuple[list[str], dict[str, Any]]:
    """Return the elements that a process keeps books of, and what its flows hold of those that it offers."""
    books = import_module(f"plantsim.processes.{process}.books")
    elements = ["carbon", "energy", *(["sulphur"] if "so2" in rates else [])]
    elements += [*(["fluorine"] if "fluoride" in rates else []), *OFFERED.get(process, ())]
    contents = books.contents(x) if process in OFFERED else {}
    assert set(contents) == set(OFFERED.get(process, ()))
    return list(dict.fromkeys(elements)), contents


def rates_of(declaration: Any, y: np.ndarray) -> dict[str, np.ndarray]:
    return ledger_of(
        declaration, {v.name: y[v.name] for v in declaration.with_role("output") if not v.length}
    )


def gap(process: str, element: str, rows: tuple[np.ndarray, ...]) -> float:
    """Return by how much ledger and books differ at most over the rows, over the flows' sum."""
    declaration, (x, d, o, y) = LIB.declaration(process), rows
    rates = rates_of(declaration, y)
    contents = elements_of(process, x, rates)[1]
    witness = Witness(y)
    with np.errstate(all="ignore"):
        kept = getattr(import_module(f"plantsim.processes.{process}.books"), element)(x, d, o, witness)
    shared = witness.read & {v.name for v in declaration.with_role("output") if v.ledger is not None}
    assert not shared, f"{process}: the books of {element} read {shared}"
    if element in contents:
        said, scale = element_side(declaration, contents[element], y)
    else:
        said, scale = ledger_side(declaration, element, rates, x)
    both = np.isfinite(said) & np.isfinite(kept)
    assert both.mean() > 0.5, f"{process}: {element} is known of {both.mean():.3f} of the solved rows"
    assert np.array_equal(np.isnan(said), np.isnan(said) & np.isnan(kept)), f"{process}: {element}"
    return float(np.max(np.abs(said - kept)[both] / np.maximum(scale[both], 1e-12)))


def holds(process: str, n: int, seed: int) -> None:
    declaration, rows = LIB.declaration(process), solved(process, n, seed)
    x, y = rows[0], rows[3]
    for element in elements_of(process, x, rates_of(declaration, y))[0]:
        off = gap(process, element, rows)
        assert off <= CLOSED, f"{process}: {element} differs by {off:.2e}"
    for v in declaration.with_role("output"):
        if v.ledger is not None and not v.ledger.turns:
            assert not np.any(y[v.name] < 0.0), f"{process}: {v.name} is negative"


@pytest.mark.parametrize("process", names())
def test_the_ledger_agrees_with_the_books(process):
    holds(process, few(process), seed=15)


@pytest.mark.parametrize("process", OFFERED)
def test_a_flow_that_is_off_by_a_ten_thousandth_is_found(process):
    """Each flow of each element in turn: books that agree with any ledger would hide it."""
    x, d, o, y = solved(process, FEW, seed=15)
    for element, content in elements_of(process, x, {})[1].items():
        for name in content:
            wrong = y.copy()
            wrong[name] *= 1.0 + WRONG
            off = gap(process, element, (x, d, o, wrong))
            assert off > CLOSED, f"{process}: {element} does not see {name}"


@pytest.mark.parametrize("process", sorted(OFFERED))
def test_books_that_are_wrong_are_found(process, monkeypatch):
    """Books of each element that are off by a millionth, and by a milligram a second, do not agree with the ledger."""
    books = import_module(f"plantsim.processes.{process}.books")
    for element in ("carbon", "energy", "sulphur", *OFFERED[process]):
        if not hasattr(books, element):
            continue
        right = getattr(books, element)
        with monkeypatch.context() as changed:
            changed.setattr(books, element, lambda *rows, kept=right: kept(*rows) * (1.0 + 1e-6) + 1e-6)
            with pytest.raises(AssertionError, match=f"{process}: {element} differs"):
                holds(process, FEW // 10, seed=15)


@pytest.mark.campaign
@pytest.mark.parametrize("process", names())
def test_the_ledger_agrees_with_the_books_campaign(process):
    holds(process, MANY, seed=16)
