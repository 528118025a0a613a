"""What every process promises: declared and used agree, numbers carry their source, labels both languages."""

from __future__ import annotations

import inspect
import tomllib
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from record_use import record_use

from plantsim.engine.rows import changed_rows
from plantsim.library import library
from plantsim.processes import names
from plantsim.vocabulary.case import EVIDENCE
from plantsim.vocabulary.declarations import FORBIDDEN, OWN_FIELDS

ROOT = Path(__file__).resolve().parents[2]
LIB = library()
DECLARED = LIB.processes
MODELLED = [p for p in names() if p in DECLARED]
COMMON = set(LIB.data("common", "variables.toml"))  # used by the reader of case files, for every process
MODELS = [p for p in sorted((ROOT / "models").rglob("*.toml")) if p.name != "sources.toml"]


def sources(process: str) -> list[Path]:
    return sorted((ROOT / "plantsim" / "processes" / process).glob("*.py"))


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def entries(data, path=""):
    """Yield (path, table) for every table below."""
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from entries(value, f"{path}.{key}")
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from entries(value, f"{path}[{i}]")


def test_every_model_is_declared_and_found():
    assert set(names()) == set(MODELLED), "a process with kernels has no variables.toml"
    assert "aluminium_cell" in MODELLED


# --- declared and used ------------------------------------------------------------------------------


def test_reading_sources_sees_every_way_to_use_a_field(tmp_path):
    (tmp_path / "kernel.py").write_text(
        "A = variable_code('a')\n"
        "def solve(x, d, o, y):\n"
        "    y.b = x.c + d.e[0] + o['f'] + x.copy().size\n"
        "    y.g[1] += x[3].h\n"
        "    return year['i']\n"
    )
    use = record_use([tmp_path / "kernel.py"])
    assert use.read == {"x": {"c", "h"}, "d": {"e"}, "o": {"f"}, "y": set()}
    assert use.written == {"x": set(), "d": set(), "o": set(), "y": {"b", "g"}}
    assert (use.blamed, use.yearly) == ({"a"}, {"i"})


@pytest.mark.parametrize("process", MODELLED)
def test_every_declared_variable_is_used(process):
    declaration, use = LIB.declaration(process), record_use(sources(process))
    by_engine = {d.count for d in declaration.dimensions.values()} | {declaration.product}
    by_engine |= {v.weight for v in declaration.variables.values()}
    by_engine |= {v.name for v in declaration.variables.values() if v.measures and v.optional}  # compared
    for retrofit in LIB.retrofits(process).values():
        by_engine |= {c.per for c in (retrofit.capex, retrofit.operating_cost) if c} | set(retrofit.capped_by)
    unused = []
    for v in declaration.variables.values():
        record = {"input": "x", "calibrated": "x", "design": "d", "operating": "o", "output": "y"}[v.role]
        computed = v.role in {"calibrated", "design", "output"}
        used = use.written[record] if computed else use.of(record) | by_engine
        decides_nothing = len(v.options) == 1  # a choice of one: there to grow
        if v.name not in used and v.name not in COMMON and not decides_nothing:
            unused.append(f"{v.name} ({v.role}) is never {'written' if computed else 'used'}")
    assert not unused


@pytest.mark.parametrize("process", MODELLED)
def test_every_used_field_is_declared(process):
    declaration, use = LIB.declaration(process), record_use(sources(process))
    for record in ("x", "d", "o", "y"):
        declared = {v.name for v in declaration.in_record(record)} | set(OWN_FIELDS[record])
        assert use.of(record) <= declared, f"not declared for record {record}"
    assert not use.written["o"], "an operating point is given, not computed"
    fitted = {v.name for v in declaration.with_role("calibrated")}
    completed = {v.name for v in declaration.with_role("input") if v.optional}  # where the plant gives none
    completed |= {v.name for v in declaration.with_role("input") if v.given_by}  # where others state it
    assert use.written["x"] <= fitted | completed, "an input is overwritten"
    assert use.blamed <= set(declaration.variables), "blamed but not declared"
    yearly = {v.name for v in declaration.with_role("output") if v.yearly and not v.length}
    assert use.yearly <= yearly, "an indicator takes what has no yearly amount"


def test_kernels_blame_declared_variables():
    use = record_use(sorted((ROOT / "plantsim" / "kernels").rglob("*.py")))
    assert use.blamed <= {name for p in DECLARED for name in LIB.declaration(p).variables}


@pytest.mark.parametrize("process", DECLARED)
def test_field_names_are_free_and_codes_differ(process):
    declaration = LIB.declaration(process)
    assert not set(declaration.variables) & FORBIDDEN
    assert not set(declaration.variables) & set(dir(np.record))
    codes = [v.code for v in declaration.variables.values()]
    assert len(set(codes)) == len(codes)
    for record in ("x", "d", "o", "y"):
        for base in (declaration.dtype(record)[i].base for i in range(len(declaration.dtype(record)))):
            assert base in (np.dtype(np.float64), np.dtype(np.int64))


# --- numbers and words of a declaration -----------------------------------------------------------------


