"""A plant file, or a reference plant of models/, to a Plant record: one number, one place, one origin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from plantsim import processes
from plantsim.io.cells import Reading, labels, read_amount, read_value, show_band
from plantsim.io.conventions import SCHEMA
from plantsim.io.operation import read_operation
from plantsim.io.proposals import read_proposals
from plantsim.io.site import read_site
from plantsim.io.structure import check_structure, kind_fields
from plantsim.io.toml_lines import LocatedToml, read_toml
from plantsim.library import Library, Reference
from plantsim.vocabulary.case import OperatingPoint, Origin, Plant, Value
from plantsim.vocabulary.declarations import Declaration, Variable
from plantsim.vocabulary.problems import Problems, nearest

AIR_PRESSURE = "air_pressure"  # models/common/variables.toml; given in [plant], not in [values]
ANY_LENGTH = -1


@dataclass(frozen=True)
class ReferencePlant:
    """A typical plant as read for a site: its values, its year, and what was wrong with it."""

    values: Mapping[str, Value]
    operation: tuple[OperatingPoint, ...]
    errors: tuple
    file: tuple[str, str]


def read_plant(toml: LocatedToml, library: Library, problems: Problems) -> tuple[Plant | None, tuple[str, str] | None]:
    """Return (plant, reference file read): the plant is None after an error anywhere in its file."""
    own = Problems()
    plant, reference = _read_plant(toml, library, own)
    problems.extend(own)
    return (None if own.errors else plant), (reference.file if reference else None)


def check_schema(toml: LocatedToml, problems: Problems) -> bool:
    """Whether the file's ``schema`` is one that can be read on; notes what is wrong with it."""
    given = toml.data.get("schema")
    where = {"file": toml.shown, "line": toml.line("schema") or 1, "key": "schema"}
    if given is None:
        problems.error("schema_missing", **where, schema=SCHEMA)
        return True
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        problems.error("schema_wrong", **where, schema=SCHEMA)
        return True
    if given > SCHEMA:
        problems.error("schema_newer", **where, given=given if given < 10**9 else "...", schema=SCHEMA)
        return False
    return True


def _read_plant(toml: LocatedToml, library: Library, own: Problems) -> tuple[Plant | None, ReferencePlant | None]:
    from plantsim.io.case_models import PlantFile

    if not check_schema(toml, own):
        return None, None
    # the schema was settled above; the model is asked about everything else
    fixed = LocatedToml(toml.shown, {**toml.data, "schema": SCHEMA}, toml.lines)
    file = check_structure(PlantFile, fixed, own)
    head = toml.data.get("plant")
    if not isinstance(head, Mapping):
        return None, None
    reading = Reading(toml, library.units, own)
    process = _process(reading, head, library)
    if not process:
        return None, None
    declaration = library.declaration(process)
    pressure = read_site(reading, head, declaration.variables.get(AIR_PRESSURE))
    reading.site_pressure = None if pressure is None else float(pressure.si)  # type: ignore[arg-type]
    reference = _reference(reading, head, process, library)
    values = plant_values(reading, _table(toml, "values"), declaration, reference)
    if pressure is not None:
        values[AIR_PRESSURE] = pressure
    operation = read_operation(reading, declaration, reference.operation if reference else (), values)
    record = _record(reading, _table(toml, "record"), declaration, library)
    proposals = read_proposals(reading, declaration, library)
    capacity = _capacity(reading, head.get("capacity"), declaration)
    _note_without_status(reading)
    if own.errors or file is None or pressure is None:
        return None, reference
    _check(reading, process, values)
    plant = Plant(
        id=file.plant.id,
        name=words(file.plant.name, file.plant.id),
        process=process,
        reference=file.plant.reference,
        capacity=capacity,
        district=file.plant.district,
        air_pressure=pressure,
        values=values,
        operation=operation,
        record=record,
        proposals=proposals,
        classes=dict(file.plant.classes),
        options=_options(declaration, values),
        origin=Origin(file=toml.shown, line=toml.line("plant")),
    )
    return plant, reference


def words(given: Any, otherwise: str) -> dict[str, str]:
    """Return a name in both languages from a text or a table of them."""
    if given is None:
        return {"zh": otherwise, "en": otherwise}
    if isinstance(given, str):
        return {"zh": given, "en": given}
    zh, en = given.zh, given.en
    return {"zh": zh or en or otherwise, "en": en or zh or otherwise}


def _table(toml: LocatedToml, name: str) -> Mapping[str, Any]:
    found = toml.data.get(name, {})
    return found if isinstance(found, Mapping) else {}  # a wrong kind was noted with the structure


def _process(reading: Reading, head: Mapping[str, Any], library: Library) -> str:
    process = head.get("process")
    if not isinstance(process, str) or not process:
        return ""  # noted with the structure
    if process in library.processes:
        return process
    known = list(library.processes)
    guess = nearest(process, known)
    code = "process_unknown_near" if guess else "process_unknown"
    reading.error(code, ("plant", "process"), name=process[:60], guess=guess, known=", ".join(known))
    return ""


# ---------------------------------------------------------------- reference plants


