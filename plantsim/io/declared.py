"""[declared]: the owner's own figures of a plant whose process has no model, and after a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.io.cells import Reading, read_value
from plantsim.io.structure import SHOWN, near
from plantsim.io.toml_lines import KeyPath
from plantsim.io.values import AIR_PRESSURE
from plantsim.library import Library
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.declarations import Declaration, Variable

MODEL_TABLES = ("values", "operation")  # what a simulation would need
YEARLY_QUANTITY = {  # of a carrier's amount in a year
    "energy": ("annual_energy", "tce/a"),
    "mass": ("annual_mass", "t/a"),
    "normal_volume": ("annual_normal_volume", "万Nm3/a"),
}


def has_no_model(declaration: Declaration) -> bool:
    """Whether a process is known by its levels only: its variables.toml declares nothing of its own."""
    return set(declaration.variables) <= {AIR_PRESSURE}


def read_declared(
    reading: Reading, table: Any, declaration: Declaration, library: Library, path: KeyPath
) -> dict[str, Value]:
    """Return figures by name of an indicator (SI) or of a carrier (J/a, kg/a, Nm3/a; positive into the plant)."""
    if not isinstance(table, Mapping):
        return {}  # noted with the structure
    known = figures(declaration, library)
    found: dict[str, Value] = {}
    for name, raw in table.items():
        at = (*path, name)
        if name not in known:
            guess = near(name, list(known))
            code = "declared_unknown_near" if guess else "declared_unknown"
            main = ", ".join(library.indicators(declaration.process))
            reading.error(code, at, name=name[:SHOWN], guess=guess, known=main)
            continue
        value = read_value(reading, known[name], raw, at)
        if value is not None:
            found[name] = value
    return found


def figures(declaration: Declaration, library: Library) -> dict[str, Variable]:
    """Return what may be declared: the indicators of the process, and the carriers' yearly amounts."""
    found = {
        name: Variable(name, "output", i.quantity, i.unit, label=i.label)
        for name, i in library.indicators(declaration.process).items()
    }
    for name, e in library.carriers.items():
        if name not in found and e["quantity"] in YEARLY_QUANTITY:
            found[name] = Variable(name, "output", *YEARLY_QUANTITY[e["quantity"]], label=e["label"])
    return found


def declared_plant(reading: Reading, declaration: Declaration, library: Library) -> dict[str, Value]:
    """Return [declared] of a plant without a model; notes what only a model could use, and a missing indicator."""
    data = reading.toml.data
    for name in MODEL_TABLES:
        if data.get(name):
            reading.error("declared_only", (name,), process=declaration.process, name=name)
    table = data.get("declared", {})
    found = read_declared(reading, table, declaration, library, ("declared",))
    main = library.indicators(declaration.process).get(declaration.main_indicator)
    if main is not None and isinstance(table, Mapping) and main.name not in table:
        words = {f"label_{lang}": main.label.get(lang, main.name) for lang in ("en", "zh")}
        reading.warning("declared_missing", ("declared",), name=main.name, unit=main.unit, **words)
    return found
