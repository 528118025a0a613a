"""What a notebook imports. Tables come back as pandas DataFrames under the column names of all outputs.

from plantsim import api
case = api.load_case("cases/liupanshui")
api.rank(case)
api.scenarios(case, "shuangyuan-1", {"cell_voltage": ["3.95 V", "4.00 V"]})
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from plantsim.engine.calibrate import calibrate_plant, compared_records, fitted_case, unknown_records
from plantsim.engine.case_records import tornado_records, total_records
from plantsim.engine.columns import (
    columns,
    plant_records,
    rank_records,
    run_records,
    share_records,
)
from plantsim.engine.evaluate import evaluate_plants
from plantsim.engine.manifest import run_manifest
from plantsim.engine.rank import rank_case
from plantsim.engine.ranking import Ranking
from plantsim.engine.rows import plant_rows, repeat_year
from plantsim.io.cases import read_case
from plantsim.io.scenario_columns import Door, in_declared_units, read_columns
from plantsim.library import library
from plantsim.vocabulary.case import Case, Plant
from plantsim.vocabulary.problems import BadInput, Problem, Problems, bad_input, nearest
from plantsim.vocabulary.units import UnitError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "calibrate",
    "claims",
    "heat_balance",
    "is_compiled",
    "kiln_profile",
    "load_case",
    "manifest",
    "plants",
    "rank",
    "run",
    "scenarios",
    "shares",
    "solar",
    "stream_scenarios",
    "tornado",
    "totals",
    "warm",
]


def load_case(path: str | Path, strict: bool = True) -> Case:
    """Return the case at ``path`` (a folder or a plant file), the [calibration] of its plants carried out.

    strict: raise for any error; False leaves out plants with errors, as the command line does, and says so:
    ``problems`` of the case holds what was wrong or doubtful.
    Raises BadInput, which lists every problem; also where nothing can be used.
    """
    problems = Problems()
    case = read_case(path, library(), problems)
    if case is None or not case.plants or (strict and problems.errors):
        raise BadInput(problems)
    case = fitted_case(case, library(), problems)
    if strict and problems.errors:
        raise BadInput(problems)
    return replace(case, problems=tuple(problems))


def _ranking(case: Case, threads: int | None, draws: int = 0) -> Ranking:
    problems = Problems()
    ranking = rank_case(case, library(), problems, threads, draws)
    if problems.errors:
        raise BadInput(problems)
    return ranking


def _frame(which: str, records: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(records, columns=[c.key for c in columns(library(), which)])


def run(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return indicators, yearly ledger and outputs of each plant as it is, one row per figure."""
    return _frame("run", run_records(evaluate_plants(case.plants, library(), threads), library()))


def rank(case: Case, threads: int | None = None, draws: int = 0) -> pd.DataFrame:
    """Return the ranked proposals, one row each; columns as in ``plantsim rank --out``.

    draws: of the uncertain inputs; 0 leaves the columns of probabilities and percentiles empty.
    """
    return _frame("rank", rank_records(_ranking(case, threads, draws), library()))


def shares(case: Case, threads: int | None = None, draws: int = 0) -> pd.DataFrame:
    """Return each sector's benchmark-level share, now and with every proposal done; draws as in :func:`rank`."""
    return _frame("shares", share_records(_ranking(case, threads, draws), library()))


