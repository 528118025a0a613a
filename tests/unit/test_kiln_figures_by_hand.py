"""A kiln line's figures before and after it is solved: a coal's formula, the kiln's fire and feed, products."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import checks, fit, kiln_radiation, results, zone_check
from plantsim.processes.cement_kiln import clinker_reactions as chem
from plantsim.processes.cement_kiln.streams import coal_h, gas_h, moist_air
from plantsim.vocabulary.status import NO_CONVERGENCE, OK

COAL = {
    "coal_carbon": 0.62, "coal_hydrogen": 0.038, "coal_oxygen": 0.08, "coal_nitrogen": 0.01, "coal_sulphur": 0.007,
    "coal_moisture": 0.03,
}  # fmt: skip


def test_dulong_s_formula():
    """33.9 C + 120 (H - O/8) + 9.2 S less 2.44 of moisture and of the water that oxygen binds, MJ/kg."""
    by_hand = 33.9e6 * 0.62 + 120e6 * (0.038 - 0.01) + 9.2e6 * 0.007 - 2.44e6 * (0.03 + 0.09)
    assert checks.dulong(COAL) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(("share", "warned"), [(1.059, False), (1.061, True), (0.941, False), (0.939, True)])
def test_a_heating_value_far_from_the_formula_is_doubted(share, warned):
    """24.15 MJ/kg by the formula, within 6 %."""
    expected = checks.dulong(COAL)
    found = checks.check({**COAL, "coal_heating_value": share * expected})
    assert [f.code for f in found] == ["kiln_coal_heat_far"] * warned
    if warned:
        assert found[0].fields == {
            "given": f"{share * expected / 1e3:.0f}",
            "expected": f"{expected / 1e3:.0f}",
        }
        assert found[0].severity == "warning"


@pytest.mark.parametrize(
    ("prefix", "blamed"), [("coal", "carbon"), ("alternative", "carbon"), ("ash", "silica")]
)
def test_parts_of_more_than_a_whole(prefix, blamed):
    rest = {"ash": "lime"}.get(prefix, "moisture")
    for total, wrong in ((1.0, False), (1.001, True)):
        found = checks.check({f"{prefix}_{blamed}": 0.75, f"{prefix}_{rest}": total - 0.75})
        assert [f.code for f in found] == ["kiln_sum_over_100"] * wrong
    assert (found[0].variable, found[0].fields["total"]) == (f"{prefix}_{blamed}", "100.1 %")


@pytest.mark.parametrize(("lime", "kh"), [(0.6455, 0.900), (0.5950, None), (0.6900, None)])
def test_lime_saturation(lime, kh):
    """KH = (CaO - 1.65 Al2O3 - 0.35 Fe2O3)/(2.8 SiO2), sold between 0.82 and 0.97."""
    v = {"lime": lime, "silica": 0.2166, "alumina": 0.054, "iron": 0.031, "magnesia": 0.005}
    by_hand = (lime - 1.65 * 0.054 - 0.35 * 0.031) / (2.8 * 0.2166)
    found = checks.check({f"clinker_{k}": n for k, n in v.items()})
    if kh is not None:
        assert by_hand == pytest.approx(kh, abs=5e-4)
        assert found == []
    else:
        assert [f.code for f in found] == ["kiln_lime_saturation"]
        assert found[0].fields == {"kh": f"{by_hand:.3f}", "low": "0.82", "high": "0.97"}


@pytest.mark.parametrize(("efficiency", "wrong"), [(0.932, False), (0.934, True)])
def test_a_cooler_that_keeps_more_than_all(efficiency, wrong):
    """Clinker 70 K above air keeps 0.8*70/(1.1*1375) = 3.70 %: with 93.3 % nothing is left for vent air."""
    found = checks.check({"cooler_efficiency": efficiency, "clinker_temperature": 358.15})
    assert [f.code for f in found] == ["kiln_cooler_no_vent"] * wrong
    cold = checks.check(
        {"cooler_efficiency": efficiency, "clinker_temperature": 358.15, "ambient_temperature": 300.0}
    )
    assert cold == []


# ---------------------------------------------------------------- along the kiln


def test_thin_gas_shows_each_of_the_three_grey_gases():
    """Smith, Shen and Friedman's table at 1000 K: weights by their cubics, absorption of each over 5e-3 atm m.

    First set: 0.515 - 0.2303 + 0.09779 - 0.01494 = 0.36755; 0.07749 + 0.3399 - 0.2297 + 0.0377 = 0.22539;
    0.1907 - 0.1824 + 0.05608 - 0.005122 = 0.059258. Second: 0.6508 - 0.5551 + 0.3029 - 0.05353 = 0.34507;
    -0.02504 + 0.6112 - 0.3882 + 0.06528 = 0.26324; 0.2718 - 0.3118 + 0.1221 - 0.01612 = 0.06598.
    """
    sets = (
        (0.2, 0.1, (0.4303, 7.055, 178.1), (0.36755, 0.22539, 0.059258)),
        (0.1, 0.2, (0.4201, 6.516, 131.9), (0.34507, 0.26324, 0.06598)),
    )
    for co2, h2o, ks, weights in sets:
        by_hand = sum(w * (1 - exp(-k * 5e-3)) for k, w in zip(ks, weights, strict=True))
        found = plain(kiln_radiation.gas_emissivity)(1000.0, co2, h2o, 5e-3 / 0.3, 101325.0, 0.0)
        assert found == pytest.approx(by_hand, rel=1e-5)


def line():
    x = fields(
        kiln_fuel_share=0.41, coal_heating_value=23.7e6, kiln_air_ratio=1.07, primary_air_share=0.055,
        ambient_temperature=293.0, humidity_ratio=0.009, coal_temperature=338.0,
        clinker_lime=0.655, clinker_silica=0.215, clinker_alumina=0.053, clinker_iron=0.033,
        **COAL,
    )  # fmt: skip
    y = fields(heat_consumption=3.11e6, combustion_air_volume=0.93, secondary_temperature=1311.0)
    return x, y


def test_fire_of_the_kiln(monkeypatch):
    """57 kg/s of clinker; coal's atoms in mol/s, air 1.07 times what burns them, of 20.95 % oxygen and 0.9 % water."""
    x, y = line()
    air_of_site = plain(moist_air)
    monkeypatch.setattr(zone_check, "moist_air", air_of_site)
    shape = fields(flame_length=19.0, flame_haze=0.31, dust_haze=0.13)
    fire = zone_check._fire(x, y, 57.0, shape)
    heat = 0.41 * 3.11e6 * 57
    coal = heat / 23.7e6
    c, h, o = coal * 0.62 / 0.012011, coal * 0.038 / 0.001008, coal * 0.08 / 0.015999
    water = coal * 0.03 / 0.018015
    needed = c + h / 4 - o / 2
    air = 1.07 * needed / 0.2095
    humid = air * 0.009 * (0.2095 * 31.998 + 0.7905 * 28.014) / 18.015
    assert fire.heat == pytest.approx(heat + coal * (coal_h(338.0) - coal_h(298.15)), rel=1e-9)
    assert (fire.co2, fire.h2o) == pytest.approx((c, h / 2 + water + humid), rel=1e-5)
    assert (fire.o2, fire.n2) == pytest.approx((0.07 * needed, 0.7905 * air), rel=1e-9)
    assert fire.air_o2 == pytest.approx(1.07 * needed, rel=1e-12)
    normal = 8.31446261815324 * 273.15 / 101325.0
    primary = 0.055 * 0.93 * 57 / normal / air
    moist = air_of_site(x)
    mixed = (1 - primary) * gas_h(moist, 1311.0) + primary * gas_h(moist, 293.0)
    assert gas_h(moist, fire.gas_in) == pytest.approx(mixed, rel=1e-9)
    assert fire.gas_in == pytest.approx(1311.0 - primary * (1311.0 - 293.0), abs=25.0)
    assert (fire.flame, fire.flame_haze, fire.dust_haze) == (19.0, 0.31, 0.13)
    x.primary_air_share = 5.0  # no more primary air than air
    assert zone_check._fire(x, y, 57.0, shape).gas_in == pytest.approx(293.0)


