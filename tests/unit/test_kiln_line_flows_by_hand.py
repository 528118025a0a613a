"""Masses of a kiln line per kg of clinker: fuels, meal, gases and air, each element counted beside the kernels."""

from __future__ import annotations

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas
from plantsim.processes.cement_kiln import codes, flows, fuels, streams
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

C, H, O, N, S, WATER = 12.011e-3, 1.008e-3, 15.999e-3, 14.007e-3, 32.06e-3, 18.015e-3  # noqa: E741  kg/mol
M_CO2, M_SO3 = 44.009e-3, 80.057e-3
CAO, MGO, ALUMINA, SLAKED = 56.0774e-3, 40.3044e-3, 101.9614e-3, 74.0927e-3
NM3 = 8.31446261815324 * 273.15 / 101325.0  # m3/mol
COAL = {
    "carbon": 0.603,
    "hydrogen": 0.037,
    "oxygen": 0.081,
    "nitrogen": 0.0097,
    "sulphur": 0.0123,
    "moisture": 0.047,
}
OTHER = {"carbon": 0.43, "hydrogen": 0.057, "oxygen": 0.21, "moisture": 0.17}
DRY_SLUDGE = {"carbon": 0.31, "hydrogen": 0.043, "oxygen": 0.17}


def line(**change):
    return fields(**{
        **{f"coal_{k}": v for k, v in COAL.items()}, **{f"alternative_{k}": v for k, v in OTHER.items()},
        **{f"sludge_dry_{k}": v for k, v in DRY_SLUDGE.items()},
        "coal_heating_value": 23.7e6, "alternative_heating_value": 17.3e6, "alternative_heat_share": 0.23,
        "sludge_ratio": 0.031, "sludge_moisture": 0.77, "sludge_dry_heating_value": 11.3e6, "kiln_fuel_share": 0.41,
        "oxygen_supply": 0.013, "oxygen_purity": 0.93, "sulphur_retention": 0.87, "kiln_air_ratio": 1.13,
        "humidity_ratio": 0.0113, "clinker_lime": 0.652, "clinker_magnesia": 0.021, "clinker_alumina": 0.053,
        "ash_lime": 0.057, "ash_magnesia": 0.013, "ash_alumina": 0.271, "carbide_lime_share": 0.11,
        "hydrate_share": 0.73, "meal_moisture": 0.0083, "carbide_moisture": 0.37, "stage_false_air": 0.017,
        "stage_count": 5, "exit_oxygen": 0.037, "reference_growth": 1.017**4, **change,
    })  # fmt: skip


COAL_ASH = 1 - sum(COAL.values())
OTHER_ASH = 1 - sum(OTHER.values())
DRY = 0.031 * 0.23  # sludge, dry, kg/kg
Q = 3.21e6
LATENT = 2.5009e6 - 2372 * 25.0
SLUDGE_HEAT = DRY * 11.3e6 - 0.031 * 0.77 * LATENT
REST = Q - SLUDGE_HEAT
BY_COAL, BY_OTHER = 0.77 / 23.7e6, 0.23 / 17.3e6  # kg/J


def atoms(c, h, o, n, s, water):
    return [c / C, h / H, o / O, n / N, s / S, water / WATER]


def mixed(heat):
    coal = atoms(*COAL.values())
    other = atoms(OTHER["carbon"], OTHER["hydrogen"], OTHER["oxygen"], 0, 0, OTHER["moisture"])
    return [heat * (BY_COAL * a + BY_OTHER * b) for a, b in zip(coal, other, strict=True)]


SLUDGE = atoms(*(DRY * v for v in DRY_SLUDGE.values()), 0, 0, 0.031 * 0.77)


# ---------------------------------------------------------------- fuels


