"""Coals as laboratories and case files give them: bases, estimates, sums, heating values, messages."""

from __future__ import annotations

import json
import math

import pytest

from plantsim.engine.explain import explain_variable
from plantsim.io.cases import read_case
from plantsim.io.schema import json_schema
from plantsim.io.templates import new_case_text
from plantsim.library import library
from plantsim.vocabulary.basis import BasisError, parse_symbol
from plantsim.vocabulary.coal import COAL_VARIABLES, PARTS, mendeleev, read_coal
from plantsim.vocabulary.messages import text
from plantsim.vocabulary.problems import Problems

ULTIMATE = {
    "Mt": 0.07, "Aar": 0.33, "Car": 0.509, "Har": 0.031, "Oar": 0.036, "Nar": 0.009, "St_ar": 0.015,
    "Qnet_ar": 20.04e6,
}  # fmt: skip
PROXIMATE = {"Mt": 0.07, "Aar": 0.33, "Vdaf": 0.32, "St_ar": 0.015, "Qnet_ar": 20.04e6}


def keyed(symbols: dict[str, float]) -> dict[tuple[str, str], float]:
    return {parse_symbol(symbol): value for symbol, value in symbols.items()}


def test_ultimate_analysis_is_taken_as_it_is():
    found = read_coal("ultimate", keyed(ULTIMATE))
    assert not found.estimated
    assert found.parts["carbon"] == 0.509
    assert found.heating_value == 20.04e6


def test_bases_give_the_same_coal():
    """Air-dried sample with 2 % moisture of the same coal."""
    ratio = (1 - 0.02) / (1 - 0.07)
    dried = {"Mt": 0.07, "Mad": 0.02, "Aad": 0.33 * ratio, "Std": 0.015 / 0.93, "Qnet_ar": 20.04e6}
    dried |= {f"{s}ad": ULTIMATE[f"{s}ar"] * ratio for s in "CHON"}
    found = read_coal("ultimate", keyed(dried))
    assert found.parts == pytest.approx(read_coal("ultimate", keyed(ULTIMATE)).parts, rel=1e-12)


def test_oxygen_by_difference_and_heating_value_by_formula():
    given = keyed({k: v for k, v in ULTIMATE.items() if k not in ("Oar", "Qnet_ar")})
    found = read_coal("ultimate", given)
    assert found.parts["oxygen"] == pytest.approx(0.036, abs=1e-12)
    assert found.heating_value == pytest.approx(20.044e6, rel=1e-4)  # the facts' coal is by the same formula
    assert found.estimated == {"coal_heating_value"}


def test_gross_heating_value():
    gross = 20.04e6 + 2.3e6 * 0.07 + 20.6e6 * 0.031  # GB/T 213
    given = keyed({k: v for k, v in ULTIMATE.items() if k != "Qnet_ar"} | {"Qgr_ar": gross})
    assert read_coal("ultimate", given).heating_value == pytest.approx(20.04e6, rel=1e-12)


@pytest.mark.parametrize("kind", ["ultimate", "proximate"])
def test_net_heating_value_at_constant_pressure(kind):
    """20 040 kJ/kg less 6 x 3.1 % H, 0.8 x 4.5 % O and N, and 1.4 x 7 % moisture: 32.0 kJ/kg less, by hand."""
    net_p = 20.04e6 - 1e3 * (6.0 * 3.1 + 0.8 * (3.6 + 0.9) + 1.4 * 7.0)
    assert net_p == pytest.approx(20_008_000.0)
    whole = ULTIMATE if kind == "ultimate" else PROXIMATE | {"Har": 0.031}
    given = keyed({k: v for k, v in whole.items() if k != "Qnet_ar"} | {"Qnet,p,ar": net_p})
    near = 1.0 if kind == "ultimate" else 1500.0  # 0.8 kJ/kg for each per cent of estimated oxygen
    assert read_coal(kind, given).heating_value == pytest.approx(20.04e6, abs=near)


