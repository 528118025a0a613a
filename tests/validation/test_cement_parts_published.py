"""Waste-heat power, mills and gas cleaning of kiln lines against published bands."""

from __future__ import annotations

import pytest
from cement_streams import STREAMS, inputs, streams

from plantsim.processes.cement_kiln.cleaning import clean_cold, clean_hot
from plantsim.processes.cement_kiln.grinding import grind
from plantsim.processes.cement_kiln.waste_heat_power import recover_heat
from plantsim.vocabulary import status

SINGLE, DUAL = 1, 2
SYSTEM = {  # steam pressure, low pressure [Pa]; pinch 12 K, raw mill gas not below 205 degC in all
    "2500-5-stage": (1.2e6, 0.25e6),
    "5000-5-stage": (1.2e6, 0.25e6),
    "5000-5-stage-new-cooler": (1.2e6, 0.25e6),
    "5000-6-stage": (0.7e6, 0.15e6),
}


def gross(case: str, **values: float) -> float:
    """kWh/t of clinker, gross."""
    p, low = SYSTEM[case]
    x, y = inputs(**{"whr_steam_pressure": p, "whr_low_pressure": low, **values}), streams(case)
    assert recover_heat(x, x, x, y) == status.OK
    return y.whr_gross_power / y.clinker_flow / 3600


@pytest.mark.parametrize("mode", [SINGLE, DUAL])
@pytest.mark.parametrize("case", STREAMS)
def test_power_of_five_and_six_stages(case, mode):
    """24 to 37 kWh/t for five stages, 13 to 20 for six: bands of Chinese practice (28 to 38 and 18 to 28 today, 23 to
    28 in 2013) moved to the streams of the computed lines, whose cooler air is at 250 to 306 degC.
    """
    low, high = (13, 20) if case == "5000-6-stage" else (24, 37)
    assert low < gross(case, waste_heat_power=mode) < high


def test_steam_before_organic_cycle():
    """A published comparison has steam at 22.5 % and an organic cycle at 15.4 % of the heat (5.26 and 3.1 MW class).

    Only the order is compared: the efficiencies belong to other sources.
    """
    assert gross("5000-5-stage", waste_heat_power=4) < gross("5000-5-stage", waste_heat_power=DUAL)


def test_scr_takes_power_and_heat():
    """SCR at high dust: +1.5 to 4 kWh/t and 1 to 2 kWh/t less waste-heat power (5 to 15 K, 0.6 to 1.2 kPa)."""
    x, y = inputs(scr=1, air_pressure=81.5e3), streams("5000-5-stage")
    assert clean_hot(x, y) == status.OK
    assert recover_heat(x, x, x, y) == status.OK
    assert clean_cold(x, y) == status.OK
    lost = gross("5000-5-stage") - y.whr_gross_power / y.clinker_flow / 3600
    assert 1.0 < lost < 2.0
    assert 1.5 < y.scr_power / y.clinker_flow / 3600 < 4.0
    assert y.nox_concentration == pytest.approx(45e-6)


def test_ammonia_water_of_sncr():
    """2.5 to 5 kg/t of 20 % ammonia water at NSR 1.2 to 1.6 with 500 to 900 mg/Nm3 before it; here from 800."""
    x, y = inputs(raw_nox_concentration=800e-6, nox_after_sncr=320e-6), streams("5000-5-stage")
    assert clean_hot(x, y) == status.OK
    assert clean_cold(x, y) == status.OK
    assert 1.2 < y.sncr_ratio < 1.6
    assert 2.5 < y.ammonia_flow / 0.2 / y.clinker_flow * 1e3 < 5.0


MILLS = {  # main drive factor, air [Nm3/kg], fan [Pa], separator and transport [kWh/t] -> band [kWh/t]
    ("raw", "ball"): (1.0, 0.9, 4500, 2.0, 21, 26),
    ("raw", "vertical"): (0.6, 1.6, 8500, 1.2, 15, 22.67),  # good 15 to 18; measured 22.67 (ATOX 50, 2002)
    ("raw", "roller press"): (0.5, 0.9, 5500, 1.5, 11, 14),
    ("cement", "ball"): (1.0, 0.7, 4000, 3.5, 36, 42),
    ("cement", "press and ball"): (0.75, 1.2, 4000, 2.5, 28, 32),
    ("cement", "vertical"): (0.57, 1.8, 7500, 1.5, 26, 30),
    ("cement", "semi-final"): (0.6, 1.3, 4500, 2.5, 24, 28),
}


@pytest.mark.parametrize("mill", MILLS, ids=" ".join)
def test_mills(mill):
    """Bands of practice (unverified) at sea level; Bond with dry factor 1.3 and drive 0.92."""
    what, _ = mill
    factor, air, rise, separator, low, high = MILLS[mill]
    settings = {"mill_factor": factor, "mill_air": air, "mill_pressure_drop": rise}
    settings["separator_work"] = separator * 3600
    x, y = inputs(**{f"{what}_{k}": v for k, v in settings.items()}), streams("5000-5-stage")
    grind(x, x, x, y)
    assert low < y[f"{what}_mill_rate"] / 3600 < high
