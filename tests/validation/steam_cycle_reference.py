"""Reference solutions of published regenerative cycles, from the balances in `steam_cycle_balances`.

| function | plant | what is published |
| --- | --- | --- |
| `solve_n600` | 600 MW, 24.2 MPa / 566 / 566 degC | inputs of an open tool, and its heat rates |
| `solve_n300` | 300 MW, 16.67 MPa / 537 / 537 degC | textbook enthalpies, extraction and exhaust fractions |
| `solve_n200` | 200 MW, 12.75 MPa / 535 / 535 degC | nothing: a synthetic template with a computed result |
| `solve_moran_shapiro_85` | 100 MW, 8 MPa / 480 degC, one open heater | textbook efficiency and steam flow |

Units: MPa, degC, kJ/kg, kg/s, kW. The conventions of all balances stand in `steam_cycle_balances`.

Sources
- N600: github.com/thermalogic/PyRankine, commit 87c016f, SimRankine/jsonmodel/N600.json.
- N300: course design handbook on steam turbines, programs by Wang Lei, in
  github.com/Jaculamata/Turbine_design, commit 98ce742: Known_Result_Check, Known_SteamWater_parameters_re,
  Design_results.xls.
- Moran, Shapiro: Fundamentals of Engineering Thermodynamics, 7th ed., Wiley 2011, example 8.5.
- N200: plantsim's own template; its pressures and efficiencies are assumed.
"""

from __future__ import annotations

from steam_cycle_balances import (
    Balances,
    Cycle,
    Gland,
    Solution,
    expand,
    h_ps,
    h_pt,
    h_px,
    pump,
    s_ph,
    solve_cycle,
    t_ph,
    t_sat,
    v_px,
)

# --- N600 -------------------------------------------------------------------------------------------------

N600_PUBLISHED = {"sequential": 7705.67, "equation-oriented": 7696.73}  # kJ/kWh, one fresh solve of the tool
STATIC_HEAD_GRADIENT = 0.0098  # MPa per metre of water column, as in the N600 source


