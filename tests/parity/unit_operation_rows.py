"""Evaluate the shared unit operations on drawn rows and save the results; run by test_unit_operations_parity.py.

python unit_operation_rows.py ROWS FILE.npz
"""

from __future__ import annotations

import sys

import numpy as np

from plantsim.kernels import (
    condenser_cooling,
    emissions,
    fans,
    fgd,
    filters,
    gas_flow,
    psychrometrics,
    reagents,
    scr,
    small_turbine,
    sncr,
    steam,
    waste_heat_boiler,
)

DAMPER = (0.37073425, 0.97250253, -0.34240761)


def scr_row(u) -> tuple:
    k_av, alpha, kc = u(0.1, 8.0), u(0.5, 1.3), u(0.5, 100.0)
    T, p = u(540.0, 680.0), u(70e3, 101e3)
    x, slip, code = scr.conversion(k_av, alpha, kc)
    return (
        x, slip, code,
        *scr.ratio_for(u(0.3, 0.95), k_av, kc),
        *scr.calibrate_activity(0.85, 0.02, kc),
        *scr.reactor(2e-4, alpha, k_av, kc, T, p, 1e-5, scr.ABS_EARLY, 20.0),
        scr.bisulphate_temperature(2e-6, 1e-5, p, scr.ABS_LATE),
        scr.coverage_number(2e-4, T, p),
        scr.activity_at(k_av, T, 640.0, 4e4, 1.1, 0.8),
        scr.so2_oxidation(0.01, T, 640.0, 1.5e5, 0.9, 1.0, 1.0),
        scr.activity_left(u(0, 3e4), 7e4),
        gas_flow.channel_pressure_loss(
            6.0, 1.0, 6e-3, gas_flow.gas_density(0.03, T, p), gas_flow.air_viscosity(T), 2.0
        ),
        *sncr.reduction(u(1000, 1400), u(0.5, 2), 1213.0, 120.0, 110.0, 0.85, 0.9),
        *sncr.ratio_for(u(0.2, 0.7), u(1100, 1300), 1213.0, 120.0, 110.0, 0.85, 0.9),
        sncr.slip(u(1000, 1400), 1.4, 0.5, 1213.0, 0.05, 50.0),
        reagents.urea_flow(reagents.ammonia_flow(u(0.1, 1.0), alpha), 0.95),
        reagents.injection_heat(1.0, 300.0, u(600, 1300), p),
        *emissions.at_reference_oxygen(u(0, 1), u(0, 0.22), 0.06),
    )  # fmt: skip


def cleaning_row(u) -> tuple:
    p, T, w = u(70e3, 101e3), u(360.0, 480.0), u(0.02, 0.1)
    gas = (1030.0, 0.0305)
    return (
        *filters.precipitator_removal(u(1e3, 3e4), u(50, 400), u(0.03, 0.12), u(0.4, 1)),
        *filters.migration_velocity(u(0.9, 0.999), 1e4, 200.0, 0.5),
        *filters.bag_pressure_loss(u(10, 100), 4000.0, 3e4, 6e4, 0.02, 600.0, 300.0, 0.8, 0.9),
        *fgd.limestone_balance(u(0.1, 2), 1.03, 0.9),
        *fgd.bicarbonate_balance(u(0.1, 2), 1.1, 0.95),
        *fgd.absorber_water(10.0, T, w, p, *gas, 300.0, 1e-4),
        *fgd.spray_cooling(10.0, T, w, u(335, 350), p, *gas, 300.0),
        *fgd.liquid_ratio_for(u(0.8, 0.99), 3.0, 0.8),
        *fans.fan_power(u(1, 100), T, p, u(0, 8000), 0.8, 0.95, 1.38),
        *fans.controlled_fan_power(u(20, 100), u(500, 6000), 0.7, 100.0, 6000.0, 0.8, 0.8, 0.95, u(0, 1), *DAMPER),
        fans.compressor_power(1.0, 300.0, p, p + u(1e3, 7e5), 0.7, 0.95, 1.4),
        *psychrometrics.wet_bulb(u(276, 312), u(0, 1), p),
    )  # fmt: skip


def heat_row(u) -> tuple:
    b, c = u(1000, 1600), u(0, 0.3)
    p = (u(2.2e6, 10e6), u(0.6e6, 2e6), u(0.12e6, 0.5e6))
    levels = 1 + int(u(0, 2.999))
    *m, T_out, pinch, least, duty, code = waste_heat_boiler.waste_heat_boiler(
        50.0,
        b,
        c,
        u(550, 1200),
        u(320, 440),
        0.02,
        levels,
        p,
        (100.0, 30.0, 0.0),
        (8.0, 8.0, 6.0),
        (12.0, 12.0, 12.0),
        0.02,
        u(310, 370),
        0.0,
        0.0,
        5.0,
    )
    h, h_2 = steam.h_pT(1.2e6, u(560, 620)), steam.h_pT(0.3e6, u(410, 440))
    power = small_turbine.small_turbine(
        10.0,
        1.2e6,
        h,
        0.3e6,
        u(-4, 4),
        h_2,
        0.15e6,
        u(-2, 0),
        0.0,
        u(5e3, 12e3),
        0.8,
        0.8,
        0.78,
        0.9,
        0.98,
        0.5,
    )
    site = u(70e3, 101e3)
    T_air, humidity = u(276, 308), u(0.2, 1)
    w = psychrometrics.air_humidity(T_air, humidity, site)
    return (
        *m, T_out, pinch, least, duty, code, *power,
        *waste_heat_boiler.economiser(50.0, b, c, u(430, 520), 0.0, 10.0, 2e6, 320.0, 420.0, 5.0),
        waste_heat_boiler.flash_share(u(4e5, 8e5), 0.2e6),
        *condenser_cooling.condenser(4e8, u(8e3, 2e4), u(276, 305), 15000.0, u(1500, 3500)),
        condenser_cooling.inlet_water_factor(u(276, 320)),
        *condenser_cooling.cooling_tower(4e8, 12000.0, 11000.0, u(0.6, 2), T_air, w, site, 274.0),
        *condenser_cooling.calibrate_tower(u(295, 310), 4e8, 12000.0, 11000.0, T_air, w, site),
        *condenser_cooling.dry_condenser(4e8, 30000.0, T_air, site, 4e7, 36000.0, 0.5),
    )  # fmt: skip


def main(rows: int, file: str) -> None:
    """Draw, evaluate, save one table per group."""
    draw = np.random.default_rng(20260801)

    def u(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    groups = {"scr": scr_row, "cleaning": cleaning_row, "heat": heat_row}
    np.savez(file, **{name: np.array([row(u) for _ in range(rows)], float) for name, row in groups.items()})


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
