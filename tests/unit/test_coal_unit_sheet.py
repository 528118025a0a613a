"""What heat-balance sheets state beside pressures and temperatures: fractions, stage groups, water pressures, leaks."""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import declaration, read_reference, resolve, run
from iapws import IAPWS97

from plantsim.processes.coal_unit.tables import heater_table
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_ORDER, INFEASIBLE_THERMAL

N300, N600 = read_reference("n300-16.67-537-537"), read_reference("n600-24.2-566-566")
NAN = float("nan")
# the textbook's heaters 1, 2 and 5 to 8: fraction; 3 and 4 hang on gland steam that it does not place
FRACTIONS = (0.073537464, 0.081825202, 0.0, 0.0, 0.038633046, 0.025527442, 0.02846112, 0.031816979)
HP_INLET, HP_EXHAUST, IP_INLET = 0.0, 1.0, 2.0
TO_HP_EXHAUST, TO_IP_INLET, TO_LP_INLET = 12.0, 13.0, 14.0


def blamed(y) -> str:
    return declaration().name_of_code(int(y.status_variable))


def at_load(values, load):
    x, d, o, y = run([values])
    o["load"] = load
    resolve(x, d, o, y)
    return x[0], d[0], o[0], y[0]


def closes(y) -> bool:
    return y.status == 0 and y.energy_residual < 1e-11 and y.mass_residual < 1e-11


def test_textbook_fractions_are_held_and_its_heaters_have_its_efficiency():
    """Heater 1 by hand from the book's printed enthalpies: (1193.7 - 1044.655) / (0.0735375 x 2068.498) = 0.9798."""
    x, d, _, y = run(N300 | {"extraction_fraction": FRACTIONS})
    assert closes(y)
    held = [i for i, a in enumerate(FRACTIONS) if a > 0.0]
    assert d.extraction_share[held] == pytest.approx([FRACTIONS[i] for i in held], rel=1e-14)
    assert d.heater_efficiency_now[0] == pytest.approx(0.9798, abs=2e-3)
    assert d.heater_efficiency_now[held] == pytest.approx(
        0.98, abs=3e-3
    )  # the book's 98 %, older steam tables
    assert d.heater_efficiency_now[2] == x.heater_efficiency  # its own balance
    assert d.exhaust_share == pytest.approx(0.595009375, rel=1e-3)
    assert y.extraction_disagreement == pytest.approx(max(abs(d.heater_efficiency_now[held] / 0.98 - 1.0)))
    assert y.extraction_disagreement < y.extraction_disagreement_allowed


def test_a_fraction_three_hundredths_too_large_is_held_and_told():
    """The steam is there, so the heater gives 1/1.03 of its heat to the water; the rest is lost, and counted."""
    values = N300 | {"extraction_fraction": (FRACTIONS[0] * 1.03, *(0.0,) * 7)}
    plain = run(N300)[1]
    _, d, _, y = run(values)
    assert closes(y)
    rise, drop = (
        d.water_outlet_enthalpy[0] - d.water_inlet_enthalpy[0],
        d.point_enthalpy[0] - d.drain_enthalpy[0],
    )
    assert d.heater_efficiency_now[0] == pytest.approx(rise / (FRACTIONS[0] * 1.03 * drop), rel=1e-12)
    lost = (1.0 - d.heater_efficiency_now[0]) * FRACTIONS[0] * 1.03 * drop
    assert d.specific_losses - plain.specific_losses == pytest.approx(
        lost - 0.02 * FRACTIONS[0] * drop, rel=0.03
    )
    assert y.extraction_disagreement > y.extraction_disagreement_allowed


@pytest.mark.parametrize("load", [0.8, 0.5])
def test_the_fitted_efficiency_stays_at_other_loads(load):
    values = N300 | {"extraction_fraction": FRACTIONS}
    _, at_full, _, _ = run(values)
    _, d, _, y = at_load(values, load)
    assert closes(y)
    assert d.heater_efficiency_now[:8] == pytest.approx(at_full.heater_efficiency_now[:8], rel=1e-15)
    assert d.extraction_share[0] < FRACTIONS[0]


def test_the_efficiency_is_shown_beside_the_heaters_where_fractions_are_stated():
    def columns(values):
        x, d, _, y = run(values)
        return [c.key for c in heater_table(x, d, y).columns]

    assert columns(N300 | {"extraction_fraction": FRACTIONS}) == [*columns(N300), "efficiency"]


@pytest.mark.parametrize("factor", [0.9, 1.3])
def test_a_fraction_that_no_heater_can_have_is_refused(factor):
    _, _, _, y = run(N300 | {"extraction_fraction": (FRACTIONS[0] * factor, *FRACTIONS[1:])})
    assert (y.status, blamed(y)) == (INFEASIBLE_THERMAL, "extraction_fraction")