def solve_n600(
    heater_efficiency: float = 1.0,
    gland: bool = False,
    *,
    last_drain: str = "hotwell",
    condensate_rise: float = 0.0,
    small_gland_origin: str = "turbine",
    gland_expands: bool = False,
    bfpt_exhaust: float | None = None,
) -> Solution:
    """N600 at 600 MW of generator output; heater efficiency 0.99 or 1, gland steam or none: four scopes.

    Scope
    - Main steam 24.2 MPa / 566 degC at the boiler; the line and valve take 0.515 MPa and 1.8 K (23.685 MPa,
      564.2 degC at the turbine). Boiler heat counts from the feed water to 24.2 MPa / 566 degC.
    - Expansion given by points: (6.003, 353.4), (4.053, 303.5 = HP exhaust), reheat (3.648, 566), (1.827,
      456.2), (0.941, 360.9), (0.389, 253.9), (0.1033, 121.5 = IP exhaust = LP inlet), then wet (0.0461, x
      0.98), (0.0191, x 0.953) and exhaust (0.0054, x 0.917). H2 takes its steam at the HP exhaust, before
      the cold line.
    - Cold line 0.069 MPa and 1.7 K: reheater inlet 3.984 MPa / 301.8 degC. Boiler heat counts from there to
      3.648 MPa / 566 degC.
    - Extraction lines lose 3 % of pressure (H1, H2) or 5 % (all others) and no heat.
    - Water out of a heater: saturation temperature at heater pressure less TTD (-1.7, 0, 0, deaerator 0,
      2.8, 2.8, 2.8, 2.8 K), at 30.38 MPa above the deaerator and 1.84 MPa below it. Drain: temperature of
      the incoming water + 5.6 K, at heater pressure; for H3 the incoming water is that after the feed pump.
    - H8: the source lumps H8, gland-steam heater, condensate pump and hotwell and gives no drain cooler.
      Here its drain leaves saturated at heater pressure and its heat stays in the hotwell
      (`last_drain="hotwell"`), which with efficiency 1 is the same thing. With `"condenser"` the drain is
      cooled to the hotwell's 34.25 degC + 5.6 K and the rest of its heat goes to the cooling water.
    - Feed pump: saturated water at the deaerator (0.89395 MPa) + 20 m * 0.0098 MPa/m, enthalpy unchanged, to
      30.38 MPa with isentropic efficiency 0.83.
    - Feed-pump turbine: 0.052 of the feed water at extraction 4 (0.941 MPa). The source gives no exhaust
      state; with no mechanical loss the pump's power means an exhaust enthalpy of `Solution.bfpt_exhaust`.
      Give `bfpt_exhaust` to have the fraction solved instead.
    - Condensate pump to 1.84 MPa: its heat is left out, as in the source; `condensate_rise` [kJ/kg] adds one
      (1.84 for an ideal pump).
    - Deaerator: same efficiency as the heaters, on extraction 4 and drain 3 above saturated water.
    - Gland steam (`gland=True`), fractions of the feed water = boiler outlet flow = throttle flow before
      leaks: 0.0029 leaves between the main-steam line and the HP turbine, does no work, enters H2 with
      3323.8 kJ/kg; 0.0001 leaves there too, does no work, enters the gland-steam heater with 3396.0 kJ/kg;
      0.0007 leaves at the LP inlet, enters the gland-steam heater with 2716.2 kJ/kg (the source does not
      say from where: 2716.2 is closest to the LP inlet's 2719.3). The difference to the enthalpy where the
      steam leaves is heat lost. `gland_expands=True` lets each flow leave with the enthalpy with which it
      arrives, having done that much work before.
    - Generator power = 0.99 * 0.988 * turbine work; the feed pump's power is the feed-pump turbine's alone.

    `small_gland_origin` repeats what the tool does with the flow of 0.0007, to compare with its two heat
    rates: "outside" (sequential: it comes from nowhere) and "boiler" (equation-oriented: main steam is
    0.9993 of the feed water, boiler heat is charged on the feed water).
    """
    p_extraction = [6.003, 4.053, 1.827, 0.941, 0.389, 0.1033, 0.0461, 0.0191]
    second = [353.4, 303.5, 456.2, 360.9, 253.9, 121.5]  # degC
    p_condenser = 0.0054
    h_extraction = [h_pt(p, t) for p, t in zip(p_extraction, second, strict=False)]
    h_extraction += [h_px(0.0461, 0.98), h_px(0.0191, 0.953)]
    loss = [0.03, 0.03, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05]
    p_heater = [p * (1.0 - dp) for p, dp in zip(p_extraction, loss, strict=True)]
    t_out = [t_sat(p) - d for p, d in zip(p_heater, [-1.7, 0.0, 0.0, 0.0, 2.8, 2.8, 2.8, 2.8], strict=True)]
    p_water = [30.38] * 3 + [1.84] * 5
    h_water_out = [h_pt(p, t) for p, t in zip(p_water, t_out, strict=True)]
    h_water_out[3] = h_px(p_heater[3], 0.0)
    h_after_pump = pump(p_heater[3] + 20.0 * STATIC_HEAD_GRADIENT, h_water_out[3], 30.38, 0.83)
    t_in = [
        t_out[1],
        t_out[2],
        t_ph(30.38, h_after_pump),
        0.0,
        t_out[5],
        t_out[6],
        t_out[7],
        t_sat(p_condenser),
    ]
    h_drain = [
        h_pt(p, t + 5.6) if j != 3 else 0.0 for j, (p, t) in enumerate(zip(p_heater, t_in, strict=True))
    ]
    if last_drain == "hotwell":
        h_drain[7] = h_px(p_heater[7], 0.0)

    h_throttle = h_pt(24.2 - 0.515, 566.0 - 1.8)
    glands = []
    if gland:
        leaving = (3323.8, 3396.0, 2716.2) if gland_expands else (h_throttle, h_throttle, h_extraction[5])
        glands = [
            Gland(0.0029, leaving[0], 3323.8, "2"),
            Gland(0.0001, leaving[1], 3396.0, "gland"),
            Gland(0.0007, leaving[2], 2716.2, "gland", reheated=True, origin=small_gland_origin),
        ]
    return solve_cycle(
        Cycle(
            generator_power=600e3,
            mechanical_efficiency=0.99,
            generator_efficiency=0.988,
            heater_efficiency=heater_efficiency,
            h_main=h_pt(24.2, 566.0),
            h_throttle=h_throttle,
            h_reheat=h_pt(3.648, 566.0),
            h_cold_reheat=h_pt(4.053 - 0.069, 303.5 - 1.7),
            h_extraction=h_extraction,
            h_exhaust=h_px(p_condenser, 0.917),
            h_hotwell=h_px(p_condenser, 0.0),
            h_water_out=h_water_out,
            h_after_feed_pump=h_after_pump,
            h_drain=h_drain,
            t_feedwater=t_out[0],
            condensate_rise=condensate_rise,
            bfpt_fraction=0.052,
            bfpt_exhaust=bfpt_exhaust,
            glands=glands,
            last_drain=last_drain,
        )
    )


