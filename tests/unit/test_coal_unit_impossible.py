"""Results that cannot be have a status, and what is next to nothing makes no jump."""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import complete, declaration, read_reference, rows

from plantsim.kernels.gas import H2O
from plantsim.processes.coal_unit.kernel import entry
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

N200, N300, N600, BED = (
    "n200-12.75-535-535", "n300-16.67-537-537", "n600-16.67-537-537", "n300-16.67-fluidised-bed",
)  # fmt: skip


def solved(name, changes, load=1.0):
    """Return (x, d, y, blamed names) of a reference with each of ``changes``."""
    x, d, o, first, y = rows([complete({**read_reference(name), **c}) for c in changes])
    o["load"] = load
    entry(x, d, o, first, y, 0, len(x))
    return x, d, y, [declaration().name_of_code(int(code)) for code in y["status_variable"]]


def test_half_of_the_coal_is_not_left_unburnt():
    """Gangue of 57 % ash and 10.26 MJ/kg: 33 % in it are 0.33/0.67 x ash x 33.7 MJ/kg lost."""
    _x, _d, y, blamed = solved(BED, [{"fly_ash_carbon": 0.33}])
    assert 0.9 * 0.57 * 0.33 / 0.67 * 33.727 / 10.26 > 0.5
    assert (y["status"][0], blamed[0]) == (INFEASIBLE_THERMAL, "fly_ash_carbon")


def test_coal_that_is_hardly_one_is_refused_before_more_is_lost_than_it_has():
    poor = {"coal_carbon": 0.09, "coal_hydrogen": 0.01, "coal_oxygen": 0.02, "coal_nitrogen": 0.002,
            "coal_sulphur": 0.01, "coal_moisture": 0.068, "coal_ash": 0.80, "coal_heating_value": 3.5e6,
            "boiler_efficiency": float("nan"), "furnace_sulphur_capture": 0.0}  # fmt: skip
    losing = [poor | {"fly_ash_carbon": c, "bottom_ash_carbon": c} for c in (0.03, 0.065)]
    _x, _d, y, blamed = solved(N600, losing)
    # 0.8 of ash with 3 %: 0.238 of the heat; with 6.5 %: 0.536
    assert y["loss_unburnt_carbon"][0] == pytest.approx(0.8 * 0.03 / 0.97 * 33.727 / 3.5, rel=1e-3)
    assert [*y["status"]] == [OK, INFEASIBLE_THERMAL]
    assert blamed == ["", "fly_ash_carbon"]


def test_an_efficiency_that_leaves_no_room_for_the_losses_is_refused_with_both():
    """Fly ash of 12 % carbon loses 16 points more than 4 % do: 86 % cannot stand beside it."""
    _x, _d, y, blamed = solved(BED, [{"fly_ash_carbon": 0.12}])
    assert (y["status"][0], blamed[0]) == (INFEASIBLE_THERMAL, "boiler_efficiency")
    carbon = (0.12 / 0.88 - 0.04 / 0.96) * 0.9 * 33.727 / 10.26  # per ash of the coal and its limestone
    ash = _d["fly_ash_ratio"][0] * 0.88 / 0.9
    assert y["boiler_efficiency_listed"][0] == pytest.approx(0.86 - carbon * ash, abs=0.01)
    fits = solved(BED, [{"fly_ash_carbon": 0.12, "boiler_efficiency": y["boiler_efficiency_listed"][0]}])[2]
    assert fits["status"][0] == OK
    assert fits["loss_unlisted"][0] == pytest.approx(0.0, abs=1e-12)


def test_next_to_no_sulphur_is_no_sulphur():
    amounts = (0.0, 1e-14, 1e-9)
    ash = read_reference(N300)["coal_ash"] + read_reference(N300)["coal_sulphur"]
    _x, _d, y, _ = solved(N300, [{"coal_sulphur": s, "coal_ash": ash - s} for s in amounts])
    assert (y["status"] == OK).all()
    for name in ("coal_heat", "net_power", "fgd_power", "auxiliary_power", "boiler_efficiency_found"):
        assert y[name] == pytest.approx(y[name][0], rel=1e-6), name
    assert y["fgd_power"][0] > 0.0  # the absorber is passed, and its least pumps run


@pytest.mark.parametrize("name", [N200, N300, N600, "n600-24.2-566-566"])
def test_an_exhaust_pressure_is_solved_wherever_the_extractions_lie(name):
    """From below one extraction to above the next: no step where one comes to lie in the crossover pipe."""
    p = read_reference(name)["ip_exhaust_pressure"]
    pressures = np.geomspace(0.45 * p, 1.9 * p, 60)
    x, d, y, blamed = solved(name, [{"ip_exhaust_pressure": q} for q in pressures])
    assert (y["status"] == OK).all(), sorted(set(blamed))
    assert np.abs(np.diff(np.log(y["heat_rate"]))).max() < 2e-3
    assert y["energy_residual"].max() < 1e-9
    assert y["mass_residual"].max() < 1e-9


@pytest.mark.parametrize("load", [1.0, 0.6])
def test_steam_from_the_crossover_has_the_exhausts_enthalpy(load):
    """0.25 MPa from a pipe that begins at 0.2545 and loses 2 %: throttled, 1.8 % below the exhaust at every load."""
    _x, d, y, _ = solved(N200, [{"ip_exhaust_pressure": 0.2545e6}], load)
    assert y["status"][0] == OK
    assert d["point_enthalpy"][0, 5] == pytest.approx(d["cylinder_exhaust_enthalpy"][0, 1], rel=1e-12)
    ratio = d["point_pressure"][0, 5] / d["cylinder_exhaust_pressure"][0, 1]
    assert ratio == pytest.approx(0.25 / 0.2545, rel=1e-7)


def test_combustion_air_holds_no_more_water_than_its_saturation():
    """At 0 degC 0.622 x 611.2/(101325 - 611.2) = 3.77 g/kg and no more; 10 g/kg need 14 degC."""
    at = [(0.0, 0.010), (0.0, 0.0037), (13.0, 0.010), (14.5, 0.010)]
    changes = [{"boiler_air_temperature": t + 273.15, "combustion_air_humidity": w} for t, w in at]
    _x, _d, y, blamed = solved(N300, changes)
    assert [*y["status"]] == [OUTSIDE_RANGE, OK, OUTSIDE_RANGE, OK]
    assert blamed == ["combustion_air_humidity", "", "combustion_air_humidity", ""]


def test_air_whose_humidity_is_not_given_holds_what_it_can():
    """The usual 10 g/kg at 20 degC; at 0 degC what is 611.2 Pa of 101325, 3.77 g/kg; 20 g/kg measured stay refused."""
    changes = [{"boiler_air_temperature": t + 273.15} for t in (20.0, 0.0, -30.0)]
    _x, d, y, blamed = solved(N300, [*changes, {**changes[1], "combustion_air_humidity": 0.020}])
    assert [*y["status"]] == [OK, OK, OK, OUTSIDE_RANGE]
    assert blamed[-1] == "combustion_air_humidity"
    water = d["combustion_air"][:3, H2O]
    assert water[0] / (1.0 - water[0]) == pytest.approx(0.010 * 28.96 / 18.015, rel=1e-3)
    assert water[1] == pytest.approx(611.2 / 101325.0, rel=1e-3)
    assert 0.0 < water[2] < 0.0005  # 38 Pa over ice


def test_a_humidity_of_zero_is_dry_air():
    _x, d, y, _ = solved(N300, [{"combustion_air_humidity": 0.0}])
    assert y["status"][0] == OK
    assert d["combustion_air"][0, H2O] == 0.0
