"""Levels and shares."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from plantsim.engine.standards import applicable, gb_level, reached, share_of
from plantsim.library import library
from plantsim.report.ranking_words import level_word
from plantsim.vocabulary.case import Plant, Value

KWH_PER_T = 3600.0


@pytest.fixture
def level():
    found = applicable(library(), "aluminium_cell", {}, "2026-11-01", "ndrc", "liquid_ac_power")
    assert found is not None
    return found


def plant(name: str, capacity: float | None) -> Plant:
    size = None if capacity is None else Value(capacity)
    return Plant(name, {}, "aluminium_cell", "", size, "", Value(82e3), {}, ())


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

    chosen = applicable(Shelf(), "p", {"oven": "stamp"}, "2026-01-01", "ndrc", "liquid_ac_power")
    assert chosen is special
    assert applicable(Shelf(), "p", {}, "2026-01-01", "ndrc", "liquid_ac_power") is level


def test_gb_levels_need_not_fall_in_order(level):
    # subcritical coal units: level 1 303, level 2 285 (admission of new ones), level 3 312
    row = replace(level, levels=(303.0, 285.0, 312.0))
    assert gb_level(row, 290.0) == 1
    assert gb_level(row, 284.0) == 1
    assert gb_level(row, 310.0) == 3
    assert gb_level(row, 313.0) == 0
    assert gb_level(replace(level, levels=(None, None, 352.0)), 340.0) == 3


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
