"""Choosing plants of a case by id."""

from __future__ import annotations

from plantsim.vocabulary.case import Case, Plant
from plantsim.vocabulary.problems import bad_input, nearest


def chosen_plants(case: Case, plant: str) -> list[Plant]:
    """Return the plant with this id, or all for "". Raises BadInput naming the nearest id."""
    if not plant:
        return list(case.plants)
    found = [p for p in case.plants if p.id == plant]
    if not found:
        known = [p.id for p in case.plants]
        raise bad_input("plant_unknown", given=plant, nearest=nearest(plant, known), known=", ".join(known))
    return found
