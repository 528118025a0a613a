"""Writes ``kernels/organic_fluids.py``, the working fluids of organic Rankine cycles, from CoolProp.

Run by hand, ``python -m plantsim.library.make_organic_table``, with CoolProp installed: a run of plantsim reads the
file that it writes and never imports CoolProp. A test compares the file on disk with CoolProp.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import numpy as np

TARGET = Path(__file__).resolve().parents[1] / "kernels" / "organic_fluids.py"
FLUIDS = (
    ("CYCLOPENTANE", "Cyclopentane", 490.0),
    ("R245FA", "R245fa", 415.0),
)  # name, CoolProp's, highest T [K]
T_LOW = 290.0  # K
NODES = 41  # of the saturation line, equally spaced
VAPOUR_T = (290.0, 350.0, 7)  # K: condensing temperatures of the vapour table
VAPOUR_S = (0.0, 400.0, 9)  # J/(kg K): entropy above saturated vapour

HEADER = '''"""Working fluids of organic Rankine cycles. Written by plantsim.library.make_organic_table.

Do not edit: change that module and run it again. Read with CoolProp {version}. Enthalpy and entropy are zero for
saturated liquid at {T_low} K. Saturation rows: equally spaced temperatures from T_LOW to T_HIGH[fluid]; columns
ln p [Pa], liquid h, vapour h [J/kg], liquid s, vapour s [J/(kg K)], liquid density [kg/m3]. Vapour rows: enthalpy
[J/kg] above saturated vapour at the same pressure, by condensing temperature and entropy above saturated vapour.
"""

from __future__ import annotations

import numpy as np

# fmt: off
'''


def saturation_rows(props: Any, fluid: str, T_high: float) -> np.ndarray:
    """Return the saturation table of a fluid; props: CoolProp's PropsSI."""
    h_0, s_0 = (props(key, "T", T_LOW, "Q", 0, fluid) for key in "HS")
    rows = []
    for T in np.linspace(T_LOW, T_high, NODES):
        h = [props("H", "T", T, "Q", q, fluid) - h_0 for q in (0, 1)]
        s = [props("S", "T", T, "Q", q, fluid) - s_0 for q in (0, 1)]
        p = props("P", "T", T, "Q", 0, fluid)
        rows.append([np.log(p), *h, *s, props("D", "T", T, "Q", 0, fluid)])
    return np.array(rows)


def vapour_rows(props: Any, fluid: str) -> np.ndarray:
    """Return the enthalpy above saturated vapour, shape (temperatures, entropies)."""
    table = []
    for T in np.linspace(*VAPOUR_T):
        p = props("P", "T", T, "Q", 1, fluid)
        h, s = (props(key, "T", T, "Q", 1, fluid) for key in "HS")
        more = np.linspace(*VAPOUR_S)[1:]
        table.append([0.0, *(props("H", "P", p, "S", s + d, fluid) - h for d in more)])
    return np.array(table)


def written(table: np.ndarray) -> str:
    """Return the rows of a table as Python text."""
    lines = []
    for row in table:
        text = ", ".join(repr(float(f"{value:.9g}")) for value in row)
        lines += textwrap.wrap(f"[{text}],", 104, initial_indent=" " * 8, subsequent_indent=" " * 8)
    return "\n".join(lines)


def table_text(coolprop: Any) -> str:
    """Return the whole text of ``organic_fluids.py``. coolprop: the imported package."""
    props = coolprop.CoolProp.PropsSI
    lines = [HEADER.format(version=coolprop.__version__, T_low=T_LOW)]
    lines.append(f"{', '.join(name for name, _, _ in FLUIDS)} = {', '.join(map(str, range(len(FLUIDS))))}\n")
    lines.append(f"T_LOW = {T_LOW!r}  # K\n")
    lines.append(f"T_HIGH = np.array([{', '.join(repr(high) for _, _, high in FLUIDS)}])  # K\n")
    lines.append(f"VAPOUR_T = ({VAPOUR_T[0]!r}, {VAPOUR_T[1]!r})  # K\n")
    lines.append(f"VAPOUR_S = ({VAPOUR_S[0]!r}, {VAPOUR_S[1]!r})  # J/(kg K)\n")
    for title, rows in (
        ("SATURATION", [saturation_rows(props, fluid, high) for _, fluid, high in FLUIDS]),
        ("VAPOUR", [vapour_rows(props, fluid) for _, fluid, _ in FLUIDS]),
    ):
        lines.append(f"{title} = np.array([\n")
        for (name, _, _), table in zip(FLUIDS, rows, strict=True):
            lines.append(f"    [  # {name}\n{written(table)}\n    ],\n")
        lines.append("])\n")
    return "".join(lines)


def main() -> None:
    """Write the table."""
    import CoolProp

    TARGET.write_text(table_text(CoolProp), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
