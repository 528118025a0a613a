"""A kiln line as an engineer lays it beside his own test: heat balance, tower, gas and air, test against model."""

from __future__ import annotations

from typing import Any

from plantsim.processes.cement_kiln.codes import HELD
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Cell, Column, Table, words

ZERO_CELSIUS = 273.15  # K
KILO = 1e3
PERCENT = 100.0
KWH_PER_T = 3.6e3  # J/kg in 1 kWh/t
STANDARD_COAL = 29307.6  # kJ/kgce, GB/T 2589

IN = (
    ("heat_consumption", "fuel", "燃料燃烧热"),
    ("sensible_heat_in", "sensible heat", "物料与空气显热"),
)
OUT = (
    ("formation_heat", "clinker formation", "熟料形成热"),
    ("exit_gas_heat", "exit gas", "预热器出口废气"),
    ("exit_dust_heat", "exit dust", "出口飞灰"),
    ("evaporation_heat", "evaporation", "水分蒸发"),
    ("vent_heat", "vent air", "余风"),
    ("clinker_heat", "clinker", "出冷却机熟料"),
    ("surface_heat", "surfaces", "表面散热"),
    ("bypass_heat", "bypass", "旁路放风"),
    ("injection_heat", "ammonia water", "氨水蒸发"),
    ("unaccounted_heat", "unaccounted", "其他"),
)
POWERS = (
    ("raw_mill_power", "raw mill", "生料磨"),
    ("coal_mill_power", "coal mill", "煤磨"),
    ("id_fan_power", "ID fan", "高温风机"),
    ("tail_fan_power", "fan behind the filter", "窑尾排风机"),
    ("cooler_fan_power", "cooling fans", "篦冷机风机"),
    ("vent_fan_power", "cooler exhaust fan", "窑头排风机"),
    ("cleaning_power", "gas cleaning", "烟气净化"),
    ("oxygen_power", "oxygen", "制氧"),
    ("clinker_power", "clinker line", "熟料综合电耗"),
    ("whr_net_power", "waste-heat power, net", "余热发电净供电"),
)
DEVIATIONS = (  # deviation, measured, factor, offset, unit
    ("exit_temperature_deviation", "preheater_exit_temperature", 1.0, ZERO_CELSIUS, "°C"),
    ("cooler_efficiency_deviation", "cooler_efficiency", PERCENT, 0.0, "%"),
    ("heat_consumption_deviation", "measured_heat_consumption", 1 / KILO, 0.0, "kJ/kg"),
    ("gas_flow_deviation", "measured_gas_flow", 1.0, 0.0, "Nm3/kg"),
    ("vent_temperature_deviation", "measured_vent_temperature", 1.0, ZERO_CELSIUS, "°C"),
    ("secondary_temperature_deviation", "measured_secondary_temperature", 1.0, ZERO_CELSIUS, "°C"),
    ("tertiary_temperature_deviation", "measured_tertiary_temperature", 1.0, ZERO_CELSIUS, "°C"),
)
NAMES = {
    "preheater_exit_temperature": ("exit temperature", "预热器出口温度"),
    "cooler_efficiency": ("cooler recovery efficiency", "篦冷机热回收效率"),
    "measured_heat_consumption": ("specific heat consumption", "熟料烧成热耗"),
    "measured_gas_flow": ("exit gas", "预热器出口废气量"),
    "measured_vent_temperature": ("vent temperature", "余风温度"),
    "measured_secondary_temperature": ("secondary air", "二次风温"),
    "measured_tertiary_temperature": ("tertiary air", "三次风温"),
}


SIDES = {"in": "收入", "out": "支出"}


def tables(x: Any, d: Any, o: Any, y: Any) -> list[Table]:
    """Return heat balance, tower, streams, electricity and test against model of one solved point."""
    if y["status"] != OK:
        return []
    return [_balance(x, y), _tower(x, y), _streams(y), _electricity(y), _test(x, y)]


