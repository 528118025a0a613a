"""Speed of the steam kernels as ratios within one run: ``python benchmarks/bench_steam.py``.

Compared with a C copy of the region 2 sum (gcc -O3 -march=native -ffp-contract=off, made from the same
generated source), with seuif97 called in a Python loop, and with CoolProp's IF97 backend over arrays. Inputs
are run-time arrays: constants would fold. A tool that is missing is named and left out.
"""

from __future__ import annotations

import ast
import ctypes
import importlib
import inspect
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from plantsim import _jit
from plantsim.kernels import steam
from plantsim.kernels.steam.constants import P_2, T_2, R
from plantsim.kernels.steam.sums import region2_t_plain

REPEATS = 15
C_FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")


def shortest(*calls: Callable[[], Any], repeats: int = REPEATS) -> list[float]:
    """Return the shortest of several durations [s] of each call; they take turns, so that noise hits all."""
    times = [[] for _ in calls]  # type: list[list[float]]
    for _ in range(repeats):
        for k, call in enumerate(calls):
            start = time.perf_counter()
            call()
            times[k].append(time.perf_counter() - start)
    return [min(t) for t in times]


def python_loop(function: Any, a: list[float], b: list[float]) -> Callable[[], Any]:
    """Return a call that evaluates the function for each pair in a Python loop."""
    return lambda: [function(u, v) for u, v in zip(a, b, strict=True)]


def c_source() -> str:
    """Return C for h2_pT over arrays, statement by statement from the generated Python."""
    function = ast.parse(inspect.getsource(region2_t_plain)).body[0]
    assert isinstance(function, ast.FunctionDef)
    lines = ["static inline double sum(double x, double tau) {"]
    for statement in function.body[1:]:
        if isinstance(statement, ast.Assign):
            assert isinstance(statement.targets[0], ast.Name)
            lines.append(f"  const double {statement.targets[0].id} = {ast.unparse(statement.value)};")
        elif isinstance(statement, ast.Return) and statement.value is not None:
            lines.append(f"  return {ast.unparse(statement.value)};")
    lines += [
        "}",
        "void h2(const double *restrict p, const double *restrict T, double *restrict out, long n) {",
        f"  for (long i = 0; i < n; i++) out[i] = {R!r} * {T_2!r} * sum(p[i] / {P_2!r}, {T_2!r} / T[i]);",
        "}",
    ]
    return "\n".join(lines) + "\n"


def compiled_copy(folder: Path) -> Any:
    """Return the C function, compiled in the folder; None, with a line, where there is no gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        print("gcc not found: the comparison with C is left out")
        return None
    source, library = folder / "h2.c", folder / "h2.so"
    source.write_text(c_source(), encoding="utf-8")
    subprocess.run([gcc, *C_FLAGS, "-o", str(library), str(source)], check=True)
    function = ctypes.CDLL(str(library)).h2
    pointer = np.ctypeslib.ndpointer(dtype=np.float64, flags="C_CONTIGUOUS")
    function.argtypes = [pointer, pointer, pointer, ctypes.c_long]
    function.restype = None
    return function


def against_c() -> None:
    """Print region 2 h(p,T) over arrays against the C copy."""
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        c_function = compiled_copy(Path(folder))
        for n in (2_000, 200_000):
            p, T = rng.uniform(1e4, 15e6, n), rng.uniform(650.0, 1050.0, n)
            out, out_c = np.empty(n), np.empty(n)
            calls = [lambda p=p, T=T, out=out: steam.h2_pT_array(p, T, out)]
            if c_function is not None:
                calls.append(lambda p=p, T=T, out=out_c, n=n: c_function(p, T, out, n))
            for call in calls:
                call()
            ours, *theirs = shortest(*calls, repeats=300)
            line = f"h2_pT_array, {n} states: {ours / n * 1e9:.1f} ns a state"
            if theirs:
                difference = np.abs(out / out_c - 1.0).max()
                line += f", {ours / theirs[0]:.2f} of the time of C, largest difference {difference:.1e}"
            print(line)


def states(n: int) -> dict[str, np.ndarray]:
    """Return n states that a plant meets: feed water, steam, wet steam, and some near the critical point."""
    rng = np.random.default_rng(2)
    p = 10 ** rng.uniform(3.7, 7.4, n)
    T = rng.uniform(290.0, 1050.0, n)
    wet = rng.random(n) < 0.2
    x = rng.uniform(0.75, 1.0, n)
    h, s = np.empty(n), np.empty(n)
    for i in range(n):
        if wet[i] and p[i] < 22e6:
            h[i], s[i] = steam.h_px(p[i], x[i]), steam.s_px(p[i], x[i])
        else:
            h[i], s[i] = steam.h_pT(p[i], T[i]), steam.s_pT(p[i], T[i])
    return {"p": p, "T": T, "h": h, "s": s}


def looped(function: Any) -> Any:
    """Return a compiled loop that calls the scalar kernel for each element."""

    def loop(a, b, out):  # type: ignore[no-untyped-def]
        for i in range(a.shape[0]):
            out[i] = function(a[i], b[i])

    return _jit.kernel(loop)


PAIRS = {  # our function: second argument, result, seuif97's function
    "h_pT": ("T", "h", "pt2h"),
    "s_pT": ("T", "s", "pt2s"),
    "T_ph": ("h", "T", "ph2t"),
    "T_ps": ("s", "T", "ps2t"),
    "h_ps": ("s", "h", "ps2h"),
}
COOLPROP_KEYS = {"T": "T", "h": "H", "s": "S"}


def optional(module: str) -> Any:
    """Return a module, or None with a line where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        print(f"{module} not found: left out")
        return None