# --- N300 -------------------------------------------------------------------------------------------------

N300_POINTS = [  # extraction pressure MPa, temperature degC (above 1) or quality, published enthalpy kJ/kg
    (5.928, 383.0, 3137.645952),
    (3.622, 317.0, 3020.504122),
    (1.64, 433.0, 3325.727704),
    (0.81, 335.0, 3130.704871),
    (0.3385, 232.0, 2929.687815),
    (0.135, 140.0, 2753.454181),
    (0.0659, 0.9904, 2635.555009),
    (0.02567, 0.9526, 2508.217641),
]
N300_FRACTIONS = [  # published
    0.073537464,
    0.081825202,
    0.036058215,
    0.034400456,
    0.038633046,
    0.025527442,
    0.02846112,
    0.031816979,
]
N300_EXHAUST = 0.595009375  # published
N300_REHEAT = 0.844637334  # published: 1 - fraction 1 - fraction 2, gland flows not subtracted
N300_UNLISTED = 1.0 - sum(N300_FRACTIONS) - N300_EXHAUST - 0.0384 - (0.00281 + 0.001128 + 0.00365 + 0.00271)


def solve_n300(gland: bool = False) -> Solution:
    """N300 textbook case from its published enthalpies: 300 MW, heaters 0.98, feed-pump turbine 0.0384.

    Water is 1193.7 kJ/kg after H1 (the value of the published performance check; its water table has
    1185.894 for an earlier estimate) and 149.113 kJ/kg before H8, after condensate pump and gland-steam
    heater. The drain of H8 goes to the condenser. The deaerator's loss is counted on the whole feed water,
    as in the source.

    The source lists four gland and valve-stem flows with the enthalpies with which they leave, but not
    where they go, and 0.00603 of the flow is missing from its list. `gland=False` leaves them all out:
    heaters 1, 2, 5 to 8 and the exhaust are as published, heaters 3 and 4 are not. `gland=True` uses an
    assignment that is *inferred here*, not published. The published fractions demand 0.01633 of gland steam
    into H3 and the deaerator together: the listed 0.0103, and 0.00603 that is defined as the rest. Of the
    16 ways to share the listed flows, with the rest in the deaerator, only 0.00365 + 0.001128 into H3 meets
    H3's heat (to 1 %; the next is off by 7 %). The deaerator's heat then gives the rest 3021 kJ/kg, close
    to the 3019.95 of the HP exhaust gland, which is used. Fractions 3 and 4 test that; the exhaust, with
    its flow fitted, no longer tests anything.

    Heat rate: mass is conserved here, so gland flows that leave before the reheater are not reheated. The
    source reheats 1 - fraction 1 - fraction 2; see `n300_heat_rate_as_published`.
    """
    glands = []
    if gland:
        glands = [
            Gland(0.00281, 3396.13, 3396.13, "4"),
            Gland(0.001128, 3537.74, 3537.74, "3", reheated=True),
            Gland(0.00365, 3019.95, 3019.95, "3"),
            Gland(0.00271, 3129.18, 3129.18, "4", reheated=True),
            Gland(N300_UNLISTED, 3019.95, 3019.95, "4"),
        ]
    h_hotwell = h_px(0.00539, 0.0)
    return solve_cycle(
        Cycle(
            generator_power=300e3,
            mechanical_efficiency=0.99,
            generator_efficiency=0.99,
            heater_efficiency=0.98,
            h_main=3396.13,
            h_throttle=3396.13,
            h_reheat=3019.95 + 517.79,
            h_cold_reheat=3019.95,
            h_extraction=[h for _, _, h in N300_POINTS],
            h_exhaust=2386.8,
            h_hotwell=h_hotwell,
            h_water_out=[1193.7, 1044.655, 858.541, 712.004, 559.049, 435.578, 352.925, 258.385],
            h_after_feed_pump=737.511,
            h_drain=[1069.148, 876.482, 751.842, 0.0, 458.182, 375.196, 280.438, 170.984],
            t_feedwater=270.768 + 1.6,
            condensate_rise=149.113 - h_hotwell,
            bfpt_fraction=0.0384,
            bfpt_h=3129.18,
            glands=glands,
            last_drain="condenser",
            deaerator_loss="outflow",
        )
    )


