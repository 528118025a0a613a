"""Regenerative steam cycles solved a second way: every mass and energy balance in one linear system.

Once the states of a cycle are known, all its balances are linear in the mass flows and in the flows of
energy. `solve_cycle` writes them down row by row, closes them with the generator's power, and solves them
together with `numpy.linalg.solve`: no order of heaters, no substitution. Properties come from the package
`iapws` (IAPWS-IF97), always from the forward equations: where entropy or enthalpy is given, Newton steps
remove the error of the backward equations, which is 0.1 kJ/kg of feed-pump work here.

Units in this file: MPa, degrees Celsius, kJ/kg, kg/s, kW.

The plant that all three reheat cases share
-------------------------------------------
    boiler -> line -> throttle -> HP: extraction 1, extraction 2 (= HP exhaust) -> cold line -> reheater
    -> IP and LP: extractions 3 to 8 -> condenser
    condensate -> pump -> gland-steam heater -> H8 H7 H6 H5 -> deaerator (4) -> feed pump -> H3 H2 H1
    -> boiler
    drains: H1 -> H2 -> H3 -> deaerator, and H5 -> H6 -> H7 -> H8 -> hotwell (or condenser)

Conventions
- Every fraction is per kg of feed water, which is also the main steam at the boiler outlet: no make-up, no
  blow-down. The throttle flow is that flow *before* the gland flows leave.
- Closed heater: heat given up by steam, incoming drain and gland steam * heater efficiency = heat taken up
  by water. The drain leaves at its stated enthalpy; the heat lost leaves the plant.
- Deaerator, `deaerator_loss="inflow"`: efficiency * (extraction 4, drain 3 and gland steam, each above
  saturated water) = condensate flow * (saturated water - condensate). `"outflow"`: efficiency * (the same
  streams, each above the incoming condensate) = feed-water flow * (saturated water - incoming condensate).
- Gland-steam heater: gland steam condenses to saturated water at condenser pressure and joins the hotwell;
  heater efficiency applies to its heat.
- Last drain, `"hotwell"`: the drain of H8 mixes with the condensate and its heat stays in the cycle.
  `"condenser"`: its heat above saturated water at condenser pressure goes to the cooling water.
- Feed pump: with `bfpt_fraction` 0 a motor drives it, whose power is not deducted. Otherwise a turbine
  takes that fraction at extraction 4 (turbine flange), delivers exactly the pump's power without a
  mechanical loss, and exhausts to the condenser. Its power is not part of the generator's power.
- The heat rate is boiler heat over generator power: boiler heat = main steam * (boiler outlet - feed water)
  + reheat flow * (hot reheat - reheater inlet). Heat lost in the main and cold-reheat lines is thus charged
  to the plant. The condensate pump's power is not deducted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from iapws import IAPWS97

KELVIN = 273.15


# --- properties -------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _state_pt(p: float, kelvin: float) -> IAPWS97:
    return IAPWS97(P=p, T=kelvin)


@lru_cache(maxsize=4096)
def _state_px(p: float, x: float) -> IAPWS97:
    return IAPWS97(P=p, x=x)


def h_pt(p: float, t: float) -> float:
    """Enthalpy [kJ/kg] at p [MPa], t [degC]."""
    return _state_pt(p, t + KELVIN).h


def h_px(p: float, x: float) -> float:
    """Enthalpy [kJ/kg] at p [MPa] and steam quality x [-]."""
    return _state_px(p, x).h


def v_px(p: float, x: float) -> float:
    """Specific volume [m3/kg] at p [MPa] and steam quality x [-]."""
    return _state_px(p, x).v


def t_sat(p: float) -> float:
    """Saturation temperature [degC] at p [MPa]."""
    return _state_px(p, 0.0).T - KELVIN


def _temperature(p: float, value: float, kind: str) -> float:
    """Temperature [K] of a single-phase state at p [MPa] whose forward h or s equals `value`."""
    kelvin = IAPWS97(P=p, **{kind: value}).T  # backward equation: a first guess only
    for _ in range(8):
        state = _state_pt(p, kelvin)
        slope = state.cp if kind == "h" else state.cp / kelvin
        step = (getattr(state, kind) - value) / slope
        kelvin -= step
        if abs(step) < 1e-10:
            break
    return kelvin


def _is_wet(p: float, value: float, kind: str) -> bool:
    if p >= 22.064:  # critical pressure, IAPWS R2-83
        return False
    return getattr(_state_px(p, 0.0), kind) <= value <= getattr(_state_px(p, 1.0), kind)


def s_ph(p: float, h: float) -> float:
    """Entropy [kJ/(kg K)] at p [MPa], h [kJ/kg]."""
    if _is_wet(p, h, "h"):
        liquid, vapour = _state_px(p, 0.0), _state_px(p, 1.0)
        return liquid.s + (h - liquid.h) / (vapour.h - liquid.h) * (vapour.s - liquid.s)
    return _state_pt(p, _temperature(p, h, "h")).s


def h_ps(p: float, s: float) -> float:
    """Enthalpy [kJ/kg] at p [MPa], s [kJ/(kg K)]."""
    if _is_wet(p, s, "s"):
        liquid, vapour = _state_px(p, 0.0), _state_px(p, 1.0)
        return liquid.h + (s - liquid.s) / (vapour.s - liquid.s) * (vapour.h - liquid.h)
    return _state_pt(p, _temperature(p, s, "s")).h


def t_ph(p: float, h: float) -> float:
    """Temperature [degC] of a single-phase state at p [MPa], h [kJ/kg]."""
    return _temperature(p, h, "h") - KELVIN


def expand(p_in: float, h_in: float, p_out: float, efficiency: float) -> float:
    """Enthalpy [kJ/kg] after an expansion from (p_in, h_in) to p_out with this isentropic efficiency."""
    return h_in - efficiency * (h_in - h_ps(p_out, s_ph(p_in, h_in)))


def pump(p_in: float, h_in: float, p_out: float, efficiency: float) -> float:
    """Enthalpy [kJ/kg] after a pump from (p_in, h_in) to p_out with this isentropic efficiency."""
    return h_in + (h_ps(p_out, s_ph(p_in, h_in)) - h_in) / efficiency


# --- the linear system ------------------------------------------------------------------------------------


class Balances:
    """Linear balances by name: `add("label", rhs, name=coefficient, ...)` is sum(coefficient*name) = rhs."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.rows: list[dict[str, float]] = []
        self.rhs: list[float] = []

    def add(self, label: str, rhs: float = 0.0, /, **coefficients: float) -> None:
        self.labels.append(label)
        self.rows.append(coefficients)
        self.rhs.append(rhs)

    def solve(self) -> tuple[dict[str, float], float]:
        """All unknowns, and the largest row residual relative to the largest term of its row."""
        names = sorted({name for row in self.rows for name in row})
        if len(names) != len(self.rows):
            raise ValueError(f"{len(self.rows)} balances for {len(names)} unknowns")
        a = np.array([[row.get(name, 0.0) for name in names] for row in self.rows])
        b = np.array(self.rhs)
        scale = np.abs(a).max(axis=1)
        x = np.linalg.solve(a / scale[:, None], b / scale)
        terms = np.maximum(np.abs(a * x).max(axis=1), np.abs(b))
        terms[terms == 0.0] = 1.0  # a flow that is nil
        return dict(zip(names, x.tolist(), strict=True)), float((np.abs(a @ x - b) / terms).max())


