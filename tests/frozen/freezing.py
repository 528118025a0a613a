"""What a frozen case gives today: its figures and its screens, and how they are written down.

Beside each case stands ``freeze.toml``: how many draws are made, whose tornado is asked for, and which screens are
kept. A case without that file keeps its figures alone, without draws.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import math
import os
import shlex
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CASES = sorted(p.name for p in HERE.glob("schema-*"))
LANGUAGES = ("zh", "en")
TOLERANCE = 1e-12  # relative: across CPUs results agree to this
FITS = ("/fits/", "/records/")
FIT_TOLERANCE = (
    1e-5  # relative, of what least squares finds: it stops where the sum hardly falls, not at a point. On a
)
# Nehalem target fits come out up to 5e-8 and pulls 2.5e-6 apart, all other results to the bit


def settings(name: str) -> dict[str, Any]:
    """Return what freeze.toml of a case says: draws, tornado, screens."""
    file = HERE / name / "freeze.toml"
    said = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {"draws": 0, "tornado": "", "screens": {}, **said}


SCREENS = [
    (name, screen, lang) for name in CASES for screen in settings(name)["screens"] for lang in LANGUAGES
]


def screen_file(name: str, screen: str, lang: str) -> Path:
    """Return where a frozen screen stands."""
    return HERE / name / "screens" / f"{screen}.{lang}.txt"


def results(name: str) -> dict[str, Any]:
    """Return all figures of a case, by plant or proposal and name, in the units of the output columns."""
    from plantsim.engine.calibrate import calibrate_plant, compared_records, fitted_case, unknown_records
    from plantsim.engine.case_records import deck_records, tornado_records, total_records
    from plantsim.engine.columns import plant_records, rank_records, run_records, share_records
    from plantsim.engine.evaluate import evaluate_plants
    from plantsim.engine.groups import solve_groups
    from plantsim.engine.rank import rank_decks
    from plantsim.engine.tornado import tornado
    from plantsim.io.cases import read_case
    from plantsim.library import library
    from plantsim.processes import names
    from plantsim.vocabulary.problems import Problems

    lib, problems, asked = library(), Problems(), settings(name)
    read = read_case(HERE / name / "case", lib, problems)
    assert read is not None
    assert problems.errors == []
    fits = [calibrate_plant(p, lib, []) for p in read.plants if p.record and p.process in names()]
    case = fitted_case(read, lib, problems)
    groups = solve_groups(case, lib, problems, None)
    ranking, others = rank_decks(case, lib, groups, draws=asked["draws"])
    moved = tornado_records(tornado(groups, asked["tornado"]), lib) if asked["tornado"] else []
    run = run_records(evaluate_plants(case.plants, lib), lib)
    place = "sector" if name == "schema-1" else "process"  # the first frozen case has one row per sector
    return {
        "problems": [p.code for p in problems],
        "plants": _by("plant", plant_records(ranking.plants, lib)),
        "proposals": _by("proposal", rank_records(ranking, lib)),
        "sectors": _by(place, share_records(ranking, lib)),
        "totals": _by("convention", total_records(ranking, lib)),
        "decks": _by("deck proposal", deck_records(ranking, others)),
        "tornado": _by("kind name", moved),
        "fits": _by("plant input", [r for fit in fits for r in unknown_records(fit, lib)]),
        "records": _by("plant figure", [r for fit in fits for r in compared_records(fit, lib)]),
        "figures": {f"{r['plant']} {r['kind']} {r['name']}": [r["value"], r["unit"]] for r in run},
    }


def _by(keys: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    found = {" ".join(str(r[key]) for key in keys.split()): r for r in records}
    assert len(found) == len(records), f"{keys} does not tell records apart"
    return found


def screen(name: str, asked: str, lang: str) -> str:
    """Return what a verb of a case's freeze.toml shows: its exit code, standard output, standard error."""
    from plantsim.cli.main import run

    out, err = io.StringIO(), io.StringIO()
    arguments = [*shlex.split(settings(name)["screens"][asked]), "--lang", lang]
    os.environ.pop("COLUMNS", None)  # as wide as where nobody says
    with contextlib.chdir(HERE / name), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return f"exit code {code}\n{out.getvalue()}---- standard error\n{err.getvalue()}"


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
        most = FIT_TOLERANCE if where.startswith(FITS) else TOLERANCE
        same = math.isclose(was, now, rel_tol=most, abs_tol=most)
    elif where.endswith("_residual[0]"):
        same = abs(now) < 1e-9  # rounding left over: its last bits are nobody's business
    else:
        same = was == now
    return [] if same else [f"{where}: {was!r} -> {now!r}"]


def compact(found: dict[str, Any]) -> str:
    """Return results as JSON with one record a line: short, and a difference of two versions can be read."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    parts = []
    for section, body in found.items():
        rows = [f"  {line(k)}: {line(v)}" for k, v in body.items()] if isinstance(body, dict) else []
        parts.append(f" {line(section)}: " + ("{\n" + ",\n".join(rows) + "\n }" if rows else line(body)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def compile_all() -> None:
    """Compile everything, so that no screen says that it is compiled first."""
    from plantsim.api import warm
    from plantsim.processes import names

    for process in names():
        warm(process)


def freeze() -> None:
    """Write the results and screens that are missing, and say in versions.toml whose results they are."""
    compile_all()
    for name in CASES:
        file = HERE / name / "results.json"
        if not file.exists():
            file.write_text(compact(results(name)), encoding="utf-8", newline="\n")
    for name, asked, lang in SCREENS:
        file = screen_file(name, asked, lang)
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_text(screen(name, asked, lang), encoding="utf-8", newline="\n")
    _record_version()


def belonging(said: dict[str, Any], version: str) -> dict[str, str]:
    """Return case -> digest of its results, as versions.toml has them for a version of models/."""
    entries = [*said["version"], *said.get("added", [])]
    return {name: digest for e in entries if e["models"] == version for name, digest in e["results"].items()}


def digests() -> dict[str, str]:
    """Return case -> digest of its results as they stand here."""
    return {name: hashlib.sha256((HERE / name / "results.json").read_bytes()).hexdigest() for name in CASES}


def _record_version() -> None:
    """Append what the results of this version of models/ are; a version that has others already is refused."""
    from plantsim.library import library

    file, version, now = HERE / "versions.toml", library().version, digests()
    text = file.read_text(encoding="utf-8")
    known = belonging(tomllib.loads(text), version)
    if any(now.get(name) != digest for name, digest in known.items()):
        sys.exit(f"version {version} of models/ gave other results: raise it in models/common/version.toml")
    new = {name: digest for name, digest in now.items() if name not in known}
    if new:
        rows = ", ".join(f'{name} = "{digest}"' for name, digest in new.items())
        kind = "added" if known else "version"
        entry = f'\n[[{kind}]]\nmodels = "{version}"\nresults = {{ {rows} }}\n'
        file.write_text(text + entry, encoding="utf-8", newline="\n")