def test_flows_of_the_sheet_are_shares_of_its_main_steam():
    """905.95 t/h: 66.62 t/h to heater 1, and 0.281 % of gland steam is 2545.7 kg/h."""
    flow = 905.95 / 3.6
    in_shares = N300 | {"extraction_fraction": FRACTIONS}
    in_flows = {n: v for n, v in N300.items() if n != "gland_share"} | {
        "sheet_main_steam_flow": flow,
        "extraction_flow": tuple(a * flow for a in FRACTIONS),
        "gland_flow": tuple(a * flow for a in N300["gland_share"]),
    }
    assert in_flows["extraction_flow"][0] * 3.6 == pytest.approx(66.62, abs=0.01)
    assert in_flows["gland_flow"][0] * 3600 == pytest.approx(2545.7, abs=0.1)
    first, second = run(in_shares)[3], run(in_flows)[3]
    assert second.heat_rate == pytest.approx(first.heat_rate, rel=1e-12)
    _, _, _, y = run(in_flows | {"sheet_main_steam_flow": NAN})
    assert (y.status, blamed(y)) == (INCOMPLETE, "sheet_main_steam_flow")


def steam(p, **of):
    return IAPWS97(P=p / 1e6, **of)


def test_stage_groups_by_hand():
    """Three groups of the HP and IP cylinder from their inlets, with IAPWS-IF97 of another package."""
    efficiencies = (0.80, 0.85, 0.90)
    values = N300 | {"stage_efficiency": (*efficiencies, 0.0, 0.0, 0.0, 0.0, 0.0)}
    _, d, _, y = run(values)
    assert closes(y)
    inlet = steam(d.cylinder_inlet_pressure[0], h=d.cylinder_inlet_enthalpy[0] / 1e3)
    for i, eta in enumerate(efficiencies):
        if i == 2:  # the first of the IP cylinder
            inlet = steam(d.cylinder_inlet_pressure[1], h=d.cylinder_inlet_enthalpy[1] / 1e3)
        p = N300["extraction_pressure"][i]
        h = inlet.h - eta * (inlet.h - steam(p, s=inlet.s).h)
        assert d.point_enthalpy[i] / 1e3 == pytest.approx(h, abs=0.02)
        inlet = steam(p, h=h)


def test_stage_groups_that_repeat_the_sheets_states_change_nothing():
    """Group efficiencies worked out from the book's own states give its cycle again, the last group of LP too."""
    plain = run(N300)
    d, found = plain[1], []
    cylinders = (range(2), range(2, 4), range(4, 8))
    for c, places in enumerate(cylinders):
        before = steam(d.cylinder_inlet_pressure[c], h=d.cylinder_inlet_enthalpy[c] / 1e3)
        for i in places:
            p, h = N300["extraction_pressure"][i], d.point_enthalpy[i] / 1e3
            found.append((before.h - h) / (before.h - steam(p, s=before.s).h))
            before = steam(p, h=h)
    h_c = d.cylinder_exhaust_enthalpy[2] / 1e3
    last = (before.h - h_c) / (before.h - steam(N300["exhaust_pressure"], s=before.s).h)
    left_out = ("extraction_temperature", "extraction_quality", "exhaust_enthalpy")
    values = {n: v for n, v in N300.items() if n not in left_out}
    values |= {"stage_efficiency": tuple(found), "last_stage_efficiency": (0.0, 0.0, last)}
    _, again, _, y = run(values)
    assert closes(y)
    assert again.point_enthalpy[:8] == pytest.approx(d.point_enthalpy[:8], abs=20.0)
    assert y.heat_rate == pytest.approx(plain[3].heat_rate, rel=1e-5)


def test_water_pressure_of_a_heater_by_hand():
    """Heater 1 at 18.5 MPa instead of 20.58: its water leaves as warm, with the enthalpy of that pressure."""
    values = N300 | {"heater_water_pressure": (18.5e6, 0.0, 0.0, 0.0, 1.2e6, 0.0, 0.0, 0.0)}
    _, d, _, y = run(values)
    assert closes(y)
    t = d.heater_saturation_temperature[0] + 1.6
    assert d.water_outlet_enthalpy[0] / 1e3 == pytest.approx(IAPWS97(P=18.5, T=t).h, abs=0.02)
    assert y.feedwater_temperature == pytest.approx(t, abs=1e-9)
    t = d.heater_saturation_temperature[4] - 2.8
    assert d.water_outlet_enthalpy[4] / 1e3 == pytest.approx(IAPWS97(P=1.2, T=t).h, abs=0.02)


def test_the_drop_to_a_heater_goes_with_the_square_of_the_flow():
    """2.08 MPa lost at the sheet's flow; at half load the flow is about half, and a quarter of it is lost."""
    values = N300 | {"heater_water_pressure": (18.5e6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)}
    x, d, _, y = at_load(values, 0.5)
    assert closes(y)
    part = y.main_steam_flow / x.reference_main_steam_flow
    p = d.feed_line_pressure - 2.08e6 * part * part
    t = d.water_outlet_temperature[0]
    assert d.water_outlet_enthalpy[0] / 1e3 == pytest.approx(IAPWS97(P=p / 1e6, T=t).h, abs=0.02)


