"""A year of distributed photovoltaics by the hour, and how much of it a plant's own load takes.

Geometry, clear sky, split of beam and diffuse, tilted irradiance, cell temperature and inverter are pvlib's (the extra
``plantsim[solar]``), imported where they are used: nothing here stands on the path of a run. Irradiance is drawn: the
clearness of each day from Bendt's distribution about the month's mean, that of each hour about the day's, never above
the clear sky; the month's mean is then restored. The draw is seeded, so the same site gives the same year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plantsim.library.library import Library
from plantsim.vocabulary.problems import bad_input, nearest

YEAR = 2023  # a year without a leap day: geometry only
HOURS = 8760
TIME_ZONE = 8.0  # h, China
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
SOLAR_CONSTANT = 1361.0  # W/m2, Kopp and Lean 2011 (doi 10.1029/2010GL045777)
HOURLY_SPREAD = 0.12  # of the hour's clearness about the day's [-], an assumption
LEAST, MOST = 0.05, 0.80  # clearness of the dullest and the clearest day: the ends of Bendt's distribution
SMALLEST = 1.0e-9


@dataclass(frozen=True)
class Site:
    """Where it stands. Degrees, m, K, m/s; clearness and temperature by month."""

    latitude: float
    longitude: float
    altitude: float
    clearness: np.ndarray
    turbidity: float
    temperature: np.ndarray
    temperature_range: float
    wind: float


@dataclass(frozen=True)
class Panel:
    """How it is built: degrees, shares [-], coefficient [1/K], ageing [1/a]."""

    tilt: float
    azimuth: float
    albedo: float
    temperature_coefficient: float
    losses: float
    dc_over_ac: float
    inverter_efficiency: float
    ageing: float


@dataclass(frozen=True)
class SolarYear:
    """power: by the hour [W per W of panels], first year; global_horizontal [W/m2]."""

    power: np.ndarray
    global_horizontal: np.ndarray

    @property
    def yield_hours(self) -> float:
        """Full-load hours of the panels [h/a], that is kWh per kWp and year."""
        return float(self.power.sum())

    @property
    def irradiation(self) -> float:
        """Global horizontal irradiation of the year [kWh/m2]."""
        return float(self.global_horizontal.sum()) / 1e3


@dataclass(frozen=True)
class SelfUse:
    """generated, used, exported [J/a]; mean_power: used while the line runs, as its mean [W]; share: used [-]."""

    generated: float
    used: float
    exported: float
    mean_power: float
    share: float


def read_site(lib: Library, name: str) -> Site:
    """Return a site of models/common/weather.toml. Raises BadInput for a name that it lacks."""
    sites = lib.data("common", "weather.toml")["site"]
    if name not in sites:
        known = list(sites)
        raise bad_input(
            "site_not_found", given=str(name), nearest=nearest(str(name), known), known=", ".join(known)
        )
    return Site(**_numbers(lib, sites[name]))


def read_panel(lib: Library) -> Panel:
    """Return the panels that models/common/weather.toml recommends (the likely value of three)."""
    return Panel(**_numbers(lib, lib.data("common", "weather.toml")["panel"]))


def _numbers(lib: Library, rows: Mapping[str, Any]) -> dict[str, Any]:
    quantities = {
        "degC": "temperature", "K": "temperature_difference", "%/K": "temperature_coefficient", "m": "length",
        "%": "fraction", "1": "dimensionless", "m/s": "speed", "%/a": "annual_rate",
    }  # fmt: skip
    found: dict[str, Any] = {}
    for key, row in rows.items():
        if key == "label":
            continue
        values = row["value"] if isinstance(row["value"], list) else [row["value"]]
        si = [lib.units.parse(v, quantities[row["unit"]], default_unit=row["unit"]).si for v in values]
        found[key] = np.array(si) if len(si) == 12 else si[len(si) // 2]
    return found


def solar_year(site: Site, panel: Panel, age: float = 0.0, seed: int = 0) -> SolarYear:
    """Return a year of a site and a panel; age: of the panels [a]. Raises ImportError without pvlib."""
    from pvlib import atmosphere, clearsky, inverter, irradiance, pvsystem, spa, temperature

    month = np.repeat(np.arange(12), DAYS * 24)
    hour = np.arange(HOURS) % 24
    start = np.datetime64(f"{YEAR}-01-01T00:30").astype("datetime64[s]").astype(np.int64)
    unix = (start + 3600 * np.arange(HOURS) - 3600 * TIME_ZONE).astype(float)
    pressure = atmosphere.alt2pres(site.altitude)
    air = site.temperature[month] + 0.5 * site.temperature_range * np.cos(2.0 * np.pi * (hour - 14.5) / 24.0)
    mean_air = float(site.temperature.mean()) - 273.15
    zenith_seen, zenith, _, _, azimuth, _ = spa.solar_position(
        unix,
        site.latitude,
        site.longitude,
        site.altitude,
        pressure / 100.0,
        mean_air,
        67.0,
        0.5667,
        numthreads=1,
    )
    day_of_year = 1 + np.arange(HOURS) // 24
    extra = irradiance.get_extra_radiation(day_of_year, solar_constant=SOLAR_CONSTANT)
    up = np.maximum(0.0, np.cos(np.radians(zenith)))
    air_mass = atmosphere.get_absolute_airmass(atmosphere.get_relative_airmass(zenith_seen), pressure)
    with np.errstate(divide="ignore", invalid="ignore"):  # at night, where it gives no number
        clear = clearsky.ineichen(zenith_seen, air_mass, site.turbidity, site.altitude, extra)
    ghi = drawn_irradiance(site.clearness, month, extra * up, np.nan_to_num(clear["ghi"]), seed)
    split = irradiance.erbs(ghi, zenith, day_of_year)
    total = irradiance.get_total_irradiance(
        panel.tilt, panel.azimuth, zenith_seen, azimuth, split["dni"], ghi, split["dhi"],
        dni_extra=extra, albedo=panel.albedo, model="haydavies",
    )  # fmt: skip
    on_panel = np.maximum(0.0, np.nan_to_num(total["poa_global"]))
    cell = temperature.faiman(on_panel, air - 273.15, site.wind)
    dc = pvsystem.pvwatts_dc(on_panel, cell, 1.0, panel.temperature_coefficient)
    dc = np.maximum(0.0, dc) * (1.0 - panel.losses) * (1.0 - panel.ageing) ** age
    rated = 1.0 / panel.dc_over_ac / panel.inverter_efficiency
    ac = inverter.pvwatts(np.maximum(dc, SMALLEST), rated, eta_inv_nom=panel.inverter_efficiency)
    return SolarYear(np.maximum(0.0, np.nan_to_num(ac)), ghi)


def drawn_irradiance(
    clearness: np.ndarray, month: np.ndarray, outside: np.ndarray, clear: np.ndarray, seed: int
) -> np.ndarray:
    """Return hourly global horizontal irradiance [W/m2] whose monthly clearness is ``clearness`` where it can be.

    month: of each hour, 0 to 11; outside: horizontal, above the atmosphere [W/m2]; clear: of the clear sky, which
    bounds each hour. Days: exponential distribution between LEAST and MOST (Bendt, Collares-Pereira and Rabl
    1981, doi 10.1016/0038-092X(81)90013-X).
    """
    rng = np.random.default_rng(seed)
    days = len(month) // 24
    u, noise = rng.random(days), rng.normal(0.0, HOURLY_SPREAD, len(month))
    found = np.zeros(len(month))
    for k in range(12):
        here = month == k
        wanted = clearness[k] * outside[here].sum()
        daily = _bendt(clearness[k], u[np.flatnonzero(here)[::24] // 24])
        shape = np.maximum(0.02, np.repeat(daily, 24) * (1.0 + noise[here])) * outside[here]
        found[here] = _scaled(shape, clear[here], wanted)
    return found


def _bendt(mean: float, u: np.ndarray) -> np.ndarray:
    """Return the clearness of days, of a truncated exponential distribution with this mean, at the shares u."""
    low, high = -60.0, 60.0
    for _ in range(80):
        g = 0.5 * (low + high)
        if _bendt_mean(g) < mean:
            low = g
        else:
            high = g
    if abs(g) < 1e-6:
        return LEAST + (MOST - LEAST) * u
    return np.log(np.exp(g * LEAST) + u * (np.exp(g * MOST) - np.exp(g * LEAST))) / g


def _bendt_mean(g: float) -> float:
    """Return the mean of the truncated exponential distribution exp(g k) between LEAST and MOST."""
    if abs(g) < 1e-6:
        return 0.5 * (LEAST + MOST)
    a, b = np.exp(g * (LEAST - MOST)), 1.0
    return float((MOST * b - LEAST * a) / (b - a) - 1.0 / g)


def _scaled(shape: np.ndarray, most: np.ndarray, total: float) -> np.ndarray:
    """Return shape times a factor, nowhere above ``most``, that sums to ``total``; ``most`` where it can't."""
    if total >= most.sum():
        return most
    low, high = 0.0, 50.0
    for _ in range(60):
        factor = 0.5 * (low + high)
        if np.minimum(shape * factor, most).sum() < total:
            low = factor
        else:
            high = factor
    return np.minimum(shape * high, most)


def self_use(
    year: SolarYear, capacity: float, load: float, standstill_load: float, running_hours: float
) -> SelfUse:
    """Return what becomes of a plant's solar year.

    capacity: of the panels [W]; load, standstill_load: the plant's while its line runs and while it stands [W];
    running_hours: of the year [h/a]. The line stands evenly over the year, so each hour counts by that share. What
    the load doesn't take is exported. mean_power is the input ``pv_power`` of a line.
    """
    power = capacity * year.power
    running = min(1.0, max(0.0, running_hours / HOURS))
    while_running = np.minimum(power, load).sum()
    used = running * while_running + (1.0 - running) * np.minimum(power, standstill_load).sum()
    generated = power.sum()
    return SelfUse(
        generated=float(generated * 3600.0),
        used=float(used * 3600.0),
        exported=float((generated - used) * 3600.0),
        mean_power=float(while_running / HOURS),
        share=float(used / generated) if generated > 0.0 else 0.0,
    )
