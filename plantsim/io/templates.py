"""A plant file to start from: a reference plant with every input explained, ready to run as it is.

Inputs stand there commented out with the reference's values, so that a value which nobody touched stays the
reference's own, with its evidence and source.
"""

from __future__ import annotations

from plantsim.io.coal import EXAMPLE, takes_coal
from plantsim.io.plants import read_reference
from plantsim.io.values import AIR_PRESSURE, chosen_words
from plantsim.library import Library
from plantsim.vocabulary.case import OperatingPoint, Value, scalar
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.site import SEA_LEVEL_PRESSURE

DIGITS = 8  # significant digits of a reference's value: more than anybody wrote there


def new_case_text(library: Library, reference_id: str, lang: str) -> str:
    """Return a commented plant file in ``lang`` (zh, en) made from a reference plant. Raises KeyError."""
    reference = library.references[reference_id]
    declaration = library.declaration(reference.process)
    plant = read_reference(reference_id, library, SEA_LEVEL_PRESSURE)
    name = {lg: reference.label.get(lg, reference_id) for lg in ("zh", "en")}
    rows = [
        "# " + text("template_head", lang, {"reference": in_language(reference.label, lang)}),
        "schema = 1",
        "",
        "[plant]",
        f"id = {_quoted(reference_id + '-1')}",
        f"name = {{ zh = {_quoted(name['zh'])}, en = {_quoted(name['en'])} }}",
        f"process = {_quoted(reference.process)}",
        f"reference = {_quoted(reference_id)}",
        f'# capacity = {{ approved = "... {declaration.capacity_unit}", actual = "... {declaration.capacity_unit}" }}',
        *_classes(library, reference.process, lang),
        '# district = "..."',
        '# enterprise = "..."',
        'altitude = "0 m"'.ljust(34) + "# " + text("template_altitude", lang),
        "",
        "[values]".ljust(34) + "# " + text("template_values", lang),
    ]
    counts = {d.count for d in declaration.dimensions.values()}  # counted from the rows that the user writes
    for v in declaration.with_role("input"):
        if v.name == COAL_VARIABLES[0] and takes_coal(declaration):
            rows += [
                "",
                "# " + text("template_coal", lang, {"known": ", ".join(library.coals)}),
                f"#   {EXAMPLE}",
            ]
        if v.name != AIR_PRESSURE and v.name not in counts:
            value = plant.values.get(v.name)
            default, _ = v.default_for(chosen_words(v, declaration, plant.values))
            if value is None and default is not None and not v.length:
                value = Value(default, v.unit)
            rows += _entry(library, v, value, lang)
    rows += ["", "# [record]".ljust(34) + "# " + text("template_record", lang)]
    for indicator_name, i in library.indicators(reference.process).items():
        entry = f'{{ value = "... {i.unit}", status = "measured" }}'
        rows.append(f"# {indicator_name} = {entry}   # {in_language(i.label, lang)}")
    points = plant.operation or (None,)
    for point in points:
        rows += ["", *_operation(library, declaration.with_role("operating"), point, lang)]
    rows += ["", *_proposal(library, reference.process, reference_id, lang)]
    return "\n".join(rows) + "\n"


def _classes(library: Library, process: str, lang: str) -> list[str]:
    """Return a line for each class that the process's benchmark levels ask for, with the words that they know."""
    words: dict[str, set[str]] = {}
    for level in library.levels(process):
        for name, word in level.classes.items():
            words.setdefault(name, set()).add(word)
    if not words:
        return []
    entry = ", ".join(f'{name} = "..."' for name in words)
    rows = [f"# class = {{ {entry} }}".ljust(34) + "# " + text("template_class", lang)]
    return rows + [f"#   {name}: {', '.join(sorted(known))}" for name, known in words.items()]


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entry(library: Library, v: Variable, value: Value | None, lang: str) -> list[str]:
    """Return an input: a line that explains it, and its value, commented out."""
    rows = ["", f"# {in_language(v.label, lang, v.name)}" + _hint(library, v, lang)]
    if v.note:
        rows.append(f"#   {in_language(v.note, lang)}")
    if value is None:  # a row of like parts that the reference has none of: its length is the user's to say
        word = "template_optional" if v.optional or v.length else "template_required"
        rows.append(f'# {v.name} = "... {v.unit}"   # {text(word, lang)}')
    else:
        rows.append(f'# {v.name} = {{ value = {_written(library, v, value)}, status = "assumed" }}')
    return rows


def _hint(library: Library, v: Variable, lang: str) -> str:
    if v.options:
        return ": " + ", ".join(v.options)
    if v.typical is None:
        return f" [{v.unit}]" if v.unit not in ("", "1") else ""
    low, high = (library.units.from_si(end, v.unit, v.quantity) for end in v.typical)
    return ", " + text(
        "template_typical", lang, {"band": f"{low:.6g} .. {high:.6g} {v.unit}".removesuffix(" 1")}
    )


def _written(library: Library, v: Variable, value: Value) -> str:
    """Return a value as TOML in the unit in which the reference gives it."""
    if isinstance(value.si, tuple):
        return "[" + ", ".join(_one(library, v, si, value.unit) for si in value.si) + "]"
    return _one(library, v, value.si, value.unit)


def _one(library: Library, v: Variable, si: float, unit: str) -> str:
    if v.options:
        return _quoted(next(word for word, number in v.options.items() if number == si))
    written = library.units.format(si, unit or v.unit, v.quantity, DIGITS, SEA_LEVEL_PRESSURE)
    return written if written.replace(".", "", 1).isdigit() else _quoted(written)


def _operation(
    library: Library, variables: list[Variable], point: OperatingPoint | None, lang: str
) -> list[str]:
    hours = library.units.format(scalar(point.hours), "h", "time", DIGITS) if point else "8760 h"
    rows = ["[[operation]]".ljust(34) + "# " + text("template_operation", lang), f"hours = {_quoted(hours)}"]
    for v in variables:
        value = point.values.get(v.name) if point else None
        if value is None and v.default is not None:
            value = Value((v.default,) * v.length if v.length else v.default, v.unit)
        shown = _written(library, v, value) if value is not None else f'"... {v.unit}"'
        rows.append(f"# {v.name} = {shown}   # {in_language(v.label, lang, v.name)}{_hint(library, v, lang)}")
    return rows


def _proposal(library: Library, process: str, reference_id: str, lang: str) -> list[str]:
    retrofits = library.retrofits(process)
    if not retrofits:
        return []
    rows = ["# " + text("template_proposal", lang)]
    rows += [f"#   {name}: {in_language(r.label, lang)}" for name, r in retrofits.items()]
    first = next(iter(retrofits))
    return [
        *rows,
        "# [[proposal]]",
        f"# id = {_quoted(f'{reference_id}-1-{first}')}",
        f"# retrofit = {_quoted(first)}",
        '# capex = "... 万元"',
        '# operating_cost = "... 万元/a"',
        '# life = "... a"',
        '# building_time = "... a"',
        '# outage = "... d"',
        '# subsidy = "... 万元"',
        '# contract = { share = "... %", years = "... a" }'.ljust(52)
        + "# "
        + text("template_contract", lang),
        '# claimed = { saving = "... tce/a", basis = "当量" }',
    ]
