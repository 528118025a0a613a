"""What ``against.py`` times: one side's process. It reads lines from standard input and answers each with one of JSON.

    names                   -> the names of all benchmarks
    prepare NAME            -> {"left_out": inputs that this side does not know}, once all is compiled and warm
    time NAME CALLS         -> {"seconds": CPU time of CALLS calls}

The same text runs against each side's plantsim (PYTHONPATH says which), so it asks of plantsim only what users may rely
on: case files, ``plantsim.api``, verbs. Plants start from the side's own reference files. Inputs are arrays drawn at
run time; they differ from row to row and from call to call. One thread.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

Work = Callable[[], object]
SETS = 5  # of inputs, taken in turn
SEED = 20260801
LOADS = ("100 %", "80 %", "60 %", "45 %")


@dataclass(frozen=True)
class Rows:
    """A plant under ``rows`` values of its inputs: reference, loads of its year, inputs as bands in declared units."""

    process: str
    reference: str
    capacity: str
    rows: int
    bands: Mapping[str, tuple[float, float]]
    given: Mapping[str, str] = field(default_factory=dict)
    loads: tuple[str, ...] = ()


COAL = {"economiser_oxygen": (3.0, 4.5), "auxiliary_power_rate": (4.5, 6.0)}
KILN = {"preheater_exit_temperature": (305.0, 335.0), "exit_oxygen": (2.8, 4.5), "clinker_lime": (65.0, 66.0)}
COKE = {
    "coal_volatile_matter": (25.0, 29.0),
    "coal_moisture": (9.0, 11.0),
    "coke_temperature": (980.0, 1030.0),
    "air_ratio": (1.2, 1.35),
}
CDQ = {**COKE, "cdq_circulating_gas": (1350.0, 1450.0), "cdq_air": (70.0, 95.0)}
POTS = {"cathode_voltage_drop": (250.0, 330.0), "anode_voltage_drop": (300.0, 340.0)}
ALL_CDQ = {
    "quenching": "dry",
    "riser_recovery": "steam",
    "flue_boiler": "steam",
    "denitration": "low_temperature_scr",
    "desulphurisation": "dry_sodium",
}

PLANTS = {
    "coal-n600": Rows("coal_unit", "n600-24.2-566-566", "600 MW", 60, COAL, loads=LOADS),
    "coal-n300": Rows("coal_unit", "n300-16.67-537-537", "300 MW", 60, COAL, loads=LOADS),
    "coal-n200": Rows("coal_unit", "n200-12.75-535-535", "200 MW", 60, COAL, loads=LOADS),
    "kiln": Rows("cement_kiln", "cn-5000-5stage-3rd", "1.55 Mt/a", 300, KILN),
    "kiln-stages": Rows(
        "cement_kiln",
        "cn-5000-5stage-3rd",
        "1.55 Mt/a",
        100,
        {name: KILN[name] for name in ("exit_oxygen", "clinker_lime")},
        {"tower_model": "stages", "cooler_model": "cells"},
    ),
    "coke-wet": Rows("coke_oven", "top-charged-6m", "1 Mt/a", 1000, COKE),
    "coke-cdq": Rows("coke_oven", "top-charged-6m", "1 Mt/a", 300, CDQ, {"quenching": "dry"}),
    "coke-all": Rows("coke_oven", "top-charged-6m", "1 Mt/a", 300, CDQ, ALL_CDQ),
    "potline": Rows("aluminium_cell", "prebake-410ka", "200 kt/a", 4000, POTS),
    "potline-heat": Rows("aluminium_cell", "model-500ka", "200 kt/a", 2000, POTS),
}


def rows_work(of: Rows, folder: Path) -> tuple[Work, list[str]]:
    """Return what solves the rows once, and the inputs that this side's plantsim does not know."""
    from plantsim import api

    case = api.load_case(plant_file(of, folder))
    plant = case.plants[0].id
    draw = np.random.default_rng(SEED)
    sets = [{n: draw.uniform(*band, of.rows) for n, band in of.bands.items()} for _ in range(SETS)]
    left_out = [n for n in of.bands if not known(case, plant, n, sets[0][n][:1])]
    sets = [{n: v for n, v in one.items() if n not in left_out} for one in sets]
    turn = 0

    def work() -> object:
        nonlocal turn
        turn = (turn + 1) % SETS
        return api.scenarios(case, plant, sets[turn], recalibrate=False, threads=1)

    failed = float(np.mean(np.asarray(api.scenarios(case, plant, sets[0], False, 1)["status"]) != 0))
    if failed > 0.1:
        raise RuntimeError(f"{of.reference}: {failed:.0%} of the rows failed: other rows, other work")
    return work, left_out