# --- a reheat cycle with eight heaters --------------------------------------------------------------------


@dataclass(frozen=True)
class Gland:
    """One gland or valve-stem flow. Enthalpies in kJ/kg; the fraction is per kg of feed water."""

    fraction: float
    h_leaving: float  # where it leaves the turbine or the line: what the steam could still have done is lost
    h_arriving: float  # where it enters a heater; the difference is heat lost from its pipe
    to: str  # "1" to "8", or "gland" for the gland-steam heater
    reheated: bool = False  # True: it leaves after the reheater
    origin: str = "turbine"  # "turbine" | "outside" | "boiler": see `steam_cycle_reference.solve_n600`


@dataclass(frozen=True)
class Cycle:
    """States of a reheat cycle: heaters 1-3 and 5-8 closed, 4 the deaerator. Lists start at heater 1."""

    generator_power: float  # kW
    mechanical_efficiency: float
    generator_efficiency: float
    heater_efficiency: float
    h_main: float  # boiler outlet
    h_throttle: float  # turbine inlet, after the main-steam line and the valve
    h_reheat: float  # hot reheat
    h_cold_reheat: float  # reheater inlet, after the cold line
    h_extraction: list[float]  # at the turbine; number 2 is the HP exhaust
    h_exhaust: float
    h_hotwell: float  # saturated water at condenser pressure
    h_water_out: list[float]  # number 4: deaerator outlet
    h_after_feed_pump: float
    h_drain: list[float]  # number 4 is not used
    t_feedwater: float  # degC
    condensate_rise: float = (
        0.0  # enthalpy rise in the condensate pump (and, if lumped, the gland-steam heater)
    )
    bfpt_fraction: float = 0.0
    bfpt_exhaust: float | None = (
        None  # None: fraction given; else exhaust enthalpy, and the fraction is solved
    )
    bfpt_h: float | None = None  # inlet enthalpy where it differs from extraction 4
    glands: list[Gland] = field(default_factory=list)
    last_drain: str = "hotwell"
    deaerator_loss: str = "inflow"