def test_feed_of_the_kiln():
    """Lime of the clinker, 93 % of it calcined, oxides by their molar mass, the rest inert by mass."""
    x, _ = line()
    n = zone_check._feed(x, 0.93, 57.0)
    lime = 0.655 * 57 / 0.056077
    assert (n[chem.CACO3], n[chem.CAO]) == pytest.approx((0.07 * lime, 0.93 * lime), rel=1e-4)
    for i, share, mole in (
        (chem.SIO2, 0.215, 0.060084), (chem.AL2O3, 0.053, 0.101961), (chem.FE2O3, 0.033, 0.159688)
    ):  # fmt: skip
        assert n[i] == pytest.approx(share * 57 / mole, rel=1e-4)
    assert n[chem.INERT] == pytest.approx((1 - 0.655 - 0.215 - 0.053 - 0.033) * 57, rel=1e-9)
    assert np.count_nonzero(n) == 6


# ---------------------------------------------------------------- products


def products(moisture):
    x = fields(
        alternative_heat_share=0.13, ground_share=0.91, clinker_factor=0.74, dust_return_share=0.96,
        coal_heating_value=23.7e6, coal_carbon=0.62, alternative_heating_value=14.1e6, alternative_carbon=0.38,
        alternative_biogenic_share=0.35, sludge_ratio=0.012, sludge_moisture=moisture, sludge_dry_heating_value=11e6,
        sludge_dry_carbon=0.27,
    )  # fmt: skip
    y = fields(heat_consumption=3.11e6, exit_dust_ratio=0.07)
    plain(results.write_products)(x, 57.0, 1.53, 0.02, (11.3, 0.21, 0.4, 0.0), y)
    return y


