"""The unit's water and solid waste at one operating point, as its environmental statement lists them."""

from __future__ import annotations

from typing import Any

from plantsim.vocabulary.tables import Cell, Column, Table, words

PER_HOUR = 3.6  # t/h per kg/s, exact
PER_MWH = 3.6e6  # t/MWh per kg/J, exact

USES = (
    ("cooling tower", "冷却塔", "tower_water", "tower_waste_water"),
    ("water treatment, cycle", "化学水处理及汽水系统", "treatment_water", "treatment_waste_water"),
    ("desulphurisation", "脱硫", "fgd_fresh_water", "fgd_waste_water"),
    ("slag", "除渣", "ash_fresh_water", ""),
    ("whole unit", "全厂", "fresh_water", "waste_water"),
)
RESIDUES = (
    ("fly ash", "粉煤灰", "fly_ash_caught", "fly_ash_sold", "fly_ash_stored"),
    ("bottom ash", "炉渣", "bottom_ash_flow", "bottom_ash_sold", "bottom_ash_stored"),
    ("gypsum", "脱硫石膏", "gypsum", "gypsum_sold", "gypsum_stored"),
)


def known(value: float, factor: float) -> float | None:
    """Return a value in the table's unit, None where it is not known."""
    return None if value != value else factor * float(value)


def water_table(y: Any) -> Table:
    """Return water taken in, per hour and per power made, and waste water, by use."""
    rows: list[tuple[Cell, ...]] = []
    for en, zh, fresh, waste in USES:
        taken = y[fresh]
        given = known(y[waste], PER_HOUR) if waste else 0.0
        per_power = known(taken / y["gross_power"], PER_MWH) if y["gross_power"] > 0.0 else None
        rows.append((f"{en} / {zh}", known(taken, PER_HOUR), per_power, given))
    drift, reused = known(y["tower_drift"], PER_HOUR), known(y["reused_water"], PER_HOUR)
    evaporated = known(y["water_evaporated"], PER_HOUR)

    def shown(value: float | None) -> str:
        return "—" if value is None else f"{value:,.1f}"

    note = words(
        f"Of the tower's, {shown(evaporated)} t/h evaporate and {shown(drift)} t/h drift; {shown(reused)} t/h of its "
        "blowdown are reused. Where a part is not known, the sum is not known either",
        f"其中冷却塔蒸发 {shown(evaporated)} t/h, 风吹 {shown(drift)} t/h; 排污水回用 {shown(reused)} t/h。"
        "有未知项时合计亦为未知",
    )
    columns = (
        Column("use", words("use", "用途")),
        Column("fresh_t_per_h", words("fresh water", "取新水"), "t/h", 1),
        Column("fresh_t_per_mwh", words("per gross power", "单位发电量取水"), "t/MWh", 3),
        Column("waste_t_per_h", words("waste water", "废水"), "t/h", 1),
    )
    return Table("water", words("Water", "水平衡"), columns, tuple(rows), notes=(note,))


def residue_table(y: Any) -> Table:
    """Return ash and gypsum made, put to use and stored."""
    rows = tuple(
        (f"{en} / {zh}", *(known(y[name], PER_HOUR) for name in names)) for en, zh, *names in RESIDUES
    )
    columns = (
        Column("residue", words("residue", "固体废物")),
        Column("made_t_per_h", words("made", "产生"), "t/h", 2),
        Column("used_t_per_h", words("put to use", "综合利用"), "t/h", 2),
        Column("stored_t_per_h", words("stored", "贮存"), "t/h", 2),
    )
    note = words(
        "Use is what the plant states (fly_ash_used, bottom_ash_used, gypsum_used); what is stored is taxed",
        "综合利用按装置申报 (fly_ash_used, bottom_ash_used, gypsum_used); 贮存部分计征环境保护税",
    )
    return Table("residues", words("Solid waste", "固体废物"), columns, rows, notes=(note,))
