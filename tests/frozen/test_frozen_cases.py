"""Cases of every schema version are still read, and still give what they gave."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
CASES = sorted(p.name for p in HERE.glob("schema-*"))
TOLERANCE = 1e-12  # relative: across CPUs results agree to this


def results(folder: Path) -> dict[str, Any]:
    """Return all figures of a case, by plant or proposal and name, in the units of the output columns."""
    from plantsim.engine.columns import plant_records, rank_records, run_records, share_records
    from plantsim.engine.evaluate import evaluate_plants
    from plantsim.engine.rank import rank_case
    from plantsim.io.cases import read_case
    from plantsim.library import library
    from plantsim.vocabulary.problems import Problems

    lib, problems = library(), Problems()
    case = read_case(folder, lib, problems)
    assert case is not None
    assert problems.errors == []
    ranking = rank_case(case, lib, problems)
    run = run_records(evaluate_plants(case.plants, lib), lib)
    return {
        "problems": [p.code for p in problems],
        "plants": {r["plant"]: r for r in plant_records(ranking.plants, lib)},
        "proposals": {r["proposal"]: r for r in rank_records(ranking, lib)},
        "sectors": {r["sector"]: r for r in share_records(ranking, lib)},
        "figures": {f"{r['plant']} {r['kind']} {r['name']}": [r["value"], r["unit"]] for r in run},
    }


def differences(was: Any, now: Any, where: str = "") -> list[str]:
    """Return where ``now`` lacks or differs from what ``was``. What is new is no difference."""
    if isinstance(was, dict):
        missing = [f"{where}/{k} is gone" for k in was if k not in now]
        return missing + [d for k in was if k in now for d in differences(was[k], now[k], f"{where}/{k}")]
    if isinstance(was, list):
        if len(was) != len(now):
            return [f"{where}: {was} -> {now}"]
        return [
            d
            for i, (a, b) in enumerate(zip(was, now, strict=True))
            for d in differences(a, b, f"{where}[{i}]")
        ]
    if isinstance(was, float) and isinstance(now, int | float) and not where.endswith("_residual[0]"):
        same = math.isclose(was, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    elif where.endswith("_residual[0]"):
        same = abs(now) < 1e-9  # rounding left over: its last bits are nobody's business
    else:
        same = was == now
    return [] if same else [f"{where}: {was!r} -> {now!r}"]


def test_there_is_a_frozen_case_for_every_schema():
    from plantsim.io.conventions import SCHEMA

    assert [f"schema-{i}" for i in range(1, SCHEMA + 1)] == CASES


@pytest.mark.parametrize("name", CASES)
def test_a_frozen_case_still_gives_what_it_gave(name):
    was = json.loads((HERE / name / "results.json").read_text(encoding="utf-8"))
    assert differences(was, results(HERE / name / "case")) == []


def test_a_difference_is_found():
    was = {"a": 1.0, "b": [1.0, "t"], "c": "word", "d_residual": [1e-16, "1"]}
    assert differences(was, {**was, "new": 3}) == []
    assert differences(was, {**was, "a": 1.0 + 3e-12}) == ["/a: 1.0 -> 1.000000000003"]
    assert len(differences(was, {"b": [1.0, "kg"], "c": "other", "d_residual": [1e-3, "1"]})) == 4


def _freeze() -> None:
    for name in CASES:
        file = HERE / name / "results.json"
        if not file.exists():
            body = json.dumps(results(HERE / name / "case"), ensure_ascii=False, indent=1)
            file.write_text(body + "\n", encoding="utf-8", newline="\n")
    _record_version()


def _record_version() -> None:
    """Append what the results of this version of models/ are; a version that has others already is refused."""
    import hashlib
    import sys
    import tomllib

    from plantsim.library import library

    file, version = HERE / "versions.toml", library().version
    text = file.read_text(encoding="utf-8")
    known = {e["models"]: e["results"] for e in tomllib.loads(text)["version"]}
    now = {name: hashlib.sha256((HERE / name / "results.json").read_bytes()).hexdigest() for name in CASES}
    if known.get(version, now) != now:
        sys.exit(f"version {version} of models/ gave other results: raise it in models/common/version.toml")
    if version not in known:
        rows = ", ".join(f'{name} = "{digest}"' for name, digest in now.items())
        entry = f'\n[[version]]\nmodels = "{version}"\nresults = {{ {rows} }}\n'
        file.write_text(text + entry, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _freeze()
