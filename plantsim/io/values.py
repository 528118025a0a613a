"""[values] of a plant: what the case gives, else the reference plant, else the declared default."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

import numpy as np

from plantsim.io.cells import Reading, labels, read_value, show_band
from plantsim.io.coal import COAL, read_coal_entry, takes_coal, with_own_heating_value
from plantsim.io.structure import SHOWN, near
from plantsim.io.toml_lines import KeyPath
from plantsim.vocabulary.case import Origin, Value
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.declarations import Declaration, Variable

AIR_PRESSURE = "air_pressure"  # models/common/variables.toml; given in [plant], not in [values]
ANY_LENGTH = -1
NOT_GIVEN = ("none", "无")  # takes back what a reference plant gives of an input that may be left out


def plant_values(
    reading: Reading,
    table: Mapping[str, Any],
    declaration: Declaration,
    reference: Mapping[str, Value],
    note_gaps: bool = True,
) -> dict[str, Value]:
    """Return every input: the case's value, else the reference plant's, else the declared default.

    note_gaps: False when the reference plant could not be found: what it would give is not missing as well.
    """
    given = given_values(reading, table, declaration)
    found = {**reference, **given}
    if COAL not in table:
        found |= with_own_heating_value(reading, declaration, reference, given)
    unset = taken_back(table, declaration)
    found = {name: value for name, value in found.items() if name not in unset}
    _count(reading, declaration, found, given)
    wrong = {name for name in (declaration.resolve(n) for n in table) if name and name not in given} - unset
    complete: dict[str, Value] = {}
    for v in declaration.with_role("input"):
        if v.name in found:
            complete[v.name] = found[v.name]
        elif v.name == AIR_PRESSURE or v.name in wrong:
            continue
        elif v.default is not None:
            number, text = v.default_for(chosen_words(v, declaration, ChainMap(complete, found)))
            assert number is not None
            complete[v.name] = _filled(v, number, found, declaration, text)
        elif v.optional:
            if not v.is_integer:  # no number stands for "not given" among whole numbers
                complete[v.name] = _filled(v, math.nan, found, declaration)
        elif note_gaps:
            note_missing(reading, v, ("values",))
    for name in given:
        _ask_for_operating_point(reading, declaration, complete, name)
        _note_unread(reading, declaration, complete, name)
        _note_given_by_others(reading, declaration, complete, name)
    return complete


def _note_given_by_others(
    reading: Reading, declaration: Declaration, values: Mapping[str, Value], name: str
) -> None:
    """Note a stated value in whose place others count that are stated too."""
    v = declaration.variables[name]
    others = [values[n].si for n in v.given_by if n in values]
    if name in values and others and not np.isnan(others).any():
        fields = {"name": name, "others": ", ".join(v.given_by), **labels(v.label, name)}
        reading.warning("given_by_others", ("values", name), **fields)


def _note_unread(reading: Reading, declaration: Declaration, values: Mapping[str, Value], name: str) -> None:
    """Note a measured value or a target that no result rests on: the plant chose a model, or no part, that reads it."""
    v, value = declaration.variables[name], values.get(name)
    if value is None or not (v.target or value.origin.evidence == "measured"):
        return
    for choice, words in v.read_where.items():
        of = declaration.variables[choice]
        if choice not in values or any(of.options[w] == values[choice].si for w in words):
            continue
        fields = {"name": name, "choice": choice, "words": ", ".join(words), **labels(v.label, name)}
        code = "target_not_read" if v.target else "measured_not_read"
        reading.warning(code, ("values", name), **fields)


def _ask_for_operating_point(
    reading: Reading, declaration: Declaration, values: Mapping[str, Value], name: str
) -> None:
    """Ask which operating point a measured value belongs to, where it would be taken for the design point's."""
    v, value = declaration.variables[name], values.get(name)
    if v.design_point is None or value is None or value.origin.evidence != "measured":
        return
    for choice, words in v.design_point.where.items():
        of = declaration.variables[choice]
        if choice not in values or not any(of.options[w] == values[choice].si for w in words):
            return
    fields = {"name": name, "record": v.design_point.record, **labels(v.label, name)}
    reading.warning("measured_at_design", ("values", name), **fields)


def taken_back(table: Mapping[str, Any], declaration: Declaration) -> set[str]:
    """Return the inputs that a case leaves out although its reference plant gives them."""
    named = {declaration.resolve(name) for name, raw in table.items() if raw in NOT_GIVEN}
    if table.get(COAL) in NOT_GIVEN and takes_coal(declaration):
        named |= {name for name in COAL_VARIABLES if name in declaration.variables}
    return {name for name in named if name and _may_be_left_out(declaration.variables[name])}


def _may_be_left_out(v: Variable) -> bool:
    return v.role == "input" and v.optional and v.default is None and not v.is_integer