def _reference(reading: Reading, head: Mapping[str, Any], process: str, library: Library) -> ReferencePlant | None:
    name = head.get("reference", "")
    if not isinstance(name, str) or not name:
        return None
    path = ("plant", "reference")
    known = [r.id for r in library.references.values() if r.process == process]
    found = library.references.get(name)
    if found is None:
        guess = nearest(name, known)
        code = "reference_unknown_near" if guess else "reference_unknown"
        reading.error(code, path, name=name[:60], guess=guess, known=", ".join(known) or "-")
        return None
    if found.process != process:
        reading.error("reference_other_process", path, name=name, process=found.process, known=", ".join(known) or "-")
        return None
    plant = read_reference(found, library, reading.site_pressure)
    reading.problems.extend(list(plant.errors))
    return plant


@lru_cache(maxsize=256)
def read_reference(reference: Reference, library: Library, site_pressure: float | None) -> ReferencePlant:
    """Return a reference plant at a site (gauge pressures and vacuum need it), read like a case."""
    from plantsim.io.case_models import ReferenceFile

    problems = Problems()
    shown = f"models/{reference.process}/reference/{reference.path.name}"
    toml = read_toml(reference.path, problems)
    if toml is None:
        return ReferencePlant({}, (), tuple(problems), (shown, ""))
    toml.shown = shown
    check_structure(ReferenceFile, toml, problems)
    reading = Reading(toml, library.units, problems, site_pressure, reference.evidence, reference.source)
    declaration = library.declaration(reference.process)
    values = _given(reading, _table(toml, "values"), declaration)
    operation = read_operation(reading, declaration, (), values)
    return ReferencePlant(values, operation, tuple(problems.errors), (shown, toml.sha256))


# ---------------------------------------------------------------- [values]


def plant_values(
    reading: Reading, table: Mapping[str, Any], declaration: Declaration, reference: ReferencePlant | None
) -> dict[str, Value]:
    """Return every input: the case's value, else the reference plant's, else the declared default."""
    given = _given(reading, table, declaration)
    found = {**(reference.values if reference else {}), **given}
    _count(reading, declaration, found, given)
    wrong = {name for name in (declaration.resolve(n) for n in table) if name and name not in given}
    complete: dict[str, Value] = {}
    for v in declaration.with_role("input"):
        if v.name in found:
            complete[v.name] = found[v.name]
        elif v.name == AIR_PRESSURE or v.name in wrong:
            continue
        elif v.default is not None:
            complete[v.name] = _filled(v, v.default, found, declaration)
        elif v.optional:
            if not v.is_integer:  # no number stands for "not given" among whole numbers
                complete[v.name] = _filled(v, math.nan, found, declaration)
        else:
            note_missing(reading, v, ("values",))
    return complete


def note_missing(reading: Reading, v: Variable, path: tuple[str | int, ...]) -> None:
    """Note that a variable which nothing else provides is missing: what it is, its unit and what is typical."""
    where = {**reading.place(path), "key": f"{reading.place(path)['key']}.{v.name}"}
    band = show_band(reading, v, v.typical or v.bounds, v.unit) if not v.options else ", ".join(v.options)
    example = next(iter(v.options), "") if v.options else f"... {v.unit}".replace(" 1", "")
    code = "missing" if band else "missing_bare"
    reading.problems.error(code, **where, name=v.name, typical=band, example=example, **labels(v.label, v.name))


def _given(reading: Reading, table: Mapping[str, Any], declaration: Declaration) -> dict[str, Value]:
    found: dict[str, Value] = {}
    inputs = [v.name for v in declaration.with_role("input") if v.name != AIR_PRESSURE]
    for name, raw in table.items():
        path = ("values", name)
        v = variable_named(reading, name, declaration, inputs, path)
        if v is None:
            continue
        if v.name == AIR_PRESSURE:
            reading.error("belongs_to_plant", path, name=v.name)
        elif v.role == "operating":
            reading.error("belongs_to_operation", path, name=v.name, **labels(v.label, v.name))
        elif v.role != "input":
            reading.error("is_computed", path, name=v.name, **labels(v.label, v.name))
        elif v.name != name and v.name in table:
            reading.error("given_twice", path, name=name, other=v.name)
        else:
            value = read_value(reading, v, raw, path)
            if value is not None:
                found[v.name] = value
    return found


def variable_named(
    reading: Reading, name: str, declaration: Declaration, candidates: list[str], path: tuple[str | int, ...]
) -> Variable | None:
    """Return a variable by its name or an old name (with a warning); notes an unknown one with the nearest."""
    today = declaration.resolve(name)
    if not today:
        guess = nearest(name[:60], candidates)
        near = labels(declaration.variables[guess].label, guess) if guess in declaration.variables else {}
        code = "variable_unknown_near" if guess else "variable_unknown"
        reading.error(code, path, name=name[:60], guess=guess, process=declaration.process, **near)
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


