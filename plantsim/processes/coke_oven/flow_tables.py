"""A coking plant's gas and water at one operating point, per hour, as its meters and statements list them."""

from __future__ import annotations

from typing import Any

from plantsim.vocabulary.tables import Cell, Column, Table, words

HOUR, MEGA, PER_HOUR = 3600.0, 1e6, 3.6  # s; J; t/h per kg/s

GASES = (
    ("gas made", "煤气产量", "gas_made", "gas_heat"),
    ("coke-oven gas to the flues", "加热用焦炉煤气", "heating_gas_flow", ""),
    ("blast-furnace gas to the flues", "加热用高炉煤气", "blast_furnace_gas_flow", "blast_furnace_gas_in"),
    ("reheating of flue gas", "烟气再热", "reheat_gas_flow", "reheat_gas"),
    ("surplus gas", "外供煤气", "surplus_gas_flow", "coke_oven_gas_out"),
)
USES = (
    ("tower of the turbines", "汽轮机冷却塔", "tower_make_up", "tower_waste_water"),
    ("boilers", "余热锅炉", "treatment_water", "treatment_waste_water"),
    ("quenching, semi-dry desulphurisation", "熄焦及半干法脱硫", "quench_fresh_water", ""),
    ("gas cleaning, ammonia liquor", "煤气净化及剩余氨水", "process_water_flow", "still_waste_water"),
    ("whole plant", "全厂", "fresh_water_flow", "waste_water_flow"),
)


def known(value: float, factor: float) -> float | None:
    """Return a value in the table's unit, None where it is not known."""
    return None if value != value else factor * float(value)


def gas_table(y: Any) -> Table:
    """Return the gas that is made, burnt and given to others, by volume and heat."""
    rows: list[tuple[Cell, ...]] = []
    for en, zh, volume, heat in GASES:
        power = float(y[heat]) if heat else float(y["underfiring_power"] - y["blast_furnace_gas_in"])
        rows.append((f"{en} / {zh}", HOUR * float(y[volume]), power / MEGA))
    columns = (
        Column("gas", words("gas", "煤气")),
        Column("nm3_per_h", words("volume", "体积流量"), "Nm3/h", 0),
        Column("mw", words("net heat", "低位热量"), "MW", 1),
    )
    note = words(
        "Coke-oven gas dry, as cleaned; blast-furnace gas as burnt, moist. The surplus's heat holds returned VOC",
        "焦炉煤气为净化后干基; 高炉煤气为湿基。外供煤气热量含引回的 VOC",
    )
    return Table("coke_gas", words("Fuel gas", "煤气平衡"), columns, tuple(rows), notes=(note,))


def water_table(y: Any) -> Table:
    """Return water taken in, per hour and per tonne of coke, and waste water, by use."""
    rows: list[tuple[Cell, ...]] = []
    for en, zh, fresh, waste in USES:
        per_coke = known(y[fresh] / y["coke_rate"], 1.0)
        given = known(y[waste], PER_HOUR) if waste else 0.0
        rows.append((f"{en} / {zh}", known(y[fresh], PER_HOUR), per_coke, given))

    def shown(name: str) -> str:
        value = known(y[name], PER_HOUR)
        return "—" if value is None else f"{value:,.1f}"

    en = (
        f"The turbines' tower evaporates {shown('tower_evaporated')} t/h, quenching {shown('quench_water_flow')} t/h; "
        f"coke carries {shown('coke_water_flow')} t/h. Coal's moisture and water of coking are "
        f"{shown('liquor_flow')} t/h of the waste water. Used again: {shown('reused_water')} t/h"
    )
    zh = (
        f"汽轮机冷却塔蒸发 {shown('tower_evaporated')} t/h, 熄焦蒸发 {shown('quench_water_flow')} t/h, "
        f"焦炭带走 {shown('coke_water_flow')} t/h; 废水中来自煤水分和化合水 {shown('liquor_flow')} t/h; "
        f"回用 {shown('reused_water')} t/h"
    )
    columns = (
        Column("use", words("use", "用途")),
        Column("fresh_t_per_h", words("fresh water", "取新水"), "t/h", 1),
        Column("fresh_t_per_t", words("per coke", "每吨焦取水"), "t/t", 3),
        Column("waste_t_per_h", words("waste water", "废水"), "t/h", 1),
    )
    return Table("coke_water", words("Water", "水平衡"), columns, tuple(rows), notes=(words(en, zh),))