def n300_heat_rate_as_published(solution: Solution) -> float:
    """Heat rate [kJ/kWh] with the source's reheat flow, 1 - fraction 1 - fraction 2, in heat and in work."""
    c = solution.cycle
    extra = 1.0 - solution.extraction[0] - solution.extraction[1] - solution.reheat
    extra *= c.h_reheat - c.h_cold_reheat
    efficiency = c.mechanical_efficiency * c.generator_efficiency
    return 3600.0 * (solution.heat + extra) / ((solution.work + extra) * efficiency)


# --- N200 -------------------------------------------------------------------------------------------------


def solve_n200(deaerator_loss: str = "outflow") -> Solution:
    """N200 synthetic template at 200 MW; expansion from efficiencies, motor-driven feed pump.

    The template's data do not say everything; its computed result (8476.7 kJ/kWh, 600.2 t/h, 241.6 degC)
    fixes the rest:
    - valve 4 % of 12.75 MPa, reheat stop valve 2.5 % of 2.16 MPa, crossover 2 % of 0.25 MPa, all at
      constant enthalpy;
    - each stage group (from one extraction to the next) has its cylinder's efficiency: HP 0.82, IP 0.885,
      LP 0.79;
    - extraction lines lose 5 % of pressure; the deaerator stands at 0.588 MPa and takes its steam at 0.84
      MPa;
    - heater efficiency 0.99, the deaerator's loss counted on the whole feed water (`"inflow"` changes
      fraction 4 by -4e-5 and the heat rate by -0.2);
    - drains of H1 to H3: incoming water + 8 K; of H5 to H8: saturated; H8's drain loses its heat to the
      condenser;
    - pump rises are v dp / efficiency with v of the saturated inlet: feed pump 0.588 to 17.6 MPa, 0.78;
      condensate pump 0.0052 to 1.6 MPa, 0.75; neither pump's power is deducted;
    - boiler heat from feed water to 12.75 MPa / 535 degC and from the HP exhaust, without a line loss, to
      2.16 MPa / 535 degC; mechanical efficiency 0.985, generator 0.988.
    """
    p_condenser, p_deaerator = 0.0052, 0.588
    h_main, h_reheat = h_pt(12.75, 535.0), h_pt(2.16, 535.0)

    def group(p: float, h: float, outlets: list[float], efficiency: float) -> list[float]:
        found = []
        for p_out in outlets:
            h = expand(p, h, p_out, efficiency)
            found.append(h)
            p = p_out
        return found

    hp = group(12.75 * 0.96, h_main, [3.75, 2.46], 0.82)
    ip = group(2.16 * 0.975, h_reheat, [1.25, 0.84, 0.45, 0.25], 0.885)
    lp = group(0.25 * 0.98, ip[-1], [0.147, 0.038, p_condenser], 0.79)

    p_heater = [p * 0.95 for p in (3.75, 2.46, 1.25, 0.84, 0.45, 0.25, 0.147, 0.038)]
    p_heater[3] = p_deaerator
    t_out = [t_sat(p) - d for p, d in zip(p_heater, [2.0, 2.0, 2.0, 0.0, 4.0, 4.0, 4.0, 4.0], strict=True)]
    h_water_out = [h_pt(p, t) for p, t in zip([17.6] * 3 + [1.6] * 5, t_out, strict=True)]
    h_water_out[3] = h_px(p_deaerator, 0.0)
    h_after_pump = h_water_out[3] + v_px(p_deaerator, 0.0) * (17.6 - p_deaerator) * 1e3 / 0.78
    t_in = [t_out[1], t_out[2], t_ph(17.6, h_after_pump)]
    h_drain = [h_pt(p, t + 8.0) for p, t in zip(p_heater, t_in, strict=False)]
    h_drain += [0.0] + [h_px(p, 0.0) for p in p_heater[4:]]
    return solve_cycle(
        Cycle(
            generator_power=200e3,
            mechanical_efficiency=0.985,
            generator_efficiency=0.988,
            heater_efficiency=0.99,
            h_main=h_main,
            h_throttle=h_main,
            h_reheat=h_reheat,
            h_cold_reheat=hp[1],
            h_extraction=hp + ip + lp[:2],
            h_exhaust=lp[2],
            h_hotwell=h_px(p_condenser, 0.0),
            h_water_out=h_water_out,
            h_after_feed_pump=h_after_pump,
            h_drain=h_drain,
            t_feedwater=t_out[0],
            condensate_rise=v_px(p_condenser, 0.0) * (1.6 - p_condenser) * 1e3 / 0.75,
            last_drain="condenser",
            deaerator_loss=deaerator_loss,
        )
    )


