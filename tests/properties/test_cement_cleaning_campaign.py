"""Gas cleaning of a kiln line over drawn rows: no slip, removal or concentration that its parts do not allow."""

from __future__ import annotations

import numpy as np
import pytest
from cement_kiln_rows import PROCESS, row_of
from test_cement_kiln_campaign import solve

from plantsim.library import library
from plantsim.processes.cement_kiln import books
from plantsim.vocabulary.status import OK

DECLARATION = library().declaration(PROCESS)
REFERENCES = [r.id for r in library().references.values() if r.process == PROCESS]
PARTS = ("sncr", "scr", "reagent", "desulphurisation")
PREFIXES = ("sncr_", "scr_", "raw_nox", "raw_so2", "lime_", "nox_after", "fgd_", "so2_target", "urea_")
PREFIXES = (*PREFIXES, "ammonia_strength", "gypsum_moisture", "preheater_exit_temperature")
FEW, MANY = 1_500, 17_000  # of each of the six references: a hundred thousand in a campaign
ROUNDING, CLOSED = 1e-9, 1e-9


def drawn(reference: str, n: int, seed: int) -> np.ndarray:
    """Return records with every part of gas cleaning and what it rests on drawn over its whole range."""
    draw = np.random.default_rng(seed)
    x = np.repeat(row_of(reference), n)
    for v in DECLARATION.with_role("input"):
        if v.name in PARTS:
            x[v.name] = draw.choice(list(v.options.values()), n)
        elif v.name.startswith(PREFIXES) and not v.options:
            low, high = v.bounds if v.name.startswith(("raw_", "nox_", "so2_")) else v.typical
            x[v.name] = draw.uniform(low, high, n)
    x["ammonia_limit"] = draw.choice([8e-6, 10e-6], n)
    return x


def closes(x: np.ndarray, y: np.ndarray) -> None:
    """Hold what enters the ledger against composition and flow, each element over its own flows."""
    for element, content in books.contents(x).items():
        flows = [DECLARATION.variables[name].ledger.direction * y[name] * of for name, of in content.items()]
        off = np.abs(sum(flows) - getattr(books, element)(x, None, {"load": 1.0}, y))
        assert (off <= CLOSED * sum(np.abs(f) for f in flows)).all(), element


def holds(reference: str, n: int, seed: int) -> None:
    x = drawn(reference, n, seed)
    y = solve(x)
    ok = y["status"] == OK
    assert ok.mean() > 0.8
    x, y = x[ok], y[ok]
    raw, nox, slip = x["raw_nox_concentration"], y["nox_concentration"], y["ammonia_slip"]
    in_moles = 46.005 / 17.031
    # NOx: never more than came, never below what is asked for by what took it
    assert (nox <= raw * (1 + ROUNDING)).all()
    assert (nox[(x["sncr"] == 0) & (x["scr"] == 0)] == raw[(x["sncr"] == 0) & (x["scr"] == 0)]).all()
    fresh = (x["sncr"] == 0) & (y["nox_wanted"] <= raw)
    assert (nox[fresh] >= y["nox_wanted"][fresh] * (1 - ROUNDING)).all()
    # the catalyst's window: outside it no ammonia is dosed, and the temperature tells
    T = y["scr_gas_temperature"]
    outside = (x["scr"] > 0) & ((y["scr_least_allowed"] > T) | (y["scr_most_allowed"] < T))
    inside = (x["scr"] > 0) & ~outside
    assert outside.any()
    assert inside.any()
    assert (y["scr_ratio"][outside] == 0.0).all()
    # slip: within the limit wherever a catalyst doses; else it is the SNCR's, and more than the limit is said
    dosing = inside & (x["sncr"] == 0)
    assert (slip[dosing] <= x["ammonia_limit"][dosing] * (1 + ROUNDING)).all()
    assert (y["ammonia_slip_allowed"] == x["ammonia_limit"]).all()
    # what is dosed takes NOx, slips or burns: never less than the first two
    volume = books.dry_volume(x, y)
    moles = y["ammonia_flow"] / 0.017031
    used = (raw - nox) * volume / 0.046005 + slip * volume / 0.017031
    assert (moles >= used * (1 - 1e-6)).all()
    no_sncr = x["sncr"] == 0
    np.testing.assert_allclose(moles[no_sncr], used[no_sncr], rtol=1e-6, atol=1e-12)
    assert (slip * in_moles <= raw * 4.0).all()
    # sulphur: only what stands there takes any, and no more than it can
    so2, before = y["so2_concentration"], x["raw_so2_concentration"]
    none = x["desulphurisation"] == 0
    assert (so2[none] == before[none]).all()
    assert (y["so2_removal"] <= x["fgd_most_removal"]).all()
    assert (so2 >= np.minimum(before, x["so2_target"]) * (1 - ROUNDING)).all()
    np.testing.assert_allclose(so2, before * (1.0 - y["so2_removal"]), rtol=1e-9, atol=1e-18)
    missed = ~none & (so2 > x["so2_target"] * (1 + ROUNDING))
    np.testing.assert_allclose(y["so2_removal"][missed], x["fgd_most_removal"][missed])
    assert missed.any()
    for name in ("lime_flow", "limestone_flow", "gypsum_flow", "fgd_water_flow", "fgd_power", "urea_flow"):
        assert (y[name] >= 0.0).all(), name
    closes(x, y)


@pytest.mark.parametrize("reference", REFERENCES)
def test_cleaning_gives_what_its_parts_allow(reference):
    holds(reference, FEW, seed=17)


@pytest.mark.campaign
@pytest.mark.parametrize("reference", REFERENCES)
def test_cleaning_gives_what_its_parts_allow_campaign(reference):
    holds(reference, MANY, seed=18)
