"""Grinding of raw meal, coal and cement: Bond's work, the mill type as a factor on it, separator and mill fan."""

from __future__ import annotations

from math import sqrt

from plantsim._jit import kernel
from plantsim.kernels.fans import fan_power

MICRON = 1e-6  # m, unit of Bond's sizes
KAPPA = 1.40  # isentropic exponent of air, c_p/c_v of a diatomic gas


@kernel
def bond_work(work_index, feed, product):
    """Return the work [J/kg] at the mill's pinion: 10 W_i (1/sqrt(P80) - 1/sqrt(F80)), sizes in micrometres.

    work_index: Bond's, per metric tonne [J/kg]; feed, product: 80 % passing [m]. Bond 1952 (Trans. AIME 193:484), for
    wet grinding in a closed ball-mill circuit; 0 where the feed is fine enough.
    """
    if not (feed > 0.0 and product > 0.0):
        return float("nan")
    return max(0.0, 10.0 * work_index * (1.0 / sqrt(product / MICRON) - 1.0 / sqrt(feed / MICRON)))


@kernel
def finer(work, fineness, fineness_ref, exponent):
    """Return the work [J/kg] for another fineness (Blaine) [m2/kg]: it grows with a power of it."""
    return work * (fineness / fineness_ref) ** exponent


@kernel
def mill_fan_work(air, T, p, rise, eta_fan, eta_drive):
    """Return the fan's work [J/kg] of a mill that moves ``air`` [Nm3/kg] at T [K] against ``rise`` [Pa].

    p: site pressure [Pa]: the fan takes in ``rise`` below it; eta: [-]. At 1800 m 1.25 times that of sea level.
    """
    power, _ = fan_power(air, T, p - rise, rise, eta_fan, eta_drive, KAPPA)
    return power


@kernel
def mill_work(work, dry_factor, mill_factor, eta_drive, separator, fan):
    """Return the electricity [J/kg] of a mill: main drive, separator with transport, fan.

    work: Bond's [J/kg]; dry_factor: dry grinding over wet [-] (1.3, Rowland); mill_factor: main drive over a ball
    mill's at the same product [-]; eta_drive: gear and motor [-]; separator, fan [J/kg].
    """
    return work * dry_factor * mill_factor / eta_drive + separator + fan


@kernel
def grind(x, d, o, y):
    """Write the power of the raw, coal and cement mills into y [W], and their rates [J per kg ground]."""
    T, p = x.mill_exit_temperature, x.air_pressure
    eta_fan, eta_drive = x.fan_efficiency, x.fan_drive_efficiency
    raw = mill_work(
        bond_work(x.raw_work_index, x.raw_feed_size, x.raw_product_size),
        x.dry_grinding_factor,
        x.raw_mill_factor,
        x.mill_drive_efficiency,
        x.raw_separator_work,
        mill_fan_work(x.raw_mill_air, T, p, x.raw_mill_pressure_drop, eta_fan, eta_drive),
    )
    coal = mill_work(
        bond_work(x.coal_work_index, x.coal_feed_size, x.coal_product_size),
        x.dry_grinding_factor,
        x.coal_mill_factor,
        x.mill_drive_efficiency,
        x.coal_separator_work,
        mill_fan_work(x.coal_mill_air, T, p, x.coal_mill_pressure_drop, eta_fan, eta_drive),
    )
    work = bond_work(x.cement_work_index, x.cement_feed_size, x.cement_product_size)
    cement = mill_work(
        finer(work, x.cement_fineness, x.cement_fineness_reference, x.cement_fineness_exponent),
        x.dry_grinding_factor,
        x.cement_mill_factor,
        x.mill_drive_efficiency,
        x.cement_separator_work,
        mill_fan_work(x.cement_mill_air, T, p, x.cement_mill_pressure_drop, eta_fan, eta_drive),
    )
    y.raw_mill_rate, y.coal_mill_rate, y.cement_mill_rate = raw, coal, cement
    y.raw_mill_power = raw * y.raw_meal_flow
    y.coal_mill_power = coal * y.fuel_coal_flow
    y.cement_mill_power = cement * y.cement_flow
