"""``plantsim explain``: a proposal under both holds of a kiln's cooling air, the one that counts and the other."""

from __future__ import annotations

import re

import pytest
from cement_kiln_rows import changed, solve_rows, solved

from plantsim.cli.main import run as run_command

LINE = """schema = 1
[plant]
id = "line"
name = { zh = "一号线", en = "Line 1" }
process = "cement_kiln"
reference = "cn-5000-5stage-3rd"
altitude = "0 m"
[[operation]]
load = "100 %"
hours = "7000 h"
[[proposal]]
id = "sixth"
retrofit = "extra_stage"
"""


@pytest.mark.parametrize(("lang", "kept"), [("en", "vent air kept"), ("zh", "余风量不变")])
@pytest.mark.parametrize("asked", ["sixth", "cooling_air_hold"])
def test_both_holds_are_told(tmp_path, capsys, monkeypatch, lang, kept, asked):
    monkeypatch.setenv("PLANTSIM_LANG", lang)
    (tmp_path / "line.toml").write_text(LINE, encoding="utf-8")
    run_command(["explain", str(tmp_path / "line.toml"), asked])
    out = capsys.readouterr().out
    assert kept in re.sub(r"\s+", " " if lang == "en" else "", out)
    row = next(line for line in out.splitlines() if "*" in line and re.search(r"\d \*", line))
    other, own = (float(n.replace(",", "")) for n in re.findall(r"[\d,]{3,}", row)[-2:])
    base = solved()
    fuel = [
        base.y["heat_consumption"][0]
        - solve_rows(changed(base.x, stage_count=6, cooling_air_hold=hold), load=1.0).y["heat_consumption"][0]
        for hold in (0, 1)
    ]
    # the sixth stage saves more with the vent air kept, its default; columns by the option's words
    assert fuel[0] < fuel[1]
    assert 0 < other < own