def _balance(x: Any, y: Any) -> Table:
    total = sum(float(y[name]) for name, _, _ in IN)
    rows: list[tuple[Cell, ...]] = []
    for side, items in (("in", IN), ("out", OUT)):
        for name, en, zh in items:
            value = float(y[name])
            rows.append(
                (
                    words(f"{side}: {en}", f"{SIDES[side]}: {zh}"),
                    value / KILO,
                    value / KILO / 4.1868,
                    PERCENT * value / total,
                )
            )
    rows.append((words("sum", "合计"), total / KILO, total / KILO / 4.1868, PERCENT))
    columns = (
        Column("item", words("item", "项目")),
        Column("kj_per_kg", words("heat", "热量"), "kJ/kg", 1),
        Column("kcal_per_kg", words("heat", "热量"), "kcal/kg", 1),
        Column("share", words("share", "比例"), "%", 2),
    )
    reference = int(x["reference_temperature"])
    coal = float(y["heat_consumption"]) / STANDARD_COAL
    note = words(
        f"Per kg of clinker, reference {reference} °C; fuel {coal:.1f} kgce/t",
        f"每千克熟料, 基准温度 {reference} °C; 燃料折 {coal:.1f} kgce/t",
    )
    return Table("kiln_heat_balance", words("Heat balance", "热平衡表"), columns, tuple(rows), (note,))


def _tower(x: Any, y: Any) -> Table:
    stages = int(x["stage_count"])
    columns = (
        Column("stage", words("stage, top first", "级 (自上而下)"), "", 0),
        Column("gas_c", words("gas", "气体温度"), "°C", 1),
    )
    rows: list[tuple[Cell, ...]] = []
    for i in range(stages):
        t = float(y["stage_temperature"][i])
        held = x["tower_model"] == HELD
        rows.append((i + 1, None if held else t - ZERO_CELSIUS))
    return Table("kiln_tower", words("Cyclone tower", "旋风预热器"), columns, tuple(rows))


def _streams(y: Any) -> Table:
    columns = (
        Column("stream", words("stream", "气流")),
        Column("nm3_per_kg", words("flow", "流量"), "Nm3/kg", 3),
        Column("temperature_c", words("temperature", "温度"), "°C", 1),
    )
    rows = (
        (
            words("exit gas", "预热器出口废气"),
            float(y["exit_gas_volume"]),
            float(y["preheater_gas_temperature"]) - ZERO_CELSIUS,
        ),
        (words("kiln inlet", "窑尾烟室"), float(y["kiln_gas_volume"]), None),
        (words("combustion air", "燃烧空气"), float(y["combustion_air_volume"]), None),
        (words("secondary air", "二次风"), None, float(y["secondary_temperature"]) - ZERO_CELSIUS),
        (words("tertiary air", "三次风"), None, float(y["tertiary_temperature"]) - ZERO_CELSIUS),
        (
            words("vent air", "余风"),
            float(y["vent_air_volume"]),
            float(y["vent_air_temperature"]) - ZERO_CELSIUS,
        ),
        (words("clinker", "出冷却机熟料"), None, float(y["cooled_clinker_temperature"]) - ZERO_CELSIUS),
    )
    note = words(
        f"Secondary and tertiary air together {float(y['recovered_air_volume']):.3f} Nm3/kg; "
        f"calcined before the kiln {PERCENT * float(y['calcination_degree']):.0f} % by its balance",
        f"二次风与三次风合计 {float(y['recovered_air_volume']):.3f} Nm3/kg; "
        f"由窑平衡得真实入窑分解率 {PERCENT * float(y['calcination_degree']):.0f} %",
    )
    return Table("kiln_streams", words("Gas and air", "气体与空气"), columns, rows, (note,))


def _electricity(y: Any) -> Table:
    clinker = float(y["clinker_flow"])
    columns = (
        Column("user", words("user", "用电项")),
        Column("kwh_per_t", words("per clinker", "单位熟料"), "kWh/t", 2),
    )
    rows = tuple((words(en, zh), float(y[name]) / clinker / KWH_PER_T) for name, en, zh in POWERS)
    return Table("kiln_electricity", words("Electricity", "用电"), columns, rows)


def _test(x: Any, y: Any) -> Table:
    columns = (
        Column("value", words("value", "项目")),
        Column("unit", words("unit", "单位")),
        Column("measured", words("measured", "实测"), "", 3),
        Column("computed", words("computed", "计算"), "", 3),
        Column("deviation", words("difference", "偏差"), "", 3),
    )
    rows: list[tuple[Cell, ...]] = []
    for deviation, measured, factor, offset, unit in DEVIATIONS:
        given, off = float(x[measured]), float(y[deviation])
        if given == given and off == off:
            en, zh = NAMES[measured]
            shown = factor * given - offset
            rows.append((words(en, zh), unit, shown, shown + factor * off, factor * off))
    note = words(
        "After a retrofit the differences hold what the retrofit changed.",
        "改造后的差值包含改造引起的变化。",
    )
    title = words("Heat-balance test against the model", "热工标定与模型对照")
    return Table("kiln_test", title, columns, tuple(rows), (note,))
