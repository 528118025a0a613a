"""The steam kernels compiled, as plain Python, and against the packages iapws and CoolProp (IF97)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from plantsim.kernels import steam

ROOT = Path(__file__).resolve().parents[2]
ROWS = 300
FUNCTIONS_PT = ("region_pT", "v_pT", "h_pT", "s_pT", "cp_pT", "w_pT")
FUNCTIONS_PH = ("region_ph", "T_ph", "x_ph", "v_ph", "s_ph", "cp_ph", "w_ph")
FUNCTIONS_PS = ("region_ps", "T_ps", "x_ps", "v_ps", "h_ps")
FUNCTIONS_P = (
    "saturation_temperature",
    "liquid_enthalpy",
    "vapour_enthalpy",
    "liquid_entropy",
    "vapour_volume",
)


def values() -> np.ndarray:
    """Return every function at a few hundred states over all regions, wet steam among them."""
    rng = np.random.default_rng(11)
    table = []
    for k in range(ROWS):
        hot = k % 6 == 0
        T = rng.uniform(1073.15, 2273.15) if hot else rng.uniform(273.15, 1073.15 if k % 3 else 700.0)
        p = 10.0 ** rng.uniform(2.8, 7.69 if hot else 8.0)
        h, s = steam.h_pT(p, T), steam.s_pT(p, T)
        if k % 4 == 0 and p < 22e6:
            x = rng.random()
            h, s = steam.h_px(p, x), steam.s_px(p, x)
        row = [getattr(steam, name)(p, T) for name in FUNCTIONS_PT]
        row += [getattr(steam, name)(p, h) for name in FUNCTIONS_PH]
        row += [getattr(steam, name)(p, s) for name in FUNCTIONS_PS]
        row += [getattr(steam, name)(p) for name in FUNCTIONS_P]
        table.append([float(v) for v in row])
    return np.array(table)


def test_compiled_is_plain_python(tmp_path: Path) -> None:
    target = tmp_path / "plain.npy"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import numpy as np; "
    code += f"import test_steam_parity as t; np.save({str(target)!r}, t.values())"
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)
    np.testing.assert_allclose(values(), np.load(target), rtol=1e-12, atol=1e-12)


def iapws_states() -> list[tuple[float, float]]:
    rng = np.random.default_rng(12)
    states = [(10 ** rng.uniform(3.0, 8.0), rng.uniform(274.0, 1073.0)) for _ in range(60)]
    states += [(10 ** rng.uniform(3.0, 7.69), rng.uniform(1074.0, 2273.0)) for _ in range(15)]
    return states + [(rng.uniform(25e6, 90e6), rng.uniform(624.0, 700.0)) for _ in range(15)]


@pytest.mark.parametrize(("p", "T"), iapws_states())
def test_against_iapws(p: float, T: float) -> None:
    iapws = pytest.importorskip("iapws")
    theirs = iapws.IAPWS97(P=p * 1e-6, T=T)
    # in region 3 iapws takes the volume from v(p,T) without making it exact: 1e-5 of v, more in cp
    rel = {3: 3e-5}.get(steam.region_pT(p, T), 1e-9)
    assert steam.region_pT(p, T) == theirs.region
    assert steam.v_pT(p, T) == pytest.approx(theirs.v, rel=rel)
    assert steam.h_pT(p, T) == pytest.approx(theirs.h * 1e3, rel=rel, abs=1e-5)
    assert steam.s_pT(p, T) == pytest.approx(theirs.s * 1e3, rel=rel, abs=1e-8)
    assert steam.cp_pT(p, T) == pytest.approx(theirs.cp * 1e3, rel=30 * rel)
    assert steam.w_pT(p, T) == pytest.approx(theirs.w, rel=30 * rel)


def test_against_coolprop() -> None:
    """CoolProp's IF97: forward everywhere; T(p,h) and T(p,s) within the backward equations' 25 mK."""
    coolprop = pytest.importorskip("CoolProp.CoolProp")
    rng = np.random.default_rng(13)
    p, T = 10 ** rng.uniform(3.0, 7.9, 300), rng.uniform(274.0, 1073.0, 300)
    region = np.array([steam.region_pT(a, b) for a, b in zip(p, T, strict=True)])
    rtol = np.where(region == 3, 3e-5, 1e-9)
    for name, key in (("h_pT", "H"), ("s_pT", "S")):
        ours = np.array([getattr(steam, name)(a, b) for a, b in zip(p, T, strict=True)])
        theirs = coolprop.PropsSI(key, "P", p, "T", T, "IF97::Water")
        assert (np.abs(ours - theirs) <= rtol * np.abs(ours) + 1e-6).all(), name
        back = coolprop.PropsSI("T", "P", p, key, theirs, "IF97::Water")
        function = steam.T_ph if key == "H" else steam.T_ps
        mine = np.array([function(a, b) for a, b in zip(p, ours, strict=True)])
        answered = np.isfinite(back)  # CoolProp refuses a few states at the edge of its range
        assert answered.mean() > 0.95
        assert np.abs(mine - back)[answered].max() < 0.06
