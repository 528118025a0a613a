"""Mercury from coal with what gas cleaning takes of it by the way, and ammonia slip: by hand, against their limits."""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import declaration, read_reference, resolve, run

from plantsim.kernels.emissions import M_NH3, mole_fraction
from plantsim.library import library

N600 = "n600-24.2-566-566"
WITH_SCR = [r.id for r in library().references.values() if r.process == "coal_unit"]
BAG = 2.0
HG = 0.3e-6  # kg/kg: 0.3 mg/kg


def limit_of(row, key):
    lib = library()
    rows = {r["id"]: r for r in lib.data("common", "pollutant_limits.toml")["limit"]}
    return lib.units.parse(rows[row][key]["value"], "concentration", default_unit=rows[row][key]["unit"]).si


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({"scr": 0.0, "fgd": 0.0, "so2_target": float("nan"), "nox_target": float("nan")}, 0.29),
        # 1 - 0.71 x (1 - 0.58 x 0.80) = 62 %; an SCR oxidises 30 % of the 42 %: 1 - 0.71 x (1 - 0.706 x 0.80) = 69 %
        ({"scr": 0.0, "nox_target": float("nan")}, 0.619),
        ({}, 0.691),
        ({"dust_filter": BAG, "fgd": 0.0, "so2_target": float("nan")}, 0.67),
    ],
)
def test_what_cleaning_takes_of_mercury(changes, taken):
    """The remembered means of Chinese units come back: precipitator 29, with absorber 62, with SCR 69, bag 67 %."""
    _, _, _, y = run(read_reference(N600) | {"coal_mercury": HG} | changes)
    assert y.status == 0
    assert y.mercury_removal == pytest.approx(taken, abs=1e-3)
    assert y.mercury == pytest.approx(y.coal_flow * HG * (1.0 - taken), rel=2e-3)


def test_mercury_at_the_stack_by_hand():
    """0.3 mg/kg in coal of 7.4 Nm3/kg dry gas at 6 % O2, 31 % left: 12.5 ug/Nm3, below 30 of GB 13223."""
    _, _, _, y = run(read_reference(N600) | {"coal_mercury": HG})
    gas = y.dry_gas_volume / y.coal_flow
    assert y.mercury_concentration == pytest.approx(HG * 0.3093 / gas, rel=1e-3)
    assert 8e-9 < y.mercury_concentration < 18e-9
    assert y.emission_to_national_limit == pytest.approx(y.mercury_concentration / 30e-9)  # 0.43; NOx 0.40
    plain, little = (run(read_reference(N600) | {"coal_mercury": c})[3] for c in (float("nan"), 0.2e-6))
    assert little.emission_to_national_limit == plain.emission_to_national_limit  # NOx is nearer to its own


def test_mercury_above_its_limit_is_the_worst_item():
    _, _, _, y = run(read_reference(N600) | {"coal_mercury": 2e-6})
    limit = limit_of("coal-power-national-existing", "hg")
    assert declaration().variables["mercury_limit"].default == pytest.approx(limit)
    assert limit == pytest.approx(30e-9)
    assert y.emission_to_national_limit == pytest.approx(y.mercury_concentration / 30e-9)
    assert y.emission_to_national_limit > 1.0


def test_mercury_is_not_known_without_the_coals():
    _, _, _, y = run(read_reference(N600))
    for name in ("mercury", "mercury_concentration", "mercury_removal", "mercury_oxidised_found"):
        assert np.isnan(y[name]), name


@pytest.mark.parametrize("name", WITH_SCR)
@pytest.mark.parametrize("load", [1.0, 0.75])
def test_references_keep_the_rule_of_slip_with_their_catalysts(name, load):
    """3 ppm guaranteed at the end of its life, 2.5 mg/m3 of HJ 562; a bed with SNCR at the load of its test."""
    x, d, o, y = run([read_reference(name)])
    if load < 1.0 and not x["scr"][0]:
        return
    o["load"] = load
    resolve(x, d, o, y)
    y = y[0]
    assert y.status == 0
    assert y.slip_to_limit == pytest.approx(y.ammonia_slip / x["ammonia_slip_limit"][0])
    assert y.slip_to_limit < 1.0
    if x["scr"][0]:
        assert y.ammonia_slip <= 3e-6


def test_limits_of_slip_are_those_of_the_shared_table():
    rules = library().data("common", "pollutant_limits.toml")["ammonia_slip"]
    v = declaration().variables["ammonia_slip_limit"]
    for part, row in (("scr", "scr_coal_power"), ("sncr", "sncr_coal_power")):
        limit = rules[row]["limit"]
        si = library().units.parse(limit["value"], "concentration", default_unit=limit["unit"]).si
        default, _ = v.default_for({part: "installed"})
        assert default == pytest.approx(mole_fraction(si, M_NH3), rel=0.01), row


def test_raw_nox_far_above_the_catalysts_slips_and_is_over_the_limit():
    """2000 mg/Nm3 to 40 are 98 %, where the catalyst is made for 90: the slip is three times what is allowed."""
    x, d, o, y = run([read_reference(N600)])
    x["boiler_nox_concentration"] = 2000e-6
    resolve(x, d, o, y)
    assert y["slip_to_limit"][0] > 3.0
    assert y["ammonia_slip"][0] > y["ammonia_slip_allowed"][0]
