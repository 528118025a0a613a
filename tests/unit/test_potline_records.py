"""What a potline's books state: gross anodes and butts, a measured liquidus; by hand, and what cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from aluminium_rows import calibrated, row_of, solve_rows

from plantsim.processes.aluminium_cell.checks import check
from plantsim.processes.aluminium_cell.indicators import liquid_comprehensive_ac_power
from plantsim.vocabulary.messages import text
from plantsim.vocabulary.status import OK

YEAR = ("ac_power", "startup_power_counted", "auxiliary_power_counted", "effective_charge_rate")


def test_gross_anodes_less_butts_are_what_the_metal_takes():
    """495 kg set and 83 taken back per tonne are 412 net; carbon and CO2 close on them."""
    stated = solve_rows(row_of(gross_anode_consumption=0.495, anode_butts=0.083))
    net = solve_rows(row_of(net_anode_consumption=0.412))
    y, z = stated.y[0], net.y[0]
    assert y["status"] == OK
    assert y["anode_rate"] / y["metal_rate"] == pytest.approx(0.412, rel=1e-12)
    assert y["anode_co2_rate"] == pytest.approx(z["anode_co2_rate"], rel=1e-12)
    assert y["carbon_residual"] == pytest.approx(0.0, abs=1e-12)


def test_a_measured_liquidus_is_the_superheat():
    """955 degC of bath over 946.5 degC of liquidus: 8.5 K, whatever else was said of the superheat."""
    x = calibrated(bath_temperature=1228.15, measured_liquidus=1219.65, superheat=12.0)
    assert x["superheat"][0] == pytest.approx(8.5, abs=1e-9)
    same = calibrated(bath_temperature=1228.15, superheat=8.5)
    for name in ("liquidus_correction", "anode_cathode_distance", "ledge_area"):
        assert x[name][0] == pytest.approx(same[name][0], rel=1e-9), name


@pytest.mark.parametrize(
    ("values", "code", "variable"),
    [
        ({"gross_anode_consumption": 0.495}, "anodes_incomplete", "anode_butts"),
        ({"anode_butts": 0.08}, "anodes_incomplete", "gross_anode_consumption"),
        ({"gross_anode_consumption": 0.42, "anode_butts": 0.09}, "anodes_too_few", "anode_butts"),
        (
            {"heat_balance": 1, "bath_temperature": 1223.15, "measured_liquidus": 1225.15},
            "liquidus_above_bath", "measured_liquidus",
        ),
    ],
)  # fmt: skip
def test_records_that_cannot_be_are_refused_with_their_figures(values, code, variable):
    (found,) = check({"heat_balance": 0, **values})
    assert (found.code, found.variable, found.severity) == (code, variable, "error")
    for lang in ("en", "zh"):
        said = text(code, lang, found.fields)
        assert "{" not in said
        assert all(str(shown) in said for shown in found.fields.values())


def test_books_without_contradiction_pass():
    """420 less 86 leave 334 kg, just above the 333.9 that the reaction takes."""
    assert check({"heat_balance": 0, "gross_anode_consumption": 0.420, "anode_butts": 0.086}) == []
    assert check({"heat_balance": 0}) == []


@pytest.mark.parametrize("plant", [0, 1, 2])
def test_desulphurisation_power_counts_unless_the_line_says_otherwise(plant):
    """Bought either way; of the comprehensive figures it is an auxiliary, or it is left out whole."""
    stated = {"desulphurisation": plant, "so2_target": 50e-6}
    y = solve_rows(row_of(**stated)).y[0]
    out = solve_rows(row_of(**stated, deduct_desulphurisation=1)).y[0]
    assert (y["desulphurisation_power"] > 0.0) == (plant > 0)
    assert y["auxiliary_power_counted"] == y["auxiliary_power"]
    less = y["auxiliary_power_counted"] - out["auxiliary_power_counted"]
    assert less == pytest.approx(y["desulphurisation_power"], rel=1e-9, abs=1e-6)
    assert (out["grid_power"], out["auxiliary_power"]) == (y["grid_power"], y["auxiliary_power"])
    year = {name: np.array([float(v[name]) for v in (y, out)]) for name in YEAR}
    both = liquid_comprehensive_ac_power(year)
    per_tonne = y["desulphurisation_power"] / (0.3355 / 3.6e6 * y["effective_charge_rate"])
    assert both[0] - both[1] == pytest.approx(per_tonne, rel=1e-9, abs=1e-3)
