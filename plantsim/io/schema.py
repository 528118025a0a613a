"""JSON Schema (draft 2020-12) of case files, for editors: completion, hints and bounds while typing."""

from __future__ import annotations

from typing import Any

from plantsim.io.coal import COAL, EXAMPLE, takes_coal
from plantsim.io.declared import figures, has_no_model
from plantsim.io.values import AIR_PRESSURE
from plantsim.library import Library
from plantsim.vocabulary.case import PLANT_STATUS
from plantsim.vocabulary.coal import ANALYSES
from plantsim.vocabulary.declarations import Declaration, Variable

DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema(library: Library, process: str | None = None) -> Schema:
    """Return the schema of plant files: of one process, or of all with a branch for each. Raises KeyError."""
    from plantsim.io.case_models import PlantFile

    schema = _cleaned(PlantFile.model_json_schema(by_alias=True))
    names = [process] if process else list(library.processes)
    if process and process not in library.processes:
        raise KeyError(process)
    schema["$defs"]["PlantTable"]["properties"]["process"] = {
        "enum": names,
        "description": _process_words(library, names),
    }
    if process:
        branch = _branch(library, process)
        schema["properties"] |= branch.pop("properties")
        schema["allOf"] = [{"properties": {"plant": branch["plant"]}}, *branch["proposal"]]
    else:
        schema["allOf"] = [_if_process(name, _branch(library, name)) for name in names]
    return {"$schema": DRAFT, **schema}


def portfolio_schema() -> Schema:
    """Return the schema of case.toml."""
    from plantsim.io.case_models import CaseFile

    return {"$schema": DRAFT, **_cleaned(CaseFile.model_json_schema(by_alias=True))}


def _process_words(library: Library, names: list[str]) -> str:
    rows = []
    for name in names:
        label = library.declaration(name).label
        rows.append(f"{name}: {label.get('zh', '')} / {label.get('en', '')}")
    return "\n".join(rows)


def _if_process(name: str, branch: Schema) -> Schema:
    condition = {"properties": {"plant": {"properties": {"process": {"const": name}}}}, "required": ["plant"]}
    properties = {**branch["properties"], "plant": branch["plant"]}
    return {"if": condition, "then": {"properties": properties, "allOf": branch["proposal"]}}


def _branch(library: Library, process: str) -> Schema:
    """Return what a process adds: its values, record, operation, reference plants and retrofits."""
    declaration = library.declaration(process)
    references = [r.id for r in library.references.values() if r.process == process]
    retrofits = library.retrofits(process)
    labels = [f"{name}: {r.label.get('zh', '')} / {r.label.get('en', '')}" for name, r in retrofits.items()]
    retrofit: Schema = {
        "properties": {"retrofit": {"enum": list(retrofits), "description": "\n".join(labels)}}
    }
    hours = Variable("hours", "operating", "time", "h", label={"zh": "全年小时数", "en": "hours in a year"})
    operation = _table(library, [hours, *declaration.with_role("operating")])
    operation["required"] = ["hours"]
    properties: Schema = {"record": _record(library, declaration)}
    fitted = [v.name for v in declaration.with_role("input") if v.fitted]
    if fitted:
        fit = {"type": "array", "items": {"enum": fitted}}
        properties["calibration"] = {
            "type": "object",
            "properties": {"fit": fit},
            "additionalProperties": False,
        }
    if has_no_model(declaration):
        declared = _table(library, list(figures(declaration, library).values()))
        properties["declared"] = declared
        retrofit["properties"]["declared"] = declared
    else:
        inputs = [v for v in declaration.with_role("input") if v.name != AIR_PRESSURE]
        properties["values"] = _table(library, inputs)
        if takes_coal(declaration):
            properties["values"]["properties"][COAL] = _coal(library)
        properties["operation"] = {"type": "array", "items": operation}
    return {
        "properties": properties,
        "plant": {"properties": {"reference": {"enum": references}}} if references else {},
        "proposal": [{"properties": {"proposal": {"items": retrofit}}}],
    }


