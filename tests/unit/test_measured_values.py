"""What an engineer measured is used: sheet values at saturation, values taken back, operating points asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coal_unit_rows import declaration, read_reference, run

from plantsim.engine.calibrate import calibrate_plant
from plantsim.io.cases import read_case
from plantsim.io.plants import reference_plant
from plantsim.kernels.steam import h_px, saturation_temperature
from plantsim.library import library
from plantsim.processes.coal_unit.expansion import sheet_enthalpy
from plantsim.vocabulary.case import Reported, Value
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.messages import text
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

SHEET = "n300-16.67-537-537"
HEAD = f"""schema = 1
[plant]
id = "u1"
process = "coal_unit"
reference = "{SHEET}"
altitude = "1800 m"
[values]
"""


def changed(name: str, place: int, value: float) -> dict[str, tuple[float, ...]]:
    row = list(read_reference(SHEET)[name])
    row[place] = value
    return {name: tuple(row)}


def solved(**values):
    x, _d, _o, y = run(read_reference(SHEET) | values)
    return x, y


def blamed(y) -> str:
    return declaration().name_of_code(int(y.status_variable))


def test_a_temperature_rounded_to_saturation_is_dry_saturated_steam():
    """0.135 MPa: saturation at 108.22 °C, which sheets print as 108.2: dry saturated steam, 2 688.3 kJ/kg."""
    x, y = solved(**changed("extraction_temperature", 5, 108.2 + 273.15))
    assert y.status == OK
    assert sheet_enthalpy(x, 5) == pytest.approx(h_px(135e3, 1.0), rel=1e-12)
    assert h_px(135e3, 1.0) == pytest.approx(2688.3e3, rel=1e-4)  # steam tables


def test_near_saturation_nothing_jumps():
    T = saturation_temperature(135e3)
    rates = [solved(**changed("extraction_temperature", 5, T + dT))[1].heat_rate for dT in (-0.01, 0.0, 0.01)]
    assert np.ptp(rates) < 1e-5 * rates[0]


def test_water_where_steam_is_drawn_is_named_as_what_it_is():
    _x, y = solved(**changed("extraction_temperature", 5, saturation_temperature(135e3) - 1.0))
    assert (y.status, blamed(y)) == (OUTSIDE_RANGE, "extraction_temperature")


def test_superheated_steam_that_is_called_wet_is_refused():
    """It moved the heat rate by 2.4 % without a word."""
    _x, y = solved(**changed("extraction_quality", 0, 0.999999))
    assert (y.status, blamed(y)) == (OUTSIDE_RANGE, "extraction_quality")


def read(tmp_path, values: str):
    file, problems = tmp_path / "u1.toml", Problems()
    file.write_text(HEAD + values + '[[operation]]\nhours = "5000 h"\n', encoding="utf-8")
    return read_case(file, library(), problems), problems


@pytest.mark.parametrize("word", ["none", "无"])
def test_what_a_reference_gives_can_be_taken_back(tmp_path, word):
    case, problems = read(tmp_path, f'boiler_efficiency = "{word}"\ncoal = "panzhou"\n')
    assert not problems.errors
    assert np.isnan(case.plants[0].values["boiler_efficiency"].si)
    assert np.isfinite(reference_plant(SHEET, library()).values["boiler_efficiency"].si)


def test_a_whole_coal_can_be_taken_back(tmp_path):
    case, problems = read(tmp_path, 'coal = "none"\n')
    assert not problems.errors
    assert all(np.isnan(case.plants[0].values[name].si) for name in COAL_VARIABLES)


def test_what_every_plant_has_cannot_be_taken_back(tmp_path):
    _case, problems = read(tmp_path, 'main_steam_pressure = "none"\n')
    assert problems.errors


def test_a_rows_values_can_be_taken_back(tmp_path):
    efficiencies = "".join(f'{c}_efficiency = "86 %"\n' for c in ("hp", "ip", "lp"))
    states = 'extraction_temperature = "none"\nextraction_quality = "none"\n'
    case, problems = read(tmp_path, states + efficiencies)
    assert not problems.errors
    values = case.plants[0].values
    assert np.isnan(values["extraction_temperature"].si).all()
    assert len(values["extraction_temperature"].si) == len(values["extraction_pressure"].si)


SIZED = 'condenser = "surface"\ncooling_water_temperature = "20 °C"\ncooling_water_flow = "36000 t/h"\n'


@pytest.mark.parametrize(("status", "asked"), [("measured", True), ("nameplate", False)])
def test_a_measured_pressure_is_asked_for_its_operating_point(tmp_path, status, asked):
    line = f'exhaust_pressure = {{ value = "4.2 kPa", status = "{status}" }}\n'
    _case, problems = read(tmp_path, SIZED + line)
    found = [p for p in problems if p.code == "measured_at_design" and p.fields["name"] == "exhaust_pressure"]
    assert bool(found) == asked
    if asked:
        assert found[0].line == 11
        for lang in ("en", "zh"):
            assert 'at = { load = "75 %" }' in text("measured_at_design", lang, found[0].fields)
    _case, problems = read(tmp_path, line)  # as it is held at every load: an operating pressure
    assert not [p for p in problems if p.code == "measured_at_design"]


def test_a_cylinder_of_a_sheet_is_fitted_from_where_the_sheet_has_it():
    """The sheet leaves lp_efficiency open and makes it 84.6 %; a heat rate 1 % above the model's asks for less."""
    lib = library()
    plant = reference_plant(SHEET, lib)
    plant = replace(plant, values={**plant.values, "air_pressure": Value(82e3, "kPa")})
    assert np.isnan(plant.values["lp_efficiency"].si)
    seen = 1.01 * run(read_reference(SHEET))[3].heat_rate
    told = replace(plant, record=(Reported("heat_rate", Value(seen, "", sd=1e-4 * seen)),))
    fit = calibrate_plant(told, lib, ("lp_efficiency",))
    (u,) = fit.unknowns
    assert u.given == pytest.approx(0.84610, abs=1e-4)
    assert u.fitted < u.given - 0.005
    assert fit.figures[0].after == pytest.approx(seen, rel=1e-3)


