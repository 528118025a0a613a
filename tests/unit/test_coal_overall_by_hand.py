"""The row of the whole unit and its laws at part load, from round figures worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from plantsim.processes.coal_unit import pressures
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PUMP_AT_SPEED,
    FEED_PUMP_AT_SPEED,
    PUMP_BY_TURBINE,
)
from plantsim.processes.coal_unit.tables import overall_table


def row_of_unit(drive: int, share_of_heat: float = 0.0, pumps: float = 1.5e6, fans: float = 0.5e6) -> dict:
    """200 MW gross of 170 kg/s at 8 MW of auxiliaries, 2 of them the cold end's, and 500 MW of coal heat."""
    x = SimpleNamespace(feed_pump_drive=drive)
    d = SimpleNamespace(feed_pump_rise=24e3)
    values = {
        "heat_share_by_quantity": share_of_heat, "coal_heat": 500e6, "gross_power": 200e6, "auxiliary_power": 8e6,
        "main_steam_flow": 170.0, "steam_rate": 170.0 / 200e6, "heat_rate": 2.3, "heat_rate_net_of_pump": 2.25,
        "feedwater_temperature": 513.15, "circulating_pump_power": pumps, "cooling_fan_power": fans,
    }  # fmt: skip
    y = np.rec.array([tuple(values.values())], dtype=[(name, float) for name in values])[0]
    table = overall_table(x, d, y)
    return dict(zip([c.key for c in table.columns], table.rows[0], strict=True))


def test_the_whole_unit_in_the_units_of_its_columns():
    """Steam 170 kg/s = 612 t/h and 3.06 kg/kWh; 2.3 J/J = 8280 kJ/kWh.

    Coal 500 MJ/s for 192 MJ/s sent out: 2.604167 J/J, times 3600/29.3076 = 319.8829 gce/kWh.
    """
    row = row_of_unit(PUMP_BY_TURBINE + 1)
    assert row.pop("heat_rate_net_kj_per_kwh") == pytest.approx(8100.0, rel=1e-12)
    assert row == pytest.approx(
        {
            "gross_power_mw": 200.0,
            "main_steam_t_per_h": 612.0,
            "steam_rate_kg_per_kwh": 3.06,
            "heat_rate_kj_per_kwh": 8280.0,
            "feedwater_c": 240.0,
            "feed_pump_kj_per_kg": 24.0,
            "net_coal_rate_gce_per_kwh": 319.8829,
        },
        rel=1e-6,
    )


def test_a_feed_pump_driven_by_steam_has_no_second_heat_rate():
    assert row_of_unit(PUMP_BY_TURBINE)["heat_rate_net_kj_per_kwh"] is None


@pytest.mark.parametrize(
    ("pumps", "fans", "sent_out"), [(1.5e6, 0.5e6, 193.2), (float("nan"), float("nan"), 193.6)]
)
def test_coal_and_auxiliaries_of_supplied_heat_are_not_the_power_s(pumps, fans, sent_out):
    """A fifth to heat: 400 MJ/s over 200 - 6.4 MJ/s, times 3600/29.3076 = 253.7910, where no cold end is known.

    Its 2 MW serve power alone: of the other 6 MW 1.2 are the heat's, 400 MJ/s over 200 - 6.8 MJ/s.
    """
    shown = row_of_unit(PUMP_BY_TURBINE, 0.2, pumps, fans)["net_coal_rate_gce_per_kwh"]
    assert shown == pytest.approx(400.0 / sent_out * 3600.0 / 29.3076, rel=1e-12)


def test_losses_of_the_water_lines_grow_with_the_square_of_the_flow():
    """Half the flow leaves a quarter of the loss. Feed line: 20 - 16 = 4 MPa at the reference, 1 MPa above 12 MPa.

    Condensate line to the open heater, whose pipe loses a tenth: 1.5 MPa at the reference against 0.9 * 1.0 MPa, so
    0.6 MPa; at half flow with 0.5 MPa before the pipe 0.45 + 0.15 = 0.60 MPa.
    """
    x = SimpleNamespace(
        feed_pump_control=FEED_PUMP_AT_SPEED, condensate_pump_control=CONDENSATE_PUMP_AT_SPEED,
        reference_main_steam_flow=200.0, feedwater_pressure=20e6, main_steam_pressure=16e6,
        extraction_pressure=[3e6, 1e6], extraction_loss=[0.05, 0.1], condensate_pressure=1.5e6,
    )  # fmt: skip
    d = SimpleNamespace(
        steam_pressure=12e6, highest_open_heater=2, point_pressure=[1.5e6, 0.5e6],
        feed_line_pressure=0.0, condensate_line_pressure=0.0,
    )  # fmt: skip
    written = getattr(
        pressures.follow_pumps, "py_func", pressures.follow_pumps
    )  # takes any record with these
    written(x, d, 100.0)
    assert d.feed_line_pressure == pytest.approx(13e6, rel=1e-12)
    assert d.condensate_line_pressure == pytest.approx(0.60e6, rel=1e-12)
