"""Writes ``kernels/transport_coefficients.py`` from the transport data of GRI-Mech 3.0 that Cantera ships.

Run by hand, ``python -m plantsim.library.make_transport_table``, with Cantera installed. A test compares the file on
disk with what would be written. Cantera evaluates Chapman and Enskog's theory for each species and fits it between
300 and 3500 K: viscosity^(1/2) / T^(1/4) and conductivity / T^(1/2) as polynomials in ln T.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "kernels" / "transport_coefficients.py"
SPECIES = ("N2", "O2", "CO2", "H2O", "CO", "H2", "CH4")

HEADER = '''"""Transport data of gases: fits in ln T. Written by plantsim.library.make_transport_table.

Do not edit: change that module and run it again. Read with Cantera {version} from gri30.yaml, whose Lennard-Jones and
dipole data are those of GRI-Mech 3.0.
    viscosity [Pa s] = sqrt(T) (a0 + a1 ln T + .. + a4 ln^4 T)^2
    conductivity [W/(m K)] = sqrt(T) (b0 + b1 ln T + .. + b4 ln^4 T)
"""

from __future__ import annotations

import numpy as np

# fmt: off
'''


def table_text(cantera: Any) -> str:
    """Return the whole text of ``transport_coefficients.py``. ``cantera``: the imported module."""
    gas = cantera.Solution("gri30.yaml", transport_model="mixture-averaged")
    lines = [HEADER.format(version=cantera.__version__)]
    for name, read in (
        ("VISCOSITY", gas.get_viscosity_polynomial),
        ("CONDUCTIVITY", gas.get_thermal_conductivity_polynomial),
    ):
        lines.append(f"{name} = np.array([\n")
        for species in SPECIES:
            numbers = ", ".join(f"{value:.12e}" for value in read(gas.species_index(species)))
            lines.append(f"    [{numbers}],  # {species}\n")
        lines.append("])\n")
    return "".join(lines)


def main() -> None:
    """Write the table."""
    import cantera

    TARGET.write_text(table_text(cantera), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
