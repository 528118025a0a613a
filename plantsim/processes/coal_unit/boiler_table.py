"""The boiler's heat balance by losses, as an engineer lays it beside his own test sheet."""

from __future__ import annotations

from typing import Any

from plantsim.processes.coal_unit.boiler_losses import higher_heating_value, loss_base
from plantsim.processes.coal_unit.codes import LOSSES_BY_PTC_4
from plantsim.vocabulary.tables import Column, Table, words

KELVIN = 273.15  # K at 0 degC, exact by definition
FLUE_GAS = (  # q2, one after the other
    ("loss_dry_gas", "dry gas", "干烟气"),
    ("loss_hydrogen", "water from hydrogen", "氢生成水"),
    ("loss_fuel_moisture", "coal's moisture", "煤水分"),
    ("loss_air_moisture", "air's moisture", "空气水分"),
)
COLUMNS = (  # numbered as the heat-loss method does; q2 stands before them
    ("loss_unburnt_gas", "q3 unburnt gas", "q3 可燃气体"),
    ("loss_unburnt_carbon", "q4 unburnt carbon", "q4 固体未燃"),
    ("loss_surface", "q5 surface", "q5 散热"),
    ("loss_ash", "q6 hot ash", "q6 灰渣"),
    ("loss_desulphurisation", "q7 sulphur capture", "q7 脱硫"),
    ("loss_unlisted", "not listed", "未列项"),
    ("air_heat_credit", "heat of the air", "外来热量"),
)
EFFICIENCIES = (  # by boiler_method: over the lower heating value, and PTC 4's over the higher one
    ("boiler_efficiency_found", "efficiency (lower)", "锅炉效率 (低位)"),
    ("boiler_efficiency_higher", "efficiency (higher)", "锅炉效率 (高位)"),
)
UNCERTAIN = 0.005  # of the heating value: what the listed losses are known to, unverified


def boiler_tables(x: Any, y: Any) -> list[Table]:
    """Return losses q2 to q7 with credit and efficiency, and what q2 is made of; none without coal.

    100 - losses + heat of the air = efficiency. A note says whether the plant's own figure fits.
    """
    if not (x.coal_heating_value > 0.0 and x.coal_carbon > 0.0):  # NaN and 0 say that none was given
        return []
    shown = (*COLUMNS, EFFICIENCIES[1 if x.boiler_method == LOSSES_BY_PTC_4 else 0])
    gas = [100.0 * float(y[key]) for key, _, _ in FLUE_GAS]
    t, o2 = f"{y.leak_free_gas_temperature - KELVIN:.1f}", f"{100.0 * y.flue_gas_oxygen:.2f}"
    base, bomb = (f"{float(of(x)) / 1e6:.2f} MJ/kg" for of in (loss_base, higher_heating_value))
    base_en, base_zh = f"lower heating value, {base} by GB/T 213", f"低位发热量 {base} (GB/T 213)"
    if x.boiler_method == LOSSES_BY_PTC_4:
        base_en = f"higher heating value, {base} at constant pressure ({bomb} by the bomb)"
        base_zh = f"恒压高位发热量 {base} (弹筒恒容 {bomb})"
    notes = [
        words(
            f"Flue gas {t} °C without leakage, {o2} % O2 before the air heater; shares of the {base_en}",
            f"无漏风排烟温度 {t} °C, 空预器前氧量 {o2} %; 份额以{base_zh}计",
        )
    ]
    if x.boiler_loss_remainder < -UNCERTAIN:
        stated, over = (
            f"{100.0 * x.reference_boiler_efficiency:.2f}",
            f"{-100.0 * x.boiler_loss_remainder:.2f}",
        )
        notes.append(
            words(
                f"CONTRADICTION: the stated boiler efficiency of {stated} % is {over} points above what the losses "
                "leave. Check it against carbon in ash, flue gas temperature, oxygen and coal",
                f"数据矛盾: 所给锅炉效率 {stated} % 比各项损失所允许的高 {over} 个百分点。"
                "请与灰渣含碳量、排烟温度、氧量、煤质核对",
            )
        )
    flue_gas = Column("loss_flue_gas_percent", words("q2 flue gas", "q2 排烟"), "%", 2)
    return [
        Table(
            "boiler",
            words("Boiler, heat balance by losses", "锅炉反平衡"),
            (flue_gas, *(Column(f"{key}_percent", words(en, zh), "%", 2) for key, en, zh in shown)),
            ((sum(gas), *(100.0 * float(y[key]) for key, _, _ in shown)),),
            notes=(
                *notes,
                words("100 - losses + heat of the air = efficiency", "100 - 各项损失 + 外来热量 = 锅炉效率"),
            ),
        ),
        Table(
            "boiler_flue_gas",
            words("Loss q2 with the flue gas", "排烟热损失 q2 组成"),
            (*(Column(f"{key}_percent", words(en, zh), "%", 2) for key, en, zh in FLUE_GAS), flue_gas),
            ((*gas, sum(gas)),),
        ),
    ]
