"""A measure at a plant that cannot have it: named, left out, and the rest of the case stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plantsim.io.applicable import with_applicable_proposals
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.library.retrofits import read_retrofits
from plantsim.vocabulary.case import Proposal
from plantsim.vocabulary.declarations import DeclarationError
from plantsim.vocabulary.problems import Problems

MEASURE = {
    "kind": "energy",
    "label": {"en": "measure", "zh": "措施"},
    "changes": [],
    "evidence": "unverified",
    "source": "definition",
}


class Shelf:
    """The library with one measure in the place of the process's own."""

    def __init__(self, **entry: object) -> None:
        lib = library()
        declaration = lib.declaration("aluminium_cell")
        self.found = read_retrofits(
            "aluminium_cell", {"measure": {**MEASURE, **entry}}, declaration, lib.units
        )

    def retrofits(self, process):
        return self.found

    def declaration(self, process):
        return library().declaration(process)


@pytest.fixture(scope="module")
def plant():
    found = reference_plant("prebake-240ka", library())
    return replace(found, proposals=(Proposal("p", "measure"), Proposal("q", "measure")))


def kept(plant, **entry):
    problems = Problems()
    (after,) = with_applicable_proposals([plant], Shelf(**entry), problems)
    return [p.id for p in after.proposals], [(p.code, p.key) for p in problems.errors]


def test_a_choice_that_the_plant_must_have_made(plant):
    has = plant.options["heat_balance"]
    other = next(
        w for w in library().declaration("aluminium_cell").variables["heat_balance"].options if w != has
    )
    assert kept(plant, where={"heat_balance": [has]}) == (["p", "q"], [])
    left, noted = kept(plant, where={"heat_balance": other})
    assert left == []
    assert noted == [("retrofit_not_for_plant", "p"), ("retrofit_not_for_plant", "q")]


def test_an_input_that_the_plant_must_give(plant):
    bare = replace(plant, values={k: v for k, v in plant.values.items() if k != "anode_area"})
    assert kept(bare, needs=["anode_area"])[1][0][0] == "retrofit_needs_value"
    assert kept(plant, needs=["cell_voltage"]) == (["p", "q"], [])


def test_a_library_entry_with_unknown_words_is_our_fault():
    for wrong in (
        {"where": {"heat_balance": "sideways"}},
        {"where": {"nothing": "on"}},
        {"needs": ["nothing"]},
    ):
        with pytest.raises(DeclarationError, match="measure"):
            Shelf(**wrong)
