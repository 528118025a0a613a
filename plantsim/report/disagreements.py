"""What plants report or measured against the model, one line each where the two disagree."""

from __future__ import annotations

from collections.abc import Sequence

from plantsim.engine.calibrate import Compared, figure_words
from plantsim.engine.columns import in_unit
from plantsim.library import Library
from plantsim.report.plants import figure4
from plantsim.vocabulary.case import Plant, scalar
from plantsim.vocabulary.messages import in_language, text


def disagreement_fields(plant: Plant, c: Compared, lib: Library, lang: str) -> dict[str, str]:
    """Return the fields of the message ``measured_disagrees``."""
    unit, quantity, words = figure_words(plant, c.reported.name, lib)
    record = scalar(c.reported.value)

    def shown(si: float) -> str:
        value = in_unit(lib, si, unit, quantity)
        return "-" if value is None else f"{figure4(value)} {unit}"

    return {
        "plant": plant.id,
        "figure": in_language(words, lang),
        "record": shown(record),
        "model": shown(c.after),
        "times": f"{abs(c.after - record) / c.sd:.1f}",
    }


def disagreement_lines(found: Sequence[tuple[Plant, Compared]], lib: Library, lang: str) -> list[str]:
    """Return a line for each disagreement."""
    return [text("measured_disagrees", lang, disagreement_fields(plant, c, lib, lang)) for plant, c in found]