@dataclass(frozen=True)
class Solution:
    """What a solved cycle gives; flows in kg/s, energy flows in kW, enthalpies in kJ/kg."""

    heat_rate: float  # kJ/kWh of generator output
    extraction: list[float]  # kg per kg of feed water
    reheat: float
    exhaust: float
    bfpt: float
    condensate: float
    work: float  # kJ per kg of feed water, turbine internal work without the feed-pump turbine
    heat: float  # kJ per kg of feed water, boiler
    main_steam: float  # kg/s
    h_feedwater: float
    t_feedwater: float  # degC
    bfpt_exhaust: float  # exhaust enthalpy with which the feed-pump turbine drives the pump
    feed_pump_rise: float
    flows: dict[str, float]
    residuals: dict[str, float]  # "rows": linear system; "mass", "energy": redundant whole-plant checks
    cycle: Cycle


def _heater_rows(balances: Balances, c: Cycle) -> None:
    """Energy and drain balances of the seven closed heaters and the deaerator."""
    eta, h_x, h_d, h_w = c.heater_efficiency, c.h_extraction, c.h_drain, c.h_water_out
    for i in (1, 2, 3, 5, 6, 7, 8):
        j = i - 1
        into = {f"gland_{k}": g.h_arriving for k, g in enumerate(c.glands) if g.to == str(i)}
        into[f"extraction_{i}"] = h_x[j]
        if i not in (1, 5):
            into[f"drain_{j}"] = h_d[j - 1]
        heat = {name: eta * (h - h_d[j]) for name, h in into.items()}
        if i == 8:
            balances.add("heater 8", condensate=-h_w[7], energy_to_8=1.0, **heat)
        else:
            h_in = c.h_after_feed_pump if i == 3 else h_w[i]
            water = "feedwater" if i < 4 else "condensate"
            balances.add(f"heater {i}", **{water: -(h_w[j] - h_in)}, **heat)
        balances.add(f"drain {i}", **{f"drain_{i}": 1.0}, **dict.fromkeys(into, -1.0))

    into = {f"gland_{k}": g.h_arriving for k, g in enumerate(c.glands) if g.to == "4"}
    into |= {"extraction_4": h_x[3], "drain_3": h_d[2]}
    balances.add("deaerator mass", feedwater=-1.0, condensate=1.0, **dict.fromkeys(into, 1.0))
    if c.deaerator_loss == "inflow":
        heat = {name: eta * (h - h_w[3]) for name, h in into.items()}
        balances.add("deaerator", condensate=-(h_w[3] - h_w[4]), **heat)
    else:
        heat = {name: eta * (h - h_w[4]) for name, h in into.items()}
        balances.add("deaerator", feedwater=-(h_w[3] - h_w[4]), **heat)


