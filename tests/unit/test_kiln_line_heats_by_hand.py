"""Heats of a kiln line per kg of clinker: reactions, calciner, kiln, cooler's air, what leaves; each sum by hand."""

from __future__ import annotations

import pytest
from plain_kernels import fields, plain
from test_kiln_line_flows_by_hand import BY_COAL, BY_OTHER, GAS, LIME, MOIST, NM3, REST, Q
from test_kiln_line_flows_by_hand import line as masses_of

from plantsim.kernels.gas import CO2, species_h
from plantsim.processes.cement_kiln import codes, flows, line, streams

T_0 = 293.15  # 20 degC
AIR = (0.0, MOIST, 0.7905, 0.2095, 0.0)
CAO, MGO = 56.0774e-3, 40.3044e-3
clinker, meal, coal = streams.clinker_h, streams.meal_h, streams.coal_h


def h(g, T, T_ref=T_0):
    return streams.gas_h(g, T) - streams.gas_h(g, T_ref)


def record(**change):
    x = masses_of()
    x.__dict__.update({
        "reference_temperature": 20, "formation_formula": codes.FORMULA_4_11, "clinker_silica": 0.214,
        "clinker_iron": 0.034, "stage_loss": 9.1e3, "calciner_loss": 17e3, "kiln_shell_loss": 131e3,
        "cooler_loss": 8.3e3, "kiln_false_air": 0.023, "primary_air_share": 0.087, "cooling_air": 1.71,
        "cooling_air_hold": codes.COOLING_HELD, "reference_recovered_air": 0.83, "reference_air_ratio": 0.0,
        "calciner_temperature": 1143.0,
        "burning_temperature": 1697.0, "kiln_gas_temperature": 1371.0, "ambient_temperature": 291.0,
        "coal_temperature": 331.0, "meal_temperature": 327.0, "stage_approach": 12.0, "approach_excess": 3.1,
        "unaccounted_loss": 21e3, "middle_take_off": 0.63, "cooler_model": codes.EFFICIENCY,
        "cooler_efficiency": 0.713, "clinker_temperature": 391.0, "tower_model": codes.HELD,
        "held_exit_temperature": 607.0, "tower_rest_exchange": 0.0, "bypass_share": 0.043, "bypass_dust": 0.19,
        "recirculated_share": 0.0, "recirculated_temperature": 391.0, **change,
    })  # fmt: skip
    return x


# ---------------------------------------------------------------- reactions and losses


def test_reference_and_sensible_heat():
    for degrees in (0, 20, 25):
        assert plain(line.reference)(fields(reference_temperature=degrees)) == pytest.approx(273.15 + degrees)
    assert line.sensible(GAS, 811.0, T_0) == pytest.approx(h(GAS, 811.0), rel=1e-13)


def test_reactions():
    """zur Strassen for the clinker, less 69.6 kJ/mol where slag brings the lime; dust only loses its CO2."""
    strassen = 4186.8 * (7.646 * 65.2 + 4.11 * 5.3 + 6.48 * 2.1 - 5.116 * 21.4 - 0.59 * 3.4)
    slag = 1.07 * 0.11 * 0.652 / CAO * (178.8e3 - 109.2e3)
    dust = 0.07 * (0.652 / CAO * 178.8e3 + 0.021 / MGO * 117e3)
    assert plain(line.reaction_heat)(record(), 1.07) == pytest.approx(strassen - slag + dust, rel=1e-9)
    by_hand = LIME[1] * 117e3 + LIME[2] * 109.2e3 + LIME[3] * 170e3
    assert line.calciner_reactions(LIME) == pytest.approx(by_hand, rel=1e-12)


def test_surfaces_and_leaks():
    x = record()
    assert plain(line.surface_loss)(x) == pytest.approx(4 * 9.1e3 + 17e3 + 131e3 + 8.3e3, rel=1e-13)
    assert plain(line.hood_leak)(x, 0.83) == pytest.approx(0.023 / 0.83, rel=1e-13)
    oxygen = 0.37 * 0.013 / NM3
    assert plain(line.enrichment)(x, 0.37) == pytest.approx(
        (0, 0, oxygen * 0.07 / 0.93, oxygen, 0), rel=1e-12
    )
    leak = plain(flows.tower_false_air)(x, sum(GAS), 4) / (1 + MOIST)
    by_hand = [g - leak * a for g, a in zip(GAS, AIR, strict=True)]
    assert plain(line.calciner_gas)(x, GAS) == pytest.approx(by_hand, rel=1e-5)