def chosen_words(v: Variable, declaration: Declaration, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the words of the choices that the default of ``v`` hangs on; they are declared before it."""
    words: dict[str, str] = {}
    for name in v.default_where:
        options = declaration.variables[name].options
        words[name] = next((w for w, n in options.items() if name in values and values[name].si == n), "")
    return words


def note_missing(reading: Reading, v: Variable, path: KeyPath) -> None:
    """Note that a variable which nothing provides is missing: what it is, its unit and what is typical."""
    where = {**reading.place(path), "key": f"{reading.place(path)['key']}.{v.name}"}
    band = show_band(reading, v, v.typical or v.bounds, v.unit) if not v.options else ", ".join(v.options)
    shown = next(iter(v.options)) if v.options else f"... {v.unit}"
    entry = "..." if v.unit in ("", "1") and not v.options else f'"{shown}"'
    example = f"{v.name} = {entry}"
    code = "missing" if band else "missing_bare"
    reading.problems.error(
        code, **where, name=v.name, typical=band, example=example, **labels(v.label, v.name)
    )


def given_values(reading: Reading, table: Mapping[str, Any], declaration: Declaration) -> dict[str, Value]:
    found: dict[str, Value] = {}
    inputs = [v.name for v in declaration.with_role("input") if v.name != AIR_PRESSURE]
    for name, raw in table.items():
        path = ("values", name)
        if name == COAL and takes_coal(declaration):
            if raw in NOT_GIVEN and taken_back(table, declaration):
                continue
            found |= read_coal_entry(reading, raw, table, declaration)
            continue
        v = variable_named(reading, name, declaration, inputs, path)
        if v is None:
            continue
        if v.name == AIR_PRESSURE:
            reading.error("belongs_to_plant", path, name=v.name)
        elif v.role == "operating":
            reading.error("belongs_to_operation", path, name=v.name, **labels(v.label, v.name))
        elif v.role != "input":
            reading.error("is_computed", path, name=v.name, **labels(v.label, v.name))
        elif raw in NOT_GIVEN and _may_be_left_out(v):
            continue
        elif v.name != name and v.name in table:
            reading.error("given_twice", path, name=name, other=v.name)
        else:
            value = read_value(reading, v, raw, path)
            if value is not None:
                found[v.name] = value
    return found


def variable_named(
    reading: Reading,
    name: str,
    declaration: Declaration,
    candidates: list[str],
    path: KeyPath,
    other_labels: Mapping[str, Mapping[str, str]] | None = None,
) -> Variable | None:
    """Return a variable by its name or an old name (with a warning); notes an unknown one with the nearest.

    other_labels: labels of candidates that are no variables, such as indicators.
    """
    today = declaration.resolve(name)
    if not today:
        guess = "" if reading.problems.many else near(name, candidates)
        label = declaration.variables[guess].label if guess in declaration.variables else {}
        code = "variable_unknown_near" if guess else "variable_unknown"
        words = labels(label or (other_labels or {}).get(guess, {}), guess)
        reading.error(code, path, name=name[:SHOWN], guess=guess, process=declaration.process, **words)
        return None
    if today != name:
        reading.warning("variable_renamed", path, name=name, today=today)
    return declaration.variables[today]


def lengths(declaration: Declaration, values: Mapping[str, Value], dimension: str) -> dict[str, int]:
    """Return the lengths of the lists of a dimension, by variable."""
    return {
        name: len(value.si)
        for name, value in values.items()
        if isinstance(value.si, tuple) and declaration.variables[name].dimension == dimension
    }


def _count(
    reading: Reading, declaration: Declaration, found: dict[str, Value], given: Mapping[str, Value]
) -> None:
    """Check that the lists of each dimension are equally long, and fill in the variable that counts them."""
    for dimension in declaration.dimensions.values():
        long = lengths(declaration, found, dimension.name)
        if not long:
            continue
        if len(set(long.values())) > 1:
            shown = ", ".join(f"{name}: {n}" for name, n in long.items())
            first = next((n for n in long if n in given), "")
            reading.error(
                "lists_unequal",
                ("values", first) if first else ("values",),
                lists=shown,
                dimension=dimension.name,
            )
            continue
        name, length = next(iter(long.items()))
        counted = given.get(dimension.count)
        if counted is not None and counted.si != length:
            reading.error(
                "count_differs", ("values", dimension.count), name=dimension.count, list=name, length=length
            )
        elif dimension.count and counted is None:
            origin = found[name].origin
            found[dimension.count] = Value(
                float(length), "1", Origin(origin.file, origin.line, "", origin.evidence, origin.source)
            )


def _filled(
    v: Variable, si: float, found: Mapping[str, Value], declaration: Declaration, text: str = ""
) -> Value:
    """Return a default (or NaN) as a Value; for a list as long as the others of its dimension."""
    origin = Origin(f"models/{declaration.process}/variables.toml", 0, text, v.evidence, v.source)
    if not v.length:
        return Value(si, v.unit, origin)
    dimension = declaration.dimensions[v.dimension]
    counted = found.get(dimension.count)
    n = max(lengths(declaration, found, v.dimension).values(), default=ANY_LENGTH)
    if n == ANY_LENGTH:
        n = int(counted.si) if counted is not None and not isinstance(counted.si, tuple) else dimension.size
    return Value((si,) * n, v.unit, origin)
