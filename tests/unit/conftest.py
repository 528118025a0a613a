"""Fixtures of the unit tests of case files: the library, a small process with lists, and a folder for cases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from plantsim.engine.rank import rank_case
from plantsim.engine.ranking import Ranking
from plantsim.io import read_case
from plantsim.library import Library, library
from plantsim.vocabulary.case import Case
from plantsim.vocabulary.messages import show_problem
from plantsim.vocabulary.problems import Problems

ROW_PROCESS = """
[process]
label = { en = "row of heaters", zh = "加热器组" }
sector = "heaters"
capacity = { quantity = "power", unit = "MW" }
dimensions = { heaters = { size = 4, count = "heater_count" } }

[heater_count]
role = "input"
quantity = "count"
unit = "1"
default = 2
label = { en = "heaters", zh = "加热器台数" }

[extraction_pressure]
role = "input"
quantity = "pressure"
unit = "MPa"
shape = "heaters"
bounds = [0.005, 12]
typical = [0.02, 6]
label = { en = "extraction pressure", zh = "抽汽压力" }

[terminal_difference]
role = "input"
quantity = "temperature_difference"
unit = "K"
shape = "heaters"
default = 3
label = { en = "terminal temperature difference", zh = "端差" }

[drain_temperature]
role = "input"
quantity = "temperature"
unit = "degC"
optional = true
label = { en = "drain temperature", zh = "疏水温度" }

[exhaust_pressure]
role = "input"
quantity = "pressure"
unit = "kPa"
bounds = [2, 60]
typical = [4, 12]
aliases = ["back_pressure"]
label = { en = "exhaust pressure", zh = "排汽压力" }

[drive]
role = "input"
options = { motor = 0, turbine = 1 }
default = "motor"
label = { en = "drive of the feed pump", zh = "给水泵驱动方式" }

[load]
role = "operating"
quantity = "fraction"
unit = "%"
bounds = [0, 110]
label = { en = "load", zh = "负荷率" }
"""


CITY_CASE = """schema = 1
[case]
name = { zh = "x", en = "x" }
date = "2026-11-01"
price_deck = "liupanshui-2026-base"
"""


@pytest.fixture(scope="session")
def rank_plants(tmp_path_factory) -> Callable[[Mapping[str, str]], Ranking]:
    """Rank plants of the library's processes, each the text of its file by its name; the case must be sound."""

    def rank(plants: Mapping[str, str]) -> Ranking:
        folder = tmp_path_factory.mktemp("case")
        (folder / "plants").mkdir()
        (folder / "case.toml").write_text(CITY_CASE, encoding="utf-8")
        for name, words in plants.items():
            (folder / "plants" / f"{name}.toml").write_text(words, encoding="utf-8")
        problems = Problems()
        case = read_case(folder, library(), problems)
        assert not problems.errors
        return rank_case(case, library(), Problems(), 1)

    return rank


@pytest.fixture(scope="session")
def house() -> Library:
    """The library of the checkout."""
    return library()


@pytest.fixture
def rows(tmp_path: Path, house: Library) -> Library:
    """A library with one process that has lists, an old name, a choice and an optional input."""
    folder = tmp_path / "models"
    shutil.copytree(house.folder / "common", folder / "common")
    (folder / "heater_row" / "reference").mkdir(parents=True)
    (folder / "heater_row" / "variables.toml").write_text(ROW_PROCESS, encoding="utf-8")
    return Library(folder)


HEAD = 'schema = 1\n[plant]\nid = "p"\nprocess = "{process}"\n{head}\n'


@pytest.fixture
def plant(tmp_path: Path) -> Callable[..., tuple[Case | None, Problems]]:
    """Write and read a plant file made of a head and a body."""

    def read(lib: Library, body: str, head: str = 'altitude = "0 m"', process: str = "heater_row"):
        file = tmp_path / "p.toml"
        file.write_text(HEAD.format(process=process, head=head) + body, encoding="utf-8")
        problems = Problems()
        case = read_case(file, lib, problems)
        for p in problems:
            for lang in ("zh", "en"):
                assert "{" not in show_problem(p, lang).replace("{ value", ""), p
        return case, problems

    return read


def codes(problems: Problems) -> dict[str, int]:
    """The lines by code of all problems but those of a case that names no deck and date."""
    skipped = {"price_deck_missing", "date_missing"}
    return {p.code: p.line for p in problems if p.code not in skipped}
