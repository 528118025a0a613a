"""A proposal counted against what would be done anyway: saving, money and draws are the difference of two measures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from studies import SIMPLE_LINES, read

from plantsim.engine.rank import rank_case
from plantsim.engine.value import present_value_factor
from plantsim.io.cases import read_case
from plantsim.library import library
from plantsim.vocabulary.problems import Problems

RATE = 0.10  # finance.toml: aluminium


def ranked(root, draws: int = 0, **changes: str):
    """Return the rows of one potline: new cathodes, a rectifier, and the rectifier against the cathodes."""
    lib, problems = library(), Problems()
    case, _ = read(SIMPLE_LINES)
    (plant,) = (p for p in case.plants if p.id == "shuangyuan-1")
    own = {p.retrofit: p for p in plant.proposals}
    cathode, rectifier = own["low_resistance_cathode"], own["rectifier_upgrade"]
    against = replace(rectifier, id="against", counterfactual="low_resistance_cathode")
    plant = replace(plant, proposals=(replace(cathode, capex=None), rectifier, against))
    found = rank_case(replace(case, plants=(plant,)), lib, problems, 1, draws)
    return found, {r.proposal.id: r for r in found.proposals}


def test_saving_and_money_are_the_difference_of_both_measures(root):
    _, rows = ranked(root)
    cathode, alone, against = (rows[n] for n in ("shuangyuan-1-cathode", "shuangyuan-1-rectifier", "against"))
    assert against.saving == pytest.approx(alone.saving - cathode.saving, rel=1e-9)
    assert against.carbon == pytest.approx(alone.carbon - cathode.carbon, rel=1e-9)
    assert against.capex == pytest.approx(alone.capex)
    assert (against.before, against.after) == (alone.before, alone.after)
    # the cathodes' life is shorter: renewed, their capex counts for as long as the rectifier's
    lives = [float(r.retrofit.life.si) for r in (alone, cathode)]
    per_year = cathode.capex / present_value_factor(RATE, lives[1])
    avoided = per_year * present_value_factor(RATE, lives[0])
    (fields,) = (f for code, f in against.warnings if code == "against_counterfactual")
    assert float(fields["sum"]) == pytest.approx(avoided)
    assert against.yearly_gain == pytest.approx(alone.yearly_gain - cathode.yearly_gain, rel=1e-9)
    standstill = sum(float(f["sum"]) for code, f in cathode.warnings if code == "outage_valued")
    npv = against.yearly_gain * present_value_factor(RATE, lives[0]) - (alone.capex - avoided) + standstill
    residual = 0.05 * (alone.capex - avoided) * (1 + RATE) ** -lives[0]
    assert against.npv == pytest.approx(npv + residual, rel=1e-9)


def test_draws_are_counted_against_it_too(root):
    found, rows = ranked(root, draws=64)
    spreads = {k[1]: s for k, s in found.spreads.items()}
    assert spreads["against"].saving.p50 < spreads["shuangyuan-1-rectifier"].saving.p50
    assert np.isfinite(spreads["against"].npv_draws).all()
    assert spreads["against"].saving.p10 < rows["against"].saving < spreads["against"].saving.p90


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('counterfactual = "low_resistance_cathod"', "counterfactual_unknown_near"),
        ('counterfactual = "business as usual"', "counterfactual_unknown"),
        ('counterfactual = "retire"', "counterfactual_unknown"),
    ],
)
def test_what_cannot_be_simulated_is_refused_with_its_line(tmp_path, root, line, code):
    import shutil

    folder = tmp_path / "case"
    shutil.copytree(root / "tests" / "data" / "simple_lines", folder)
    file = folder / "plants" / "shuangyuan-1.toml"
    added = f'\n[[proposal]]\nid = "x"\nretrofit = "rectifier_upgrade"\n{line}\n'
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    problems = Problems()
    case = read_case(folder, library(), problems)
    (error,) = problems.errors
    assert error.code == code
    assert file.read_text(encoding="utf-8").splitlines()[error.line - 1] == line
    assert "x" not in {p.id for plant in case.plants for p in plant.proposals}
    assert len(case.plants) == 2