def against_libraries(n: int = 20_000) -> None:
    """Print arrays and scalar calls against seuif97 in a Python loop and CoolProp's IF97 over arrays."""
    seuif97, coolprop = optional("seuif97"), optional("CoolProp.CoolProp")
    z = states(n)
    out = np.empty(n)
    for name, (second, result, theirs_name) in PAIRS.items():
        array, scalar = getattr(steam, f"{name}_array"), getattr(steam, name)
        a, b = z["p"], z[second]
        calls = {
            "array": lambda f=array, a=a, b=b: f(a, b, out),
            "our scalar calls": python_loop(scalar, a.tolist(), b.tolist()),
        }
        if seuif97 is not None:
            b_theirs = b - 273.15 if second == "T" else b * 1e-3
            calls["seuif97"] = python_loop(
                getattr(seuif97, theirs_name), (a * 1e-6).tolist(), b_theirs.tolist()
            )
        if coolprop is not None:
            calls["CoolProp"] = lambda a=a, b=b, k=COOLPROP_KEYS[second], r=COOLPROP_KEYS[result]: (
                coolprop.PropsSI(r, "P", a, k, b, "IF97::Water")
            )
        for call in calls.values():
            call()
        times = dict(zip(calls, shortest(*calls.values(), repeats=5), strict=True))
        line = f"{name}: array {times['array'] / n * 1e6:.3f} us a state; times as long:"
        line += ",".join(f" {k} {t / times['array']:.1f}" for k, t in times.items() if k != "array")
        print(line)


def by_region(n: int = 20_000) -> None:
    """Print scalar kernels in compiled loops, region by region."""
    rng = np.random.default_rng(3)
    ranges = {
        "1": (1e6, 15e6, 300, 450),
        "2": (1e5, 4e6, 620, 1000),
        "2 b c": (8e6, 30e6, 780, 1000),
        "3": (24e6, 40e6, 640, 690),
        "5": (1e5, 1e7, 1100, 2000),
    }
    out = np.empty(n)
    for region, (p0, p1, T0, T1) in ranges.items():
        p, T = rng.uniform(p0, p1, n), rng.uniform(T0, T1, n)
        h, s = np.empty(n), np.empty(n)
        steam.h_pT_array(p, T, h)
        steam.s_pT_array(p, T, s)
        line = f"region {region}:"
        for name, other in (("h_pT", T), ("s_pT", T), ("T_ph", h), ("T_ps", s), ("h_ps", s)):
            array = getattr(steam, f"{name}_array")
            line += f" {name} {shortest(lambda f=array, p=p, o=other: f(p, o, out))[0] / n * 1e6:.3f} us,"
        print(line.rstrip(","))
    p = 10 ** rng.uniform(3.5, 7.0, n)
    x = rng.uniform(0.8, 1.0, n)
    h, s = np.empty(n), np.empty(n)
    looped(steam.h_px)(p, x, h)
    looped(steam.s_px)(p, x, s)
    line = "wet steam:"
    for name, other in (("T_ph", h), ("T_ps", s), ("h_ps", s)):
        array = getattr(steam, f"{name}_array")
        line += f" {name} {shortest(lambda f=array, p=p, o=other: f(p, o, out))[0] / n * 1e6:.3f} us,"
    print(line.rstrip(","))


def main() -> None:
    """Run all comparisons."""
    print("versions:", _jit.versions(), file=sys.stderr)
    against_c()
    by_region()
    against_libraries()


if __name__ == "__main__":
    main()