# ---------------------------------------------------------------- air


@pytest.mark.parametrize("hold", [codes.COOLING_HELD, codes.VENT_HELD])
def test_where_the_air_comes_from(hold):
    """47 mol of dry air in all: primary, leaks of hood and tower; the cooler gives the rest, the kiln's first."""
    x = record(cooling_air_hold=hold)
    tower = plain(flows.tower_false_air)(x, sum(GAS), 4) / (1 + MOIST)
    recovered = 47 * (1 - 0.087 - 0.023 / 0.83) - tower
    secondary = 19.0 - 0.087 * 47
    cooling = 1.71 / NM3 / (1 + MOIST)
    if hold == codes.VENT_HELD:
        cooling += recovered - 0.83 / NM3 / (1 + MOIST)
    found = plain(line.split_air)(x, 0.83, 47.0, 19.0, GAS)
    assert found == pytest.approx((secondary, recovered - secondary, recovered, cooling), rel=1e-5)
    # the kiln takes no more than there is, and no less than nothing
    assert plain(line.split_air)(x, 0.83, 47.0, 90.0, GAS)[:2] == (pytest.approx(recovered, rel=1e-5), 0.0)
    assert plain(line.split_air)(x, 0.83, 47.0, 1.0, GAS)[0] == 0.0


def test_after_a_measure_primary_air_and_hood_leaks_follow_the_air_of_the_calciner():
    """As the plant was, 47 of 44 mol; now the tower draws what is left of 47: both are shares of 47/44 of that."""
    x = record(reference_air_ratio=47 / 44)
    burning = 47 - plain(flows.tower_false_air)(x, sum(GAS), 4) / (1 + MOIST)
    assert plain(line.burning_air)(x, 47.0, GAS) == pytest.approx(burning, rel=1e-5)
    cold = 0.087 + 0.023 / 0.83
    recovered = burning * (1 - cold * 47 / 44)
    found = plain(line.split_air)(x, 0.83, 47.0, 19.0, GAS)
    assert found[2] == pytest.approx(recovered, rel=1e-5)
    assert found[0] == pytest.approx(19.0 - 0.087 * burning * 47 / 44, rel=1e-5)


def test_vent_held_without_a_reference_is_none():
    x = record(cooling_air_hold=codes.VENT_HELD, reference_recovered_air=0.0)
    assert plain(line.split_air)(x, 0.83, 47.0, 19.0, GAS)[3] == pytest.approx(
        1.71 / NM3 / (1 + MOIST), rel=1e-5
    )


# ---------------------------------------------------------------- kiln


@pytest.mark.parametrize("heat", [1.31e6, 1.62e6])
def test_calcination_from_the_kiln_s_balance(heat):
    """r mol of calcite come in at 1 143 K and leave as lime and CO2 of the kiln's gas: what the heat pays for."""
    made, burner = 1.07, (9.1, 2.3, 29.0, 0.9, 0.07)
    x = record()
    found = plain(line.kiln_calcination)(x, heat, LIME, made, burner, T_0)
    r = (1 - found) * LIME[0]
    # meal into the kiln: as if all were lime and clinker, and what r calcite holds more than its lime
    calcite = 0.1000869 * (meal(1143.0) - meal(T_0)) - CAO * (clinker(1143.0) - clinker(T_0))
    into = heat + made * (clinker(1143.0) - clinker(T_0)) + r * calcite
    formed = plain(line.reaction_heat)(x, made)
    before = LIME[1] * 117e3 + LIME[2] * 109.2e3 + LIME[3] * 170e3 + (LIME[0] - r) * 178.8e3
    out = clinker(1697.0) - clinker(T_0) + 0.07 * (clinker(1371.0) - clinker(T_0)) + h(burner, 1371.0)
    out += r * (species_h(CO2, 1371.0) - species_h(CO2, T_0)) + formed - before
    assert into == pytest.approx(out, rel=1e-9)
    assert plain(line.carbonate_heat)(x, T_0) == pytest.approx(calcite, rel=1e-6)


