"""The detailed kiln beside a line's fast kiln zone: for a plant, with the kiln that models/common recommends."""

from __future__ import annotations

from math import radians
from typing import Any

from plantsim.engine.evaluate import solve_process
from plantsim.engine.rows import plant_rows
from plantsim.library import Library
from plantsim.processes import load
from plantsim.processes.cement_kiln.zone_check import KilnShape, ZoneCheck, check_zone
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.problems import bad_input, nearest
from plantsim.vocabulary.status import OK, status_name

LAYERS = ("coating", "brick", "shell")
WHAT = {False: "1 SI", True: "(m, W/(m K))"}
QUANTITIES = {
    "m": "length",
    "W/(m K)": "conductivity",
    "%": "fraction",
    "rpm": "rotational_speed",
    "kg/m3": "density",
    "1": "dimensionless",
    "1/m": "area_per_volume",
}


def kiln_shape(lib: Library, **given: Any) -> KilnShape:
    """Return the recommended kiln (5 000 t/d) with what is ``given`` [SI] in place of its own.

    Raises BadInput for a name that it does not know, and for a value that is no number above zero (two for a layer).
    """
    unknown = sorted(set(given) - set(KilnShape.__dataclass_fields__))
    if unknown:
        known = sorted(KilnShape.__dataclass_fields__)
        raise bad_input(
            "kiln_word_unknown", given=unknown[0], nearest=nearest(unknown[0], known), known=", ".join(known)
        )
    for name, value in given.items():
        numbers = list(value) if isinstance(value, tuple | list) else [value]
        counted = len(numbers) == (2 if name in LAYERS else 1)
        if not counted or not all(isinstance(n, int | float) and n > 0.0 for n in numbers):
            raise bad_input("kiln_word_wrong", name=name, given=str(value), what=WHAT[name in LAYERS])
    rows = lib.data("common", "equipment.toml")["rotary_kiln"]

    def si(name: str) -> float:
        value, unit = rows[name]["value"], rows[name]["unit"]
        likely = value[1] if isinstance(value, list) else value
        return lib.units.parse(likely, QUANTITIES[unit], default_unit=unit).si

    own: dict[str, Any] = {
        name: si(name)
        for name in KilnShape.__dataclass_fields__
        if name not in {"coating", "brick", "shell", "turns", "repose"}
    }
    for layer in LAYERS:
        own[layer] = si(f"{layer}_thickness"), si(f"{layer}_conductivity")
    own["turns"], own["repose"] = si("speed"), radians(si("repose"))
    return KilnShape(**{**own, **given})


def check_kiln(plant: Plant, lib: Library, shape: KilnShape) -> ZoneCheck:
    """Return the detailed kiln of a cement line less its fast zone, at the line's first operating point."""
    if plant.process != "cement_kiln":
        raise bad_input("kiln_no_kiln", plant=plant.id, process=plant.process)
    x, year = plant_rows(lib.declaration("cement_kiln"), [plant])
    line = solve_process(load("cement_kiln"), lib, x, year, 1)
    if line.status[0] != OK:
        blame = line.declaration.name_of_code(int(line.blame[0])) if line.blame[0] else "-"
        raise bad_input("kiln_no_line", plant=plant.id, status=status_name(line.status[0]), variable=blame)
    return check_zone(line.x[0], line.y[0], shape)