def test_ash():
    x = line()
    assert plain(fuels.coal_ash)(x) == pytest.approx(COAL_ASH, rel=1e-12)
    assert plain(fuels.alternative_ash)(x) == pytest.approx(OTHER_ASH, rel=1e-12)
    assert plain(fuels.fuel_ash)(x) == pytest.approx(BY_COAL * COAL_ASH + BY_OTHER * OTHER_ASH, rel=1e-12)
    sludge_ash = DRY * (1 - sum(DRY_SLUDGE.values()))
    assert plain(fuels.sludge_ash)(x) == pytest.approx(sludge_ash, rel=1e-12)
    assert plain(fuels.sludge_heat)(x) == pytest.approx(SLUDGE_HEAT, rel=1e-12)
    by_hand = REST * (BY_COAL * COAL_ASH + BY_OTHER * OTHER_ASH) + sludge_ash
    assert plain(flows.ash_of)(x, Q) == pytest.approx(by_hand, rel=1e-12)
    assert plain(fuels.fuel_mass)(x, 2.9e6) == pytest.approx(2.9e6 * (BY_COAL + BY_OTHER), rel=1e-12)


def test_oxygen_of_an_analysis_that_sums_to_too_much():
    x = line(alternative_oxygen=0.41)
    assert plain(fuels.alternative_oxygen)(x) == pytest.approx(1 - 0.43 - 0.057 - 0.17, rel=1e-12)
    assert plain(fuels.alternative_ash)(x) == pytest.approx(0.0, abs=1e-15)
    assert plain(fuels.alternative_oxygen)(line()) == 0.21


@pytest.mark.parametrize(
    ("change", "code", "blamed"),
    [
        ({}, OK, None),
        ({"coal_carbon": 0.603 + COAL_ASH}, OK, None),
        ({"coal_carbon": 0.604 + COAL_ASH}, OUTSIDE_RANGE, codes.COAL_CARBON),
        ({"alternative_carbon": 0.78}, OUTSIDE_RANGE, codes.ALTERNATIVE_CARBON),
        ({"alternative_carbon": 0.77}, OK, None),
        ({"alternative_carbon": 0.78, "alternative_heat_share": 0.0}, OK, None),
        ({"sludge_dry_carbon": 0.787}, OK, None),
        ({"sludge_dry_carbon": 0.788}, OUTSIDE_RANGE, codes.SLUDGE_CARBON),
    ],
)
def test_analyses(change, code, blamed):
    y = fields()
    assert plain(fuels.analyses_status)(line(**change), y) == code
    assert getattr(y, "status_variable", None) == blamed


def test_elements_of_the_fuels():
    x = line()
    assert plain(fuels.elements)(*COAL.values()) == pytest.approx(atoms(*COAL.values()), rel=1e-4)
    assert plain(fuels.mixed_fuel)(x) == pytest.approx(mixed(1.0), rel=1e-4)
    assert plain(fuels.sludge)(x) == pytest.approx(SLUDGE, rel=1e-4)
    whole, of_kiln = plain(flows.burnt_fuels)(x, Q)
    assert whole == pytest.approx([a + b for a, b in zip(mixed(REST), SLUDGE, strict=True)], rel=1e-4)
    assert of_kiln == pytest.approx(mixed(0.41 * REST), rel=1e-4)
    assert fuels.weighted(
        (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), 0.7, (7.0, 5.0, 9.0, 11.0, 13.0, 8.0), 1.3
    ) == pytest.approx((9.8, 7.9, 13.8, 17.1, 20.4, 14.6), rel=1e-13)


E = (71.0, 53.0, 9.1, 1.3, 0.57, 4.7)


def test_burning():
    """S to SO2, and 87 % of it on to SO3 in the clinker."""
    need = 71 + 53 / 4 - 9.1 / 2 + 0.57 * (1 + 0.87 / 2)
    assert fuels.oxygen_demand(E, 0.87) == pytest.approx(need, rel=1e-13)
    by_hand = (71.0, 53 / 2 + 4.7, 1.3 / 2, -need, 0.57 * 0.13)
    assert fuels.burnt(E, 0.87) == pytest.approx(by_hand, rel=1e-12)
    assert plain(flows.bound_sulphur)(line(), E) == pytest.approx(0.87 * 0.57 * M_SO3, rel=1e-5)