def test_constant_pressure_on_the_air_dried_basis_is_the_same_coal():
    """Air-dried 2 %: Qnet,v,ad = (20 040 + 23 x 7) 98/93 - 46 = 21 240.7 kJ/kg; less 6 H + 0.8 (O + N) + 1.4 x 2."""
    ratio = (1 - 0.02) / (1 - 0.07)
    net_v = (20.04e6 + 23e3 * 7.0) * ratio - 46e3
    net_p = net_v - 1e3 * (6.0 * 3.1 * ratio + 0.8 * 4.5 * ratio + 1.4 * 2.0)
    given = {k: v for k, v in ULTIMATE.items() if k != "Qnet_ar"} | {"Mad": 0.02, "Qnet,p,ad": net_p}
    assert read_coal("ultimate", keyed(given)).heating_value == pytest.approx(20.04e6, rel=1e-12)


def test_values_at_constant_pressure_and_volume_must_be_of_one_coal():
    assert read_coal("ultimate", keyed(ULTIMATE | {"Qnet,p,ar": 20.008e6})).heating_value == 20.04e6
    with pytest.raises(BasisError) as caught:
        read_coal("ultimate", keyed(ULTIMATE | {"Qnet,p,ar": 21e6}))
    assert caught.value.code == "analysis_contradicts"
    assert "Qnet,p,ar" in caught.value.fields["other"]


def test_proximate_analysis_closes_sum_and_heating_value():
    found = read_coal("proximate", keyed(PROXIMATE))
    assert sum(found.parts.values()) == pytest.approx(1.0, abs=1e-12)
    assert mendeleev(found.parts) == pytest.approx(20.04e6, rel=1e-9)
    assert found.estimated == {f"coal_{part}" for part in ("carbon", "hydrogen", "oxygen", "nitrogen")}
    for part, known in (("carbon", 0.509), ("hydrogen", 0.031), ("oxygen", 0.036), ("nitrogen", 0.009)):
        assert found.parts[part] == pytest.approx(known, abs=0.015), part


def test_a_heating_value_a_little_above_the_formula_leaves_no_oxygen():
    found = read_coal("proximate", keyed(PROXIMATE | {"Qnet_ar": 22e6}))
    assert found.parts["oxygen"] == pytest.approx(0.0, abs=1e-12)
    assert sum(found.parts.values()) == pytest.approx(1.0, abs=1e-12)


def test_proximate_analysis_without_heating_value_or_with_fixed_carbon():
    given = keyed({k: v for k, v in PROXIMATE.items() if k != "Qnet_ar"})
    found = read_coal("proximate", given)
    assert "coal_heating_value" in found.estimated
    assert found.heating_value == pytest.approx(20.04e6, rel=0.02)
    by_fixed = keyed({"Mt": 0.07, "Aar": 0.33, "FCar": 0.6 * 0.68, "St_ar": 0.015})
    assert read_coal("proximate", by_fixed).parts == pytest.approx(found.parts, rel=1e-12)


@pytest.mark.parametrize(
    ("analysis", "given", "code", "figures"),
    [
        ("ultimate", ULTIMATE | {"Aar": 0.38}, "coal_sum_wrong", ("38 %", "105 %")),
        ("ultimate", ULTIMATE | {"Qnet_ar": 26e6}, "coal_heating_value_contradicts", ("26", "20.04")),
        ("ultimate", {"Mt": 0.07, "Aar": 0.33}, "analysis_symbol_missing", ("Car",)),
        ("proximate", PROXIMATE | {"Qnet_ar": 27e6}, "analysis_heating_value_outside", ("27", "21.33")),
        (
            "proximate",
            {"Mt": 0.07, "Aar": 0.33, "Vdaf": 0.32, "FCar": 0.5, "St_ar": 0.015, "Qnet_ar": 20.04e6},
            "coal_sum_wrong",
            ("19.2 %", "50 %", "109.2 %"),
        ),
        ("proximate", {"Mt": 0.07, "Aar": 0.33, "St_ar": 0.01}, "analysis_symbol_missing", ("Vdaf",)),
        ("proximate", {"Mt": 0.5, "Aar": 0.6, "Vdaf": 0.3, "St_ar": 0.0}, "basis_sum_over_100", ("110 %",)),
    ],
)
def test_analyses_that_cannot_be(analysis, given, code, figures):
    with pytest.raises(BasisError) as raised:
        read_coal(analysis, keyed(given))
    assert raised.value.code == code
    for lang in ("en", "zh"):
        message = text(code, lang, raised.value.fields)
        for figure in figures:
            assert figure in message, message


@pytest.mark.parametrize(("lang", "word"), [("en", "ash 38 %"), ("zh", "灰分 38 %")])
def test_parts_are_named_in_the_users_language(lang, word):
    with pytest.raises(BasisError) as raised:
        read_coal("ultimate", keyed(ULTIMATE | {"Aar": 0.38}))
    assert word in text("coal_sum_wrong", lang, raised.value.fields)


