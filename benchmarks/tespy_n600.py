"""The N600 cycle of `tests/validation/steam_cycle_reference.py` in TESPy 0.11: cross-check, re-solve time.

    python benchmarks/tespy_n600.py

Scope: that of `solve_n600(1.0, False, last_drain="condenser", condensate_rise=1.84)`: no gland steam, no
heat lost in heaters, the drain of H8 cooled to hotwell + 5.6 K and its remaining heat rejected in the
condenser, ideal condensate pump. The reference gives 7686.67 kJ/kWh with IAPWS-IF97; this model, with
IAPWS-95, 7686.77.

Two things that this model needs: heaters are plain heat exchangers with fixed water outlet temperatures,
because a terminal difference of zero or less (against saturation) leaves a condenser component without a
finite UA; and every stream into a mixing heater passes a valve, because a merge has one pressure, which
else becomes that of all the low-pressure heaters.

TESPy and CoolProp are imported inside the functions: this file can be imported without them.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

POWER = 600e6  # W at the generator
SHAFT_TO_GRID = 0.99 * 0.988  # mechanical and generator efficiency
CONDENSER_PRESSURE = 0.0054  # MPa

# outlet of each stage group: pressure MPa, temperature degC or (below 1) quality
HP = [(6.003, 353.4), (4.053, 303.5)]
IP = [(1.827, 456.2), (0.941, 360.9), (0.389, 253.9), (0.1033, 121.5)]
LP = [(0.0461, 0.98), (0.0191, 0.953), (CONDENSER_PRESSURE, 0.917)]
LINE_LOSS = {1: 0.03, 2: 0.03, 3: 0.05, 4: 0.05, 5: 0.05, 6: 0.05, 7: 0.05, 8: 0.05}
TERMINAL_DIFFERENCE = {1: -1.7, 2: 0.0, 3: 0.0, 5: 2.8, 6: 2.8, 7: 2.8, 8: 2.8}  # K
DRAIN_COOLING = 5.6  # K above the incoming water
FEED_PRESSURE, CONDENSATE_PRESSURE = 30.38, 1.84  # MPa
STATIC_HEAD = 20.0 * 0.0098  # MPa
BFPT_FRACTION = 0.052


def _turbines(network: Any, parts: dict[str, Any], lines: dict[str, Any]) -> None:
    """Steam path from the boiler outlet to the condenser, with its extractions as open ends in `parts`."""
    from tespy.components import SimpleHeatExchanger, Splitter, Turbine, Valve
    from tespy.connections import Connection, Ref

    def connect(label: str, source: Any, outlet: str, target: Any, inlet: str, **given: Any) -> None:
        lines[label] = Connection(source, outlet, target, inlet, label=label)
        lines[label].set_attr(**given)
        network.add_conns(lines[label])

    parts["connect"] = connect
    main_line, cold_line = SimpleHeatExchanger("main line"), SimpleHeatExchanger("cold line")
    boiler, reheater = parts["boiler"], parts["reheater"]
    groups = {i + 1: Turbine(f"group {i + 1}") for i in range(9)}
    splits = {i: Splitter(f"split {i}", num_out=3 if i == 4 else 2) for i in range(1, 9)}
    valves = {i: Valve(f"line {i}") for i in range(1, 9)}
    parts |= {"groups": groups, "extraction": valves, "bfpt": Turbine("feed-pump turbine")}

    connect("main", boiler, "out1", main_line, "in1", p=24.2, T=566.0)
    connect("throttle", main_line, "out1", groups[1], "in1", p=24.2 - 0.515, T=566.0 - 1.8)
    for i, (p, second) in enumerate(HP + IP + LP, start=1):
        state = {"T": second} if second > 1.0 else {"x": second}
        target = splits[i] if i < 9 else parts["exhaust mix"]
        connect(f"stage {i}", groups[i], "out1", target, "in1", p=p, **state)
        if i == 9:
            break
        connect(f"extraction {i}", splits[i], "out1", valves[i], "in1")
        if i == 2:
            connect("HP exhaust", splits[2], "out2", cold_line, "in1")
            connect("cold reheat", cold_line, "out1", reheater, "in1", p=4.053 - 0.069, T=303.5 - 1.7)
            connect("hot reheat", reheater, "out1", groups[3], "in1", p=3.648, T=566.0)
        else:
            connect(f"on {i}", splits[i], "out2", groups[i + 1], "in1")
    connect("bfpt in", splits[4], "out3", parts["bfpt"], "in1", m=Ref(lines["main"], BFPT_FRACTION, 0))
    connect("bfpt out", parts["bfpt"], "out1", parts["exhaust mix"], "in2")


def _heaters(parts: dict[str, Any]) -> None:
    """Condensate and feed-water path with heaters 8 to 1, deaerator and drains."""
    from CoolProp.CoolProp import PropsSI
    from tespy.components import HeatExchanger, Merge, Valve

    connect, valves, pressures = parts["connect"], parts["extraction"], [p for p, _ in HP + IP + LP]
    heaters = {i: HeatExchanger(f"H{i}") for i in TERMINAL_DIFFERENCE}
    heater_pressure = {i: pressures[i - 1] * (1.0 - loss) for i, loss in LINE_LOSS.items()}
    for i, heater in heaters.items():
        heater.set_attr(pr1=1, pr2=1, ttd_l=DRAIN_COOLING)
        p = heater_pressure[i]
        if i in (1, 5):
            connect(f"steam {i}", valves[i], "out1", heater, "in1", p=p)
            continue
        mix, drain = Merge(f"mix {i}"), Valve(f"drain {i - 1}")
        connect(f"steam {i}", valves[i], "out1", mix, "in1", p=p)
        connect(f"drain {i - 1}", heaters[i - 1], "out1", drain, "in1")
        connect(f"drain {i - 1} expanded", drain, "out1", mix, "in2")
        connect(f"mixture {i}", mix, "out1", heater, "in1")

    deaerator, from_h3, from_h5 = Merge("deaerator", num_in=3), Valve("drain 3"), Valve("level valve")
    connect("steam 4", valves[4], "out1", deaerator, "in1", p=heater_pressure[4])
    connect("drain 3", heaters[3], "out1", from_h3, "in1")
    connect("drain 3 expanded", from_h3, "out1", deaerator, "in2")
    last_drain = Valve("drain 8")
    connect("drain 8", heaters[8], "out1", last_drain, "in1")
    connect("drain 8 expanded", last_drain, "out1", parts["exhaust mix"], "in3")

    saturation = {i: PropsSI("T", "P", p * 1e6, "Q", 0, "Water") - 273.15 for i, p in heater_pressure.items()}
    after = {i: saturation[i] - TERMINAL_DIFFERENCE[i] for i in heaters}
    static_head = Valve("static head")  # a rise of pressure at constant enthalpy: lift the limits of a valve
    static_head.pr.max_val = 2.0
    for parameter in (static_head.dp, static_head.zeta, static_head.zeta_d4):
        parameter.min_val = -1e9
    connect(
        "condensed", parts["condenser"], "out1", parts["condensate pump"], "in1", p=CONDENSER_PRESSURE, x=0
    )
    connect("water 9", parts["condensate pump"], "out1", heaters[8], "in2", p=CONDENSATE_PRESSURE)
    for i in (8, 7, 6):
        connect(f"water {i}", heaters[i], "out2", heaters[i - 1], "in2", T=after[i])
    connect("water 5", heaters[5], "out2", from_h5, "in1", T=after[5])
    connect("condensate", from_h5, "out1", deaerator, "in3")
    connect("water 4", deaerator, "out1", static_head, "in1", x=0)
    connect("suction", static_head, "out1", parts["feed pump"], "in1", p=heater_pressure[4] + STATIC_HEAD)
    connect("pumped", parts["feed pump"], "out1", heaters[3], "in2", p=FEED_PRESSURE)
    for i in (3, 2):
        connect(f"water {i}", heaters[i], "out2", heaters[i - 1], "in2", T=after[i])
    connect("water 1", heaters[1], "out2", parts["closer"], "in1", T=after[1])
    connect("feedwater", parts["closer"], "out1", parts["boiler"], "in1", fluid={"water": 1})


def _shafts(network: Any, parts: dict[str, Any]) -> None:
    """One shaft to the generator, another from the feed-pump turbine to its pump."""
    from tespy.components import PowerBus, PowerSink
    from tespy.connections import PowerConnection

    shaft = PowerBus("shaft", num_in=9, num_out=1)
    for i, group in parts["groups"].items():
        network.add_conns(PowerConnection(group, "power", shaft, f"power_in{i}", label=f"power {i}"))
    out = PowerConnection(shaft, "power_out1", PowerSink("coupling"), "power", label="coupling")
    out.set_attr(E=POWER / SHAFT_TO_GRID)
    network.add_conns(
        out, PowerConnection(parts["bfpt"], "power", parts["feed pump"], "power", label="feed pump")
    )


def _solve(network: Any) -> None:
    network.solve("design")
    if not network.converged:
        raise RuntimeError("TESPy did not converge")


def build() -> Any:
    """The solved network; its expansion is then held by isentropic efficiencies, so that it can be varied."""
    from tespy.components import CycleCloser, Merge, Pump, SimpleHeatExchanger
    from tespy.networks import Network

    network = Network()
    network.iterinfo = False
    network.units.set_defaults(
        temperature="degC", pressure="MPa", pressure_difference="MPa", enthalpy="kJ/kg", power="W"
    )
    network.p_range = [0.0005, 40.0]  # the default ends at 30 MPa, below the feed pump's outlet
    parts: dict[str, Any] = {name: SimpleHeatExchanger(name) for name in ("boiler", "reheater", "condenser")}
    parts |= {"closer": CycleCloser("closer"), "exhaust mix": Merge("exhaust mix", num_in=3)}
    parts |= {name: Pump(name) for name in ("feed pump", "condensate pump")}
    parts["feed pump"].set_attr(eta_s=0.83)
    parts["condensate pump"].set_attr(eta_s=1.0)
    lines: dict[str, Any] = {}
    _turbines(network, parts, lines)
    parts["connect"]("mixed exhaust", parts["exhaust mix"], "out1", parts["condenser"], "in1")
    _heaters(parts)
    _shafts(network, parts)
    _solve(network)

    for i, group in parts["groups"].items():
        group.set_attr(eta_s=group.eta_s.val)
        lines[f"stage {i}"].set_attr(**({"T": None} if lines[f"stage {i}"].T.is_set else {"x": None}))
    _solve(network)
    return network


def results(network: Any) -> dict[str, Any]:
    """Heat rate [kJ/kWh], main steam [t/h], fractions of the main steam, feed-water temperature [degC]."""
    heat = sum(network.get_comp(name).Q.val_SI for name in ("boiler", "reheater"))
    main = network.get_conn("main").m.val_SI
    return {
        "heat_rate": 3600.0 * heat / POWER,
        "main_steam_t_h": 3.6 * main,
        "extraction": [network.get_conn(f"extraction {i}").m.val_SI / main for i in range(1, 9)],
        "exhaust": network.get_conn("stage 9").m.val_SI / main,
        "bfpt": network.get_conn("bfpt in").m.val_SI / main,
        "bfpt_exhaust_kJ_kg": network.get_conn("bfpt out").h.val_SI / 1e3,
        "t_feedwater": network.get_conn("feedwater").T.val,
    }


def re_solve(network: Any, hp_efficiency_factor: float = 1.01, hot_reheat: float = 566.0) -> dict[str, Any]:
    """Results with another HP efficiency (factor on both groups) and hot-reheat temperature [degC].

    The network is left with its design values set; its last state is the starting point of the next solution.
    """
    groups = [network.get_comp("group 1"), network.get_comp("group 2")]
    design = [group.eta_s.val for group in groups]
    for group, efficiency in zip(groups, design, strict=True):
        group.set_attr(eta_s=efficiency * hp_efficiency_factor)
    network.get_conn("hot reheat").set_attr(T=hot_reheat)
    _solve(network)
    found = results(network)
    for group, efficiency in zip(groups, design, strict=True):
        group.set_attr(eta_s=efficiency)
    network.get_conn("hot reheat").set_attr(T=566.0)
    return found


def main() -> None:
    start = time.perf_counter()
    import tespy

    imported = time.perf_counter()
    network = build()
    built = time.perf_counter()
    print(f"TESPy {tespy.__version__}: import {imported - start:.2f} s, build {built - imported:.2f} s")
    for name, value in results(network).items():
        print(f"  {name}: {value}")
    seconds = []
    for i in range(11):
        start = time.perf_counter()
        found = re_solve(network, 1.01 if i % 2 else 0.99)
        seconds.append(time.perf_counter() - start)
    print(f"re-solve, HP efficiency x 0.99 and x 1.01: median {statistics.median(seconds):.3f} s,", end=" ")
    print(f"range {min(seconds):.3f} to {max(seconds):.3f} s; last heat rate {found['heat_rate']:.2f} kJ/kWh")


if __name__ == "__main__":
    main()
