"""The cell's own frozen figures: change detectors, never validation. A change needs its reason in the commit.

T02 to T04 are the facts' computed cross-checks (inputs published, outputs computed by a second implementation); the
rest is this model's own at its reference cells.
"""

from __future__ import annotations

import pytest
from aluminium_rows import HANDLE, changed, row_of, solve_rows

from plantsim.io.plants import reference_plant
from plantsim.kernels import bath, cell_voltage
from plantsim.library import library


def wt(*percent: float) -> list[float]:
    return [p / 100.0 for p in percent]


def parts(i, t, distance, composition, effect, anode, i_cathode, formula=bath.RTA):
    """Return the voltage parts of a cell from its own inputs (A/m2, degC, m, wt%, wt%, m2, A/m2)."""
    tk = t + 273.15
    a, c, o, li, m, k = wt(*composition)
    ratio = bath.weight_ratio(a, c, o, li, m, k)
    kappa = bath.conductivity(formula, tk, a, c, o, li, m, k)
    activity = bath.alumina_activity(o / bath.saturation(tk, a, c, li, m))
    d = cell_voltage.bubble_thickness(i)
    coverage = cell_voltage.bubble_coverage(i, ratio, o, effect / 100.0)
    limit = cell_voltage.limiting_density(tk, cell_voltage.limiting_factor(o, anode))
    return {
        "reversible": cell_voltage.reversible(tk, activity),
        "reaction": cell_voltage.anode_reaction(tk, i, cell_voltage.reaction_density(o)),
        "concentration": cell_voltage.anode_concentration(tk, i, limit),
        "cathode": cell_voltage.cathode(tk, i_cathode, ratio),
        "bath": cell_voltage.bath(i, kappa, distance, d),
        "bubble": cell_voltage.bubble(i, kappa, d, coverage),
    }


def test_t02_components_of_haupin_s_example():
    found = parts(1e4, 969.4, 0.042, (10, 6.5, 3, 0, 0.3, 0), 1.8, 0.854, 1e4 / 1.1)
    wanted = {
        "reversible": 1.2137,
        "reaction": 0.5183,
        "concentration": 0.0328,
        "cathode": 0.0982,
        "bath": 1.6698,
        "bubble": 0.2592,
    }
    assert found == pytest.approx(wanted, abs=5e-4)
    assert sum(found.values()) + 0.815 == pytest.approx(4.607, abs=5e-4)


@pytest.mark.parametrize(
    ("formula", "kappa"), [(bath.HIVES, 2.1697), (bath.WANG, 2.1156), (bath.RTA, 2.2218)]
)
def test_t03_conductivities(formula, kappa):
    assert bath.conductivity(formula, 969.4 + 273.15, *wt(10, 6.5, 3, 0, 0.3, 0)) / 100 == pytest.approx(
        kappa, abs=5e-4
    )


def test_t04_components_of_the_126_ka_cell():
    area = 209304e-4 * 1.1382
    found = parts(126e3 / area, 963, 0.029, (10.3, 7, 4.2, 0, 0.3, 0), 1.8, 1.04652, 126e3 / 115348e-4)
    wanted = {
        "reversible": 1.2062,
        "reaction": 0.4342,
        "concentration": 0.0123,
        "cathode": 0.1123,
        "bath": 0.5909,
        "bubble": 0.1317,
    }
    assert found == pytest.approx(wanted, abs=5e-4)
    ohmic = 126e3 * (3.02e-6 + 2.15e-6 + 2.01e-6)
    assert sum(found.values()) + ohmic == pytest.approx(3.3922, abs=5e-4)


def test_spread_of_the_conductivities():
    # 11 % AlF3, 5 % CaF2, 2.5 % Al2O3, 960 degC: 5 % between the three, which the solved distance takes up
    found = [
        bath.conductivity(f, 960 + 273.15, *wt(11, 5, 2.5, 0, 0, 0)) / 100
        for f in (bath.RTA, bath.HIVES, bath.WANG)
    ]
    assert found == pytest.approx([2.222, 2.173, 2.117], abs=1e-3)


@pytest.mark.parametrize(
    ("reference", "distance_cm"),
    [
        ("haupin-307ka", 4.200),  # its own inputs give its own distance back (T02)
        ("repository-126ka", 2.900),  # same (T04)
        ("entner-200ka", 4.845),
        ("model-500ka", 4.743),
        ("training-175ka", 4.430),
        ("ap60-570ka", 5.029),
        ("dx-plus-ultra-465ka", 4.665),
    ],
)
def test_distances_of_the_reference_cells(reference, distance_cm):
    plant = reference_plant(reference, library())
    solved = solve_rows(row_of(**{k: v.si for k, v in plant.values.items()}))
    assert solved.y["status"][0] == 0
    assert solved.y["operating_distance"][0] * 100 == pytest.approx(distance_cm, abs=1e-3)


def model_500ka():
    plant = reference_plant("model-500ka", library())
    return solve_rows(row_of(**{k: v.si for k, v in plant.values.items()})).x


def shown(row, hold="superheat"):
    y = solve_rows(row, hold).y[0]
    return (
        int(y.status),
        round(float(y.operating_superheat), 2),
        round(float(y.operating_ledge_thickness) * 100, 1),
        round(float(y.operating_voltage), 3),
        round(100 * float(y.insulation_to_restore), 1),
    )


def test_thermal_interaction_of_the_500_ka_cell():
    # docs/en/explanation/potline_heat_balance.md shows these figures
    line = model_500ka()
    less = changed(line, cathode_voltage_drop=line["cathode_voltage_drop"][0] - 0.080)
    near = changed(line, anode_cathode_distance=line["anode_cathode_distance"][0] - 0.004)
    found = {
        "as it is": shown(line),
        "cathode": shown(less),
        "cathode, cover": shown(changed(less, thermal_handle=HANDLE["cover"])),
        "cathode, lining": shown(changed(less, thermal_handle=HANDLE["lining"])),
        "cathode, distance": shown(changed(less, thermal_handle=HANDLE["distance"])),
        "near": shown(near),
        "near, cover": shown(changed(near, thermal_handle=HANDLE["cover"])),
        "near, free": shown(near, "distance"),
        "both": shown(changed(near, cathode_voltage_drop=line["cathode_voltage_drop"][0] - 0.080)),
    }
    assert found == {  # status, superheat [K], ledge [cm], voltage [V], insulation that restores it [%]
        "as it is": (0, 12.97, 5.4, 3.95, 0.0),
        "cathode": (0, 10.13, 9.1, 3.874, 5.3),
        "cathode, cover": (0, 12.97, 5.4, 3.87, 5.3),
        "cathode, lining": (0, 12.97, 5.4, 3.87, 5.3),
        "cathode, distance": (0, 12.97, 5.4, 3.95, 0.0),
        "near": (3, 8.41, 12.5, 3.827, 8.4),
        "near, cover": (0, 12.97, 5.4, 3.822, 8.4),
        "near, free": (0, 8.41, 12.5, 3.827, 8.4),
        "both": (3, 5.56, 22.8, 3.751, 13.7),
    }
