"""A cell as an engineer lays it beside his own sheet: voltage by parts, heat by path, what the bath is like."""

from __future__ import annotations

from typing import Any

from plantsim.processes.aluminium_cell.codes import BATH_FOLLOWS, BATH_HELD, HEAT_BALANCE_ON
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Column, Table, table, words

ZERO_CELSIUS = 273.15  # K
MILLI = 1000.0  # mV in 1 V, W in 1 kW
PERCENT = 100.0  # also cm in 1 m

VOLTAGE = (
    ("reversible_voltage", "reversible", "可逆电动势"),
    ("anode_overvoltage", "anodic overvoltage", "阳极过电压"),
    ("cathode_overvoltage", "cathodic overvoltage", "阴极过电压"),
    ("bath_voltage", "bath", "电解质压降"),
    ("bubble_voltage", "gas layer", "气膜压降"),
    ("operating_anode_drop", "anode", "阳极压降"),
    ("operating_cathode_drop", "cathode", "炉底压降"),
    ("operating_external_drop", "busbars", "槽外母线"),
    ("anode_effect_voltage", "anode effects", "效应分摊"),
    ("operating_voltage", "sum", "合计"),
)
HEAT = (
    ("top_heat_loss", "top", "上部"),
    ("side_heat_loss", "sides", "侧部"),
    ("bottom_heat_loss", "bottom", "底部"),
    ("external_heat_loss", "busbars", "槽外母线"),
    ("reaction_power", "bound in the metal", "反应焓"),
    ("dc_power", "power", "输入功率"),
)


BATH = {
    BATH_HELD: words(
        "Bath composition held by dosing: it does not follow the ledge.",
        "电解质成分由添加氟化铝保持不变, 不随炉帮变化。",
    ),
    BATH_FOLLOWS: words(
        "Bath composition follows the ledge: nothing is dosed, cryolite freezes or melts.",
        "电解质成分随炉帮变化: 不添加氟化铝, 冰晶石凝固或熔化。",
    ),
}


def tables(x: Any, d: Any, o: Any, y: Any) -> list[Table]:
    """Return voltage by parts, heat by path and the state of the cell; nothing with the heat balance off."""
    if x["heat_balance"] != HEAT_BALANCE_ON or y["status"] != OK:
        return []
    return [_voltage(y), _heat(x, o, y), _state(x, y)]


def _voltage(y: Any) -> Table:
    columns = [Column(name, words(en, zh), "mV", 0) for name, en, zh in VOLTAGE]
    title = words("Cell voltage by parts", "槽电压分项")
    return table("cell_voltage", title, columns, [MILLI * float(y[name]) for name, _, _ in VOLTAGE])


def _heat(x: Any, o: Any, y: Any) -> Table:
    cells = float(x["cell_count"] * o["cells_in_operation"])
    flows = [float(y[name]) for name, _, _ in HEAT]
    columns = [Column("unit", words("per cell", "单槽"))]
    columns += [Column(name, words(en, zh), "", 1) for name, en, zh in HEAT]
    title = words("Heat balance of a cell", "单槽热平衡")
    if not cells or not flows[-1]:
        return table("cell_heat", title, columns)
    per_cell = [flow / cells / MILLI for flow in flows]
    shares = [PERCENT * flow / flows[-1] for flow in flows]
    return table("cell_heat", title, columns, ["kW", *per_cell], ["%", *shares])


def _state(x: Any, y: Any) -> Table:
    columns = (
        Column("distance_cm", words("anode-cathode distance", "极距"), "cm", 2),
        Column("bath_temperature_c", words("bath temperature", "槽温"), "°C", 1),
        Column("superheat_k", words("superheat", "过热度"), "K", 1),
        Column("ledge_cm", words("ledge", "炉帮"), "cm", 1),
        Column("bath_ratio", words("bath ratio", "分子比"), "", 3),
        Column("excess_alf3", words("excess AlF3", "过剩 AlF3"), "%", 1),
        Column("conductivity", words("conductivity", "电导率"), "S/cm", 3),
        Column("efficiency", words("current efficiency", "电流效率"), "%", 2),
        Column("restore", words("insulation to restore the superheat", "恢复过热度所需保温"), "%", 1),
    )
    row = (
        PERCENT * float(y["operating_distance"]),
        float(y["operating_temperature"]) - ZERO_CELSIUS,
        float(y["operating_superheat"]),
        PERCENT * float(y["operating_ledge_thickness"]),
        float(y["operating_bath_ratio"]),
        PERCENT * float(y["operating_excess_alf3"]),
        float(y["bath_conductivity"]) / PERCENT,
        PERCENT * float(y["operating_efficiency"]),
        round(PERCENT * float(y["insulation_to_restore"]), 6) + 0.0,  # no minus zero
    )
    title = words("State of a cell", "电解槽状态")
    return Table("cell_state", title, columns, (row,), (BATH[int(x["bath_chemistry"])],))