def test_no_carbonate_is_calcined():
    assert plain(line.kiln_calcination)(record(), 1e6, (0.0, 0.1, 11.0, 0.2), 1.07, GAS, T_0) == 1.0


def test_heat_into_kiln_and_line():
    """0.41 of the fuel, its own heat at 331 K, primary air and oxygen at 291 K."""
    x = record()
    oxygen = 0.013 / NM3

    def cold(air, share):
        g = [air * a for a in AIR]
        g[2] += share * oxygen * 0.07 / 0.93
        g[3] += share * oxygen
        return h(tuple(g), 291.0)

    fuel = 0.41 * REST
    by_hand = fuel + fuel * (BY_COAL + BY_OTHER) * (coal(331.0) - coal(T_0)) + cold(4.1, 0.41)
    assert plain(line.cold_kiln_heat)(x, Q, 4.1, T_0) == pytest.approx(by_hand, rel=1e-9)
    by_hand = cold(61.0, 1.0) + 1.61 * (meal(327.0) - meal(T_0)) + 0.021 * 4187 * (327.0 - T_0)
    by_hand += REST * (BY_COAL + BY_OTHER) * (coal(331.0) - coal(T_0))
    assert plain(line.incoming_heat)(x, Q, 61.0, 1.61, 0.021, T_0) == pytest.approx(by_hand, rel=1e-7)


def test_masses_of_one_guess():
    """Bypass: 4.3 % of the burner's gas with the CO2 of what is calcined in the kiln."""
    x, y = record(), fields(bypass_dust_ratio=0.07, calcination_degree=0.91)
    lime, dry, wet, burner, burner_air, bypass, air, out = plain(line.masses)(x, Q, y)
    whole, of_kiln = plain(flows.burnt_fuels)(x, Q)
    ash = plain(flows.ash_of)(x, Q)
    assert lime == plain(flows.lime_sources)(x, ash, 1.07)
    so3 = plain(flows.bound_sulphur)(x, whole)
    assert dry == pytest.approx(flows.dry_meal(ash, 1.07, lime, so3), rel=1e-12)
    assert wet == pytest.approx(plain(flows.free_water)(x, dry, lime), rel=1e-12)
    assert (burner, burner_air) == plain(flows.kiln_combustion)(x, of_kiln)
    by_hand = [0.043 * g for g in burner]
    by_hand[0] += 0.043 * 0.09 * lime[0]
    assert bypass == pytest.approx(by_hand, rel=1e-9)
    rest = (lime[0] + lime[1], lime[2] + 2 * lime[3])
    assert air == pytest.approx(plain(flows.combustion_air)(x, whole, *rest, bypass), rel=1e-12)
    assert out == pytest.approx(plain(flows.exit_gas)(x, whole, *rest, air, bypass), rel=1e-12)


# ---------------------------------------------------------------- cooler and what leaves


def cooler(monkeypatch, first, second, tapped, kept, warmth=0.0):
    """Let the bed share the clinker's heat so."""
    kernel = plain(line.cooler_heats)
    seen = {}

    def shares(x, load, held, secondary, recovered, cooling, warm, w):
        seen.update(load=load, held=held, air=(secondary, recovered, cooling), warm=warm)
        return first, second, tapped, kept

    monkeypatch.setitem(kernel.__globals__, "cooler_shares", shares)
    monkeypatch.setitem(kernel.__globals__, "recirculated_heat", lambda x, cooling: warmth * cooling / 71.0)
    return kernel, seen


