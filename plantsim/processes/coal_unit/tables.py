"""The heat balance as an engineer lays it beside his own sheet, and the two pictures that go with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.processes.coal_unit.boiler_table import boiler_tables
from plantsim.processes.coal_unit.codes import (
    CYLINDERS,
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_EXHAUST,
    GLAND_FROM_IP_INLET,
    HP,
    IP,
    LP,
    OPEN,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
)
from plantsim.processes.coal_unit.indicators import (
    heat_coal_rate,
    heat_coal_rate_with_power,
    heat_power_rate,
    net_coal_rate,
)
from plantsim.processes.coal_unit.water_table import residue_table, water_table
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Cell, Column, Picture, Series, Table, words

KELVIN = 273.15  # K at 0 degC, exact by definition
PER_HOUR = 3.6  # t/h per kg/s, exact
KWH = 3600.0  # kJ per kWh, exact
NAMES = ({"en": "HP", "zh": "高压缸"}, {"en": "IP", "zh": "中压缸"}, {"en": "LP", "zh": "低压缸"})


def _column(key: str, en: str, zh: str, unit: str = "", digits: int = 2) -> Column:
    return Column(key, words(en, zh), unit, digits)


PRESSURE = _column("pressure_mpa", "pressure", "压力", "MPa", 4)
TEMPERATURE = _column("temperature_c", "temperature", "温度", "°C", 1)
QUALITY = _column("quality", "quality", "干度", "", 4)
ENTHALPY = _column("enthalpy_kj_per_kg", "enthalpy", "焓", "kJ/kg", 1)
FLOW = _column("flow_t_per_h", "flow", "流量", "t/h", 2)
SHARE = _column("share", "share", "份额", "%", 3)


def _steam_row(
    name: str, p: float, t: float, quality: float, h: float, share: float, m: float
) -> tuple[Cell, ...]:
    wet = quality < 1.0
    t_shown = None if t != t else t - KELVIN
    return (name, p / 1e6, t_shown, quality if wet else None, h / 1e3, share * m * PER_HOUR, share * 100.0)


def steam_table(x: Any, d: Any, y: Any) -> Table:
    """Return steam along its path: main steam, extractions, reheat, exhaust, pump turbine."""
    m, rows, i = y.main_steam_flow, [], 0
    nan = float("nan")
    rows.append(_steam_row("0", d.steam_pressure, d.steam_temperature, 1.0, d.main_steam_enthalpy, 1.0, m))
    for c in range(CYLINDERS):
        if c == IP and x.reheat == REHEAT_SINGLE:
            t, h = d.reheat_temperature, d.hot_reheat_enthalpy
            rows.append(_steam_row("RH", d.reheat_pressure, t, 1.0, h, d.reheat_share, m))
        border = d.cylinder_exhaust_pressure[c] * (1.0 - 1e-6)
        while i < x.heater_count and (c == LP or d.point_pressure[i] >= border):
            t, q = d.point_temperature[i], d.point_quality[i]
            share = d.extraction_share[i]
            rows.append(_steam_row(str(i + 1), d.point_pressure[i], t, q, d.point_enthalpy[i], share, m))
            i += 1
    t, q, h = d.condensing_temperature, d.exhaust_point_quality, d.cylinder_exhaust_enthalpy[LP]
    rows.append(_steam_row("C", d.condensing_pressure, t, q, h, d.exhaust_share, m))
    if x.feed_pump_drive == PUMP_BY_TURBINE:
        number = x.pump_turbine_source if x.pump_turbine_source > 0 else d.highest_open_heater
        i = number - 1
        row = _steam_row(
            "BFPT", d.point_pressure[i], d.point_temperature[i], d.point_quality[i], d.point_enthalpy[i],
            d.pump_turbine_flow_share, m,
        )  # fmt: skip
        rows.append(row)
    sources = {
        GLAND_FROM_HP_INLET: (d.cylinder_inlet_pressure[HP], d.cylinder_inlet_enthalpy[HP]),
        GLAND_FROM_HP_EXHAUST: (d.cylinder_exhaust_pressure[HP], d.cylinder_exhaust_enthalpy[HP]),
        GLAND_FROM_IP_INLET: (d.cylinder_inlet_pressure[IP], d.cylinder_inlet_enthalpy[IP]),
        GLAND_FROM_IP_EXHAUST: (d.cylinder_exhaust_pressure[IP], d.cylinder_exhaust_enthalpy[IP]),
    }
    for g in range(x.gland_flow_count):
        p, h = sources[int(x.gland_source[g])]
        arriving = x.gland_enthalpy[g] if x.gland_enthalpy[g] > 0.0 else h
        rows.append(_steam_row(f"G{g + 1}", p, nan, 1.0, arriving, x.gland_share[g], m))
    return Table(
        "steam_path",
        words("Steam", "汽轮机各段参数"),
        (_column("point", "point", "位置"), PRESSURE, TEMPERATURE, QUALITY, ENTHALPY, FLOW, SHARE),
        tuple(rows),
        notes=(
            words(
                "0 main steam, RH hot reheat, 1 to 10 extractions, C exhaust, BFPT feed pump turbine, G gland "
                "flows with the enthalpy with which they arrive; shares of main steam",
                "0 主蒸汽, RH 热再热, 1 至 10 各级抽汽, C 排汽, BFPT 小汽机, G 漏汽 (焓为利用处值); 份额以主蒸汽计",
            ),
        ),
    )


def heater_table(x: Any, d: Any, y: Any) -> Table:
    """Return one row for each heater: saturation, water in and out, terminal differences, drain, flow."""
    rows = []
    for i in range(x.heater_count):
        is_open = x.heater_kind[i] == OPEN
        t_s, t_out, t_in = (
            d.heater_saturation_temperature[i],
            d.water_outlet_temperature[i],
            d.water_inlet_temperature[i],
        )
        rows.append(
            (
                f"{i + 1}" + ("*" if is_open else ""),
                d.heater_pressure[i] / 1e6,
                t_s - KELVIN,
                t_in - KELVIN,
                t_out - KELVIN,
                d.water_outlet_enthalpy[i] / 1e3,
                None if is_open else t_s - t_out,
                None if is_open else d.drain_temperature[i] - t_in,
                None if is_open else d.drain_enthalpy[i] / 1e3,
                d.extraction_share[i] * y.main_steam_flow * PER_HOUR,
                None if is_open else d.drain_share[i] * y.main_steam_flow * PER_HOUR,
            )
        )
    return Table(
        "heaters",
        words("Heaters", "回热加热器"),
        (
            _column("heater", "heater", "级"),
            PRESSURE,
            _column("saturation_c", "saturation", "饱和温度", "°C", 1),
            _column("water_in_c", "water in", "进水温度", "°C", 1),
            _column("water_out_c", "water out", "出水温度", "°C", 1),
            _column("water_out_kj_per_kg", "water out", "出水焓", "kJ/kg", 1),
            _column("ttd_k", "TTD", "上端差", "K", 1),
            _column("dca_k", "drain approach", "下端差", "K", 1),
            _column("drain_kj_per_kg", "drain", "疏水焓", "kJ/kg", 1),
            _column("steam_t_per_h", "steam", "抽汽量", "t/h", 2),
            _column("drain_t_per_h", "drain", "疏水量", "t/h", 2),
        ),
        tuple(rows),
        notes=(words("* open heater (deaerator)", "* 混合式 (除氧器)"),),
    )


def cylinder_table(x: Any, d: Any, y: Any) -> Table:
    """Return one row for each cylinder: inlet, exhaust, efficiency, power."""
    rows = []
    for c in range(CYLINDERS):
        if d.cylinder_exhaust_pressure[c] >= d.cylinder_inlet_pressure[c] * (1.0 - 1e-6):
            continue  # a cylinder without extent
        rows.append(
            (
                NAMES[c]["en"],
                d.cylinder_inlet_pressure[c] / 1e6,
                d.cylinder_inlet_enthalpy[c] / 1e3,
                d.cylinder_exhaust_pressure[c] / 1e6,
                d.cylinder_exhaust_enthalpy[c] / 1e3,
                d.cylinder_efficiency[c] * 100.0,
                d.cylinder_work[c] * y.main_steam_flow / 1e6,
            )
        )
    return Table(
        "cylinders",
        words("Cylinders", "汽缸"),
        (
            _column("cylinder", "cylinder", "汽缸"),
            _column("inlet_mpa", "inlet", "进口压力", "MPa", 4),
            _column("inlet_kj_per_kg", "inlet", "进口焓", "kJ/kg", 1),
            _column("exhaust_mpa", "exhaust", "排汽压力", "MPa", 4),
            _column("exhaust_kj_per_kg", "exhaust", "排汽焓", "kJ/kg", 1),
            _column("efficiency", "efficiency", "相对内效率", "%", 2),
            _column("power_mw", "internal power", "内功率", "MW", 2),
        ),
        tuple(rows),
        notes=(words("Efficiency from behind the valves to the exhaust", "效率自阀后至排汽口"),),
    )


def overall_table(x: Any, d: Any, y: Any) -> Table:
    """Return the figures of the whole unit, one row."""
    at_point = {name: np.atleast_1d(y[name]) for name in y.dtype.names}
    coal = float(net_coal_rate(at_point)[0]) * KWH / 29.3076  # gce/kWh; 29 307.6 kJ/kg, GB/T 2589-2020
    by_motor = x.feed_pump_drive != PUMP_BY_TURBINE
    row = (
        y.gross_power / 1e6,
        y.main_steam_flow * PER_HOUR,
        y.steam_rate * 3.6e6,
        y.heat_rate * KWH,
        y.heat_rate_net_of_pump * KWH if by_motor else None,
        y.feedwater_temperature - KELVIN,
        d.feed_pump_rise / 1e3,
        coal,
    )
    return Table(
        "overall",
        words("Whole unit", "全厂"),
        (
            _column("gross_power_mw", "gross power", "发电功率", "MW", 2),
            _column("main_steam_t_per_h", "main steam", "主蒸汽流量", "t/h", 1),
            _column("steam_rate_kg_per_kwh", "steam rate", "汽耗率", "kg/kWh", 3),
            _column("heat_rate_kj_per_kwh", "heat rate", "热耗率", "kJ/kWh", 1),
            _column(
                "heat_rate_net_kj_per_kwh", "heat rate less feed pump", "扣除电动给水泵热耗率", "kJ/kWh", 1
            ),
            _column("feedwater_c", "feedwater", "给水温度", "°C", 1),
            _column("feed_pump_kj_per_kg", "feed pump rise", "给水泵焓升", "kJ/kg", 1),
            _column("net_coal_rate_gce_per_kwh", "net coal rate", "供电煤耗率", "gce/kWh", 1),
        ),
        (row,),
        notes=(
            words(
                "Heat rate: boiler heat less the heat supplied, over generator output; a motor-driven feed pump's "
                "power is auxiliary power. Net coal rate: coal of supplied heat taken off by the heat-quantity method",
                "热耗率 = (循环吸热量 - 供热量) / 发电功率; 电动给水泵功率计入厂用电; 供电煤耗率按热量法扣除供热用煤",
            ),
        ),
    )


def heat_supply_table(y: Any) -> Table:
    """Return what is supplied at a point, in the units of a heat contract, and its coal by both conventions."""
    at_point = {name: np.atleast_1d(y[name]) for name in y.dtype.names}
    of_coal = 1e3 / 29.3076  # kgce/GJ per J/J; 29 307.6 kJ/kg, GB/T 2589-2020
    row = (
        y.heat_supplied / 1e6,
        y.heat_supplied * PER_HOUR / 1e6,
        y.heating_steam_flow * PER_HOUR,
        float(heat_coal_rate(at_point)[0]) * of_coal,
        float(heat_coal_rate_with_power(at_point)[0]) * of_coal,
        float(heat_power_rate(at_point)[0]) * 1e9 / 3.6e6,
    )
    return Table(
        "heat_supply",
        words("Heat supply", "供热"),
        (
            _column("heat_mw", "heat", "供热量", "MW", 1),
            _column("heat_gj_per_h", "heat", "供热量", "GJ/h", 1),
            _column("steam_t_per_h", "steam", "供热蒸汽", "t/h", 1),
            _column("heat_coal_rate_kgce_per_gj", "coal, fuel alone", "供热煤耗 (不含用电)", "kgce/GJ", 2),
            _column(
                "heat_coal_rate_with_power_kgce_per_gj", "with own power", "供热煤耗 (含用电)", "kgce/GJ", 2
            ),
            _column("heat_power_rate_kwh_per_gj", "own power", "供热厂用电率", "kWh/GJ", 2),
        ),
        (row,),
        notes=(
            words(
                "Coal by the heat-quantity method; which of the two GB 21258-2024 takes could not be read",
                "热量法分摊; GB 21258-2024 采用何种口径未能查到原文",
            ),
        ),
    )


def state_at(x: Any, d: Any, o: Any, y: Any) -> Any:
    """Return the design record with the cycle as it is at this point: a plant's own record has its last point's."""
    from plantsim.processes.coal_unit.kernel import entry

    rows = [np.zeros(1, dtype=record.dtype) for record in (x, d, o, y)]
    rows[0][0], rows[2][0] = x, o
    d = rows[1]
    d["states_wanted"] = 1
    entry(rows[0], d, rows[2], np.array([0, 1], dtype=np.int64), rows[3], 0, 1)
    return d[0]


def tables(x: Any, d: Any, o: Any, y: Any) -> list[Table]:
    """Return the heat balance of one unit at one point: records as solved; no table where it was not."""
    if y.status != OK:
        return []
    d = state_at(x, d, o, y)
    found = [steam_table(x, d, y), heater_table(x, d, y), cylinder_table(x, d, y), overall_table(x, d, y)]
    if y.heat_supplied > 0.0:
        found.append(heat_supply_table(y))
    return [*found, *boiler_tables(x, y), water_table(y), residue_table(y)]


def expansion_picture(x: Any, d: Any) -> Picture:
    """Return the expansion line in the h-s plane: each cylinder's inlet, extractions and exhaust."""
    series, i = [], 0
    for c in range(CYLINDERS):
        points = [(d.cylinder_inlet_entropy[c], d.cylinder_inlet_enthalpy[c], "")]
        border = d.cylinder_exhaust_pressure[c] * (1.0 - 1e-6)
        while i < x.heater_count and (c == LP or d.point_pressure[i] >= border):
            points.append((d.point_entropy[i], d.point_enthalpy[i], str(i + 1)))
            i += 1
        points.append((d.cylinder_exhaust_entropy[c], d.cylinder_exhaust_enthalpy[c], ""))
        s, h, text = zip(*points, strict=True)
        series.append(Series(NAMES[c], tuple(v / 1e3 for v in s), tuple(v / 1e3 for v in h), text))
    return Picture(
        "expansion",
        words("Expansion line", "热力过程线"),
        words("entropy, kJ/(kg K)", "熵, kJ/(kg K)"),
        words("enthalpy, kJ/kg", "焓, kJ/kg"),
        tuple(series),
    )


