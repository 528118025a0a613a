"""The steady states of a cell: which distance, temperature, ledge and losses belong together.

Three things may be held: the distance, the mean voltage, or the superheat by a handle (cover, lining or distance).
At a held superheat the side loss does not move, whatever the wall: bath and metal give the ledge what the film and
the superheat allow, and the ledge's thickness makes up the rest. Cover and lining therefore act on top and bottom.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.aluminium_cell.cell import (
    efficiency,
    ledge_thickness,
    lost_heat,
    released_heat,
    voltage_terms,
)
from plantsim.processes.aluminium_cell.codes import COVER, DISTANCE, HOLD_DISTANCE, HOLD_VOLTAGE, LINING
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, NO_CONVERGENCE, OK, OUTSIDE_RANGE, variable_code

HOTTEST_SUPERHEAT = 60.0  # K; no cell runs near it: the upper end of the search
FARTHEST = 0.25  # m; twice any cell's distance: the upper end of the search
STEPS = 60  # a search takes 4 or 5; halving alone would resolve the bracket in this many
RESOLVED = 1e-13  # K; a bracket this narrow is one number
ROUNDING = 1e-9  # a line held to its own superheat or ledge meets it to rounding
CLOSED = 1e-12  # residual over the cell's power at which a state is steady

SUPERHEAT = variable_code("superheat")
MINIMUM_SUPERHEAT = variable_code("minimum_superheat")
LEDGE_THICKNESS = variable_code("ledge_thickness")
CELL_VOLTAGE = variable_code("cell_voltage")
ANODE_CATHODE_DISTANCE = variable_code("anode_cathode_distance")


@kernel
def surplus(x, d, o, superheat, distance, top, bottom):
    """Return (heat released less lost [W], distance [m]) of one cell at a superheat, the other things held."""
    t = d.liquidus_temperature + superheat
    fixed, gradient = voltage_terms(x, d, t)
    if o.hold == HOLD_VOLTAGE:
        distance = (x.cell_voltage - fixed) / gradient
    voltage = fixed + gradient * distance
    heat = released_heat(x, voltage, efficiency(x, d, superheat, distance))
    return heat - lost_heat(x, t, superheat, top, bottom), distance


@kernel
def free_superheat(x, d, o, distance, top, bottom):
    """Return (status, superheat [K], distance [m]) of the steady state with these conductances [W/K].

    Secant steps kept between 0 and 60 K, halving where a step leaves what is known. INFEASIBLE_THERMAL when the cell
    loses more heat than it releases even without superheat (superheat 0), or releases more up to 60 K (superheat 60).
    """
    low, high = 0.0, HOTTEST_SUPERHEAT
    closed = CLOSED * x.line_current * x.cell_voltage
    guess = x.superheat
    f, reached = surplus(x, d, o, guess, distance, top, bottom)
    following = guess + f / (x.ledge_film_coefficient * x.ledge_area + top + bottom)
    for _ in range(STEPS):
        if abs(f) <= closed or high - low < RESOLVED:
            return OK, guess, reached
        if f > 0.0:
            low = guess
        else:
            high = guess
        last, f_last = guess, f
        guess = following
        if guess <= 0.0 or guess >= HOTTEST_SUPERHEAT:  # ask the end itself whether any state lies before it
            guess = 0.0 if guess <= 0.0 else HOTTEST_SUPERHEAT
            f, reached = surplus(x, d, o, guess, distance, top, bottom)
            if (guess == 0.0) == (f <= 0.0):
                return INFEASIBLE_THERMAL, guess, reached
            guess = 0.5 * (low + high)
        elif not low < guess < high:
            guess = 0.5 * (low + high)
        f, reached = surplus(x, d, o, guess, distance, top, bottom)
        following = guess - f * (guess - last) / (f - f_last) if f != f_last else 0.5 * (low + high)
    return NO_CONVERGENCE, guess, reached


@kernel
def distance_for(x, d, superheat, top, bottom):
    """Return the distance [m] that holds a superheat [K]; the efficiency's own change with distance is followed."""
    t = d.liquidus_temperature + superheat
    fixed, gradient = voltage_terms(x, d, t)
    loss = lost_heat(x, t, superheat, top, bottom)
    distance = x.anode_cathode_distance
    for _ in range(
        STEPS
    ):  # the enthalpy voltage moves by less than a tenth of the bath's: this contracts fast
        short = loss - released_heat(x, fixed + gradient * distance, efficiency(x, d, superheat, distance))
        if abs(short) <= CLOSED * x.line_current * x.cell_voltage:
            break
        distance += short / (x.line_current * gradient)
        if not -FARTHEST < distance < FARTHEST:
            break
    return min(max(distance, -FARTHEST), FARTHEST)