def known(case: object, plant: str, name: str, values: np.ndarray) -> bool:
    """Return whether this side's process has the input."""
    from plantsim import api
    from plantsim.vocabulary.problems import BadInput

    try:
        api.scenarios(case, plant, {name: values}, recalibrate=False, threads=1)
    except BadInput:
        return False
    return True


def plant_file(of: Rows, folder: Path) -> Path:
    """Write a plant that starts from the reference of this side's models/."""
    lines = [
        "schema = 1",
        "[plant]",
        'id = "it"',
        'name = { zh = "试验装置", en = "plant of a benchmark" }',
        f'process = "{of.process}"',
        f'reference = "{of.reference}"',
        f'capacity = "{of.capacity}"',
        'altitude = "0 m"',
        "[values]",
        *(f'{name} = {{ value = "{word}", status = "assumed" }}' for name, word in of.given.items()),
    ]
    for load in of.loads:
        lines += ["[[operation]]", f'hours = "{8000 // len(of.loads)} h"', f'load = "{load}"']
    path = folder / f"{of.reference}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rank_work(draws: int) -> Work:
    """Return what ranks this side's cases/liupanshui."""
    from plantsim import api

    case = api.load_case("cases/liupanshui")
    return lambda: api.rank(case, threads=1, draws=draws)


def load_work() -> Work:
    """Return what reads this side's cases/liupanshui and checks it."""
    from plantsim import api

    return lambda: api.load_case("cases/liupanshui")


def verb_work(*arguments: str) -> Work:
    """Return what runs a verb in a Python of its own."""
    command = [sys.executable, "-P", "-m", "plantsim", *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


OTHERS: dict[str, Callable[[Path], Work]] = {
    "load": lambda folder: load_work(),
    "rank": lambda folder: rank_work(0),
    "rank-draws": lambda folder: rank_work(32),
    "start-help": lambda folder: verb_work("--help"),
    "start-run": lambda folder: verb_work("run", str(plant_file(PLANTS["potline"], folder))),
}
NAMES = (*PLANTS, *OTHERS)


def timed(work: Work, calls: int, others: bool) -> float:
    """Return the CPU time of so many calls [s]; others: that of the processes that they start."""

    def now() -> float:
        if not others:
            return time.process_time()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    gc.collect()
    gc.disable()
    start = now()
    for _ in range(calls):
        work()
    seconds = now() - start
    gc.enable()
    return seconds


def main() -> None:
    """Answer until standard input ends."""
    import plantsim

    if Path(plantsim.__file__).resolve().parents[1] != Path.cwd().resolve():
        raise SystemExit(f"plantsim of {plantsim.__file__} instead of {Path.cwd()}")
    answers, sys.stdout = sys.stdout, sys.stderr
    works: dict[str, Work] = {}
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            what, *rest = line.split()
            if what == "names":
                answer: object = list(NAMES)
            elif what == "prepare":
                (name,), left_out = rest, []
                place = Path(folder) / name
                place.mkdir()
                if name in PLANTS:
                    works[name], left_out = rows_work(PLANTS[name], place)
                else:
                    works[name] = OTHERS[name](place)
                works[name]()
                gc.collect()
                gc.freeze()  # what lives on is not looked at between samples
                answer = {"left_out": left_out}
            else:
                answer = {"seconds": timed(works[rest[0]], int(rest[1]), rest[0].startswith("start-"))}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