@pytest.mark.parametrize("process", DECLARED)
def test_labels_are_in_both_languages(process):
    declaration = LIB.declaration(process)
    owners = {v.name: v.label for v in declaration.variables.values()} | {"process": declaration.label}
    owners |= {f"indicator {n}": i.label for n, i in LIB.indicators(process).items()}
    owners |= {f"retrofit {n}": r.label for n, r in LIB.retrofits(process).items()}
    owners |= {f"reference {n}": r.label for n, r in LIB.references.items() if r.process == process}
    for name, label in owners.items():
        assert label.keys() == {"en", "zh"}, name
        assert has_chinese(label["zh"]), name
        assert label["en"].strip(), name
        assert not has_chinese(label["en"]), name
    for v in declaration.variables.values():
        assert v.note.keys() in ({"en", "zh"}, set()), v.name


@pytest.mark.parametrize("process", DECLARED)
def test_bounds_hold_the_typical_band_and_the_default(process):
    for v in LIB.declaration(process).variables.values():
        if v.role in {"input", "operating"} and not v.options:
            assert v.bounds is not None, v.name
        if v.bounds:
            assert v.bounds[0] < v.bounds[1], v.name
        if v.bounds and v.typical:
            assert v.bounds[0] <= v.typical[0] < v.typical[1] <= v.bounds[1], v.name
        if v.bounds and v.default is not None:
            assert v.bounds[0] <= v.default <= v.bounds[1], v.name


@pytest.mark.parametrize("process", DECLARED)
def test_defaults_have_a_source(process):
    for v in LIB.declaration(process).variables.values():
        if v.default is not None and not v.options:
            assert v.source in LIB.sources, v.name
            assert v.evidence in EVIDENCE, v.name


@pytest.mark.parametrize("process", DECLARED)
def test_flows_have_a_carrier_of_their_kind(process):
    integral = {
        "power": "energy",
        "mass_flow": "mass",
        "volume_flow": "volume",
        "normal_volume_flow": "normal_volume",
    }
    for v in LIB.declaration(process).with_role("output"):
        if v.ledger is None:
            continue
        assert v.ledger.carrier in LIB.carriers, v.name
        assert v.yearly == "integral", f"{v.name} enters the ledger, so it adds up over the year"
        assert LIB.carriers[v.ledger.carrier]["quantity"] == integral[v.quantity], v.name


@pytest.mark.parametrize("process", MODELLED)
def test_the_main_product_leaves_the_plant(process):
    declaration = LIB.declaration(process)
    product = declaration.variables[declaration.product]
    assert product.ledger is not None
    assert product.ledger.direction == -1


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.relative_to(ROOT / "models").as_posix())
def test_sources_and_evidence_are_known(path):
    for where, table in entries(tomllib.loads(path.read_text(encoding="utf-8"))):
        named = table.get("source", [])
        for source in [named] if isinstance(named, str) else named if isinstance(named, list) else []:
            assert source in LIB.sources, f"{where}: source {source!r} is not in models/common/sources.toml"
        if isinstance(table.get("evidence"), str):
            assert table["evidence"] in EVIDENCE, where


# --- indicators, levels, retrofits ----------------------------------------------------------------------


@pytest.mark.parametrize("process", MODELLED)
def test_every_indicator_has_its_function_and_every_function_an_indicator(process):
    module = import_module(f"plantsim.processes.{process}.indicators")
    functions = {
        n
        for n, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == module.__name__ and n[0] != "_"
    }
    assert set(LIB.indicators(process)) == functions
    assert LIB.declaration(process).main_indicator in functions


@pytest.mark.parametrize("process", DECLARED)
def test_levels_are_ordered_and_rest_on_an_indicator(process):
    for level in LIB.levels(process):
        indicator = LIB.indicators(process)[level.indicator]
        assert level.set in {"ndrc", "gb"}
        assert level.valid_from, level
        if level.benchmark is not None and level.baseline is not None:
            assert (level.benchmark < level.baseline) == indicator.lower_is_better, level


@pytest.mark.parametrize("process", DECLARED)
def test_retrofits_stay_within_bounds(process):
    """A change applied to a plant at either end of the typical band leaves every variable within its bounds."""
    declaration = LIB.declaration(process)
    retrofits = LIB.retrofits(process)
    for name, retrofit in retrofits.items():
        assert set(retrofit.excludes) <= set(retrofits) | {"retire"}, name
        for change in retrofit.changes:
            v = declaration.variables[change.variable]
            assert v.role in {"input", "calibrated"}, f"{name} changes {v.name}, which is computed"
            given = (change.low, change.likely, change.high)
            assert sorted(given) in (list(given), list(given[::-1])), (
                f"{name}: low, likely, high are not in order"
            )
            if v.bounds is None or not v.typical:
                continue
            for start in v.typical:
                row = declaration.zeros("x", 1)
                row[v.name] = start
                for effect in ("low", "likely", "high"):
                    new = float(np.ravel(changed_rows(row, [change], effect)[0][v.name])[0])
                    assert v.bounds[0] * (1 - 1e-12) <= new <= v.bounds[1] * (1 + 1e-12), (
                        f"{name} {v.name} {effect}"
                    )