@kernel
def within(value, limit):
    """Return a factor [1] kept within 1 - limit .. 1 + limit."""
    return min(max(value, 1.0 - limit), 1.0 + limit)


@kernel
def hold_superheat(x, d, o):
    """Return (status, superheat [K], distance [m], top factor, bottom factor [1]) with the line's handle.

    The handle goes as far as it must, or as it can; in the latter case the superheat drifts to its free value.
    """
    superheat, distance = x.superheat, x.anode_cathode_distance
    top, bottom = 1.0, 1.0
    if x.thermal_handle == DISTANCE:
        wanted = distance_for(x, d, superheat, x.top_conductance, x.bottom_conductance)
        distance = max(wanted, min(x.distance_floor - x.floor_shift, distance))
        if distance == wanted:
            return OK, superheat, distance, top, bottom
    elif x.thermal_handle == COVER or x.thermal_handle == LINING:
        excess, _ = surplus(x, d, o, superheat, distance, x.top_conductance, x.bottom_conductance)
        drop = d.liquidus_temperature + superheat - x.ambient_temperature
        if x.thermal_handle == COVER:
            wanted = 1.0 + excess / (x.top_conductance * drop)
            top = within(wanted, x.cover_limit)
        else:
            wanted = 1.0 + excess / (x.bottom_conductance * drop)
            bottom = within(wanted, x.lining_limit)
        if top * bottom == wanted:  # one of the two is 1
            return OK, superheat, distance, top, bottom
    status, superheat, distance = free_superheat(
        x, d, o, distance, top * x.top_conductance, bottom * x.bottom_conductance
    )
    return status, superheat, distance, top, bottom


@kernel
def steady_state(x, d, o, y):
    """Write superheat, temperature, ledge, distance, efficiency and handle positions; return a status.

    INFEASIBLE_THERMAL: no steady state is warm enough, or the held superheat is left by more than the window, or
    the ledge is too thin to protect the wall. ``insulation_to_restore`` then says what would hold the superheat.
    """
    top, bottom = 1.0, 1.0
    if o.hold == HOLD_DISTANCE or o.hold == HOLD_VOLTAGE:
        status, superheat, distance = free_superheat(
            x, d, o, x.anode_cathode_distance, x.top_conductance, x.bottom_conductance
        )
    else:
        status, superheat, distance, top, bottom = hold_superheat(x, d, o)
    y.operating_superheat = superheat
    y.operating_temperature = d.liquidus_temperature + superheat
    y.operating_distance = distance
    y.top_loss_factor = top
    y.bottom_loss_factor = bottom
    y.operating_efficiency = efficiency(x, d, superheat, distance)
    y.operating_ledge_thickness = ledge_thickness(x, d.liquidus_temperature, max(superheat, 1e-6))
    missing_insulation(x, d, o, y, distance)
    if status != OK:
        y.status_variable = SUPERHEAT
        return status
    return acceptable(x, o, y)


@kernel
def missing_insulation(x, d, o, y, distance):
    """Write the cut of top and bottom loss that would hold the line's own superheat with no handle moved."""
    short, _ = surplus(x, d, o, x.superheat, distance, x.top_conductance, x.bottom_conductance)
    drop = d.liquidus_temperature + x.superheat - x.ambient_temperature
    y.insulation_power = -short
    y.insulation_to_restore = -short / ((x.top_conductance + x.bottom_conductance) * drop)


@kernel
def acceptable(x, o, y):
    """Return OK for a state that can be operated, else the status, with the variable to blame in y."""
    superheat = y.operating_superheat
    if (
        o.hold != HOLD_DISTANCE
        and o.hold != HOLD_VOLTAGE
        and abs(superheat - x.superheat) > x.superheat_window
    ):
        y.status_variable = SUPERHEAT
        return INFEASIBLE_THERMAL
    if superheat < min(x.minimum_superheat, x.superheat) * (1.0 - ROUNDING):
        y.status_variable = MINIMUM_SUPERHEAT
        return INFEASIBLE_THERMAL
    if y.operating_ledge_thickness < min(x.ledge_floor, x.ledge_thickness) * (1.0 - ROUNDING):
        y.status_variable = LEDGE_THICKNESS
        return INFEASIBLE_THERMAL
    if y.operating_distance <= 0.0 or y.operating_distance >= FARTHEST:
        y.status_variable = CELL_VOLTAGE if o.hold == HOLD_VOLTAGE else ANODE_CATHODE_DISTANCE
        return OUTSIDE_RANGE
    return OK