def heater_picture(x: Any, d: Any, y: Any) -> Picture:
    """Return water and saturation temperatures over heat, from the lowest heater to the highest."""
    water, saturation, marks = [], [], []
    q = 0.0
    for i in reversed(range(x.heater_count)):
        taken = (
            d.water_share[i]
            * (d.water_outlet_enthalpy[i] - d.water_inlet_enthalpy[i])
            * y.main_steam_flow
            / 1e6
        )
        t_s = d.heater_saturation_temperature[i] - KELVIN
        water += [
            (q, d.water_inlet_temperature[i] - KELVIN),
            (q + taken, d.water_outlet_temperature[i] - KELVIN),
        ]
        saturation += [(q, t_s), (q + taken, t_s)]
        marks += ["", str(i + 1)]
        q += taken
    both = (
        (words("water", "水"), water, False),
        (words("condensing steam", "汽侧饱和温度"), saturation, True),
    )
    series = tuple(
        Series(label, tuple(a for a, _ in line), tuple(b for _, b in line), tuple(marks), dashed)
        for label, line, dashed in both
    )
    return Picture(
        "heaters",
        words("Heaters: temperature over heat", "回热加热器 T-Q 图"),
        words("heat taken up by the water, MW", "水侧吸热量, MW"),
        words("temperature, °C", "温度, °C"),
        series,
    )


def pictures(x: Any, d: Any, o: Any, y: Any) -> list[Picture]:
    """Return the h-s line and the heaters' T-Q lines of one unit at one point; none where it was not solved."""
    if y.status != OK:
        return []
    d = state_at(x, d, o, y)
    return (
        [expansion_picture(x, d), heater_picture(x, d, y)]
        if x.heater_count > 0
        else [expansion_picture(x, d)]
    )
