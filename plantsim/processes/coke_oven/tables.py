"""A coking plant as an engineer lays it beside his own sheets: heat balance, products, energy per tonne of coke."""

from __future__ import annotations

from typing import Any

from plantsim.processes.coke_oven.flow_tables import gas_table, water_table
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Column, Table, table, words

KGCE_PER_TONNE = 29307.6  # J/kg
MEGA, PERCENT = 1e6, 100.0

HEAT = (
    ("coke_sensible_heat", "coke", "焦炭"),
    ("gas_sensible_heat", "dry gas", "煤气"),
    ("tar_sensible_heat", "tar", "焦油"),
    ("light_sensible_heat", "benzol, NH3, H2S", "粗苯、氨、硫化氢"),
    ("water_sensible_heat", "water vapour", "水汽"),
    ("flue_gas_heat", "flue gas", "废气"),
    ("surface_loss", "surface", "炉体散热"),
)
CONVENTIONS = (
    ("steam_net", "steam above feedwater", "蒸汽热量 (扣除给水)", "counted_steam_net", "credit_steam_net"),
    ("steam_gross", "steam by its enthalpy", "蒸汽热量 (全焓)", "counted_steam_gross", "credit_steam_gross"),
    (
        "steam_meter",
        "live steam's meter alone",
        "仅主蒸汽表 (不含再热)",
        "counted_steam_net",
        "credit_steam_meter",
    ),
    (
        "power_equivalent",
        "power, equivalent value",
        "发电当量值",
        "counted_steam_net",
        "credit_power_equivalent",
    ),
    (
        "power_equal_value",
        "power, equal value",
        "发电等价值",
        "counted_steam_net",
        "credit_power_equal_value",
    ),
)


def tables(x: Any, d: Any, o: Any, y: Any) -> list[Table]:
    """Return heat balance, products, gas, energy per tonne by convention, water; nothing for one that stands still."""
    if y["status"] != OK or not y["coke_rate"] > 0.0:
        return []
    return [_heat(y), _products(d, y), gas_table(y), *_energy(y), _exergy(y), water_table(y)]


def _heat(y: Any) -> Table:
    columns = [Column("unit", words("per tonne of dry coal", "每吨干煤"))]
    columns += [Column(name, words(en, zh), "", 1) for name, en, zh in HEAT]
    columns.append(Column("sum", words("heat given off", "支出合计"), "", 1))
    flows = [float(y[name]) for name, _, _ in HEAT]
    flows.append(sum(flows))
    per_coal = [1000.0 * flow / float(y["dry_coal_flow"]) / MEGA for flow in flows]
    shares = [PERCENT * flow / flows[-1] for flow in flows]
    title = words("Heat balance of the ovens", "焦炉热平衡")
    return table("oven_heat", title, columns, ["MJ", *per_coal], ["%", *shares])


def _products(d: Any, y: Any) -> Table:
    columns = (
        Column("coke", words("coke", "焦炭"), "%", 2),
        Column("gas", words("gas", "煤气"), "Nm3/t", 0),
        Column("gas_heat", words("gas, net heating value", "煤气低位发热量"), "MJ/Nm3", 2),
        Column("tar", words("tar", "焦油"), "kg/t", 1),
        Column("benzol", words("benzol", "粗苯"), "kg/t", 1),
        Column("liquor", words("liquor", "剩余氨水"), "kg/t", 0),
        Column("coal_heat", words("coal, net heating value", "煤低位发热量"), "MJ/kg", 2),
        Column("coke_heat", words("coke, net heating value", "焦炭低位发热量"), "MJ/kg", 2),
    )
    coal = float(y["dry_coal_flow"])
    row = (
        PERCENT * float(d["coke_share"]),
        1000.0 * float(y["gas_yield"]),
        float(y["gas_heating_value"]) / MEGA,
        1000.0 * float(d["tar_share"]),
        1000.0 * float(d["benzol_share"]),
        1000.0 * float(y["liquor_flow"]) / coal,
        float(y["coal_net_heating_value"]) / MEGA,
        float(y["coke_net_heating_value"]) / MEGA,
    )
    return table("products", words("Products per tonne of dry coal", "每吨干煤产品"), columns, row)


def _exergy(y: Any) -> Table:
    """Exergy per tonne of coke, of the plant and, where coke is quenched dry, from hot coke to steam."""
    columns = (
        Column("part", words("per tonne of coke", "每吨焦")),
        Column("taken", words("taken in", "输入"), "MJ", 0),
        Column("given", words("given off", "输出"), "MJ", 0),
        Column("efficiency", words("efficiency", "效率"), "%", 1),
    )
    per = float(y["coke_rate"]) * MEGA / 1000.0
    rows = [("plant", "exergy")]
    if y["cdq_exergy_in"] > 0.0:
        rows.append(("CDQ", "cdq_exergy"))
    cells = [
        (part, float(y[f"{n}_in"]) / per, float(y[f"{n}_out"]) / per, PERCENT * float(y[f"{n}_efficiency"]))
        for part, n in rows
    ]
    title = words("Exergy, surroundings of 25 °C (CDQ: hot coke to steam)", "㶲 (环境 25 ℃; CDQ: 红焦至蒸汽)")
    return table("coke_exergy", title, columns, *cells)


def _energy(y: Any) -> list[Table]:
    """Energy per tonne of coke, and what of it is recovered, by every convention.

    Beside them what 1 % of the heating value of coal and of coke moves the indicator by.
    """
    per = float(y["coke_rate"]) * KGCE_PER_TONNE
    taken = float(y["counted_coal_heat"] + y["counted_gas_in"] + y["counted_power_use"])
    taken -= float(y["counted_coke_heat"] + y["counted_products_heat"])
    columns = [Column(key, words(en, zh), "kgce/t", 1) for key, en, zh, _, _ in CONVENTIONS]
    energy = [(taken + float(y[bought] - y[credit])) / per for _, _, _, bought, credit in CONVENTIONS]
    recovered = [float(y[credit]) / per for _, _, _, _, credit in CONVENTIONS]
    errors = [
        Column("coal_error", words("1 % of the coal's heating value", "煤发热量 1 %"), "kgce/t", 1),
        Column("coke_error", words("1 % of the coke's heating value", "焦炭发热量 1 %"), "kgce/t", 1),
    ]
    moved = [0.01 * float(y["coal_heat"]) / per, -0.01 * float(y["coke_heat"]) / per]
    title = words(
        "Energy per tonne of coke, recovered energy counted as", "焦炭单位产品能耗 (按回收能源折算口径)"
    )
    credit = words("Recovered energy per tonne of coke, counted as", "每吨焦回收能源 (按折算口径)")
    return [
        table("coke_energy", title, [*columns, *errors], [*energy, *moved]),
        table("coke_recovered", credit, columns, recovered),
    ]
