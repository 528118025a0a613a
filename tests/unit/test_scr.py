"""SCR and SNCR: the closed form against computed rows and its own differential equation, limits, reagents."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from plantsim.kernels import emissions, gas_flow, reagents, scr, sncr
from plantsim.vocabulary import status

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "row", rows("scr_closed_form.csv"), ids=lambda r: f"{r['kAV']}-{r['KC0']}-{r['alpha']}"
)
def test_closed_form_rows(row):
    """Computed rows, printed to 12 digits: a check of the mathematics, not of a catalyst."""
    k_av, kc, alpha = float(row["kAV"]), float(row["KC0"]), float(row["alpha"])
    x, slip, code = scr.conversion(k_av, alpha, kc)
    assert code == status.OK
    assert x == pytest.approx(float(row["NO_conversion"]), abs=1e-9)
    assert slip == pytest.approx(float(row["NH3_slip_over_NO_in"]), abs=1e-9)


def plug_flow(k_av: float, alpha: float, kc: float, steps: int = 4000) -> float:
    """NO conversion by the Runge-Kutta method on dx/dz = k_av (1 - x) kc (alpha - x)/(1 + kc (alpha - x))."""

    def rate(x: float) -> float:
        ammonia = kc * (alpha - x)
        return k_av * (1 - x) * ammonia / (1 + ammonia)

    x, h = 0.0, 1 / steps
    for _ in range(steps):
        a = rate(x)
        b = rate(x + h / 2 * a)
        c = rate(x + h / 2 * b)
        x += h / 6 * (a + 2 * b + 2 * c + rate(x + h * c))
    return x


@pytest.mark.parametrize(
    ("k_av", "alpha", "kc"), [(2, 0.8, 5), (3, 1, 20), (3, 1.0000001, 20), (4, 1.1, 1), (1, 3, 0.5)]
)
def test_closed_form_is_the_integral_of_the_rate(k_av, alpha, kc):
    assert scr.conversion(k_av, alpha, kc)[0] == pytest.approx(plug_flow(k_av, alpha, kc), abs=1e-10)


@pytest.mark.parametrize(("k_av", "alpha"), [(2.0, 0.8), (3.0, 0.97), (3.0, 1.1), (0.5, 0.9)])
def test_strong_adsorption_limit(k_av, alpha):
    x, slip, _ = scr.conversion(k_av, alpha, 1e9)
    assert x == pytest.approx(min(alpha, 1 - math.exp(-k_av)), abs=1e-7)
    assert slip == pytest.approx(alpha - x, abs=1e-12)


def test_slip_keeps_its_digits_when_ammonia_is_used_up():
    """At kc (1 - alpha) k_av = 400 the slip is of the order of exp(-400): not zero, not noise."""
    x, slip, code = scr.conversion(10.0, 0.8, 200.0)
    assert code == status.OK
    assert x == pytest.approx(0.8, abs=1e-15)
    # closed form solved for the slip where x = alpha: s = alpha (1 - alpha) exp[-(k_av + ln(1 - alpha)) kc (1 - alpha)]
    expected = math.log(0.8 * 0.2) - (10 + math.log(0.2)) * 200 * 0.2
    assert math.log(slip) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("k_av", "alpha", "kc"),
    [
        (0.2075604432599777, 0.186861610460046, 6602.088633581614),
        (1.159665923143141, 0.6818238432549074, 1625.231102148563),
        (0.08880323345029674, 0.08430053736042446, 12051.840288092262),
    ],
)
def test_ammonia_just_enough_with_strong_adsorption(k_av, alpha, kc):
    """alpha close to 1 - exp(-k_av): the closed form is flat there and rounding decides the last digits."""
    x, slip, code = scr.conversion(k_av, alpha, kc)
    assert code == status.OK
    assert scr.activity_for(x, alpha, kc)[0] == pytest.approx(k_av, rel=1e-12)
    assert 0 < slip < 1e-3


def test_guarantee_point_calibrates_the_activity():
    """88 % at 3 ppm slip of 195 ppm NOx (400 mg/m3)."""
    slip = 3e-6 / emissions.mole_fraction(400e-6, emissions.M_NO2)
    k_av, alpha, code = scr.calibrate_activity(0.88, slip, 20.0)
    assert code == status.OK
    x, s, _ = scr.conversion(k_av, alpha, 20.0)
    assert (x, s) == (pytest.approx(0.88, abs=1e-13), pytest.approx(slip, rel=1e-12))
    assert scr.ratio_for(0.88, k_av, 20.0)[:2] == (
        pytest.approx(alpha, rel=1e-11),
        pytest.approx(slip, rel=1e-10),
    )
    # acceptance band of practice: 0.85 to 0.90 at NSR 0.9 and slip below 3.3 ppm
    assert 0.85 < scr.conversion(k_av, 0.9, 20.0)[0] < 0.90


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: scr.activity_for(0.9, 0.9, 20.0), status.INFEASIBLE_FLOW),
        (lambda: scr.activity_for(-0.1, 0.9, 20.0), status.OUTSIDE_RANGE),
        (lambda: scr.calibrate_activity(0.9, 0.0, 20.0), status.INFEASIBLE_FLOW),
        (lambda: scr.conversion(1.0, math.nan, 20.0), status.OUTSIDE_RANGE),
        (lambda: scr.ratio_for(0.9, 2.0, 20.0), status.INFEASIBLE_FLOW),
    ],
)
def test_what_cannot_be(call, code):
    assert call()[-1] == code


@pytest.mark.parametrize(
    "row", rows("bisulphate_temperature.csv"), ids=lambda r: f"{r['NH3_ppm']}-{r['SO3_ppm']}"
)
def test_bisulphate_temperature_rows(row):
    form = scr.ABS_EARLY if "E53000" in row["correlation"] else scr.ABS_LATE
    T = scr.bisulphate_temperature(1e-6 * float(row["NH3_ppm"]), 1e-6 * float(row["SO3_ppm"]), 101325.0, form)
    assert pytest.approx(float(row["T_ABS_C"]), abs=0.06) == T - 273.15  # printed to 0.1 K


def test_bisulphate_at_altitude_and_without_reagents():
    sea = scr.bisulphate_temperature(3e-6, 1e-5, 101325.0, scr.ABS_EARLY)
    assert 1.5 < sea - scr.bisulphate_temperature(3e-6, 1e-5, 81489.0, scr.ABS_EARLY) < 6.0
    assert scr.bisulphate_temperature(0.0, 1e-5, 101325.0, scr.ABS_EARLY) == 0.0
    assert math.isnan(scr.bisulphate_temperature(1e-6, 1e-6, 101325.0, 7))


def test_reactor_below_its_minimum_temperature_is_named():
    args = (195e-6, 0.9, 3.0, 20.0)
    *_, margin, code = scr.reactor(*args, 630.0, 82e3, 10e-6, scr.ABS_EARLY, 20.0)
    assert (code, margin > 0) == (status.OK, True)
    x, _, margin, code = scr.reactor(*args, 560.0, 82e3, 10e-6, scr.ABS_EARLY, 20.0)
    assert code == status.INFEASIBLE_THERMAL
    assert margin < 0
    assert 0.8 < x < 0.9


def test_activity_with_temperature_flow_and_age():
    assert scr.activity_at(3.0, 633.0, 633.0, 4e4, 1.0, 1.0) == 3.0
    assert scr.activity_at(3.0, 633.0, 633.0, 4e4, 2.0, 0.5) == pytest.approx(0.75)
    assert scr.activity_at(3.0, 600.0, 633.0, 4e4, 1.0, 1.0) < 3.0
    # 0.65 to 0.75 of the activity at 24 000 h: time constants of 60 to 80 kh
    assert scr.activity_left(24e3, 60e3) == pytest.approx(0.67, abs=0.005)
    assert scr.activity_left(24e3, 80e3) == pytest.approx(0.74, abs=0.005)


def test_sulphur_dioxide_oxidation():
    assert scr.so2_oxidation(0.01, 650.0, 650.0, 1.5e5, 1.0, 1.0, 1.0) == pytest.approx(0.01)
    assert scr.so2_oxidation(0.01, 650.0, 650.0, 1.5e5, 0.5, 1.0, 1.0) == pytest.approx(0.0199)
    assert scr.so2_oxidation(0.01, 670.0, 650.0, 1.5e5, 1.0, 1.0, 1.0) > 0.02


def test_adsorption_at_the_facts_points():
    """K C about 11 at 360 degC and 0.6 to 0.7 at 400 degC for 400 mg/m3 of NOx."""
    y = emissions.mole_fraction(400e-6, emissions.M_NO2)
    assert scr.coverage_number(y, 633.15, 101325.0) == pytest.approx(11.0, rel=0.05)
    assert 0.55 < scr.coverage_number(y, 673.15, 101325.0) < 0.75


def test_reagents_of_a_coal_unit():
    """400 to 50 mg/m3 at 3.5 Nm3/kWh: 0.453 g NH3 or 0.800 g urea per kWh, stoichiometric."""
    nox = 3.5 * 350e-6  # kg/kWh
    ammonia = reagents.ammonia_flow(nox, 1.0)
    assert ammonia == pytest.approx(0.453e-3, abs=0.001e-3)
    urea = reagents.urea_flow(ammonia, 1.0)
    assert urea == pytest.approx(0.800e-3, abs=0.001e-3)
    assert reagents.urea_co2(urea) == pytest.approx(urea * 44.009 / 60.056)
    assert reagents.solution_flow(ammonia, 0.2) == pytest.approx(5 * ammonia)
    # warming, boiling and superheating a kilogram of water to 1173 K: 2.5 MJ to steam at 25 degC, then 2 kJ/kg K
    assert reagents.injection_heat(1.0, 298.15, 1173.15, 82e3) == pytest.approx(4.29e6, rel=0.01)


def test_concentrations():
    assert emissions.mass_concentration(1e-6, emissions.M_NO2) == pytest.approx(2.053e-6, abs=0.001e-6)
    assert emissions.mole_fraction(emissions.mass_concentration(3e-4, 0.046), 0.046) == pytest.approx(3e-4)
    assert emissions.at_reference_oxygen(80e-6, 0.09, 0.06) == (pytest.approx(100e-6), status.OK)
    assert emissions.at_reference_oxygen(80e-6, 0.21, 0.06)[1] == status.OUTSIDE_RANGE
    assert emissions.dry_basis(0.09, 0.1) == pytest.approx(0.1)
    assert emissions.excess_over_limit(60.0, 50.0) == pytest.approx(0.2)
    assert emissions.excess_over_limit(60.0, 0.0) == -1.0


def test_molar_masses_balance():
    """The reactions of SCR, FGD and sorbents conserve mass with these numbers."""
    e = emissions
    assert pytest.approx(e.M_N2 + 1.5 * e.M_H2O, abs=2e-6) == e.M_NO + e.M_NH3 + 0.25 * e.M_O2
    assert pytest.approx(2 * e.M_NH3 + e.M_CO2, abs=2e-6) == e.M_UREA + e.M_H2O
    assert pytest.approx(e.M_SO3, abs=1e-6) == e.M_SO2 + 0.5 * e.M_O2


def test_square_duct_friction_is_the_series_sum():
    """Shah and London 1978: f Re (Fanning) = 6/[1 - 192/pi^5 sum tanh(n pi/2)/n^5], odd n."""
    total = sum(math.tanh(n * math.pi / 2) / n**5 for n in range(1, 200, 2))
    assert pytest.approx(4 * 6 / (1 - 192 / math.pi**5 * total), rel=1e-6) == gas_flow.SQUARE_DUCT


def test_catalyst_pressure_loss():
    """A layer of 7 mm pitch, 6 mm channels, 0.9 m at 7 m/s and 360 degC: about 250 Pa, laminar."""
    density = gas_flow.gas_density(0.0295, 633.15, 82e3)
    mu = gas_flow.air_viscosity(633.15)
    assert mu == pytest.approx(3.15e-5, rel=0.02)  # air tables: 31.5 uPa s at 630 K
    loss = gas_flow.channel_pressure_loss(7.0, 0.9, 6e-3, density, mu, 1.5)
    by_hand = 0.5 * 56.908 * mu * 7.0 * 0.9 / 36e-6 + 0.75 * density * 49
    assert loss == pytest.approx(by_hand, rel=1e-5)
    assert 100 < loss < 300
    assert gas_flow.channel_reynolds(7.0, 6e-3, density, mu) < 2300


def test_sncr_calibrated_to_a_test():
    """60 % at NSR 1.4 in the middle of the window."""
    a, code = sncr.calibrate_rise(0.60, 1.4, 0.85, 1.0)
    assert code == status.OK
    window = (1213.0, 120.0, 110.0, 0.85, a)
    eta, _ = sncr.reduction(1213.0, 1.4, *window)
    assert eta == pytest.approx(0.60)
    assert sncr.ratio_for(eta, 1213.0, *window)[0] == pytest.approx(1.4)
    assert sncr.reduction(1073.0, 1.4, *window)[0] < eta
    assert sncr.reduction(1333.0, 1.4, *window)[0] < eta
    assert sncr.ratio_for(0.84, 1100.0, *window)[1] == status.INFEASIBLE_FLOW
    assert sncr.calibrate_rise(0.9, 1.4, 0.85, 1.0)[1] == status.INFEASIBLE_FLOW
    assert sncr.reduction(1213.0, 1.4, 1213.0, 0.0, 110.0, 0.85, a)[1] == status.OUTSIDE_RANGE
    hot, cold = (sncr.slip(T, 1.4, 0.6, 1213.0, 0.05, 40.0) for T in (1300.0, 1150.0))
    assert 0 < hot < cold <= 0.8
    assert sncr.slip(1000.0, 1.4, 0.6, 1213.0, 0.05, 10.0) == pytest.approx(0.8)  # no more than is left


@pytest.mark.parametrize("k_av", [0.3, 1.5, 3.0, 6.0])
@pytest.mark.parametrize("kc", [0.2, 3.0, 50.0, 5e3])
@pytest.mark.parametrize("slip", [1e-4, 0.02, 0.4])
def test_the_most_conversion_that_a_slip_allows(k_av, kc, slip):
    """The plug flow with the ammonia found slips as much as was allowed."""
    x, alpha, code = scr.conversion_at_slip(slip, k_av, kc)
    assert code == status.OK
    assert alpha == pytest.approx(x + slip, rel=1e-12)
    assert plug_flow(k_av, alpha, kc, 20000) == pytest.approx(x, abs=1e-9)


def test_without_slip_or_activity_nothing_is_converted():
    assert scr.conversion_at_slip(0.0, 3.0, 5.0) == (0.0, 0.0, status.OK)
    assert scr.conversion_at_slip(0.1, 0.0, 5.0) == (0.0, 0.1, status.OK)
    assert scr.conversion_at_slip(-0.1, 3.0, 5.0)[2] == status.OUTSIDE_RANGE