# --- Moran and Shapiro, example 8.5 -----------------------------------------------------------------------


def solve_moran_shapiro_85() -> dict[str, float]:
    """Efficiency [-], main steam [kg/s], extracted fraction [-] and residual of the cycle at 100 MW net.

    8 MPa / 480 degC, extraction to an open heater at 0.7 MPa, condenser 0.008 MPa, saturated water out of
    both; each turbine stage 85 % (the second from the state after the first), pumps isentropic, their work
    deducted.
    """
    h1 = h_pt(8.0, 480.0)
    h2 = expand(8.0, h1, 0.7, 0.85)
    h3 = expand(0.7, h2, 0.008, 0.85)
    h4, h6 = h_px(0.008, 0.0), h_px(0.7, 0.0)
    h5, h7 = h_ps(0.7, s_ph(0.008, h4)), h_ps(8.0, s_ph(0.7, h6))
    b = Balances()
    b.add("turbine mass", main=1.0, extraction=-1.0, exhaust=-1.0)
    b.add("turbine work", turbine=1.0, main=-h1, extraction=h2, exhaust=h3)
    b.add("open heater", main=-h6, extraction=h2, exhaust=h5)
    b.add("pumps", pumps=1.0, main=-(h7 - h6), exhaust=-(h5 - h4))
    b.add("boiler", boiler=1.0, main=-(h1 - h7))
    b.add("net power", 100e3, turbine=1.0, pumps=-1.0)
    f, residual = b.solve()
    return {
        "efficiency": 100e3 / f["boiler"],
        "main_steam": f["main"],
        "extraction": f["extraction"] / f["main"],
        "residual": residual,
    }
