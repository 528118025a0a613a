"""Proposals that a plant cannot have, or that cannot be ranked: named with what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from plantsim.io.declared import RETIRE, has_no_model
from plantsim.library import Library
from plantsim.library.retrofits import exclude_each_other
from plantsim.vocabulary.case import Plant, Proposal, Retrofit
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.problems import Problems


def with_applicable_proposals(
    plants: Sequence[Plant], library: Library, problems: Problems
) -> tuple[Plant, ...]:
    """Return the plants with the proposals that they can have; the others are noted where they stand."""
    return tuple(replace(p, proposals=tuple(_applicable(p, library, problems))) for p in plants)


def _applicable(plant: Plant, library: Library, problems: Problems) -> Iterator[Proposal]:
    shelf = library.retrofits(plant.process)
    for proposal in plant.proposals:
        names = [n for n in (proposal.retrofit, proposal.counterfactual) if n in shelf]
        if not any(_note_obstacle(plant, proposal, shelf[n], library, problems) for n in names):
            yield proposal


def note_left_out(plants: Sequence[Plant], library: Library, problems: Problems) -> None:
    """Note, at its line, what is simulated but not ranked for want of a cost, and what its neighbours exclude."""
    for plant in plants:
        shelf, taken = library.retrofits(plant.process), list[Proposal]()
        for p in sorted(
            plant.proposals, key=lambda p: shelf[p.retrofit].kind == RETIRE
        ):  # what works goes first
            place: dict[str, Any] = {"file": p.origin.file, "line": p.origin.line, "key": p.id}
            measure = shelf[p.retrofit]
            silent = has_no_model(library.declaration(plant.process)) and not p.declared
            if p.capex is None and measure.capex is None and (measure.kind == RETIRE or not silent):
                problems.error("capex_missing", **place, name=p.id)
            against = [t for t in taken if exclude_each_other(measure, shelf[t.retrofit])]
            if against:
                first = against[0]
                other = f"{first.id} ({first.origin.file}:{first.origin.line})"
                problems.error("proposals_exclude", **place, name=p.id, other=other, kept=first.id)
            else:
                taken.append(p)


def _note_obstacle(
    plant: Plant, proposal: Proposal, retrofit: Retrofit, library: Library, problems: Problems
) -> bool:
    """Note the first thing that keeps a plant from a measure; return whether there is one."""
    declaration = library.declaration(plant.process)
    place: dict[str, Any] = {"file": proposal.origin.file, "line": proposal.origin.line, "key": proposal.id}
    said: dict[str, Any] = {
        f"label_{lang}": in_language(retrofit.label, lang, retrofit.name) for lang in ("en", "zh")
    }
    for name, words in retrofit.where.items():
        if not set(plant.options.get(name, "").split(", ")) & set(words):
            v = declaration.variables[name]
            fields: dict[str, Any] = {f"of_{lang}": in_language(v.label, lang, name) for lang in ("en", "zh")}
            has = plant.options.get(name) or "-"
            problems.error(
                "retrofit_not_for_plant",
                **place,
                **said,
                **fields,
                name=name,
                has=has,
                known=", ".join(words),
            )
            return True
    for name, (low, high) in retrofit.within.items():
        value = plant.values.get(name)
        if value is not None and not isinstance(value.si, tuple) and not low <= value.si <= high:
            v = declaration.variables[name]
            fields = {f"of_{lang}": in_language(v.label, lang, name) for lang in ("en", "zh")}
            for key, si in (("has", value.si), ("low", low), ("high", high)):
                fields[key] = library.units.format(si, v.unit, v.quantity)
            problems.error("retrofit_outside_range", **place, **said, **fields, name=name)
            return True
    for name in retrofit.needs:
        value = plant.values.get(name)
        if value is None or (not isinstance(value.si, tuple) and math.isnan(value.si)):
            v = declaration.variables[name]
            fields = {f"of_{lang}": in_language(v.label, lang, name) for lang in ("en", "zh")}
            problems.error("retrofit_needs_value", **place, **said, **fields, name=name)
            return True
    return False