@pytest.mark.parametrize(
    ("status", "balance", "told"), [("measured", "off", 1), ("measured", "on", 0), ("assumed", "off", 0)]
)
def test_a_measured_value_that_the_model_does_not_read_is_told(tmp_path, status, balance, told):
    """A bath temperature with the heat balance off: no result rests on it."""
    (tmp_path / "line.toml").write_text(
        'schema = 1\n[plant]\nid = "a"\nname = { zh = "一", en = "A" }\nprocess = "aluminium_cell"\n'
        'reference = "prebake-240ka"\ncapacity = "145 kt/a"\naltitude = "0 m"\n[values]\n'
        f'heat_balance = "{balance}"\nbath_temperature = {{ value = "958 degC", status = "{status}" }}\n',
        encoding="utf-8",
    )
    problems = Problems()
    read_case(tmp_path / "line.toml", library(), problems)
    found = [p for p in problems if p.code == "measured_not_read"]
    assert len(found) == told
    for p in found:
        assert p.fields["name"] == "bath_temperature"
        assert all("heat_balance = on" in text("measured_not_read", lang, p.fields) for lang in ("en", "zh"))


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ('net_anode_consumption = "420 kg/t"\n', 1),
        ("", 0),
    ],
)
def test_a_value_that_others_give_is_told(tmp_path, stated, told):
    """Gross anodes less butts count; a net consumption beside them is a second figure of the same thing."""
    (tmp_path / "line.toml").write_text(
        'schema = 1\n[plant]\nid = "a"\nname = { zh = "一", en = "A" }\nprocess = "aluminium_cell"\n'
        'reference = "prebake-240ka"\ncapacity = "145 kt/a"\naltitude = "0 m"\n[values]\n'
        f'gross_anode_consumption = "495 kg/t"\nanode_butts = "83 kg/t"\n{stated}',
        encoding="utf-8",
    )
    problems = Problems()
    read_case(tmp_path / "line.toml", library(), problems)
    found = [p for p in problems if p.code == "given_by_others"]
    assert [p.fields["name"] for p in found] == ["net_anode_consumption"] * told
    for p in found:
        assert all(
            "gross_anode_consumption, anode_butts" in text(p.code, lang, p.fields) for lang in ("en", "zh")
        )


KILN, POTLINE = (
    ("cement_kiln", "cn-5000-5stage-3rd", ""),
    ("aluminium_cell", "prebake-240ka", 'capacity = "145 kt/a"'),
)


@pytest.mark.parametrize(
    ("line", "values", "told"),
    [
        (KILN, 'so2_target = "35 mg/Nm3"', "desulphurisation = dry_lime, semi_dry, wet"),
        (KILN, 'scr = "off"\nnox_after_scr = "45 mg/Nm3"', "scr = high_dust, after_boiler"),
        (KILN, 'sncr = "off"\nnox_after_sncr = "300 mg/Nm3"', "sncr = on"),
        (KILN, 'desulphurisation = "wet"\nso2_target = "35 mg/Nm3"', ""),
        (KILN, "", ""),
        (POTLINE, 'so2_target = "35 mg/Nm3"', "desulphurisation = wet_limestone, semi_dry"),
    ],
)
def test_a_target_that_nothing_on_the_plant_keeps_is_told(tmp_path, line, values, told):
    """Whatever its evidence: who states one believes that it is kept. A reference's is not the plant's word."""
    process, reference, capacity = line
    (tmp_path / "line.toml").write_text(
        f'schema = 1\n[plant]\nid = "a"\nname = {{ zh = "一", en = "A" }}\nprocess = "{process}"\n'
        f'reference = "{reference}"\naltitude = "0 m"\n{capacity}\n[values]\n{values}\n',
        encoding="utf-8",
    )
    problems = Problems()
    read_case(tmp_path / "line.toml", library(), problems)
    found = [p for p in problems if p.code == "target_not_read"]
    assert [p.severity for p in found] == (["warning"] if told else [])
    for p in found:
        assert all(told in text("target_not_read", lang, p.fields) for lang in ("en", "zh"))
