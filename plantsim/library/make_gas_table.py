"""Writes ``kernels/gas_coefficients.py`` from the data files that Cantera ships.

Run by hand, ``python -m plantsim.library.make_gas_table``, with Cantera installed: a run of plantsim reads the
file that it writes and never imports Cantera. A test compares the file on disk with what would be written.

Which file a species is from: GRI-Mech 3.0 (``gri30.yaml``) where it has the species, since flames are mostly
compared with it; the NASA database of TM-4513 (``nasa_gas.yaml``) for sulphur and the heavier hydrocarbons, and
for propane, whose heat of formation in GRI-Mech is 0.8 kJ/mol off. Between 600 and 2300 K the two differ by up to
0.13 % in the enthalpy of CO2, N2, O2 and CO above 298.15 K, and by up to 1.2 K in flame temperatures.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "kernels" / "gas_coefficients.py"

GRI, NASA, GRAPHITE, CONDENSED = "gri30.yaml", "nasa_gas.yaml", "graphite.yaml", "nasa_condensed.yaml"
SPECIES: tuple[tuple[str, str, str], ...] = (
    # constant, file, name there; the order is the order of every composition array
    ("N2", GRI, "N2"),
    ("O2", GRI, "O2"),
    ("AR", GRI, "AR"),
    ("CO2", GRI, "CO2"),
    ("H2O", GRI, "H2O"),
    ("CO", GRI, "CO"),
    ("H2", GRI, "H2"),
    ("OH", GRI, "OH"),
    ("H", GRI, "H"),
    ("O", GRI, "O"),
    ("NO", GRI, "NO"),
    ("SO2", NASA, "SO2"),
    ("CH4", GRI, "CH4"),
    ("C2H4", GRI, "C2H4"),
    ("C2H6", GRI, "C2H6"),
    ("C2H2", GRI, "C2H2"),
    ("C3H6", NASA, "C3H6,propylene"),
    ("C3H8", NASA, "C3H8"),
    ("C4H10", NASA, "C4H10,n-butane"),
    ("C6H6", NASA, "C6H6"),
    ("NO2", GRI, "NO2"),
    ("N2O", GRI, "N2O"),
    ("NH3", GRI, "NH3"),
    ("HCN", GRI, "HCN"),
    ("SO3", NASA, "SO3"),
    ("H2S", NASA, "H2S"),
    ("COS", NASA, "COS"),
    ("N", GRI, "N"),
    ("GRAPHITE", GRAPHITE, "C(gr)"),  # a solid: after the gases, no place in a composition array
)
ELEMENTS = ("C", "H", "O", "N", "S", "Ar")
SWITCH = 1000.0  # K: one temperature for all, so that the fits of a mixture add up

HEADER = '''"""Thermodynamic data of gases: 7-coefficient NASA polynomials. Written by plantsim.library.make_gas_table.

Do not edit: change that module and run it again. Read with Cantera {version} from the files that it ships:
{files}
Reference temperature 298.15 K, reference pressure as Cantera reads these files, 101 325 Pa. (The tables behind
most of the fits are for 100 000 Pa; the difference is 0.01316 R in the entropy.)
"""

from __future__ import annotations

import numpy as np

# fmt: off
'''


def load(cantera: Any) -> list[tuple[str, str, Any]]:
    """Return constant, file and Cantera species for each row of SPECIES. ``cantera``: the imported module."""
    files = {
        name: {species.name: species for species in cantera.Species.list_from_file(name)}
        for name in (GRI, NASA, GRAPHITE)
    }
    rows = [(constant, file, files[file][name]) for constant, file, name in SPECIES]
    for constant, _, species in rows:
        if species.thermo.coeffs[0] != SWITCH or species.thermo.reference_pressure != cantera.one_atm:
            raise ValueError(f"{constant}: other switching temperature or reference pressure than the rest")
    return rows


def dates(cantera: Any) -> dict[str, str]:
    """Return the date of conversion that each data file states, by file name."""
    found = {}
    for file in (GRI, NASA, GRAPHITE, CONDENSED):
        folders = [Path(folder) / file for folder in cantera.get_data_directories()]
        text = next(path for path in folders if path.is_file()).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines()[:60] if line.startswith("date: ")]
        found[file] = lines[0].removeprefix("date: ") if lines else "no date stated"
    return found


def wrapped(text: str, indent: int = 4) -> str:
    """Return ``text`` in lines of at most 108 characters, with a comma at its end."""
    space = " " * indent
    return textwrap.fill(text + ",", 108, initial_indent=space, subsequent_indent=space)


def table_text(cantera: Any) -> str:
    """Return the whole text of ``gas_coefficients.py``."""
    rows = load(cantera)
    files = "\n".join(f"- {file} (converted {date})" for file, date in dates(cantera).items())
    liquid = {s.name: s for s in cantera.Species.list_from_file(CONDENSED)}["H2O(L)"]
    h_liquid = round(liquid.thermo.h(298.15) / 1000.0, 9)
    names = ", ".join(f'"{constant}"' for constant, _, _ in rows)
    lines = [HEADER.format(version=cantera.__version__, files=files)]
    lines.append(f"NAMES = (\n{wrapped(names)}\n)\n")
    lines.append("ELEMENT_NAMES = ({})\n\n".format(", ".join(f'"{name}"' for name in ELEMENTS)))
    lines.append(f"T_SWITCH = {SWITCH!r}  # K, where the second set of coefficients begins\n")
    lines.append(f"P_REFERENCE = {cantera.one_atm!r}  # Pa\n")
    lines.append(f"H_WATER_LIQUID = {h_liquid!r}  # J/mol at 298.15 K, H2O(L) of {CONDENSED}\n\n")
    lines.append("T_RANGE = np.array([  # K: lowest and highest temperature of the fit\n")
    for constant, _, species in rows:
        lines.append(f"    [{species.thermo.min_temp!r}, {species.thermo.max_temp!r}],  # {constant}\n")
    lines.append("])\nMOLAR_MASS = np.array([  # kg/mol\n")
    for constant, _, species in rows:
        lines.append(f"    {round(species.molecular_weight / 1000.0, 12)!r},  # {constant}\n")
    lines.append(
        "])\nH_REFERENCE = np.array([  # J/mol at 298.15 K, from the polynomials: heats of formation\n"
    )
    for constant, _, species in rows:
        lines.append(f"    {round(species.thermo.h(298.15) / 1000.0, 9)!r},  # {constant}\n")
    lines.append("])\nATOMS = np.array([  # atoms of C, H, O, N, S, Ar\n")
    for constant, _, species in rows:
        counts = {name.upper(): count for name, count in species.composition.items()}
        atoms = ", ".join(repr(float(counts.get(element.upper(), 0.0))) for element in ELEMENTS)
        lines.append(f"    [{atoms}],  # {constant}\n")
    lines.append("])\nCOEFFICIENTS = np.array([  # a1 .. a7 below the switch, a1 .. a7 above it\n")
    for constant, file, species in rows:
        coefficients = species.thermo.coeffs
        note = str(species.input_data["thermo"].get("note") or "").split("\n")[0].strip()
        numbers = ", ".join(repr(float(value)) for value in (*coefficients[8:15], *coefficients[1:8]))
        lines.append(
            f"    # {constant}: {file}{', ' + note if note else ''}\n    [\n{wrapped(numbers, 8)}\n    ],\n"
        )
    lines.append("])\n")
    return "".join(lines)


def main() -> None:
    """Write the table."""
    import cantera

    TARGET.write_text(table_text(cantera), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
