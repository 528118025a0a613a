"""Words that stand for integers: options of a process, species and elements of gases, fluids, status codes."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from option_codes import Sources, coded, constants, disagreements

from plantsim.kernels import bath, gas, gas_coefficients, organic_fluids, process_gas
from plantsim.library import library
from plantsim.processes import names
from plantsim.vocabulary import status

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plantsim"
KERNELS = tuple(sorted((PACKAGE / "kernels").rglob("*.py")))


def declared(process: str) -> dict[str, dict[str, int]]:
    variables = library().declaration(process).variables.values()
    return {v.name: dict(v.options) for v in variables if v.options}


@cache
def sources(folder: Path, called: tuple[Path, ...] = KERNELS) -> Sources:
    """The parsed sources of a process; empty names where it has no options.py."""
    said = folder / "options.py"
    named = constants(said.read_text(encoding="utf-8")) if said.is_file() else {}
    return Sources(sorted(folder.glob("*.py")), called, named)


@pytest.mark.parametrize("process", names())
def test_the_words_of_options_are_what_kernels_compare_with(process):
    assert not disagreements(declared(process), coded(process))
    found = sources(PACKAGE / "processes" / process)
    assert set(found.names) == set(declared(process)), (
        "OPTIONS of options.py is one dict of dicts, as it stands"
    )
    assert not found.faults(), "compare with a constant that OPTIONS gives this option"


@pytest.mark.parametrize("process", names())
def test_two_integers_swapped_in_models_do_not_pass(process):
    swapped = 0
    for option, words in declared(process).items():
        for a, b in combinations(words, 2):
            wrong = declared(process)
            wrong[option][a], wrong[option][b] = words[b], words[a]
            assert disagreements(wrong, coded(process)), (option, a, b)
            swapped += 1
    assert swapped >= len(declared(process)) > 0


@pytest.mark.parametrize("process", names())
def test_options_are_followed_to_where_they_are_compared(process):
    """Of options with constants, most are seen compared; the others are handed to tables or taken as numbers."""
    found = sources(PACKAGE / "processes" / process)
    seen = {option for option, _, _ in found.compared()}
    assert len(seen) >= 0.8 * sum(bool(n) for n in found.names.values())


def test_a_process_without_its_words_does_not_pass():
    assert disagreements({}, None)
    assert disagreements({"fan": {"damper": 0}}, {})
    assert disagreements({}, {"fan": {"damper": 0}})
    assert disagreements({"fan": {"damper": 0, "speed": 1}}, {"fan": {"damper": 0}})
    assert not disagreements({"fan": {"damper": 0}}, {"fan": {"damper": 0}})


KERNEL = """
SHOWN = ("damper", "speed")

def part(kind):
    return kind == {in_part}

def check(values):
    return values.get("fan") == SPEED

def solve(x, o):
    to = x.fan
    return part(int(x.fan)) + (to != SPEED) + (o.other {other})
"""


@pytest.mark.parametrize(
    ("in_part", "other", "fault"),
    [
        ("SPEED", "== OTHER_ON", ""),
        ("OTHER_ON", "== OTHER_ON", "fan is compared with OTHER_ON"),
        ("1", "== OTHER_ON", "fan is compared with 1"),
        ("SPEED", "> 0", "other is compared with 0"),
        ("SPEED", "and 1", "o.other is asked as yes or no"),
        ("SPEED", "== OTHER_ON) + (SHOWN[int(x.fan)]", "counts on the options' order"),
    ],
)
def test_a_comparison_with_something_else_is_seen(tmp_path, in_part, other, fault):
    (tmp_path / "kernel.py").write_text(KERNEL.format(in_part=in_part, other=other))
    (tmp_path / "options.py").write_text(
        'OPTIONS = {"fan": {"damper": 0, "speed": SPEED}, "other": {"off": 0, "on": OTHER_ON}}\n'
    )
    found = sources(tmp_path, ())
    assert found.names == {"fan": {"SPEED"}, "other": {"OTHER_ON"}}
    assert [fault in f for f in found.faults()] == ([True] if fault else [])


# --- words of kernels that every process shares -----------------------------------------------------------


def test_species_stand_where_their_names_stand():
    for place, name in enumerate(gas_coefficients.NAMES):
        assert getattr(gas, name) == place, name
    assert len(gas_coefficients.NAMES) == len(gas_coefficients.COEFFICIENTS) == gas.SPECIES + 1


def test_elements_stand_where_their_names_stand():
    assert [getattr(gas, f"ELEMENT_{n.upper()}") for n in gas_coefficients.ELEMENT_NAMES] == list(
        range(gas.ELEMENTS)
    )


@pytest.mark.parametrize("name", ["N2", "O2", "CO2", "H2O", "CO", "H2", "CH4", "SO2"])
def test_process_gas_takes_each_species_from_its_own_row(name):
    assert process_gas.INDEX[getattr(process_gas, name)] == getattr(gas, name)


ATOMS = {"N2": "NN", "O2": "OO", "CO2": "COO", "H2O": "HHO", "CO": "CO", "CH4": "CHHHH", "SO2": "SOO", "NO": "NO",
         "NH3": "NHHH", "H2S": "HHS", "COS": "COS", "HCN": "HCN", "SO3": "SOOO", "C2H4": "CCHHHH"}  # fmt: skip
WEIGHTS = {"C": 12.011, "H": 1.008, "O": 15.999, "N": 14.007, "S": 32.06}  # g/mol, IUPAC 2021 abridged


@pytest.mark.parametrize("name", ATOMS)
def test_the_row_of_a_species_is_that_of_its_formula(name):
    """A name that stands at another's row has other atoms and another molar mass."""
    row = gas_coefficients.ATOMS[getattr(gas, name)]
    for element in gas_coefficients.ELEMENT_NAMES:
        assert row[getattr(gas, f"ELEMENT_{element.upper()}")] == ATOMS[name].count(element), element
    mass = sum(WEIGHTS[a] for a in ATOMS[name]) / 1000.0
    assert gas_coefficients.MOLAR_MASS[getattr(gas, name)] == pytest.approx(mass, rel=1e-3)


def test_a_fluid_stands_at_its_own_saturation_line():
    """Boiling points at 101 325 Pa, NIST Chemistry WebBook: cyclopentane 322.4 K, R245fa 288.3 K (normal)."""
    rows = organic_fluids.SATURATION
    temperatures = np.linspace(organic_fluids.T_LOW, organic_fluids.T_HIGH[0], rows.shape[1])
    boils = np.interp(np.log(101325.0), rows[organic_fluids.CYCLOPENTANE][:, 0], temperatures)
    assert boils == pytest.approx(322.4, abs=0.5)
    assert rows[organic_fluids.R245FA][0, 0] > np.log(101325.0), "it boils below 290 K"


@pytest.mark.parametrize(
    ("word", "slope"),
    [("hives", -1204.3), ("wang", -2068.4), ("rta", -1751.1)],  # the sources that bath.conductivity names
)
def test_a_formula_of_conductivity_is_that_of_its_author(word, slope):
    number = declared("aluminium_cell")["conductivity_formula"][word]
    assert bath.conductivity_terms(number, 0.1, 0.05, 0.03, 0.0, 0.0, 0.0)[1] == slope


def test_status_codes_and_names_are_one_to_one():
    assert len(set(status.NAMES.values())) == len(status.NAMES)
    for code, name in status.NAMES.items():
        assert getattr(status, name.upper()) == code, name
