"""Tables of organic working fluids against CoolProp, and the cycle against one made with CoolProp alone."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.kernels import organic_rankine as orc
from plantsim.library import make_organic_table as table
from plantsim.vocabulary import status

coolprop = pytest.importorskip("CoolProp")


@pytest.fixture(scope="module")
def props():
    return coolprop.CoolProp.PropsSI


@pytest.mark.parametrize(("fluid", "row"), list(enumerate(table.FLUIDS)))
def test_the_file_on_disk_is_what_coolprop_gives(fluid, row, props):
    _, name, high = row
    assert orc.SATURATION[fluid] == pytest.approx(
        table.saturation_rows(props, name, high), rel=1e-7, abs=1e-4
    )
    assert orc.VAPOUR[fluid] == pytest.approx(table.vapour_rows(props, name), rel=1e-6, abs=0.1)


@pytest.mark.parametrize(("fluid", "row"), list(enumerate(table.FLUIDS)))
def test_between_the_nodes(fluid, row, props):
    _, name, high = row
    for T in np.linspace(291.0, high - 5.0, 17):
        boiling = props("H", "T", T, "Q", 1, name) - props("H", "T", T, "Q", 0, name)
        found = orc.saturated(fluid, orc.H_VAPOUR, T) - orc.saturated(fluid, orc.H_LIQUID, T)
        assert found == pytest.approx(boiling, rel=5e-4)
        assert np.exp(orc.saturated(fluid, orc.LN_P, T)) == pytest.approx(
            props("P", "T", T, "Q", 0, name), rel=2e-4
        )


@pytest.mark.parametrize(("fluid", "T_e"), [(0, 443.15), (0, 473.15), (1, 393.15), (1, 408.0)])
def test_cycle(fluid, T_e, props):
    name, T_c, eta, eta_pump, recuperation = table.FLUIDS[fluid][1], 313.15, 0.8, 0.7, 0.8
    h_1, rho = (props(key, "T", T_c, "Q", 0, name) for key in "HD")
    p_e, p_c = (props("P", "T", T, "Q", 0, name) for T in (T_e, T_c))
    h_3, s_3 = (props(key, "T", T_e, "Q", 1, name) for key in "HS")
    turbine = eta * (h_3 - props("H", "P", p_c, "S", s_3, name))
    pump = (p_e - p_c) / rho / eta_pump
    recovered = recuperation * (h_3 - turbine - props("H", "T", T_c, "Q", 1, name))
    work, heat, boiling, p, code = orc.organic_cycle(fluid, T_e, T_c, eta, eta_pump, recuperation)
    assert code == status.OK
    assert work == pytest.approx(turbine - pump, rel=1e-3)
    assert heat == pytest.approx(h_3 - h_1 - pump - recovered, rel=1e-3)
    assert p == pytest.approx(p_e, rel=2e-4)


def test_what_cannot_be():
    assert orc.organic_cycle(0, 310.0, 320.0, 0.8, 0.7, 0.8)[-1] == status.INFEASIBLE_ORDER
    assert orc.organic_cycle(0, 500.0, 320.0, 0.8, 0.7, 0.8)[-1] == status.OUTSIDE_RANGE
