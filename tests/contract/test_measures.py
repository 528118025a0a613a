"""What every measure of the library keeps to."""

from __future__ import annotations

import numpy as np
import pytest
from test_books import drawn, solved

from plantsim.engine.evaluate import ledger_of
from plantsim.engine.figures import POLLUTANTS
from plantsim.engine.rows import changed_rows
from plantsim.library import library
from plantsim.processes import load, names
from plantsim.vocabulary.case import Change, Retrofit
from plantsim.vocabulary.status import NOT_RUN, OK

LIB = library()
CLEANING = [
    pytest.param(process, name, id=f"{process}-{name}")
    for process in names()
    for name, retrofit in LIB.retrofits(process).items()
    if retrofit.kind == "compliance"
]
MANY = 500
GAS = 5e-3  # more gas at the concentration that is held already: what a measure injects takes heat, and that fuel
FOR = 0.99  # of what is emitted: a measure is for the pollutants that it brings below in most rows
CHANGES = [
    pytest.param(process, name, change, id=f"{process}-{name}-{change.variable}")
    for process in LIB.processes
    for name, retrofit in LIB.retrofits(process).items()
    for change in retrofit.changes
]
MEANT = {
    "nox": ("nox", "scr", "sncr", "denitration"),
    "so2": ("so2", "fgd", "desulphurisation", "hydrogen_sulphide"),
    "dust": ("dust", "precipitator", "filter"),
    "voc": ("voc",),
    "fluoride": ("fluoride", "hf", "hooding"),
    "cf4": ("anode_effect",),
    "c2f6": ("anode_effect",),
    "water": ("tower_cycles", "blowdown_reused", "whr_cooling"),
    "solid_waste_stored": ("fly_ash_used", "bottom_ash_used", "gypsum_used"),
}
"""Carrier -> parts of names of the inputs that are moved against it."""
ROWS, SEED, LEAST = 60, 17, 3  # drawn rows per measure; solved and known before and after in at least so many
ROUNDING = 1e-9


@pytest.mark.parametrize(("process", "name", "change"), CHANGES)
def test_no_measure_loosens_what_a_plant_keeps_already(process: str, name: str, change: Change):
    """A concentration that is set is a limit downward: a plant that is below it stays there."""
    variable = LIB.declaration(process).variables[change.variable]
    if variable.quantity == "concentration" and change.action == "set":
        assert change.at_least is not None, f"{name}: {change.variable} needs at_least"
        assert change.at_least <= min(change.low, change.likely, change.high)


def meant_against(retrofit: Retrofit) -> list[str]:
    """Return the carriers that a measure is moved against, by the names of the inputs that it changes."""
    inputs = [f"_{c.variable}_" for c in retrofit.changes]
    return [
        carrier
        for carrier, parts in MEANT.items()
        if any(f"_{part}_" in name for part in parts for name in inputs)
    ]


def against_pollution(process: str) -> list[str]:
    """Return the measures of a process that are there for the air, and those that say by their inputs what for."""
    shelf = LIB.retrofits(process)
    return [n for n, r in shelf.items() if r.kind == "compliance" or meant_against(r)]


@pytest.mark.parametrize("process", names())
def test_a_measure_of_compliance_says_by_its_inputs_what_it_is_for(process: str):
    for name, retrofit in LIB.retrofits(process).items():
        if retrofit.kind == "compliance":
            assert meant_against(retrofit), f"{name}: name the pollutant in MEANT"


