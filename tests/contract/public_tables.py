"""Tables that users read on: columns in order with their units, as they leave in files, JSON and DataFrames.

The frozen case of schema 1 is run for those that no declaration lists. It stays as it is for ever.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "frozen" / "schema-1" / "case"
PLANT, PROPOSAL = "line-1", "line-1-rectifier"
BALANCE = ROOT / "tests" / "data" / "heat_balances" / "bee_4127tpd.toml"
IN_JSON = {
    "sectors": "shares",
    "proposals": "rank",
    "totals": "totals",
    "decks": "decks",
    "bins": "bins",
    "emissions": "emissions",
    "limits": "limits",
    "tornado": "tornado",
}
"""List of ``rank --json`` -> table of files whose columns its records have."""


def table_lines() -> list[str]:
    """Return one line per column: table, column, unit where it is declared apart from the name."""
    from plantsim.engine.columns import TABLES, columns
    from plantsim.library import library

    lib = library()
    lines = [f"{which} {c.key} {c.unit}".rstrip() for which in TABLES for c in columns(lib, which)]
    for name, keys in (*frame_columns(), *json_keys()):
        lines += [f"{name} {key}" for key in keys]
    with tempfile.TemporaryDirectory() as folder:
        for verb in ("rank", "run"):
            lines += [
                f"{verb} --out x.csv writes {file.name}"
                for file in written(verb, Path(folder) / verb, ".csv")
            ]
    return lines


def plantsim(*arguments: str) -> str:
    """Run a verb here and return what it prints."""
    from plantsim.cli.main import DONE, ROWS_FAILED, run

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run([*arguments, "--lang", "en"]) in (DONE, ROWS_FAILED)
    return out.getvalue()


def written(verb: str, folder: Path, suffix: str) -> list[Path]:
    """Return the files that ``rank`` or ``run`` with --out writes, by name."""
    folder.mkdir(parents=True)
    more = ["--draws", "0", "--tornado", PROPOSAL] if verb == "rank" else []
    plantsim(verb, str(CASE), "--out", str(folder / f"x{suffix}"), *more)
    return sorted(folder.iterdir())


def frame_columns() -> Iterable[tuple[str, list[str]]]:
    """Yield (function, columns) of the DataFrames and mappings of the api that TABLES does not declare."""
    from plantsim import api

    case = api.load_case(CASE)
    unknowns, figures = api.calibrate(CASE, PLANT)
    balance = api.heat_balance(BALANCE)
    with mock.patch("plantsim.engine.kiln_check.check_kiln", return_value=kiln()):
        profile = api.kiln_profile(case, PLANT)
    yield "api.plants", list(api.plants(case))
    yield "api.calibrate unknowns", list(unknowns)
    yield "api.calibrate figures", list(figures)
    yield "api.claims", list(api.claims("aluminium_cell"))
    yield "api.heat_balance", list(balance)
    yield "api.heat_balance attrs", list(balance.attrs)
    yield "api.kiln_profile", list(profile)
    yield "api.kiln_profile attrs", list(profile.attrs)
    scenarios = api.scenarios(case, PLANT, {})
    yield "api.scenarios", ["status"] if "status" in scenarios else []
    yield "api.scenarios prefixes", sorted({name.split(".")[0] for name in scenarios if "." in name})
    with contextlib.ExitStack() as stack:  # names are asked for here, not sunshine: pvlib need not be there
        for name in ("solar_year", "self_use"):
            stack.enter_context(mock.patch(f"plantsim.library.solar.{name}", return_value=SUN))
        yield "api.solar", list(api.solar("1 MW", "1 MW"))
    yield "manifest", list(api.manifest(case))


SUN = SimpleNamespace(
    **dict.fromkeys(
        ("irradiation", "yield_hours", "generated", "used", "exported", "share", "mean_power"), 0.0
    )
)


def kiln() -> SimpleNamespace:
    """A kiln's profile of one place: names are asked for here, not physics."""
    import numpy as np

    fields = ("x", "gas", "bed", "wall", "shell", "loss", "calcination", "fill")
    profile = SimpleNamespace(status=0, **{name: np.zeros(1) for name in fields})
    return SimpleNamespace(profile=profile, gas=0.0, clinker=0.0, loss=0.0)


def ranking_json() -> dict:
    """Return what ``rank --json`` prints for the frozen case."""
    return json.loads(plantsim("rank", str(CASE), "--json", "--draws", "0", "--tornado", PROPOSAL))


def json_keys() -> Iterable[tuple[str, list[str]]]:
    """Yield (place, keys) of what verbs print as JSON. Records of ``rank`` have the columns of IN_JSON."""
    ranking = ranking_json()
    yield "rank --json", list(ranking)
    yield "rank --json plants", list(ranking["plants"][0])
    yield "run --json", list(json.loads(plantsim("run", str(CASE), "--json")))
    fits = json.loads(plantsim("calibrate", str(CASE), "--json"))
    yield "calibrate --json", list(fits)
