"""What the recommended defaults of shared equipment give, against the bands of practice (plausibility, not proof)."""

from __future__ import annotations

import math
import tomllib

import pytest

from plantsim.kernels import emissions, fans, fgd, filters, gas_flow, small_turbine, steam
from plantsim.kernels import waste_heat_boiler as boiler
from plantsim.vocabulary import site, status

SITE = site.standard_pressure(1800.0)


@pytest.fixture(scope="module")
def likely(root):
    """Likely values of models/common/equipment.toml as written, by table and name."""
    with (root / "models" / "common" / "equipment.toml").open("rb") as file:
        data = tomllib.load(file)

    def pick(entry):
        if "value" not in entry:
            return {k: pick(v) for k, v in entry.items() if isinstance(v, dict) and k != "label"}
        return float(entry["value"][1] if isinstance(entry["value"], list) else entry["value"])

    return pick(data)


def test_vane_recovery_follows_from_its_curves(likely):
    fan = likely["fan"]
    damper, vane = (list(fan[name].values()) for name in ("damper_curve", "inlet_vane_curve"))
    recovery = []
    for x in (0.5, 0.7, 0.9):
        throttled = fans.damper_power_ratio(x, damper[0], damper[1], damper[2])
        with_vanes = sum(c * x**i for i, c in enumerate(vane))
        recovery.append((throttled - with_vanes) / (throttled - x**3))
    assert recovery == pytest.approx([0.45, 0.52, 0.60], abs=0.01)
    assert fan["recovery_inlet_vane"] == 0.52


def test_hei_coefficients_are_the_british_ones(likely):
    """263 and 267 Btu/(h ft2 F) at 1 ft/s."""
    for name, british in (("coefficient_large_tubes", 263), ("coefficient_small_tubes", 267)):
        si = british * 5.678263 / math.sqrt(0.3048)
        assert likely["condenser"][name] == pytest.approx(si, rel=1e-3)


def fgd_share(likely: dict, p: float, so2: float, liquid_to_gas: float) -> float:
    """FGD's electricity over the unit's output: 3.5 Nm3/kWh at 130 degC, so2 [kg/Nm3], 95 % removal."""
    d, fan = likely["wet_fgd"], likely["fan"]
    v_normal = 3.5 / 3.6e6  # Nm3/J
    T_out, _, _, code = fgd.absorber_water(1.31 * v_normal, 403.15, 0.05, p, 1030.0, 0.0305, 293.15, 0.0)
    assert code == status.OK
    v_wet = gas_flow.actual_volume_flow(1.07 * v_normal, T_out, p)
    taken = 0.95 * so2 * v_normal
    pumps = fgd.slurry_pump_power(
        liquid_to_gas * 1e-3 * v_wet, d["slurry_density"], d["pump_head"], d["pump_efficiency"] / 100
    )
    eta_fan, eta_motor = fan["efficiency"] / 100, fan["motor_efficiency"] / 100
    booster, _ = fans.fan_power(v_normal, 403.15, p, d["pressure_loss"], eta_fan, eta_motor, 1.36)
    air = fgd.oxidation_air(taken, d["natural_oxidation"] / 100, d["oxygen_ratio"])
    blower = fans.compressor_power(air, 293.15, p, p + 1e3 * d["oxidation_depth"], 0.7, eta_motor, 1.4)
    limestone = fgd.limestone_balance(taken, d["calcium_ratio"], d["limestone_purity"] / 100)[0]
    mill = fgd.grinding_power(limestone, d["grinding_work"] * 3.6e3)
    return pumps + booster + blower + mill


def test_wet_fgd_takes_its_share_of_the_output(likely):
    """1.0 to 1.5 % at up to 1 % sulphur, 1.5 to 2.5 % for Guizhou coal; 1.3 % or less by Borgwardt 1982."""
    sea, high = (fgd_share(likely, p, 2.0e-3, likely["wet_fgd"]["liquid_to_gas"]) for p in (101325.0, SITE))
    assert 0.008 < sea < 0.013
    assert 0.010 < high < 0.015
    guizhou = fgd_share(likely, SITE, 6.0e-3, 25.0)
    assert 0.015 < guizhou < 0.025


def test_precipitator_takes_its_share(likely):
    """0.15 to 0.3 % of the output for 99.8 %, at 3.7 Nm3/kWh and 130 degC, sea level."""
    d = likely["precipitator"]
    v = gas_flow.actual_volume_flow(3.7 / 3.6e6, 403.15, 101325.0)
    area = d["collecting_area"] * v
    power = filters.precipitator_power(area, d["corona_density"], d["supply_efficiency"] / 100, 0.0)
    assert 0.0010 < power < 0.0030
    w, _ = filters.migration_velocity(0.998, area, v, d["exponent"])
    assert (
        0.1 < w < 0.6
    )  # effective velocities of the square-root form are far above Deutsch's 0.04 to 0.12 m/s


def cement_power(likely: dict, preheater: tuple[float, float], cooler: tuple[float, float]) -> float:
    """Gross power [kWh/t clinker] of one pressure, 1.2 MPa, 7 kPa, from (Nm3/kg, degC) of the two streams."""
    d, t = likely["waste_heat_boiler"], likely["small_turbine"]
    p, superheat = 1.2e6, 105.0
    steam_flow = 0.0
    # cp per Nm3, 300 to 600 K: preheater gas 25 % CO2 and 6 % H2O 1.45 + 0.19e-3 (T - 273), air 1.295 + 0.06e-3
    streams = (
        (preheater, 1.45, 0.19e-3, d["outlet_preheater_side"]),
        (cooler, 1.295, 0.06e-3, d["outlet_cooler_side"]),
    )
    for (v, T), cp, slope, outlet in streams:
        b, c = boiler.gas_coefficients(273.15, cp * 1e3, 373.15, (cp + 100 * slope) * 1e3)
        # the cooler's boiler warms the water of both: it feeds the preheater's drum at 170 degC
        feed = 443.15 if T > 300 and outlet > 150 else 313.15
        m, *_, code = boiler.waste_heat_boiler(
            v, b, c, T + 273.15, outlet + 273.15, d["loss"] / 100, 1, (p, 1.0, 1.0), (superheat, 0.0, 0.0),
            (d["approach"], 0.0, 0.0), (d["pinch"], 0.0, 0.0), d["blowdown"] / 100, feed, 0.0, 0.0, 5.0,
        )  # fmt: skip
        assert code == status.OK
        steam_flow += m
    h = steam.h_pT(p * 0.95, steam.saturation_temperature(p) + superheat - 5.0)
    eta = t["efficiency"] / 100
    power, *_, code = small_turbine.small_turbine(
        steam_flow, p * 0.95, h, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7e3, eta, eta, eta, 0.0,
        t["mechanical_efficiency"] / 100, 0.0,
    )  # fmt: skip
    assert code == status.OK
    return power * t["generator_efficiency"] / 100 / 3600


def test_cement_waste_heat_power_lies_in_the_band(likely):
    """24 to 37 kWh/t on five stages, with the facts' streams: 1.35 Nm3/kg at 325 degC, 1.03 Nm3/kg of vent air.

    The boiler of the cooler takes the hot part of the vent: 0.62 Nm3/kg at 360 degC, the mean being 279 degC.
    """
    assert 24 < cement_power(likely, (1.35, 325.0), (0.62, 360.0)) < 37


def test_ammonia_slip_limit_in_ppm():
    """2.5 mg/m3 of the design rule is about 3.3 ppm."""
    assert emissions.mole_fraction(2.5e-6, emissions.M_NH3) == pytest.approx(3.3e-6, abs=0.05e-6)