def _count(reading: Reading, declaration: Declaration, found: dict[str, Value], given: Mapping[str, Value]) -> None:
    """Check that the lists of each dimension are equally long, and fill in the variable that counts them."""
    for dimension in declaration.dimensions.values():
        long = lengths(declaration, found, dimension.name)
        if not long:
            continue
        if len(set(long.values())) > 1:
            shown = ", ".join(f"{name}: {n}" for name, n in long.items())
            first = next((n for n in long if n in given), "")
            reading.error("lists_unequal", ("values", first) if first else ("values",), lists=shown, dimension=dimension.name)
            continue
        name, length = next(iter(long.items()))
        counted = given.get(dimension.count)
        if counted is not None and counted.si != length:
            reading.error("count_differs", ("values", dimension.count), name=dimension.count, list=name, length=length)
        elif dimension.count and counted is None:
            origin = found[name].origin
            found[dimension.count] = Value(float(length), "1", Origin(origin.file, origin.line, "", origin.evidence, origin.source))


def _filled(v: Variable, si: float, found: Mapping[str, Value], declaration: Declaration) -> Value:
    """Return a default (or NaN) as a Value; for a list as long as the others of its dimension."""
    origin = Origin(f"models/{declaration.process}/variables.toml", 0, v.default_text, v.evidence, v.source)
    if not v.length:
        return Value(si, v.unit, origin)
    dimension = declaration.dimensions[v.dimension]
    counted = found.get(dimension.count)
    n = max(lengths(declaration, found, v.dimension).values(), default=ANY_LENGTH)
    if n == ANY_LENGTH:
        n = int(counted.si) if counted is not None and not isinstance(counted.si, tuple) else dimension.size
    return Value((si,) * n, v.unit, origin)


def _note_without_status(reading: Reading) -> None:
    if reading.without_status:
        names = ", ".join(dict.fromkeys(reading.without_status))
        reading.warning("status_missing", ("values",), names=names)


def _options(declaration: Declaration, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the words of the choices among the inputs."""
    chosen: dict[str, str] = {}
    for v in declaration.with_role("input"):
        value = values.get(v.name)
        if v.options and value is not None and not isinstance(value.si, tuple):
            chosen[v.name] = next((word for word, number in v.options.items() if number == value.si), "")
    return chosen


# ---------------------------------------------------------------- capacity, record, the process's own check


def _capacity(reading: Reading, raw: Any, declaration: Declaration) -> Value | None:
    quantity, unit = declaration.capacity_quantity, declaration.capacity_unit
    if raw is None or not quantity:
        return None
    path: tuple[str, ...] = ("plant", "capacity")
    if not isinstance(raw, Mapping):
        return _positive(reading, read_amount(reading, raw, quantity, unit, path, "public"), path)
    for key in raw:
        if key not in ("approved", "nameplate", "status", "source", "note"):
            from plantsim.io.structure import note_unknown_key

            known = ("approved", "nameplate", "status", "source", "note")
            note_unknown_key(reading.problems, reading.place((*path, key)), key, known)
    rest = {k: raw[k] for k in ("status", "source", "note") if k in raw}
    read = {
        key: _positive(reading, read_amount(reading, {**rest, "value": raw[key]}, quantity, unit, (*path, key), word), (*path, key))
        for key, word in (("approved", "public"), ("nameplate", "nameplate"))
        if key in raw
    }
    if not read:
        reading.error("key_missing", path, name="approved")
    return read.get("approved") or read.get("nameplate")


def _positive(reading: Reading, value: Value | None, path: tuple[str, ...]) -> Value | None:
    if value is not None and not (isinstance(value.si, float) and value.si > 0):
        reading.error("not_positive", path, text=value.origin.text)
        return None
    return value


def _record(reading: Reading, table: Mapping[str, Any], declaration: Declaration, library: Library) -> dict[str, Value]:
    """Return the plant's own figures: variables, outputs and indicators of its process."""
    found: dict[str, Value] = {}
    indicators = library.indicators(declaration.process)
    known = [*indicators, *declaration.variables]
    for name, raw in table.items():
        path = ("record", name)
        if name in indicators and not declaration.resolve(name):
            of = indicators[name]
            v: Variable | None = Variable(name, "output", of.quantity, of.unit, label=of.label)
        else:
            v = variable_named(reading, name, declaration, known, path)
        value = read_value(reading, v, raw, path) if v is not None else None
        if v is not None and value is not None:
            found[v.name] = value
    return found


def _check(reading: Reading, process: str, values: Mapping[str, Value]) -> None:
    """Run the process's own check of the inputs taken together; findings stand at the line of their variable."""
    check = processes.checker(process) if process in processes.names() else None
    if check is None:
        return
    for finding in check({name: value.si for name, value in values.items()}):
        path = ("values", finding.variable) if finding.variable in _table(reading.toml, "values") else ("values",)
        where = {**reading.place(path), "key": f"values.{finding.variable}" if finding.variable else "values"}
        note = reading.problems.error if finding.severity == "error" else reading.problems.warning
        note(finding.code, **where, **finding.fields)


def note_kind(reading: Reading, raw: object, path: tuple[str | int, ...], *expected: str) -> None:
    """Note that something of another kind stands at a key."""
    reading.error("wrong_kind", path, **kind_fields(raw, *expected))