def more_energy(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> np.ndarray:
    """Return by how much the fuel or power that rises the most goes up, at least 1; of the carriers that are known."""
    found = np.ones(len(next(iter(before.values()))))
    for carrier, was in before.items():
        if LIB.carriers[carrier]["quantity"] == "energy":
            with np.errstate(all="ignore"):
                found = np.fmax(found, np.where(was > 0.0, after[carrier] / was, 1.0))
    return found


def rates(process: str, x: np.ndarray, year: object) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """Solve each row's one point; return which rows are solved, their ledger per unit of the main product, results."""
    declaration, n = LIB.declaration(process), len(x)
    d, y = declaration.zeros("d", n), declaration.zeros("y", n)
    y["status"] = NOT_RUN
    load(process).entry(x, d, year.o, year.first_bin, y, 0, n)  # type: ignore[attr-defined]
    made = y[declaration.product]
    outputs = {v.name: y[v.name] for v in declaration.with_role("output") if not v.length}
    with np.errstate(all="ignore"):
        return y["status"] == OK, {c: a / made for c, a in ledger_of(declaration, outputs).items()}, y


def held(process: str, carrier: str, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return where the concentration at the main stack is held: the same as before, to rounding."""
    told = LIB.data("common", "pollutant_limits.toml")["compliance"].get(process, {}).get(carrier, {})
    figure = (told[0] if isinstance(told, list) else told).get("figure")
    if figure not in (before.dtype.names or ()):  # none, or what a plant states
        return np.zeros(len(before), dtype=bool)
    return np.abs(after[figure] - before[figure]) <= ROUNDING * np.abs(before[figure])


@pytest.mark.parametrize("process", names())
def test_no_measure_raises_the_pollutant_that_it_is_for(process: str):
    """Over drawn plants that may have it, at each end of its range: never more per unit of product than before.

    What a measure takes of energy is made by the same plant: emission may go with it, by 0.1 % or so. Where other
    cleaning holds the concentration already, it goes with the gas: what is sprayed in takes heat, and that fuel.
    """
    declaration = LIB.declaration(process)
    plain, year = drawn(process, ROWS, SEED)
    draw = np.random.default_rng(SEED)
    for name in against_pollution(process):
        retrofit, x = LIB.retrofits(process)[name], plain.copy()
        for choice, words in retrofit.where.items():
            options = declaration.variables[choice].options
            x[choice] = draw.choice([options[word] for word in words], len(x))
        ok, before, y = rates(process, x, year)
        for end in ("low", "likely", "high"):
            changed, _ = changed_rows(x, retrofit.changes, end)
            again, after, z = rates(process, changed, year)
            for carrier in meant_against(retrofit):
                if carrier not in before:
                    continue
                was, now = np.abs(before[carrier]), np.abs(after[carrier])
                known = ok & again & np.isfinite(was) & np.isfinite(now)
                assert known.sum() >= LEAST, f"{name}: {carrier} is known of {known.sum()} rows"
                gas = np.where(held(process, carrier, y, z), 1.0 + GAS, 1.0)
                most = np.maximum(more_energy(before, after), gas) * (1.0 + ROUNDING)
                worse = known & (now > was * most)
                assert not worse.any(), (
                    f"{name} ({end}): {carrier} rises from {was[worse][0]:.6g} to {now[worse][0]:.6g}"
                )


def emissions(process: str, y: np.ndarray) -> dict[str, np.ndarray]:
    """Return what solved rows give to the air [kg/s], by pollutant."""
    declaration = LIB.declaration(process)
    outputs = {v.name: y[v.name] for v in declaration.with_role("output") if not v.length}
    return {p: -a for p, a in ledger_of(declaration, outputs).items() if p in POLLUTANTS}


@pytest.mark.parametrize(("process", "name"), CLEANING)
def test_cleaning_raises_nothing_that_it_lowers(process: str, name: str):
    """Over drawn lines, which have other cleaning already or none: what it lowers in most of them it raises in none."""
    x, _, o, y = solved(process, MANY, seed=17)
    declaration = LIB.declaration(process)
    changed, _ = changed_rows(x, LIB.retrofits(process)[name].changes)
    d, after = declaration.zeros("d", len(x)), declaration.zeros("y", len(x))
    after["status"] = NOT_RUN
    load(process).entry(changed, d, o, np.arange(len(x) + 1, dtype=np.int64), after, 0, len(x))
    both = after["status"] == OK
    assert both.mean() > 0.5, f"{name}: {both.mean():.2f} of the rows are solved"
    was, is_ = emissions(process, y[both]), emissions(process, after[both])
    for pollutant in was:
        emitted = was[pollutant] > 0.0  # nothing, or not known: nothing to compare
        ratio = is_[pollutant][emitted] / was[pollutant][emitted]
        if len(ratio) and np.median(ratio) < FOR:
            assert np.nanmax(ratio) <= 1.0 + GAS, f"{name}: {pollutant} times {np.nanmax(ratio):.4f}"
