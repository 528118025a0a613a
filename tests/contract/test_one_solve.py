"""Each process, once, from its file to the screen: what the lowest declared versions must at least carry."""

from __future__ import annotations

import pytest
from public_tables import plantsim

from plantsim import api
from plantsim.library import library
from plantsim.processes import names


@pytest.mark.parametrize("process", names())
def test_a_reference_plant_is_solved_and_shown(process, tmp_path):
    lib = library()
    reference = next(r.id for r in lib.references.values() if r.process == process)
    file = tmp_path / "plant.toml"
    plantsim("new", reference, str(file))
    rows = api.run(api.load_case(file), threads=1)
    assert set(rows["status"]) == {"ok"}
    main = lib.declaration(process).main_indicator
    figures = rows[(rows["kind"] == "indicator") & (rows["name"] == main)]["value"]
    assert len(figures) == 1
    assert figures.notna().all()
    assert figures.iloc[0] > 0.0
    shown = plantsim("run", str(file))
    label = lib.indicators(process)[main].label["en"]
    assert label[:12] in " ".join(shown.split()), "the screen shows the main indicator"