def test_heat_of_the_cooler_s_air(monkeypatch):
    """Clinker of 1 697 K above ambient: 47 and 21 % to the two airs, 9 % stays; the vent has the rest less the wall."""
    kernel, seen = cooler(monkeypatch, 0.47, 0.21, 0.58, 0.09, warmth=31e3)
    y = fields()
    found = kernel(record(), 0.83, codes.MODELLED, 14.0, 33.0, 71.0, y, None)
    whole = clinker(1697.0) - clinker(291.0)
    vent = 0.23 * whole + 31e3 - 8.3e3 / 0.83
    assert found == pytest.approx((0.47 * whole, 0.21 * whole, vent, 0.58 * vent), rel=1e-12)
    assert seen == {
        "load": 0.83, "held": codes.MODELLED, "air": pytest.approx((14 / 71, 33 / 71, 71.0)),
        "warm": pytest.approx(31e3 / whole),
    }  # fmt: skip
    assert (y.recirculated_heat, y.reached_cooler_efficiency) == (31e3, pytest.approx(0.68, rel=1e-12))
    kept = clinker(y.cooled_clinker_temperature) - clinker(291.0)
    assert kept == pytest.approx(0.09 * whole, rel=1e-9)


@pytest.mark.parametrize("tapped", [0.63, 1.0])
def test_temperatures_of_the_cooler_s_air(monkeypatch, tapped):
    kernel = plain(line.write_air_temperatures)
    heats = (0.71e6, 0.33e6, 0.29e6, 0.23e6)
    monkeypatch.setitem(kernel.__globals__, "cooler_heats", lambda *_: heats)
    y = fields()
    kernel(record(middle_take_off=tapped), 0.83, 14.0, 33.0, 71.0, y, None)

    def hot(T, moles, heat):
        assert moles * h(AIR, T, 291.0) == pytest.approx(heat, rel=1e-5)

    hot(y.secondary_temperature, 14.0, heats[0])
    hot(y.tertiary_temperature, 19.0, heats[1])
    hot(y.vent_air_temperature, 38.0, heats[2])
    if tapped < 1.0:
        hot(y.boiler_air_temperature, 0.63 * 38.0, heats[3])
    else:
        assert y.boiler_air_temperature == y.vent_air_temperature


def losses(y):
    plain(line.write_losses)(record(), 0.83, GAS, 1.73, 1.58, 0.021, (0.61, 0.17, 2.3, 0.09, 0.013), T_0, y)


def test_what_leaves():
    y = fields(preheater_gas_temperature=613.0, bypass_dust_ratio=0.07, cooled_clinker_temperature=397.0)
    losses(y)
    dust = 0.15 * (meal(613.0 - 15.1) - meal(T_0))
    bypass = 0.07 * (clinker(1371.0) - clinker(T_0)) + h((0.61, 0.17, 2.3, 0.09, 0.013), 1371.0)
    by_hand = {
        "formation_heat": plain(line.reaction_heat)(record(), 1.07), "exit_gas_heat": h(GAS, 613.0),
        "exit_dust_heat": dust, "evaporation_heat": 0.021 * (2.5009e6 - 2372 * 20.0),
        "clinker_heat": clinker(397.0) - clinker(T_0), "surface_heat": (4 * 9.1e3 + 156.3e3) / 0.83,
        "bypass_heat": bypass, "unaccounted_heat": 21e3,
    }  # fmt: skip
    assert {k: getattr(y, k) for k in by_hand} == pytest.approx(by_hand, rel=1e-7)
    y.vent_heat, y.injection_heat = 0.31e6, 7.7e3
    assert plain(line.heat_out)(y) == pytest.approx(sum(by_hand.values()) + 0.3177e6, rel=1e-7)


