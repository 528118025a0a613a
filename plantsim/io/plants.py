"""A plant file, or a reference plant of models/, to a Plant record: one number, one place, one origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from plantsim import processes
from plantsim.io.capacity import counted, read_capacities
from plantsim.io.cells import Reading
from plantsim.io.conventions import SCHEMA
from plantsim.io.declared import declared_plant, has_no_model, note_missing_of_plant
from plantsim.io.operation import read_operation
from plantsim.io.proposals import read_proposals
from plantsim.io.record import read_fit, read_record
from plantsim.io.site import read_site
from plantsim.io.structure import SHOWN, check_structure, near
from plantsim.io.tariff import read_tariff
from plantsim.io.toml_lines import LocatedToml, read_toml
from plantsim.io.values import AIR_PRESSURE, given_values, plant_values
from plantsim.library import Library
from plantsim.vocabulary.case import OperatingPoint, Origin, Plant, Sink, Value, scalar
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.site import SEA_LEVEL_PRESSURE


@dataclass(frozen=True)
class ReferencePlant:
    """A typical plant as read for a site: its values, its year, and what was wrong with it."""

    values: Mapping[str, Value]
    operation: tuple[OperatingPoint, ...]
    errors: tuple
    file: tuple[str, str]


def read_plant(
    toml: LocatedToml, library: Library, problems: Problems, sinks: Sequence[Sink] = ()
) -> tuple[Plant | None, tuple[str, str] | None]:
    """Return (plant, reference file read): the plant is None after an error of its own; a proposal with an error is
    left out, and the plant stays.

    sinks: of the case, which the plant may sell to.
    """
    own, rows = Problems(), Problems()
    plant, reference = _read_plant(toml, library, own, rows, sinks)
    problems.extend(sorted([*own, *rows], key=lambda p: p.line))
    return (None if own.errors else plant), (reference.file if reference else None)


def check_schema(toml: LocatedToml, problems: Problems) -> bool:
    """Whether the file's ``schema`` is one that can be read on; notes what is wrong with it."""
    given = toml.data.get("schema")
    where: dict[str, Any] = {"file": toml.shown, "line": toml.line("schema") or 1, "key": "schema"}
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