@pytest.mark.parametrize("moisture", [0.3, 0.9])
def test_products_fuels_and_carbon_dioxide(moisture):
    """Sludge of 11 MJ/kg dry: at 30 % water it gives heat, at 90 % it takes some that the other fuels bring."""
    y = products(moisture)
    evaporation = y.total_heat  # only to name it
    assert evaporation == pytest.approx(57 * 3.11e6, rel=1e-12)
    sludge = 0.012 * ((1 - moisture) * 11e6 - moisture * 44.004e3 / 0.018015)
    rest = 3.11e6 - sludge
    assert y.fossil_heat_consumption == pytest.approx(0.87 * rest, rel=2e-5)
    assert y.coal_heat == pytest.approx(57 * 0.87 * rest, rel=2e-5)
    assert y.alternative_heat == pytest.approx(57 * (0.13 * rest + max(sludge, 0.0)), rel=2e-5)
    assert y.sludge_heat_demand == pytest.approx(57 * max(-sludge, 0.0), rel=2e-3)
    assert (y.clinker_flow, y.cement_flow) == (57.0, pytest.approx(57 * 0.91 / 0.74, rel=1e-12))
    assert (y.meal_ratio, y.raw_meal_moisture) == (1.53, pytest.approx(0.02 / 1.53, rel=1e-12))
    assert y.raw_meal_flow == pytest.approx(57 * (1.53 + 0.04 * 0.07), rel=1e-12)
    coal = 57 * 0.87 * rest / 23.7e6
    assert (y.fuel_coal_flow, y.coal_carbon_flow) == pytest.approx((coal, 0.62 * coal), rel=2e-5)
    of_carbon = 44.009 / 12.011
    other = 57 * 0.13 * rest / 14.1e6 * 0.38
    process = 57 * 11.51 * 0.044009
    fuel = of_carbon * (0.62 * coal + 0.65 * other)
    assert y.alternative_co2_flow == pytest.approx(of_carbon * 0.65 * other, rel=5e-5)
    assert (y.process_co2_flow, y.fuel_co2_flow) == pytest.approx((process, fuel), rel=5e-5)
    grown = 0.35 * other + 57 * 0.012 * (1 - moisture) * 0.27
    assert y.biogenic_co2_flow == pytest.approx(of_carbon * grown, rel=5e-5)
    assert y.co2_flow == pytest.approx(process + fuel, rel=5e-5)


# ---------------------------------------------------------------- the search for the fuel


def guesses(monkeypatch, slope, most=60):
    """Solve for 3.3 MJ/kg where the surplus rises by ``slope`` a joule; return what was tried, and the status."""
    tried = []

    def surplus(x, load, dust, q, hold_exit, hold_cooler, y, w):
        tried.append(q)
        return slope * (q - 3.3e6), OK

    search = plain(fit.solve_fuel)
    monkeypatch.setitem(search.__globals__, "surplus", surplus)
    monkeypatch.setitem(search.__globals__, "MAX_STEPS", most)
    x = fields(bypass_share=0.0)
    y = fields(heat_consumption=3.1e6, bypass_dust_ratio=0.0, calcination_degree=0.9, status_variable=0)
    status = search(x, 1.0, 0.0, 0, 0, y, None)
    return np.array(tried), status


def test_a_straight_surplus_is_met_by_its_second_secant(monkeypatch):
    """From 3.1 by a slope of 0.85 at first, then by its own."""
    tried, status = guesses(monkeypatch, 0.7)
    assert (status, len(tried)) == (OK, 3)
    assert tried[:2] == pytest.approx([3.1e6, 3.1e6 + 0.7 * 0.2e6 / 0.85], rel=1e-12)


@pytest.mark.parametrize(("slope", "held"), [(0.1, 0.2), (3.0, 2.0)])
def test_slopes_are_held_between_a_fifth_and_two(monkeypatch, slope, held):
    """Each step then leaves 1 - slope/held of the miss: a half of it, on either side."""
    tried, status = guesses(monkeypatch, slope, most=8)
    assert status == NO_CONVERGENCE
    miss = tried - 3.3e6
    assert miss[2:] / miss[1:-1] == pytest.approx([1 - slope / held] * 6, rel=1e-6)
