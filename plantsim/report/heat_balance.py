"""The audit of a kiln's heat balance as a table."""

from __future__ import annotations

from math import isnan

from plantsim.io.heat_balance import HeatBalance
from plantsim.vocabulary.tables import Cell, Column, Table, words

KCAL = 4186.8  # J


def _or_none(value: float, factor: float) -> float | None:
    return None if isnan(value) else value * factor


def balance_table(read: HeatBalance) -> Table:
    """Return each term with its share, and in the notes what closes the balance or how far it is open."""
    audit = read.audit
    rows: list[tuple[Cell, ...]] = [
        (t.name, t.side, _or_none(t.heat, 1e-3), _or_none(t.heat, 1 / KCAL), _or_none(t.share, 100.0))
        for t in audit.terms
    ]
    columns = (
        Column("term", words("term", "项目")),
        Column("side", words("side", "收支")),
        Column("kj_per_kg", words("heat", "热量"), "kJ/kg", 1),
        Column("kcal_per_kg", words("heat", "热量"), "kcal/kg", 1),
        Column("share", words("share", "比例"), "%", 2),
    )
    return Table("heat_balance_audit", words(read.name, read.name), columns, tuple(rows), tuple(_notes(read)))


def _notes(read: HeatBalance) -> list[dict[str, str]]:
    audit = read.audit
    if isnan(audit.total):
        return [words("Shares only: the balance cannot be checked.", "仅有比例, 无法校核平衡。")]
    notes = []
    fuel, kcal = audit.fuel / 1e3, audit.fuel / KCAL
    if audit.closed_by_fuel:
        notes.append(
            words(
                f"Fuel that closes the balance: {fuel:.1f} kJ/kg ({kcal:.1f} kcal/kg).",
                f"使平衡闭合的燃料热: {fuel:.1f} kJ/kg ({kcal:.1f} kcal/kg)。",
            )
        )
    else:
        off = 100.0 * audit.residual
        notes.append(
            words(f"No term explains {off:.2f} % of what comes in.", f"收入热中有 {off:.2f} % 无对应支出。")
        )
    if read.heating_value > 0.0:
        coal = audit.fuel / read.heating_value
        notes.append(words(f"Coal: {coal:.4f} kg per kg of clinker.", f"煤耗: 每千克熟料 {coal:.4f} kg。"))
    return notes