# ---------------------------------------------------------------- streams

GAS = (14.1, 3.7, 41.0, 1.9, 0.13)
MOIST = 0.0113 * (0.2095 * 31.998 + 0.7905 * 28.014) / 18.015  # mol of water per mol of dry air


def test_gases():
    of = (gas.CO2, gas.H2O, gas.N2, gas.O2, gas.SO2)
    molar = (44.009, 18.015, 28.014, 31.998, 64.058)
    assert streams.gas_h(GAS, 811.0) == pytest.approx(
        sum(g * gas.species_h(i, 811.0) for g, i in zip(GAS, of, strict=True)), rel=1e-13
    )
    assert streams.gas_cp(GAS, 811.0) == pytest.approx(
        sum(g * gas.species_cp(i, 811.0) for g, i in zip(GAS, of, strict=True)), rel=1e-13
    )
    assert streams.amount(GAS) == pytest.approx(sum(GAS), rel=1e-14)
    assert streams.mass(GAS) == pytest.approx(
        sum(g * m for g, m in zip(GAS, molar, strict=True)) / 1000, rel=1e-4
    )
    added = tuple(range(7, 12))
    assert streams.plus(GAS, 0.3, added) == pytest.approx(
        [g + 0.3 * a for g, a in zip(GAS, added, strict=True)]
    )
    assert plain(streams.moist_air)(line()) == pytest.approx((0.0, MOIST, 0.7905, 0.2095, 0.0), rel=1e-5)
    assert streams.gas_temperature(GAS, streams.gas_h(GAS, 811.0), 500.0) == pytest.approx(811.0, rel=1e-9)
    assert streams.gas_temperature(GAS, streams.gas_h(GAS, 3700.0), 500.0) == 3500.0
    assert streams.gas_temperature(GAS, streams.gas_h(GAS, 150.0), 500.0) == 200.0


def test_solids_and_water():
    """Clinker 0.186 + 54e-6 t, coal 0.262 + 390e-6 t kcal/(kg K); calcite by Kelley; water 2 500.9 - 2.372 t kJ/kg."""
    t = 471.0
    assert streams.clinker_h(273.15 + t) == pytest.approx(4186.8 * t * (0.186 + 54e-6 * t), rel=1e-12)
    assert streams.clinker_temperature(4186.8 * t * (0.186 + 54e-6 * t)) == pytest.approx(
        273.15 + t, rel=1e-12
    )
    assert streams.coal_h(273.15 + 61.0) == pytest.approx(4186.8 * 61 * (0.262 + 390e-6 * 61), rel=1e-12)
    assert streams.evaporation_heat(273.15 + 61.0) == pytest.approx(2.5009e6 - 2372 * 61, rel=1e-12)
    T, T_0 = 273.15 + t, 273.15
    calcite = 99.715 * t + 26.92e-3 / 2 * (T**2 - T_0**2) + 21.576e5 * (1 / T - 1 / T_0)
    assert streams.meal_h(T) == pytest.approx(calcite / 0.1000869, rel=1e-11)
    assert streams.meal_cp(T) == pytest.approx(
        (99.715 + 26.92e-3 * T - 21.576e5 / T**2) / 0.1000869, rel=1e-12
    )


# ---------------------------------------------------------------- flows