def totals(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return the case's energy as the dual control counts it, gross and net, now and with every proposal done."""
    return _frame("totals", total_records(_ranking(case, threads), library()))


def tornado(case: Case, proposal: str, threads: int | None = None) -> pd.DataFrame:
    """Return what moves a simulated proposal most, one row per uncertain thing, the widest first.

    Saving and net present value with it at its 10th and 90th percentile, all else at the median. Raises BadInput for
    an unknown proposal.
    """
    from plantsim.engine.groups import solve_groups
    from plantsim.engine.tornado import tornado as tornado_of

    problems = Problems()
    groups = solve_groups(case, library(), problems, threads)
    return _frame("tornado", tornado_records(tornado_of(groups, proposal, threads), library()))


def bins(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return what each proposal saves by operating point, one row each: they add up to the year's saving."""
    from plantsim.engine.bins import bins_of
    from plantsim.engine.case_records import bin_records
    from plantsim.engine.groups import solve_groups

    groups = solve_groups(case, library(), Problems(), threads)
    return _frame("bins", bin_records(bins_of(groups), library()))


def emissions(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return what each plant, each district and the case give to the air a year, now and with everything done [t/a].

    Plants whose emission is not known are named and not in the sums.
    """
    from plantsim.engine.case_records import emission_records
    from plantsim.engine.emitted import emitted

    ranking = _ranking(case, threads)
    return _frame("emissions", emission_records(emitted(ranking.plants, ranking.bundles, library())))


def limits(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return for each plant's stack the limits in force, the year's means now and with everything done [mg/m3].

    State: within, above, not_known (no mean or no limit), stopped (retired). Hourly means scatter around the mean.
    """
    from plantsim.engine.case_records import limit_records
    from plantsim.engine.limits import graded

    ranking = _ranking(case, threads)
    return _frame("limits", limit_records(graded(ranking.plants, ranking.bundles), library()))


def plants(case: Case, threads: int | None = None) -> pd.DataFrame:
    """Return each plant's main indicator, the level that it reaches, its energy and CO2."""
    import pandas as pd

    return pd.DataFrame.from_records(plant_records(_ranking(case, threads).plants, library()))


def calibrate(
    path: str | Path, plant: str = "", unknowns: Sequence[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fit plants to their own [record]; return (unknown inputs before and after, reported figures against the model).

    path: the case; plant: an id, or all that report figures; unknowns: inputs to fit, else those of [calibration],
    else all that the process declares as fitted. Raises BadInput.
    """
    import pandas as pd

    lib, problems = library(), Problems()
    case = read_case(path, lib, problems)
    if case is None:
        raise BadInput(problems)
    chosen = [_plant(case, plant)] if plant else [p for p in case.plants if p.record]
    fits = [calibrate_plant(p, lib, unknowns) for p in chosen]
    return (
        pd.DataFrame.from_records([r for fit in fits for r in unknown_records(fit, lib)]),
        pd.DataFrame.from_records([r for fit in fits for r in compared_records(fit, lib)]),
    )


def manifest(case: Case) -> dict[str, Any]:
    """Return what a result of this case is made from: versions, hashes, price deck, conventions."""
    return run_manifest(case, library())


def _modelled(process: str) -> None:
    """Raise BadInput for a process that is not known, or that no model simulates."""
    from plantsim.processes import names

    known = list(library().processes)
    if process not in known:
        raise bad_input(
            "process_not_found",
            given=str(process),
            nearest=nearest(str(process), known),
            known=", ".join(known),
        )
    if process not in names():
        raise bad_input("process_without_model", process=process, known=", ".join(names()))


def _plant(case: Case, plant: str) -> Plant:
    found = next((p for p in case.plants if p.id == plant), None)
    if found is None:
        known = [p.id for p in case.plants]
        near = nearest(str(plant), known)
        raise bad_input("plant_unknown", given=str(plant), nearest=near, known=", ".join(known))
    return found


def scenarios(
    case: Case,
    plant: str,
    columns_: Mapping[str, Sequence[Any] | np.ndarray],
    recalibrate: bool = True,
    threads: int | None = None,
) -> dict[str, np.ndarray]:
    """Simulate one plant under many values of its inputs; return arrays by name, one place per scenario.

    columns_: input name -> values, all of one length n: numbers in the variable's declared unit, texts with units
    (gauge pressures and vacuum at the plant's site), or words for a choice; of an input with one value per part (a
    heater, say) an array of shape (n, places). recalibrate: fit the plant's calibrated values anew in each scenario
    (the inputs describe another plant); False keeps those of the plant as it is (the inputs are changes made to it),
    and a calibrated variable may then be named as well.
    Returns ``status`` (int64), each yearly output and ledger carrier (``ledger.<carrier>``) and each indicator
    (``indicator.<name>``) in SI, NaN where a scenario failed. Raises BadInput for an unknown plant or input, for
    columns of unequal length or wrong shape, and for the first value that is no finite number, not whole where the
    input counts, or outside the hard bounds.
    """
    n, columns = read_columns(columns_, _door(case, plant, recalibrate))
    return _solved(case, plant, n, columns, recalibrate, threads)


def _door(case: Case, plant: str, recalibrate: bool) -> Door:
    lib, base = library(), _plant(case, plant)
    _modelled(base.process)
    return Door(
        base, lib.declaration(base.process), ("input",) if recalibrate else ("input", "calibrated"), lib.units
    )


def _solved(
    case: Case,
    plant: str,
    n: int,
    columns: Mapping[str, np.ndarray],
    recalibrate: bool,
    threads: int | None,
) -> dict[str, np.ndarray]:
    """Return the results of ``n`` scenarios whose columns were read."""
    from plantsim.engine.evaluate import solve_process
    from plantsim.processes import load

    lib, base = library(), _plant(case, plant)
    declaration, process = lib.declaration(base.process), load(base.process)
    row, year = plant_rows(declaration, [base])
    if not recalibrate:
        row = solve_process(process, lib, row, year, 1).x
    x = np.repeat(row, n)
    for name, si in columns.items():
        if si.ndim > 1:
            x[name][:, : si.shape[1]] = si
        else:
            x[name] = si
    solved = solve_process(process, lib, x, repeat_year(year, 0, n), threads)
    result = {"status": solved.status, **solved.yearly}
    result.update({f"ledger.{k}": v for k, v in solved.ledger.items()})
    result.update({f"indicator.{k}": v for k, v in solved.indicators.items()})
    return result


def stream_scenarios(
    case: Case,
    plant: str,
    chunks: Iterable[Mapping[str, Sequence[Any] | np.ndarray]],
    folder: str | Path,
    recalibrate: bool = True,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Simulate scenarios chunk by chunk into parquet files; memory holds one chunk, whatever their number.

    chunks: as ``columns_`` of :func:`scenarios`, one mapping per chunk, all of the same inputs. folder: gets
    part-000000.parquet and so on, each with its inputs in their declared units (quantities are float64) and its
    results in SI, and manifest.json, which lists every part with the hash of its bytes once the run is whole.
    Interrupted work resumes to the same bytes: a part is kept when its bytes are those listed and it was made from the
    same chunk, plant, code and library. Parts of a longer run go; a file that no run wrote is refused; one run at a
    time may write into a folder. progress(chunks done, rows done) is called after each chunk.
    Returns {"rows", "failed", "kept"}: rows in all, rows whose status is not ok, parts kept from before.
    Raises BadInput as :func:`scenarios`, and stream_locked, stream_foreign, stream_columns_differ.
    """
    from plantsim.io.results import write_parquet
    from plantsim.io.streams import Parts, locked

    door, place = _door(case, plant, recalibrate), Path(folder)
    made_from = _made_from(case, door, recalibrate)
    counts, named = {"rows": 0, "failed": 0, "kept": 0}, ""
    with locked(place):
        parts = Parts(place, made_from)
        for number, chunk in enumerate(chunks):
            n, columns = read_columns(chunk, door)
            names = ", ".join(sorted(columns)) or "-"
            if named and names != named:
                raise bad_input(
                    "stream_columns_differ", file=str(place), number=number, given=names, before=named
                )
            named, digest = names, _digest(n, columns)
            entry = parts.kept(number, digest)
            if entry is not None:
                counts["kept"] += 1
                counts["failed"] += entry["failed"]
            else:
                result = _solved(case, plant, n, columns, recalibrate, threads)
                failed = int(np.count_nonzero(result["status"]))
                given = {f"input.{k}": v for k, v in in_declared_units(columns, door).items()}
                metadata = {**made_from, "chunk_sha256": digest, "failed": failed}
                write_parquet(parts.path(number), dict[str, Any](**given, **result), metadata)
                parts.add(number, digest, rows=n, failed=failed)
                counts["failed"] += failed
            counts["rows"] += n
            if progress is not None:
                progress(number + 1, counts["rows"])
        parts.finish()
    return counts


def _made_from(case: Case, door: Door, recalibrate: bool) -> dict[str, Any]:
    """Return what decides the bytes of every part: manifest, code, and the plant's records as they are in memory."""
    from plantsim.engine.manifest import code_sha256

    row, year = plant_rows(door.declaration, [door.plant])
    records = hashlib.sha256()
    for array in (row, year.o, year.seconds, year.first_bin):
        records.update(np.ascontiguousarray(array).tobytes())
    return {
        **manifest(case),
        "code_sha256": code_sha256(),
        "plant": door.plant.id,
        "recalibrate": recalibrate,
        "records_sha256": records.hexdigest(),
    }


def _digest(n: int, columns: Mapping[str, np.ndarray]) -> str:
    """Return the hash of what a chunk means: its columns in SI, however they were given."""
    digest = hashlib.sha256(f"{n}".encode())
    for name, si in columns.items():
        digest.update(f"{name}\0{si.dtype.str}{si.shape}\0".encode() + np.ascontiguousarray(si).tobytes())
    return digest.hexdigest()


def claims(process: str) -> pd.DataFrame:
    """Return published claims of a process's measures, recomputed: one row each, savings in the indicator's unit.

    verdict: passes, flagged, rejected (above what the plant could ever reach), or more_evidence (nothing was published
    that it could be recomputed from).
    """
    import pandas as pd

    from plantsim.engine.claims import audit_claim, audit_record
    from plantsim.io.plants import reference_plant

    _modelled(process)
    lib = library()
    rows = []
    for claim in lib.claims(process).values():
        rows.append(audit_record(audit_claim(claim, reference_plant(claim.reference, lib), lib), lib))
    return pd.DataFrame.from_records(rows)


def heat_balance(path: str | Path) -> pd.DataFrame:
    """Audit a kiln's own heat balance, a file as of ``plantsim balance``: one row per term, SI.

    Columns: term, side, heat [J/kg clinker], share [-]. ``attrs`` of the frame: total, fuel [J/kg] as given or as it
    closes the balance, residual [-], closed_by_fuel. Raises BadInput, which lists every problem of the file.
    """
    import pandas as pd

    from plantsim.io.heat_balance import read_heat_balance

    problems = Problems()
    read = read_heat_balance(Path(path), library(), problems)
    if read is None:
        raise BadInput(problems)
    rows = [{"term": t.name, "side": t.side, "heat": t.heat, "share": t.share} for t in read.audit.terms]
    frame = pd.DataFrame.from_records(rows)
    of = read.audit
    frame.attrs.update(total=of.total, fuel=of.fuel, residual=of.residual, closed_by_fuel=of.closed_by_fuel)
    return frame


def solar(
    capacity: str,
    load: str,
    standstill_load: str = "0 MW",
    running_hours: str = "7440 h",
    site: str = "liupanshui",
    age: str = "0 a",
) -> dict[str, float]:
    """Return a year of photovoltaics at a plant, with units in the names; needs ``pip install plantsim[solar]``.

    capacity: of the panels, load, standstill_load: the plant's while it runs and stands; texts with units. site: of
    models/common/weather.toml. ``pv_power_mw`` is what the input ``pv_power`` of a kiln line takes.
    Raises BadInput for a text that is no quantity or negative, and for a site that isn't known.
    """
    from plantsim.library.solar import read_panel, read_site, self_use, solar_year

    lib = library()

    def si(text: str, quantity: str) -> float:
        try:
            found = lib.units.parse(text, quantity).si
        except UnitError as error:
            problems = Problems()
            problems.extend([Problem("error", error.code, dict(error.fields))])
            raise BadInput(problems) from error
        if found < 0.0:
            raise bad_input("is_negative", text=text)
        return found

    watt, years = si(capacity, "power"), si(age, "life")
    hours = si(running_hours, "time") / 3600.0
    year = solar_year(read_site(lib, site), read_panel(lib), years)
    use = self_use(year, watt, si(load, "power"), si(standstill_load, "power"), hours)
    return {
        "irradiation_kwh_per_m2": year.irradiation,
        "yield_kwh_per_kwp": year.yield_hours,
        "generated_mwh": use.generated / 3.6e9,
        "used_mwh": use.used / 3.6e9,
        "exported_mwh": use.exported / 3.6e9,
        "used_share": use.share,
        "pv_power_mw": use.mean_power / 1e6,
    }


def kiln_profile(case: Case, plant: str, **kiln: float) -> pd.DataFrame:
    """Return the kiln of a cement line along its axis, from the feed to the burner, with the line's own fuel and feed.

    kiln: what differs from ``rotary_kiln`` of models/common/equipment.toml [SI], e.g. diameter=3.5, length=60.
    ``attrs`` of the frame: status, and what is above the fast model's own values: gas_k, clinker_k [K], loss_kj_per_kg.
    """
    import pandas as pd

    from plantsim.engine.kiln_check import check_kiln, kiln_shape
    from plantsim.vocabulary.status import status_name

    lib = library()
    found = check_kiln(_plant(case, plant), lib, kiln_shape(lib, **kiln))
    p = found.profile
    frame = pd.DataFrame(
        {
            "x_m": p.x,
            "gas_degc": p.gas - 273.15,
            "bed_degc": p.bed - 273.15,
            "wall_degc": p.wall - 273.15,
            "shell_degc": p.shell - 273.15,
            "loss_kw_per_m": p.loss / 1e3,
            "calcination": p.calcination,
            "fill": p.fill,
        }
    )
    frame.attrs = {
        "status": status_name(p.status),
        "gas_k": found.gas,
        "clinker_k": found.clinker,
        "loss_kj_per_kg": found.loss / 1e3,
    }
    return frame


def is_compiled(process: str) -> bool:
    """Return whether a process can run without compiling: from the cache, or as plain Python."""
    from plantsim import _jit, processes

    _modelled(process)
    folder = Path(processes.__file__).parent / process
    return _jit.jit_disabled() or _jit.is_compiled(folder)


def warm(process: str) -> None:
    """Compile a process, or load its compiled code, by solving its first reference plant."""
    from plantsim.engine.evaluate import solve_process
    from plantsim.io.plants import reference_plant
    from plantsim.processes import load

    _modelled(process)
    lib = library()
    reference = next(r for r in lib.references.values() if r.process == process)
    row, year = plant_rows(lib.declaration(process), [reference_plant(reference.id, lib)])
    solve_process(load(process), lib, row, year, 1)