@pytest.mark.parametrize("name", library().coals)
def test_coals_of_the_list_add_up(name):
    entry = library().coals[name]
    symbols = {k: v for k, v in entry.items() if k not in ("label", "analysis", "source", "evidence")}
    units, parts = library().units, {}
    for symbol, value in symbols.items():
        quantity = "specific_energy" if symbol.startswith("Q") else "mass_fraction"
        parts[symbol] = units.parse(value, quantity).si
    found = read_coal(entry["analysis"], keyed(parts))
    assert sum(found.parts[p] for p in PARTS) == pytest.approx(1.0, abs=1e-3)
    assert entry["source"] in library().sources
    assert mendeleev(found.parts) == pytest.approx(found.heating_value, rel=0.01)


# Qgr,ad 24 MJ/kg, Mt 8 %, Mad 2 %, Aad 25 %, Vdaf 38 %: (24 000 - 206 x 4.0) x 92/98 - 23 x 8 = 21 573.06 kJ/kg
GROSS = {"Mt": 0.08, "Mad": 0.02, "Aad": 0.25, "Vdaf": 0.38, "St,d": 0.01, "Qgr,ad": 24e6}


@pytest.mark.parametrize(
    ("hydrogen", "net"), [(0.040, 21_573.0612), (0.028, 21_805.1265), (0.050, 21_379.6735)]
)
def test_a_given_hydrogen_decides_the_net_heating_value(hydrogen, net):
    """(24 000 - 206 Had) 92/98 - 23 x 8 by hand: Had 4 %: 23 176 x 0.938776 - 184 = 21 573.1 kJ/kg, and so on."""
    found = read_coal("proximate", keyed(GROSS | {"Had": hydrogen}))
    assert found.heating_value == pytest.approx(net * 1e3, rel=1e-8)
    assert found.parts["hydrogen"] == pytest.approx(hydrogen * 92 / 98, rel=1e-12)
    assert not found.estimated & {"coal_heating_value", "coal_hydrogen"}


def test_a_heating_value_by_an_estimated_hydrogen_is_not_measured():
    assert "coal_heating_value" in read_coal("proximate", keyed(GROSS)).estimated


@pytest.mark.parametrize(
    ("given", "figures"),
    [
        # Aad 25 % is 25 x 92/98 = 23.47 % as received
        (GROSS | {"Aar": 0.10}, ("Aar 10 %", "Aad 25 %", "Aar 23.47 %")),
        # Ad 50 % is 50 x 0.98 = 49 % air dried
        (GROSS | {"Ad": 0.50}, ("Aad 25 %", "Ad 50 %", "Aad 49 %")),
        # Vdaf 38 % is 38 x (100 - 2 - 25)/100 = 27.74 % air dried
        (GROSS | {"Vad": 0.10}, ("Vad 10 %", "Vdaf 38 %", "Vad 27.74 %")),
        (GROSS | {"St,ad": 0.03}, ("St,ad 3 %", "St,d 1 %", "St,ad 0.98 %")),
        (GROSS | {"Had": 0.04, "Hd": 0.05}, ("Had 4 %", "Hd 5 %", "Had 4.9 %")),
        (
            GROSS | {"Qgr,ad": 25e6, "Qnet,ar": 15e6, "Had": 0.04},
            ("Qnet,ar 15 MJ/kg", "Qgr,ad 25 MJ/kg", "22.51"),
        ),
        (GROSS | {"Qgr,d": 26e6}, ("Qgr,ad 24 MJ/kg", "Qgr,d 26 MJ/kg", "25.48")),
        (GROSS | {"Mt": 0.01}, ("Mt 1 %", "Mad 2 %", "Mt >= 2 %")),
        (GROSS | {"Mf": 0.02}, ("Mt 8 %", "Mf 2 %", "Mt 3.96 %")),
    ],
)
def test_two_figures_of_one_thing_must_agree(given, figures):
    with pytest.raises(BasisError) as raised:
        read_coal("proximate", keyed(given))
    assert raised.value.code == "analysis_contradicts"
    for lang in ("en", "zh"):
        message = text("analysis_contradicts", lang, raised.value.fields)
        for figure in figures:
            assert figure in message, message