def _read_plant(
    toml: LocatedToml, library: Library, own: Problems, rows: Problems, sinks: Sequence[Sink]
) -> tuple[Plant | None, ReferencePlant | None]:
    from plantsim.io.case_models import PlantFile

    if not check_schema(toml, own):
        return None, None
    # the schema was settled above, and proposals stand or fall one by one; the model is asked about everything else
    plain = {k: v for k, v in toml.data.items() if k != "proposal"}
    fixed = LocatedToml(toml.shown, {**plain, "schema": SCHEMA}, toml.lines)
    file = check_structure(PlantFile, fixed, own)
    head = toml.data.get("plant")
    if not isinstance(head, Mapping):
        return None, None
    reading = Reading(toml, library.units, own, coals=library.coals)
    process = _process(reading, head, library)
    if not process:
        return None, None
    declaration = library.declaration(process)
    pressure = read_site(reading, head, declaration.variables[AIR_PRESSURE])
    reading.site_pressure = None if pressure is None else scalar(pressure)
    reference = _reference(reading, head, process, library)
    without_model = has_no_model(declaration)
    values: dict[str, Value] = {}
    operation: tuple[OperatingPoint, ...] = ()
    declared: dict[str, Value] = {}
    if without_model:
        declared = declared_plant(reading, declaration, library)
    else:
        typical = reference.values if reference else {}
        found = reference is not None or not head.get("reference")
        values = plant_values(reading, _table(toml, "values"), declaration, typical, note_gaps=found)
        operation = read_operation(reading, declaration, reference.operation if reference else (), values)
        if toml.data.get("declared"):
            reading.error("declared_of_modelled", ("declared",), process=process)
    if pressure is not None:
        values[AIR_PRESSURE] = pressure
    record = read_record(reading, _table(toml, "record"), declaration, library)
    fit = read_fit(reading, _table(toml, "calibration").get("fit"), declaration)
    proposals = read_proposals(reading, declaration, library, rows)
    if without_model:
        note_missing_of_plant(replace(reading, problems=rows), declaration, library)
    capacities = read_capacities(reading, head.get("capacity"), declaration)
    sells_to = _sells_to(reading, head.get("sells_to"), sinks)
    tariff = read_tariff(reading, head.get("tariff"), library)
    _note_without_status(reading, "declared" if without_model else "values")
    if own.errors or file is None or pressure is None:
        return None, reference
    _check(reading, process, values)
    plant = Plant(
        id=file.plant.id,
        name=words(file.plant.name, file.plant.id),
        process=process,
        reference=file.plant.reference,
        capacity=counted(capacities),
        district=file.plant.district,
        air_pressure=pressure,
        values=values,
        operation=operation,
        record=record,
        fit=fit,
        proposals=proposals,
        classes=dict(file.plant.classes),
        options=_options(declaration, values),
        enterprise=file.plant.enterprise,
        capacities=capacities,
        declared=declared,
        sells_to=sells_to,
        tariff=tariff,
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
    guess = near(process, known)
    code = "plant_process_unknown_near" if guess else "plant_process_unknown"
    reading.error(code, ("plant", "process"), name=process[:SHOWN], guess=guess, known=", ".join(known))
    return ""


# ---------------------------------------------------------------- reference plants


def _reference(
    reading: Reading, head: Mapping[str, Any], process: str, library: Library
) -> ReferencePlant | None:
    name = head.get("reference", "")
    if not isinstance(name, str) or not name:
        return None
    path = ("plant", "reference")
    known = [r.id for r in library.references.values() if r.process == process]
    found = library.references.get(name)
    if found is None:
        guess = near(name, known)
        code = "reference_unknown_near" if guess else "reference_unknown"
        reading.error(code, path, given=name[:SHOWN], nearest=guess, known=", ".join(known) or "-")
        return None
    if found.process != process:
        reading.error(
            "reference_other_process", path, name=name, process=found.process, known=", ".join(known) or "-"
        )
        return None
    plant = read_reference(name, library, reading.site_pressure)
    reading.problems.extend(list(plant.errors))
    return plant


@lru_cache(maxsize=256)
def read_reference(reference_id: str, library: Library, site_pressure: float | None) -> ReferencePlant:
    """Return a reference plant at a site (gauge pressures and vacuum need it), read like a case.

    Raises KeyError when there is none of that id.
    """
    from plantsim.io.case_models import ReferenceFile

    reference = library.references[reference_id]
    problems = Problems()
    shown = f"models/{reference.process}/reference/{reference.path.name}"
    toml = read_toml(reference.path, problems)
    if toml is None:
        return ReferencePlant({}, (), tuple(problems), (shown, ""))
    toml.shown = shown
    check_structure(ReferenceFile, toml, problems)
    reading = Reading(toml, library.units, problems, site_pressure, reference.evidence, reference.source)
    reading.coals = library.coals
    declaration = library.declaration(reference.process)
    values = given_values(reading, _table(toml, "values"), declaration)
    operation = read_operation(reading, declaration, (), values)
    return ReferencePlant(values, operation, tuple(problems.errors), (shown, toml.sha256))


def _note_without_status(reading: Reading, table: str) -> None:
    if reading.without_status:
        names = ", ".join(dict.fromkeys(reading.without_status))
        reading.warning("status_missing", (table,), names=names)


def _options(declaration: Declaration, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the words of the choices among the inputs; of a row all that occur in it, between commas."""
    chosen: dict[str, str] = {}
    for v in declaration.with_role("input"):
        value = values.get(v.name)
        if v.options and value is not None:
            numbers = value.si if isinstance(value.si, tuple) else (value.si,)
            found = [word for word, number in v.options.items() if number in numbers]
            chosen[v.name] = ", ".join(found)
    return chosen


def reference_plant(reference_id: str, library: Library) -> Plant:
    """Return a typical plant by itself, at sea level. Raises KeyError (no such id), BadInput."""
    reference = library.references[reference_id]
    read = read_reference(reference_id, library, SEA_LEVEL_PRESSURE)
    problems = Problems()
    problems.extend(list(read.errors))
    toml = read_toml(reference.path, problems)
    if toml is None or problems.errors:
        raise BadInput(problems)
    toml.shown = read.file[0]
    declaration = library.declaration(reference.process)
    reading = Reading(toml, library.units, problems, SEA_LEVEL_PRESSURE)
    values = plant_values(reading, {}, declaration, read.values)
    origin = Origin(toml.shown, 0, "", "standard", "iso-2533-1975")
    values[AIR_PRESSURE] = Value(SEA_LEVEL_PRESSURE, "kPa", origin)
    operation = read_operation(reading, declaration, read.operation, values)
    if problems.errors:
        raise BadInput(problems)
    return Plant(
        id=reference_id,
        name=dict(reference.label),
        process=reference.process,
        reference=reference_id,
        capacity=None,
        district="",
        air_pressure=values[AIR_PRESSURE],
        values=values,
        operation=operation,
        options=_options(declaration, values),
        origin=origin,
    )


# ---------------------------------------------------------------- sinks, the process's own check


def _sells_to(reading: Reading, table: Any, sinks: Sequence[Sink]) -> dict[str, str]:
    """Return the sink by carrier; one that the case does not have, or that takes another carrier, is noted."""
    if not isinstance(table, Mapping):
        return {}  # noted with the structure
    known = {s.id: s for s in sinks}
    for carrier, name in table.items():
        path = ("plant", "sells_to", carrier)
        if not isinstance(name, str):
            continue
        if name not in known:
            guess = near(name, list(known))
            code = "sink_unknown_near" if guess else "sink_unknown"
            reading.error(code, path, name=name[:SHOWN], guess=guess, known=", ".join(known) or "-")
        elif known[name].carrier != carrier:
            reading.error("sink_other_carrier", path, name=name, takes=known[name].carrier)
    return {str(carrier): name for carrier, name in table.items() if isinstance(name, str)}


def _check(reading: Reading, process: str, values: Mapping[str, Value]) -> None:
    """Run the process's own check of the inputs together; findings stand at the line of their variable."""
    check = processes.checker(process) if process in processes.names() else None
    if check is None:
        return
    for finding in check({name: value.si for name, value in values.items()}):
        path = (
            ("values", finding.variable)
            if finding.variable in _table(reading.toml, "values")
            else ("values",)
        )
        where = {**reading.place(path), "key": f"values.{finding.variable}" if finding.variable else "values"}
        note = reading.problems.error if finding.severity == "error" else reading.problems.warning
        fields: dict[str, Any] = dict(finding.fields)
        note(finding.code, **where, **fields)