def test_gas_of_the_burner():
    """Air at 1.13 of the need, less its share of the oxygen bought, which brings 0.07/0.93 of nitrogen."""
    oxygen = 0.41 * 0.013 / NM3
    need = fuels.oxygen_demand(E, 0.87)
    air = (1.13 * need - oxygen) / 0.2095
    made = fuels.burnt(E, 0.87)
    by_hand = (
        made[0], made[1] + MOIST * air, made[2] + 0.7905 * air + oxygen * 0.07 / 0.93,
        made[3] + 0.2095 * air + oxygen, made[4],
    )  # fmt: skip
    found, dry = plain(flows.kiln_combustion)(line(), E)
    assert dry == pytest.approx(air, rel=1e-12)
    assert found == pytest.approx(by_hand, rel=1e-5)
    assert found[2:4] == pytest.approx((by_hand[2], 0.13 * need), rel=1e-11)


ASH, MADE = 0.033, 1.07
SLAG = 0.11 * MADE * 0.652 / CAO
LIME = (
    (MADE * 0.652 - ASH * 0.057) / CAO - SLAG, (MADE * 0.021 - ASH * 0.013) / MGO, SLAG,
    0.73 * (MADE * 0.053 - ASH * 0.271) / ALUMINA,
)  # fmt: skip


def test_meal():
    x = line()
    assert plain(flows.lime_sources)(x, ASH, MADE) == pytest.approx(LIME, rel=1e-12)
    water = LIME[2] + 2 * LIME[3]
    assert flows.combined_water(LIME) == pytest.approx(water, rel=1e-13)
    meal = MADE - ASH - 0.0061 + (LIME[0] + LIME[1]) * M_CO2 + water * WATER
    assert flows.dry_meal(ASH, MADE, LIME, 0.0061) == pytest.approx(meal, rel=1e-5)
    wet = 1.53 * 0.0083 / 0.9917 + LIME[2] * SLAKED * 0.37
    assert plain(flows.free_water)(x, 1.53, LIME) == pytest.approx(wet, rel=1e-12)


BYPASS = (0.61, 0.17, 2.3, 0.09, 0.013)
CALCINED, HYDRATE = 11.9, 0.47


def of_tower(x, false_air):
    """Dry air and exit gas with this false air per stage."""
    x.stage_false_air = false_air
    air = plain(flows.combustion_air)(x, E, CALCINED, HYDRATE, BYPASS)
    return air, plain(flows.exit_gas)(x, E, CALCINED, HYDRATE, air, BYPASS)


def test_air_that_gives_the_oxygen_behind_the_tower():
    """As the plant is, dry exit gas holds 3.7 % O2; with tighter stages the calciner's gas stays what it was."""
    x = line()
    air, out = of_tower(x, 0.017)
    assert out[3] / (sum(out) - out[1]) == pytest.approx(0.037, rel=1e-10)
    made = fuels.burnt(E, 0.87)
    supply = 0.013 / NM3
    by_hand = (
        made[0] + CALCINED - BYPASS[0], made[1] + HYDRATE + MOIST * air - BYPASS[1],
        made[2] + 0.7905 * air + supply * 0.07 / 0.93 - BYPASS[2], made[3] + 0.2095 * air + supply - BYPASS[3],
        made[4] - BYPASS[4],
    )  # fmt: skip
    assert out == pytest.approx(by_hand, rel=1e-5)
    assert out[2] == pytest.approx(by_hand[2], rel=1e-11)
    assert plain(flows.tower_growth)(x) == pytest.approx(1.017**4, rel=1e-13)
    leak = plain(flows.tower_false_air)(x, sum(out), 4)
    assert leak == pytest.approx(sum(out) * (1 - 1.017**-4), rel=1e-12)
    moist = 1 + MOIST
    calciner = [g - leak / moist * a for g, a in zip(out, (0, MOIST, 0.7905, 0.2095, 0), strict=True)]
    tight_air, tight = of_tower(x, 0.004)
    leak = plain(flows.tower_false_air)(x, sum(tight), 4)
    assert sum(tight) - leak == pytest.approx(sum(calciner), rel=1e-9)
    again = [g - leak / moist * a for g, a in zip(tight, (0, MOIST, 0.7905, 0.2095, 0), strict=True)]
    assert again == pytest.approx(calciner, rel=1e-5)
    assert tight_air < air