def test_two_bases_that_agree_are_one_coal():
    ratio = 92 / 98
    twice = GROSS | {
        "Aar": 0.25 * ratio,
        "Ad": 0.25 / 0.98,
        "Qgr,d": 24e6 / 0.98,
        "Had": 0.04,
        "Hd": 0.04 / 0.98,
    }
    once = read_coal("proximate", keyed(GROSS | {"Had": 0.04}))
    assert read_coal("proximate", keyed(twice)).parts == pytest.approx(once.parts, rel=1e-9)


# --- in a case file -------------------------------------------------------------------------------------------

HEAD = """schema = 1
[plant]
id = "u1"
process = "coal_unit"
reference = "n200-12.75-535-535"
altitude = "1800 m"
[values]
"""
CASE = (
    'coal = { analysis = "proximate", Mt = "7 %", Aar = "33 %", Vdaf = "32 %", St_ar = "1.5 %", '
    'Qnet_ar = "20.04 MJ/kg", status = "measured" }\n'
)
YEAR = '[[operation]]\nhours = "5000 h"\n'


def read(tmp_path, values: str):
    file, problems = tmp_path / "u1.toml", Problems()
    file.write_text(HEAD + values + YEAR, encoding="utf-8")
    return read_case(file, library(), problems), problems


def test_a_case_gives_its_coal_in_one_line(tmp_path):
    case, problems = read(tmp_path, CASE)
    assert not problems.errors
    values = case.plants[0].values
    assert values["coal_ash"].si == pytest.approx(0.33)
    assert values["coal_ash"].origin.evidence == "measured"
    assert values["coal_ash"].origin.line == 8
    assert "Vdaf 32 %" in values["coal_ash"].origin.text
    for part in ("carbon", "hydrogen", "oxygen", "nitrogen"):
        origin = values[f"coal_{part}"].origin
        assert (origin.evidence, origin.source) == ("assumed", "bee-coal-relations")


def test_a_case_may_name_a_coal(tmp_path):
    case, problems = read(tmp_path, 'coal = "shuicheng"\n')
    assert not problems.errors
    assert case.plants[0].values["coal_sulphur"].si == pytest.approx(0.021)
    assert case.plants[0].values["coal_sulphur"].origin.evidence == "assumed"


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ('coal = "panzhu"\n', "analysis_coal_unknown", "panzhou"),
        ('coal = { Mt = "7 %" }\n', "analysis_kind_unknown", "proximate, ultimate"),
        (CASE.replace("Vdaf", "Vraw"), "symbol_unknown", "Vraw"),
        (CASE.replace('"33 %"', '"95 %"'), "basis_sum_over_100", "102"),
        (CASE + 'coal_ash = "30 %"\n', "given_twice", "coal_ash"),
        ("coal = 7\n", "wrong_kind", ""),
        (CASE.replace("20.04 MJ/kg", "20.04 kJ/kg"), "analysis_heating_value_outside", "0.02004"),
    ],
)
def test_wrong_coals_are_named_with_their_line(tmp_path, values, code, words):
    _case, problems = read(tmp_path, values)
    found = [p for p in problems.errors if p.code == code]
    assert found, [p.code for p in problems.errors]
    assert found[0].line in (8, 9)
    assert words in text(code, "en", found[0].fields)


def test_schema_and_template_know_the_coal():
    schema = json_schema(library(), "coal_unit")
    assert "panzhou" in json.dumps(schema["properties"]["values"]["properties"]["coal"])
    for lang in ("en", "zh"):
        assert 'coal = { analysis = "proximate"' in new_case_text(library(), "n200-12.75-535-535", lang)


def test_explain_takes_the_coal_as_one(tmp_path):
    case, _problems = read(tmp_path, CASE)
    roads = explain_variable(case, case.plants, library(), "coal", Problems())
    assert [r.variable.name for r in roads] == list(COAL_VARIABLES)
    ash = roads[5]
    moved = {e.name: e.after - e.before for e in ash.effects}
    assert moved["fly_ash_flow"] > 0.0
    assert "net_power" not in moved


def test_defaults_follow_the_kind_of_boiler(tmp_path):
    case, _ = read(tmp_path, CASE + 'boiler_kind = { value = "fluidised_bed", status = "nameplate" }\n')
    values = case.plants[0].values
    assert values["fly_ash_share"].si == pytest.approx(0.55)
    assert values["fly_ash_share"].origin.text == "55 %"
    plain = read(tmp_path, CASE)[0].plants[0].values
    assert plain["fly_ash_share"].si == pytest.approx(0.90)


