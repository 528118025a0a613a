"""Levels and shares."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from plantsim.engine.standards import applicable, compared, gb_level, level_of, reached, share_of
from plantsim.library import library
from plantsim.report.ranking_words import level_word
from plantsim.vocabulary.case import Case, Plant, Value

KWH_PER_T = 3600.0


@pytest.fixture
def level():
    found = applicable(library(), "aluminium_cell", {}, "2026-11-01", "ndrc", "liquid_ac_power")
    assert found is not None
    return found


def plant(name: str, capacity: float | None) -> Plant:
    size = None if capacity is None else Value(capacity)
    return Plant(name, {}, "aluminium_cell", "", size, "", Value(82e3), {}, ())


def plant_of(process: str, **classes: str) -> Plant:
    return Plant("a", {}, process, "", None, "", Value(82e3), {}, (), classes=classes)


def case_of(date: str) -> Case:
    return Case({}, "", date, "", None, (), {}, ())


def test_equal_to_the_threshold_reaches_it(level):
    assert reached(level, 13000 * KWH_PER_T) == "benchmark"
    assert reached(level, 13000.0001 * KWH_PER_T) == "between"
    assert reached(level, 13350 * KWH_PER_T) == "between"
    assert reached(level, 13350.1 * KWH_PER_T) == "worse"
    assert reached(level, math.nan) == "ungraded"
    assert reached(None, 1.0) == "ungraded"
    no_benchmark = replace(level, benchmark=None)
    assert reached(no_benchmark, 13000 * KWH_PER_T) == "ungraded"
    assert reached(no_benchmark, 13351 * KWH_PER_T) == "worse"


def test_edition_in_force_is_chosen_by_date():
    lib = library()

    def edition(date: str) -> str | None:
        row = applicable(lib, "aluminium_cell", {}, date, "ndrc", "liquid_ac_power")
        return row.edition if row else None

    assert edition("2022-06-30") == "2021"
    assert edition("2023-05-31") == "2021"
    assert edition("2023-06-01") == "2023"
    assert edition("2020-01-01") is None


def test_a_row_for_a_class_goes_before_a_general_one(level):
    special = replace(level, classes={"oven": "stamp"}, benchmark=1.0)

    class Shelf:
        def levels(self, process):
            return (level, special)

        def indicators(self, process):
            return {}

    chosen = applicable(Shelf(), "p", {"oven": "stamp"}, "2026-01-01", "ndrc", "liquid_ac_power")
    assert chosen is special
    assert applicable(Shelf(), "p", {}, "2026-01-01", "ndrc", "liquid_ac_power") is level


def test_gb_levels_need_not_fall_in_order(level):
    # subcritical coal units: level 1 303, level 2 285 (admission of new ones), level 3 312
    row = replace(level, levels=(303.0, 285.0, 312.0))
    met = [gb_level(row, {"liquid_ac_power": v}) for v in (290.0, 284.0, 310.0, 313.0, math.nan)]
    assert met == [1, 1, 3, 0, 0]
    assert gb_level(replace(level, levels=(None, None, 352.0)), {"liquid_ac_power": 340.0}) == 3
    assert gb_level(row, {"another": 290.0}) == 0
    assert gb_level(None, {"liquid_ac_power": 1.0}) == 0


def test_each_gb_level_is_held_against_the_figure_that_it_is_written_on(level):
    """GB 21342-2025 corrects the figure differently for each level."""
    row = replace(level, levels=(110.0, 110.0, 135.0), level_indicators=("first", "second", "third"))
    assert gb_level(row, {"first": 112.0, "second": 109.0, "third": 100.0}) == 2
    assert gb_level(row, {"first": 112.0, "second": 113.0, "third": 134.0}) == 3
    assert gb_level(row, {"liquid_ac_power": 100.0}) == 0


@pytest.mark.parametrize(
    ("process", "which", "date", "indicator"),
    [
        ("cement_kiln", "gb", "2015-06-01", "comparable_clinker_energy"),
        ("cement_kiln", "gb", "2024-06-01", "clinker_comprehensive_energy"),
        ("cement_kiln", "ndrc", "2024-06-01", "clinker_comprehensive_energy"),
        ("coal_unit", "gb", "2026-06-01", "net_coal_rate"),
        ("aluminium_cell", "gb", "2026-06-01", "liquid_ac_power"),
    ],
)
def test_the_row_in_force_says_which_figure_is_compared(process, which, date, indicator):
    found = level_of(case_of(date), library(), plant_of(process, unit_class="sc-300"), which)
    assert found is not None
    assert found.indicator == indicator


def test_a_new_edition_on_another_indicator_decides_from_its_first_day(monkeypatch):
    """The benchmark level of clinker is rewritten on its coal: the plant is compared by that, then."""
    lib = library()
    new = replace(
        next(r for r in lib.levels("cement_kiln") if r.set == "ndrc" and r.edition == "2023"),
        edition="2030", indicator="clinker_comprehensive_coal", valid_from="2030-01-01",
    )  # fmt: skip
    rows = (*lib.levels("cement_kiln"), new)
    monkeypatch.setattr(type(lib), "levels", lambda self, process: rows)
    kiln = plant_of("cement_kiln")
    assert level_of(case_of("2030-01-01"), lib, kiln, "ndrc") is new
    assert compared(case_of("2030-01-01"), lib, kiln) == "clinker_comprehensive_coal"
    assert compared(case_of("2029-12-31"), lib, kiln) == "clinker_comprehensive_energy"
    own = replace(case_of("2030-01-01"), accounting={"indicator.cement_kiln": "comparable_clinker_coal"})
    assert compared(own, lib, kiln) == "comparable_clinker_coal"


@pytest.mark.parametrize("process", library().processes)
def test_one_row_decides_and_every_other_one_is_a_limit_beside_it(process):
    """Of two rows of a set and a class that are in force on one day, one stands beside the other."""
    rows = [r for r in library().levels(process) if not r.beside]
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            if (a.set, a.classes) == (b.set, b.classes):
                ends = [r.valid_to or "9999" for r in (a, b)]
                assert a.valid_from > ends[1] or b.valid_from > ends[0], (a, b)


def test_the_other_convention_of_a_figure_is_held_against_the_same_rows():
    lib, classes = library(), {"unit_class": "sc-300"}
    rows = [
        applicable(lib, "coal_unit", classes, "2026-11-01", "gb", name)
        for name in ("heat_coal_rate", "heat_coal_rate_with_power")
    ]
    assert rows[0] is rows[1] is not None
    assert rows[0].beside


def test_share_is_by_capacity_not_by_count():
    share = share_of(
        "aluminium",
        [plant("a", 145.0), plant("b", 150.0), plant("c", None)],
        ["worse", "benchmark", "benchmark"],
    )
    assert share.share == pytest.approx(150 / 295)
    assert share.worse == 145.0
    assert math.isnan(share_of("x", [], []).share)


def test_the_words_say_why_there_is_no_level() -> None:
    """A class without a benchmark level, a plant without a value, and a class that nothing covers differ."""
    lib = library()
    plant_class = {"unit_class": "uhp-200"}
    level = applicable(lib, "coal_unit", plant_class, "2026-11-01", "ndrc", "net_coal_rate")
    assert level is not None
    assert level.benchmark is None
    assert level.baseline is not None
    words = [
        level_word(lib, "ungraded", "en", threshold, value)
        for threshold, value in ((level, 0.9 * level.baseline), (level, math.nan), (None, math.nan))
    ]
    assert len(set(words)) == 3
    assert "baseline" in words[0]
