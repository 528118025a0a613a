"""Bad input of a coal unit is named, with figures, before anything is solved."""

from __future__ import annotations

import pytest
from coal_unit_rows import complete, read_reference

from plantsim.processes.coal_unit.checks import check
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.messages import catalogue, text

N600, N200 = "n600-24.2-566-566", "n200-12.75-535-535"


def changed(name: str, **values):
    return complete({**read_reference(name), **values})


def place(name: str, row: str, i: int, value: float):
    rows = list(read_reference(name)[row])
    rows[i] = value
    return {row: tuple(rows)}


NO_COAL = dict.fromkeys(COAL_VARIABLES, float("nan"))

BAD = {
    "coal_heater_missing": (changed(N600, **place(N600, "extraction_pressure", 4, float("nan"))), ("5", "8")),
    "coal_extraction_order": (
        changed(N600, **place(N600, "extraction_pressure", 2, 5e6)),
        ("3", "5 MPa", "4.053 MPa"),
    ),
    "coal_pressure_order": (changed(N600, ip_exhaust_pressure=5e6), ("5 MPa", "3.648 MPa")),
    "coal_extraction_below_exhaust": (changed(N200, exhaust_pressure=0.05e6), ("0.038 MPa", "0.05 MPa")),
    "coal_drain_without_place": (changed(N600, **place(N600, "drain_to", 7, 0.0)), ("8",)),
    "coal_drain_pump_pressure": (
        changed(N600, condensate_pressure=0.02e6, **place(N600, "drain_to", 6, 3.0)),
        ("0.02 MPa",),
    ),
    "coal_water_boils": (changed(N600, condensate_pressure=0.3e6), ("0.3 MPa", "0.3695 MPa")),
    "coal_deaerator_below_air": (
        changed(N600, air_pressure=81500.0, **place(N600, "extraction_loss", 3, 0.93)),
        ("0.06587 MPa", "0.0815 MPa"),
    ),
    "coal_condensate_below_deaerator": (changed(N600, condensate_pressure=0.5e6), ("0.5 MPa", "0.894 MPa")),
    "coal_feedwater_below_steam": (changed(N600, feedwater_pressure=20e6), ("20 MPa", "24.2 MPa")),
    "coal_pump_turbine_source": (changed(N600, pump_turbine_source=9.0), ("9", "8")),
    "coal_pump_turbine_incomplete": (changed(N600, pump_turbine_share=float("nan")), ()),
    "coal_gland_without_place": (changed(N600, gland_to=(9.0, 0.0, 0.0)), ("1", "9", "8")),
    "coal_gland_uphill": (changed(N600, gland_to=(12.0, 0.0, 0.0), gland_source=(1.0, 0.0, 0.0)), ("1",)),
    "coal_sheet_without_flow": (
        changed(N600, extraction_flow=(120.0,)),
        ("extraction_flow", "sheet_main_steam_flow"),
    ),
    "coal_more_taken_than_steam": (changed(N600, pump_turbine_share=5.2), ("520 %", "50 %")),
    "coal_efficiency_missing": (changed(N200, hp_efficiency=float("nan")), ("hp_efficiency",)),
    "coal_reheat_incomplete": (
        changed(N200, hot_reheat_temperature=float("nan")),
        ("hot_reheat_temperature",),
    ),
    "coal_condenser_incomplete": (
        changed(N200, condenser=1.0, cooling_water_temperature=float("nan")),
        ("cooling_water_temperature",),
    ),
    "coal_no_efficiency": (changed(N200, **NO_COAL, boiler_efficiency=float("nan")), ()),
    "coal_incomplete": (changed(N200, coal_ash=float("nan")), ("coal_ash",)),
    "coal_sum_wrong": (changed(N200, coal_ash=0.36), (" 36 %", "103 %")),
    "coal_heating_value_contradicts": (changed(N200, coal_heating_value=25e6), ("25", "20.04")),
    "coal_gas_temperatures": (changed(N200, rated_flue_gas_temperature=653.15), ("380", "370")),
    "coal_capture_over_lime": (
        changed(N200, furnace_sulphur_capture=0.9, calcium_sulphur_ratio=0.5),
        ("90 %", "0.5", "49 %"),
    ),
    "coal_sncr_test": (
        changed(N200, sncr=1.0, sncr_reduction=0.9, sncr_temperature=1073.15),
        ("90 %", "25.64 %", "sncr_ratio"),
    ),
    "coal_radiation_missing": (changed(N200, radiation_method=2.0), ("radiation_loss",)),
}
WARNED = {
    "coal_no_analysis": changed(N200, **NO_COAL),
    "coal_economiser_without_gas": changed(N200, **NO_COAL, low_economiser_gas_outlet=370.0),
    "coal_economiser_idle": changed(N200, low_economiser_gas_outlet=420.0),
    "coal_target_without_part": changed(N200, fgd=0.0),
    "coal_no_heaters": changed(N200, heater_count=0.0, extraction_pressure=(), heater_kind=()),
    "coal_no_deaerator": changed(N200, heater_kind=(0.0,) * 8),
    "coal_drain_past_deaerator": changed(N600, **place(N600, "drain_to", 2, 2.0)),
}


@pytest.mark.parametrize("name", [N600, N200, "n300-16.67-537-537"])
def test_reference_plants_have_no_findings(name):
    assert check(complete(read_reference(name))) == []


@pytest.mark.parametrize("code", BAD)
def test_bad_input_is_named_with_its_figures(code):
    values, figures = BAD[code]
    found = [f for f in check(values) if f.code == code]
    assert found, [f.code for f in check(values)]
    assert found[0].severity == "error"
    for lang in ("en", "zh"):
        message = text(code, lang, found[0].fields)
        assert "{" not in message
        for figure in figures:
            assert figure in message, message


@pytest.mark.parametrize(
    ("name", "hot", "first"), [(N600, 1.827e6, "3"), ("n300-16.67-537-537", 1.64e6, "3")]
)
def test_steam_is_not_extracted_above_the_pressure_with_which_it_enters(name, hot, first):
    """Behind reheat the IP cylinder's first extraction lies below hot reheat; that of the cold line lies above."""
    found = [f for f in check(changed(name, hot_reheat_pressure=hot)) if f.code == "coal_extraction_order"]
    assert [f.fields["number"] for f in found] == [first]
    assert found[0].fields["name"] == "hot_reheat_pressure"
    for lang in ("en", "zh"):
        said = text("coal_extraction_order", lang, found[0].fields)
        assert f"{hot / 1e6:.4g} MPa" in said
    border = read_reference(name)["extraction_pressure"][int(first) - 1]
    assert check(changed(name, hot_reheat_pressure=border * 1.01)) == []


@pytest.mark.parametrize(("lang", "part"), [("en", "ash 36 %"), ("zh", "灰分 36 %")])
def test_the_parts_of_a_coal_are_named_in_the_readers_language(lang, part):
    (found,) = (f for f in check(BAD["coal_sum_wrong"][0]) if f.code == "coal_sum_wrong")
    assert part in text("coal_sum_wrong", lang, found.fields)


@pytest.mark.parametrize("code", WARNED)
def test_doubtful_input_is_a_warning(code):
    assert code in [f.code for f in check(WARNED[code]) if f.severity == "warning"]


def test_every_text_is_reached():
    texts = {code for code in catalogue() if code.startswith("coal_")}
    assert texts == BAD.keys() | WARNED.keys()