def _coal(library: Library) -> Schema:
    """Return the entry ``coal``: a coal's name, or an analysis with symbols such as Mt, Aar, Vdaf, Qnet_ar."""
    names = [f"{name}: {c['label']['zh']} / {c['label']['en']}" for name, c in library.coals.items()]
    analysis: Schema = {
        "type": "object",
        "properties": {
            "analysis": {"enum": list(ANALYSES)},
            "status": {"enum": list(PLANT_STATUS)},
            **{key: {"type": "string"} for key in ("source", "note", "method")},
            "year": {"type": "integer"},
        },
        "required": ["analysis"],
        "patternProperties": {"^(M|A|V|FC|C|H|O|N|S|Q)": {"type": ["number", "string"]}},
        "additionalProperties": False,
    }
    words = f"煤质分析 / coal analysis\n{EXAMPLE}\n" + "\n".join(names)
    return {"description": words, "anyOf": [{"enum": list(library.coals)}, analysis]}


def _record(library: Library, declaration: Declaration) -> Schema:
    indicators = [
        Variable(name, "output", i.quantity, i.unit, label=i.label)
        for name, i in library.indicators(declaration.process).items()
    ]
    names = {i.name for i in indicators}
    figures = [*indicators, *(v for v in declaration.variables.values() if v.name not in names)]
    table = _table(library, figures)
    at = _table(library, declaration.with_role("operating"))
    for entry in table["properties"].values():
        detailed = entry["anyOf"][1]
        detailed["properties"]["at"] = at
        entry["anyOf"].append({"type": "array", "items": {"anyOf": entry["anyOf"][:2]}})
    return table


def _table(library: Library, variables: list[Variable]) -> Schema:
    properties: Schema = {}
    for v in variables:
        properties[v.name] = _entry(library, v)
        for old in v.aliases:
            properties[old] = {**properties[v.name], "deprecated": True, "description": f"-> {v.name}"}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _entry(library: Library, v: Variable) -> Schema:
    plain = _plain(library, v)
    if v.length:
        plain = {"type": "array", "maxItems": v.length, "items": plain}
    table: Schema = {
        "type": "object",
        "properties": {
            "value": plain,
            "unit": {"enum": library.units.units_of(v.quantity)} if not v.options else {"type": "string"},
            "status": {"enum": list(PLANT_STATUS)},
            "sd": {"type": ["number", "string"]},
            "source": {"type": "string"},
            "note": {"type": "string"},
            "year": {"type": "integer"},
            "method": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"description": _description(library, v), "anyOf": [plain, table]}


def _plain(library: Library, v: Variable) -> Schema:
    if v.options:
        return {"enum": list(v.options)}
    number: Schema = {"type": "integer" if v.is_integer else "number"}
    if v.bounds:
        low, high = (library.units.from_si(bound, v.unit, v.quantity) for bound in v.bounds)
        number |= {"minimum": low, "maximum": high}
    return {"anyOf": [number, {"type": "string", "pattern": "[0-9]"}]}


def _description(library: Library, v: Variable) -> str:
    """Return label, note, unit, bounds and typical band in both languages."""
    rows = [f"{v.label.get('zh', v.name)} / {v.label.get('en', v.name)}"]
    if v.note:
        rows.append(f"{v.note.get('zh', '')} / {v.note.get('en', '')}")
    if v.options:
        rows.append("可选 / choices: " + ", ".join(v.options))
    elif v.unit:
        rows.append(f"默认单位 / default unit: {v.unit}")
    for words, band in (("允许 / allowed", v.bounds), ("常见 / typical", v.typical)):
        if band:
            low, high = (library.units.from_si(end, v.unit, v.quantity) for end in band)
            rows.append(f"{words}: {low:.6g} .. {high:.6g} {v.unit}")
    if v.default_text:
        rows.append(f"默认值 / default: {v.default_text}")
    return "\n".join(rows)


def _cleaned(schema: Any) -> Any:
    """Drop pydantic's titles and null defaults: editors show them, and they say nothing."""
    if isinstance(schema, list):
        return [_cleaned(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _cleaned(item)
        for key, item in schema.items()
        if not (key == "title" and isinstance(item, str))
        and not (key == "default" and item in (None, "", {}, []))
    }