def test_water_that_would_boil_in_a_heater_blames_the_pressure_stated_for_it():
    values = N300 | {"heater_water_pressure": (0.0, 0.0, 0.0, 0.0, 0.3e6, 0.0, 0.0, 0.0)}
    _, _, _, y = run(values)
    assert (y.status, blamed(y)) == (INFEASIBLE_ORDER, "heater_water_pressure")


def leaking(source, to, share=0.01):
    """The 600 MW unit with one leak between cylinders instead of its gland flows."""
    plain = {n: v for n, v in N600.items() if not n.startswith("gland_")}
    return plain | {"gland_share": (share,), "gland_source": (source,), "gland_to": (to,)}


@pytest.mark.parametrize("load", [1.0, 0.6])
@pytest.mark.parametrize(
    ("source", "to"),
    [
        (HP_INLET, TO_HP_EXHAUST), (HP_INLET, TO_IP_INLET), (HP_EXHAUST, TO_IP_INLET),
        (HP_INLET, TO_LP_INLET), (HP_EXHAUST, TO_LP_INLET), (IP_INLET, TO_LP_INLET),
    ],
)  # fmt: skip
def test_leaks_between_cylinders_close_both_balances(source, to, load):
    _, _, _, y = at_load(leaking(source, to), load)
    assert closes(y)


def test_a_leak_past_the_hp_cylinder_is_mixed_before_the_ip_cylinder():
    """1 % of main steam at 3396 kJ/kg to reheated steam of 3600: the mixture by hand, and no boiler heat for it."""
    x, d, _, _ = run(leaking(HP_INLET, TO_IP_INLET))
    mixed = (d.reheat_share * d.hot_reheat_enthalpy + 0.01 * d.cylinder_inlet_enthalpy[0]) / (
        d.reheat_share + 0.01
    )
    assert d.cylinder_inlet_enthalpy[1] == pytest.approx(mixed, rel=1e-12)
    assert d.inlet_share[0] == pytest.approx(0.99)
    assert d.inlet_share[1] == pytest.approx(d.reheat_share + 0.01)
    heat = d.main_steam_enthalpy - d.feedwater_enthalpy
    heat += d.reheat_share * (
        d.hot_reheat_enthalpy - d.cylinder_exhaust_enthalpy[0] + x.cold_reheat_heat_loss
    )
    assert d.specific_heat_input == pytest.approx(heat, rel=1e-14)


def test_a_leak_to_the_hp_exhaust_is_reheated_with_it():
    """It loses the HP cylinder's drop, about 400 kJ/kg, and saves the same in the reheater."""
    _, d, _, _ = run(leaking(HP_INLET, TO_HP_EXHAUST))
    plain = run({n: v for n, v in N600.items() if not n.startswith("gland_")})[1]
    drop = d.cylinder_inlet_enthalpy[0] - d.cylinder_exhaust_enthalpy[0]
    assert d.reheat_share == pytest.approx(plain.reheat_share, rel=1e-12)
    assert plain.specific_work - d.specific_work == pytest.approx(0.01 * drop, rel=1e-9)
    assert plain.specific_heat_input - d.specific_heat_input == pytest.approx(0.01 * drop, rel=1e-9)


def test_a_leak_to_the_lp_inlet_loses_the_work_of_the_ip_cylinder():
    _, d, _, _ = run(leaking(IP_INLET, TO_LP_INLET))
    before = d.passing_share[2]
    mixed = (before * d.cylinder_exhaust_enthalpy[1] + 0.01 * d.cylinder_inlet_enthalpy[1]) / (before + 0.01)
    assert d.cylinder_inlet_enthalpy[2] == pytest.approx(mixed, rel=1e-12)
    assert d.inlet_share[2] == pytest.approx(before + 0.01)


def test_efficiencies_from_the_sheets_states_rest_on_the_mixture():
    """The sheet's extraction states are kept although the steam before the IP cylinder is a mixture."""
    values = N300 | {
        "gland_share": (0.015,), "gland_source": (HP_INLET,), "gland_to": (TO_IP_INLET,), "gland_enthalpy": (0.0,),
    }  # fmt: skip
    _, d, _, y = run(values)
    assert closes(y)
    assert d.point_enthalpy[:8] == pytest.approx(run(N300)[1].point_enthalpy[:8], abs=30.0)


def test_a_leak_that_would_run_uphill_is_refused():
    _, _, _, y = run(leaking(IP_INLET, TO_HP_EXHAUST))
    assert (y.status, blamed(y)) == (INFEASIBLE_ORDER, "gland_to")


def test_a_sheet_without_these_figures_has_no_disagreement():
    _, _, _, y = run(N600)
    assert np.isnan(y.extraction_disagreement)