def _cold_end_rows(balances: Balances, c: Cycle) -> None:
    """Hotwell, condensate pump, gland-steam heater, condenser; the condensate's energy flow is an unknown."""
    to_gland_heater = {f"gland_{k}": g for k, g in enumerate(c.glands) if g.to == "gland"}
    kept = c.h_drain[7] - c.h_hotwell if c.last_drain == "hotwell" else 0.0
    lost = c.h_drain[7] - c.h_hotwell - kept
    balances.add("hotwell", energy_hotwell=1.0, condensate=-c.h_hotwell, drain_8=-kept)
    balances.add(
        "condensate pump and gland-steam heater",
        energy_to_8=1.0,
        energy_hotwell=-1.0,
        condensate=-c.condensate_rise,
        **{k: -c.heater_efficiency * (g.h_arriving - c.h_hotwell) for k, g in to_gland_heater.items()},
    )
    # what the feed-pump turbine brings to the condenser is what it took in less the pump's work
    h_bfpt = c.bfpt_h if c.bfpt_h is not None else c.h_extraction[3]
    balances.add(
        "condenser",
        condenser_heat=1.0,
        exhaust=-(c.h_exhaust - c.h_hotwell),
        bfpt=-(h_bfpt - c.h_hotwell),
        feed_pump_power=1.0 if c.bfpt_fraction or c.bfpt_exhaust is not None else 0.0,
        drain_8=-lost,
    )


def _turbine_rows(balances: Balances, c: Cycle) -> None:
    """Steam path, work, boiler, feed pump with its turbine, and the generator's power that sets the size."""
    h_x = c.h_extraction
    h_bfpt = c.bfpt_h if c.bfpt_h is not None else h_x[3]
    for k, g in enumerate(c.glands):
        balances.add(f"gland {k}", **{f"gland_{k}": 1.0, "feedwater": -g.fraction})
    not_through_boiler = {f"gland_{k}": 1.0 for k, g in enumerate(c.glands) if g.origin == "boiler"}
    leaks = {f"gland_{k}": g for k, g in enumerate(c.glands) if g.origin == "turbine"}
    extractions = {f"extraction_{i + 1}": h for i, h in enumerate(h_x)}
    balances.add("main steam", main_steam=1.0, feedwater=-1.0, **not_through_boiler)
    balances.add(
        "reheat",
        reheat=1.0,
        main_steam=-1.0,
        extraction_1=1.0,
        extraction_2=1.0,
        **{k: 1.0 for k, g in leaks.items() if not g.reheated},
    )
    balances.add(
        "turbine mass",
        exhaust=1.0,
        main_steam=-1.0,
        bfpt=1.0,
        **dict.fromkeys(extractions, 1.0),
        **dict.fromkeys(leaks, 1.0),
    )
    balances.add(
        "turbine work",
        turbine_power=-1.0,
        main_steam=c.h_throttle,
        reheat=c.h_reheat - h_x[1],
        exhaust=-c.h_exhaust,
        bfpt=-h_bfpt,
        **{k: -h for k, h in extractions.items()},
        **{k: -g.h_leaving for k, g in leaks.items()},
    )
    balances.add(
        "boiler",
        boiler_heat=-1.0,
        feedwater=c.h_main - c.h_water_out[0],
        reheat=c.h_reheat - c.h_cold_reheat,
    )
    balances.add("feed pump", feed_pump_power=1.0, feedwater=-(c.h_after_feed_pump - c.h_water_out[3]))
    if c.bfpt_exhaust is None:
        balances.add("feed-pump turbine", bfpt=1.0, feedwater=-c.bfpt_fraction)
    else:
        balances.add("feed-pump turbine", bfpt=h_bfpt - c.bfpt_exhaust, feed_pump_power=-1.0)
    balances.add(
        "generator", c.generator_power, turbine_power=c.mechanical_efficiency * c.generator_efficiency
    )


