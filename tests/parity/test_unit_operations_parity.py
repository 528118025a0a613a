"""Shared unit operations: compiled and plain Python agree, and moist air agrees with CoolProp's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plantsim.kernels import psychrometrics as moist
from plantsim.vocabulary import status

ROWS = 200
SCRIPT = Path(__file__).parent / "unit_operation_rows.py"


def test_compiled_and_plain_python_agree(run_python, tmp_path):
    """To 1e-12 of each column; results of a root to its own tolerance of 1e-9 K: 1e-11."""
    results = []
    for disabled in ("0", "1"):
        file = tmp_path / f"disabled-{disabled}.npz"
        run_python([str(SCRIPT), str(ROWS), str(file)], env={"NUMBA_DISABLE_JIT": disabled})
        results.append(dict(np.load(file)))
    compiled, plain = results
    for name, a in compiled.items():
        b = plain[name]
        assert a.shape[0] == ROWS
        assert np.isfinite(a).mean() > 0.85, f"{name}: too many rows failed to compare"
        assert np.array_equal(np.isnan(a), np.isnan(b)), name
        scale = np.max(np.nan_to_num(np.abs(a)), axis=0)
        worst = np.max(np.nan_to_num(np.abs(a - b)), axis=0) / np.where(scale > 0.0, scale, 1.0)
        assert np.all(worst <= 1e-11), (name, int(np.argmax(worst)), float(worst.max()))


@pytest.mark.parametrize("p", [101325.0, 81489.0])
@pytest.mark.parametrize("t", [5.0, 15.0, 25.0, 35.0])
@pytest.mark.parametrize("humidity", [0.2, 0.6, 0.95])
def test_moist_air_agrees_with_real_gas(t, humidity, p):
    """ASHRAE RP-1485 real gas: the enhancement factor is 0.3 to 0.5 % of the humidity, 0.05 K of the wet bulb."""
    coolprop = pytest.importorskip("CoolProp.CoolProp")
    T = t + 273.15
    point = ("T", T, "P", p, "R", humidity)
    assert moist.air_humidity(T, humidity, p) == pytest.approx(coolprop.HAPropsSI("W", *point), rel=6e-3)
    T_wb, code = moist.wet_bulb(T, humidity, p)
    real = coolprop.HAPropsSI("B", *point)
    if code == status.OUTSIDE_RANGE:
        assert real < 273.5
    else:
        assert T_wb == pytest.approx(real, abs=0.05)