def test_what_is_left_over_at_one_guess(monkeypatch):
    """Fuel and sensible heat less what leaves; the kiln's heat gives the next calcination, the bypass its dust."""
    kernel = plain(line.surplus)
    heats = (0.71e6, 0.33e6, 0.29e6, 0.23e6)

    seen = []

    def cooled(x, load, held, secondary, recovered, cooling, y, w):
        seen.append((load, held, secondary, recovered, cooling))
        y.recirculated_heat, y.cooled_clinker_temperature = 17e3, 397.0
        return heats

    monkeypatch.setitem(kernel.__globals__, "cooler_heats", cooled)
    x = record()
    y = fields(bypass_dust_ratio=0.07, calcination_degree=0.91, injection_heat=7.7e3)
    lime, dry, wet, burner, burner_air, bypass, air, out = plain(line.masses)(x, Q, y)
    secondary, _, recovered, cooling = plain(line.split_air)(x, 0.83, air, burner_air, out)
    left, code = kernel(x, 0.83, 0.081, Q, codes.MEASURED, codes.MEASURED, y, None)
    assert code == 0
    assert seen == [(0.83, codes.MEASURED, secondary, recovered, cooling)]
    feed = dry / 0.919
    cold = h(AIR, 291.0)
    into = plain(line.incoming_heat)(x, Q, air - recovered + cooling, feed, wet, T_0) + 17e3
    assert y.sensible_heat_in == pytest.approx(into, rel=1e-7)
    assert y.vent_heat == pytest.approx(heats[2] + (cooling - recovered) * cold, rel=1e-5)
    assert y.heat_consumption == Q
    assert y.preheater_gas_temperature == 607.0
    gas = (out[0], out[1] + wet / 18.015e-3, *out[2:])
    assert y.exit_gas_heat == pytest.approx(h(gas, 607.0), rel=1e-5)
    assert y.exit_dust_heat == pytest.approx((feed - dry) * (meal(607.0 - 15.1) - meal(T_0)), rel=1e-9)
    assert y.evaporation_heat == pytest.approx(wet * (2.5009e6 - 2372 * 20.0), rel=1e-9)
    assert left == pytest.approx(Q + y.sensible_heat_in - plain(line.heat_out)(y), rel=1e-12)
    kiln = plain(line.cold_kiln_heat)(x, Q, 0.087 * air, T_0) + heats[0] + secondary * cold - 131e3 / 0.83
    degree = plain(line.kiln_calcination)(x, kiln, lime, 1.07, burner, T_0)
    assert y.calcination_degree == pytest.approx(degree, rel=1e-6)
    assert y.bypass_dust_ratio == pytest.approx(0.19 * sum(bypass) * NM3, rel=1e-9)


@pytest.mark.parametrize(
    ("model", "hold", "solved"),
    [
        (codes.STAGES, codes.MODELLED, True), (codes.STAGES, codes.MEASURED, False),
        (codes.HELD, codes.MODELLED, False),
    ],
)  # fmt: skip
def test_when_the_tower_is_solved(monkeypatch, model, hold, solved):
    """Its stages lose their own heat and a share of what the fit left over; it gets the calciner's gas."""
    kernel = plain(line.surplus)
    monkeypatch.setitem(kernel.__globals__, "cooler_heats", lambda *given: _cooled(given[6]))
    seen = []

    def tower(x, gas, water, feed, lost, T_ref, w):
        seen.append((gas, water, feed, lost, T_ref))
        return 0

    monkeypatch.setitem(kernel.__globals__, "solve_tower", tower)
    x = record(tower_model=model, tower_rest_exchange=11e3)
    y = fields(bypass_dust_ratio=0.07, calcination_degree=0.91, injection_heat=0.0)
    _, dry, wet, _, _, _, _, out = plain(line.masses)(x, Q, y)
    w = {(line.TEMPERATURE, 0): 633.0}
    kernel(x, 0.83, 0.081, Q, hold, codes.MEASURED, y, w)
    assert y.preheater_gas_temperature == (633.0 if solved else 607.0)
    if solved:
        gas, water, feed, lost, T_ref = seen[0]
        assert gas == pytest.approx(plain(line.calciner_gas)(x, out), rel=1e-12)
        assert (feed, T_ref) == (pytest.approx(dry / 0.919, rel=1e-12), T_0)
        assert water == pytest.approx(wet / 18.015e-3, rel=1e-5)
        assert lost == pytest.approx(9.1e3 / 0.83 + 11e3 / 4, rel=1e-12)
    else:
        assert not seen


def _cooled(y):
    y.recirculated_heat, y.cooled_clinker_temperature = 17e3, 397.0
    return 0.71e6, 0.33e6, 0.29e6, 0.23e6