KILN = """schema = 1
[plant]
id = "k1"
process = "cement_kiln"
reference = "cn-5000-5stage-3rd"
altitude = "0 m"
[values]
"""
OVENS = KILN.replace("cement_kiln", "coke_oven").replace("cn-5000-5stage-3rd", "top-charged-6m")


def read_plant(tmp_path, head: str, values: str):
    file, problems = tmp_path / "p1.toml", Problems()
    file.write_text(head + values + YEAR, encoding="utf-8")
    case = read_case(file, library(), problems)
    assert not problems.errors, [p.code for p in problems.errors]
    return case.plants[0].values


def test_a_kiln_takes_its_coal_as_fired(tmp_path):
    """Mt 7 % ground and dried to Mad 1.5 %: carbon 50.9 x 98.5/93 = 53.91 %, (20.04 + 2.3 x 0.07) 98.5/93 - 0.0345."""
    line = 'coal = { analysis = "ultimate", Mt = "7 %", Mad = "1.5 %", Aar = "33 %", Car = "50.9 %", Har = "3.1 %", '
    line += 'Oar = "3.6 %", Nar = "0.9 %", St_ar = "1.5 %", Qnet_ar = "20.04 MJ/kg", status = "measured" }\n'
    values = read_plant(tmp_path, KILN, line)
    assert values["coal_carbon"].si == pytest.approx(0.509 * 98.5 / 93, rel=1e-12)
    assert values["coal_moisture"].si == pytest.approx(0.015, rel=1e-12)
    assert values["coal_heating_value"].si == pytest.approx(
        (20.04e6 + 2.3e6 * 0.07) * 98.5 / 93 - 34_500, rel=1e-12
    )
    assert values["coal_carbon"].origin.evidence == "measured"
    unsaid = read_plant(tmp_path, KILN, line.replace('Mad = "1.5 %", ', ""))
    assert unsaid["coal_moisture"].si == pytest.approx(0.015)  # what coal mills leave, models/cement_kiln
    assert unsaid["coal_moisture"].origin.evidence == "assumed"


def test_ovens_take_their_coal_dry(tmp_path):
    line = 'coal = { analysis = "proximate", Mt = "10 %", Ad = "10.5 %", Vd = "26 %", St_d = "0.6 %", '
    line += 'status = "measured" }\n'
    values = read_plant(tmp_path, OVENS, line)
    assert values["coal_ash"].si == pytest.approx(0.105, rel=1e-12)
    assert values["coal_volatile_matter"].si == pytest.approx(0.26, rel=1e-12)
    assert values["coal_moisture"].si == pytest.approx(0.10, rel=1e-12)
    assert math.isnan(values["coal_carbon"].si)  # nobody measured it: the volatile matter gives the yields


@pytest.mark.parametrize("head", [KILN, HEAD])
def test_a_heating_value_alone_is_the_same_coal_with_more_ash(tmp_path, head):
    """Combustible matter keeps its heat: (Q + 2.3 M)/combustible is the same before and after."""
    plain = read_plant(tmp_path, head, 'coal = "panzhou"\n' if head == HEAD else "")
    if head == HEAD:
        plain = {name: plain[name] for name in COAL_VARIABLES}
    low = read_plant(tmp_path, head, 'coal_heating_value = { value = "4000 kcal/kg", status = "measured" }\n')
    parts = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur")
    before, after = (sum(v[f"coal_{p}"].si for p in parts) for v in (plain, low))
    heat = [v["coal_heating_value"].si + 2.3e6 * v["coal_moisture"].si for v in (plain, low)]
    assert heat[1] / after == pytest.approx(heat[0] / before, rel=1e-12)
    assert low["coal_heating_value"].si == pytest.approx(4000 * 4186.8)
    assert low["coal_carbon"].origin.evidence == "assumed"


@pytest.mark.parametrize("process", ["coal_unit", "cement_kiln", "coke_oven"])
def test_every_process_with_a_coal_has_the_same_door(process):
    declaration = library().declaration(process)
    assert declaration.coal
    assert "coal_heating_value" in declaration.variables
    assert "panzhou" in json.dumps(
        json_schema(library(), process)["properties"]["values"]["properties"]["coal"]
    )
