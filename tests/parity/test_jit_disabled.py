"""Compiled and plain Python give the same: to 1e-12, and the same statuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from plantsim.library import library
from plantsim.processes import names
from plantsim.vocabulary.status import NOT_RUN, OK

ROWS = 200
TOLERANCE = 1e-12  # relative; for a field that passes zero, of its largest value
SCRIPT = Path(__file__).parent / "solve_drawn_rows.py"
MODELLED = [p for p in names() if any(r.process == p for r in library().references.values())]


@pytest.mark.parametrize("process", MODELLED)
def test_compiled_and_plain_python_agree(process, run_python, tmp_path):
    results = []
    for disabled in ("0", "1"):
        file = tmp_path / f"disabled-{disabled}.npz"
        run_python([str(SCRIPT), process, str(ROWS), str(file)], env={"NUMBA_DISABLE_JIT": disabled})
        results.append(dict(np.load(file)))
    compiled, plain = results
    assert compiled.keys() == plain.keys()
    assert np.array_equal(compiled["y.status"], plain["y.status"])
    assert np.array_equal(compiled["y.status_variable"], plain["y.status_variable"])
    solved = compiled["y.status"] == OK
    assert not np.any(compiled["y.status"] == NOT_RUN)
    assert solved.mean() > 0.15, "most rows failed: there is little to compare"
    for name, a in compiled.items():
        b = plain[name]
        if name.startswith("y."):
            a, b = a[solved], b[solved]
        scale = 1.0 if name.endswith("_residual") else np.max(np.abs(a[np.isfinite(a)]), initial=0.0)
        assert np.allclose(a, b, rtol=TOLERANCE, atol=TOLERANCE * scale, equal_nan=True), name


def test_the_main_job_agrees_too(run_python, root):
    """The whole road, from files to the rank: same texts, same numbers to the tolerance.

    A small case of the quickest process: row by row every process is compared above.
    """
    results = []
    for disabled in ("0", "1"):
        case = root / "tests" / "data" / "two_potlines"
        command = ["-m", "plantsim", "rank", str(case), "--json", "--draws", "64"]
        done = run_python(command, env={"NUMBA_DISABLE_JIT": disabled}, expected=None)
        assert done.returncode in (0, 1), done.stderr
        results.append(json.loads(done.stdout)["proposals"])
    compiled, plain = results
    assert compiled
    for a, b in zip(compiled, plain, strict=True):
        for key, value in a.items():
            wanted = (
                pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
            )  # small differences
            assert b[key] == wanted, (a["proposal"], key)