def _whole_plant_residuals(c: Cycle, f: dict[str, float]) -> dict[str, float]:
    """Two balances that no row states, relative to their input: hotwell mass, energy of the whole plant."""
    to_gland_heater = sum(f[f"gland_{k}"] for k, g in enumerate(c.glands) if g.to == "gland")
    mass = f["exhaust"] + f["bfpt"] + f["drain_8"] + to_gland_heater - f["condensate"]

    eta, h_d, h_w = c.heater_efficiency, c.h_drain, c.h_water_out
    steam_side = 0.0
    for i in (1, 2, 3, 5, 6, 7, 8):
        steam_side += f[f"extraction_{i}"] * c.h_extraction[i - 1] - f[f"drain_{i}"] * h_d[i - 1]
        steam_side += f[f"drain_{i - 1}"] * h_d[i - 2] if i not in (1, 5) else 0.0
    for k, g in enumerate(c.glands):
        if g.to == "gland":
            steam_side += f[f"gland_{k}"] * (g.h_arriving - c.h_hotwell)
        elif g.to != "4":
            steam_side += f[f"gland_{k}"] * g.h_arriving
    heater_loss = (1.0 - eta) * steam_side
    water_heat = f["condensate"] * (h_w[3] - h_w[4])
    if c.deaerator_loss == "outflow":
        water_heat = f["feedwater"] * (h_w[3] - h_w[4])
    heater_loss += water_heat * (1.0 / eta - 1.0)

    line_loss = f["main_steam"] * (c.h_main - c.h_throttle) + f["reheat"] * (
        c.h_extraction[1] - c.h_cold_reheat
    )
    line_loss += sum(f[f"gland_{k}"] * (g.h_leaving - g.h_arriving) for k, g in enumerate(c.glands))
    into = f["boiler_heat"] + f["condensate"] * c.condensate_rise
    into += 0.0 if f["bfpt"] else f["feed_pump_power"]  # a motor-driven feed pump brings in its power
    out = f["turbine_power"] + f["condenser_heat"] + line_loss + heater_loss
    return {"mass": mass / f["feedwater"], "energy": (into - out) / f["boiler_heat"]}


def solve_cycle(c: Cycle) -> Solution:
    """Assemble and solve all balances of a cycle."""
    balances = Balances()
    _turbine_rows(balances, c)
    _heater_rows(balances, c)
    _cold_end_rows(balances, c)
    f, row_residual = balances.solve()
    per_kg = 1.0 / f["feedwater"]
    h_bfpt = c.bfpt_h if c.bfpt_h is not None else c.h_extraction[3]
    return Solution(
        heat_rate=3600.0 * f["boiler_heat"] / c.generator_power,
        extraction=[f[f"extraction_{i}"] * per_kg for i in range(1, 9)],
        reheat=f["reheat"] * per_kg,
        exhaust=f["exhaust"] * per_kg,
        bfpt=f["bfpt"] * per_kg,
        condensate=f["condensate"] * per_kg,
        work=f["turbine_power"] * per_kg,
        heat=f["boiler_heat"] * per_kg,
        main_steam=f["main_steam"],
        h_feedwater=c.h_water_out[0],
        t_feedwater=c.t_feedwater,
        bfpt_exhaust=h_bfpt - f["feed_pump_power"] / f["bfpt"] if f["bfpt"] else float("nan"),
        feed_pump_rise=c.h_after_feed_pump - c.h_water_out[3],
        flows=f,
        residuals={"rows": row_residual, **_whole_plant_residuals(c, f)},
        cycle=c,
    )
