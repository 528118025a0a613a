"""Terms of a proposal: the owner's figures before the library's, and what is said of each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from plantsim.engine.appraisal import appraise
from plantsim.engine.finance import read_finance
from plantsim.engine.terms import stated_terms
from plantsim.library import library
from plantsim.vocabulary.case import Contract, Cost, Origin, Plant, Proposal, Retrofit, Value

FINANCE = read_finance(library())
X = np.array([(200.0,)], dtype=[("cells", "f8")])
PLANT = Plant("p", {}, "aluminium_cell", "", Value(150e6), "", Value(82e3), {}, ())


def retrofit(**fields) -> Retrofit:
    shelf = {
        "capex": Cost(1e5, 2e5, 4e5, "cells", Origin(evidence="practice")),
        "life": Value(10.0, "a", Origin(evidence="published")),
        "outage": Value(73 * 86400.0, "d", Origin(evidence="published")),
    }
    return Retrofit("r", "aluminium_cell", "energy", {}, {}, {}, (), **(shelf | fields))


def test_what_the_owner_leaves_out_the_library_says():
    found = stated_terms(PLANT, Proposal("a", "r"), retrofit(), X, X, 12e6, 0.1, FINANCE, yearly_margin=50e6)
    t = found.terms
    assert (t.capex, t.life, t.building_time, t.subsidy) == (200 * 2e5, 10.0, 0.0, 0.0)
    assert t.operating_cost == pytest.approx(0.025 * 40e6)
    assert t.outage_loss == pytest.approx(10e6)
    assert found.origin == {
        "capex": "library", "operating_cost": "convention", "outage": "library", "life": "library",
    }  # fmt: skip
    assert found.evidence == "unverified"  # that of the convention
    high = stated_terms(PLANT, Proposal("a", "r"), retrofit(), X, X, 12e6, 0.1, FINANCE, take="high")
    assert high.terms.capex == 200 * 4e5


def test_the_owner_comes_first():
    own = Origin(evidence="assumed")
    asked = Proposal(
        "a", "r", capex=Value(30e6, "CNY", own), operating_cost=Value(0.0, "CNY/a", own), life=Value(8.0, "a", own),
        building_time=Value(0.5, "a", own), outage=Value(0.0, "d", own), subsidy=Value(1e6, "CNY", own),
        contract=Contract(0.7, 5.0),
    )  # fmt: skip
    found = stated_terms(PLANT, asked, retrofit(), X, X, 12e6, 0.1, FINANCE, yearly_margin=50e6)
    t = found.terms
    assert (t.capex, t.operating_cost, t.life, t.building_time) == (30e6, 0.0, 8.0, 0.5)
    assert (t.outage_loss, t.subsidy, t.contract) == (0.0, 1e6, Contract(0.7, 5.0))
    assert (t.exempt_years, t.half_tax_years) == (3.0, 3.0)
    assert set(found.origin.values()) == {"owner"}
    assert found.evidence == "assumed"


def test_a_cost_that_nobody_states_leaves_the_worth_open():
    bare = retrofit(capex=None, life=None)
    found = stated_terms(PLANT, Proposal("a", "r"), bare, X, X, 12e6, 0.1, FINANCE)
    assert math.isnan(found.terms.capex)
    a = appraise(found.terms, 1.0, 1.0)
    for value in (
        a.project.npv,
        a.project.irr,
        a.payback_simple,
        a.payback_discounted,
        a.cost_of_saved_energy,
    ):
        assert math.isnan(value)
