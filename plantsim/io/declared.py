"""[declared]: the owner's own figures of a plant whose process has no model, and after a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plantsim.io.cells import Reading, read_value
from plantsim.io.structure import SHOWN, near
from plantsim.io.toml_lines import KeyPath
from plantsim.io.values import AIR_PRESSURE
from plantsim.library import Library
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.declarations import Declaration, Variable

RETIRE = "retire"  # kind of a retrofit
MODEL_TABLES = ("values", "operation")  # what a simulation would need
YEARLY_QUANTITY = {  # of a carrier's amount in a year
    "energy": ("annual_energy", "tce/a"),
    "mass": ("annual_mass", "t/a"),
    "volume": ("annual_volume", "m3/a"),
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
    """Return [declared] of a plant without a model; notes what only a model could use."""
    data = reading.toml.data
    for name in MODEL_TABLES:
        if data.get(name):
            reading.error("declared_only", (name,), process=declaration.process, name=name)
    table = data.get("declared", {})
    return read_declared(reading, table, declaration, library, ("declared",))


def says_nothing(declaration: Declaration, library: Library, table: Mapping[str, Any]) -> bool:
    """Return whether a proposal at a plant without a model leaves out what comes after it."""
    retrofit = library.retrofits(declaration.process).get(str(table.get("retrofit")))
    retires = retrofit is not None and retrofit.kind == RETIRE
    return has_no_model(declaration) and not table.get("declared") and not retires


def note_missing_of_plant(reading: Reading, declaration: Declaration, library: Library) -> None:
    """Note, once for a plant without a model, what its owner has yet to say of it and of its proposals.

    A proposal of which nothing is said cannot be ranked, so that it is an error of the row; the plant stays.
    """
    table, proposals = reading.toml.data.get("declared", {}), reading.toml.data.get("proposal", [])
    silent = [
        str(p.get("id", ""))[:SHOWN]
        for p in (proposals if isinstance(proposals, list) else [])
        if isinstance(p, Mapping) and says_nothing(declaration, library, p)
    ]
    if isinstance(table, Mapping) and declaration.main_indicator not in table:
        note_missing(reading, declaration, library, ("declared",), silent)
    elif silent:
        note_missing(reading, declaration, library, ("proposal", 0), silent)


def note_missing(
    reading: Reading, declaration: Declaration, library: Library, at: KeyPath, silent: Sequence[str]
) -> None:
    """Note that a plant ([declared]), proposals of it, or both lack the owner's figures. silent: ids of proposals."""
    main = library.indicators(declaration.process).get(declaration.main_indicator)
    if main is None:
        return
    of_plant = at == ("declared",)
    code = ("declared_none" if silent else "declared_missing") if of_plant else "declared_nothing"
    words = {f"label_{lang}": main.label.get(lang, main.name) for lang in ("en", "zh")}
    fields = {"name": main.name, "unit": main.unit, "proposals": ", ".join(silent), **words}
    note = reading.error if silent else reading.warning
    note(code, at, process=declaration.process, **fields)
