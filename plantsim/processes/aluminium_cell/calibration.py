"""A line's own figures turned into what a retrofit leaves alone: distance, conductances, corrections."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels import cell_voltage
from plantsim.kernels.bath import (
    composition_status,
    conductivity_terms,
    excess_alf3,
    liquidus,
    saturation,
    saturation_terms,
)
from plantsim.processes.aluminium_cell.cell import (
    anode_effect_voltage,
    efficiency_terms,
    enthalpy_voltage,
    voltage_terms,
)
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE, variable_code

CELL_VOLTAGE = variable_code("cell_voltage")
BATH_RATIO = variable_code("bath_ratio")
ALUMINA_CONTENT = variable_code("alumina_content")
SHORTEST, LONGEST = 0.01, 0.15  # m; no cell runs outside: the voltage and its parts do not belong together


@kernel
def bath_of_line(x, d):
    """Write into d the bath that the line says, and what it settles; see :func:`bath_terms`."""
    d.bath_calcium, d.bath_lithium = x.calcium_fluoride, x.lithium_fluoride
    d.bath_magnesium, d.bath_potassium = x.magnesium_fluoride, x.potassium_fluoride
    d.weight_ratio = 0.5 * x.bath_ratio
    bath_terms(x, d)


@kernel
def bath_terms(x, d):
    """Write into d what its bath and current settle whatever the temperature; ``composition_code`` is a status."""
    c, o, li = d.bath_calcium, x.alumina_content, d.bath_lithium
    m, k = d.bath_magnesium, d.bath_potassium
    a = excess_alf3(d.weight_ratio, c, o, li, m, k)
    d.excess_aluminium_fluoride = a
    d.liquidus_temperature = liquidus(a, c, o, li, m, k) + x.liquidus_correction
    d.saturation_factor, d.saturation_exponent = saturation_terms(a, c, li, m)
    d.conductivity_constant, d.conductivity_slope = conductivity_terms(
        x.conductivity_formula, a, c, o, li, m, k
    )
    d.current_density = x.anode_current_density / x.fanning_factor * (x.line_current / x.reference_current)
    d.reaction_density = cell_voltage.reaction_density(o)
    d.limiting_factor = cell_voltage.limiting_factor(o, x.anode_area)
    d.bubble_thickness = cell_voltage.bubble_thickness(d.current_density)
    d.bubble_coverage = x.bubble_coverage_factor * cell_voltage.bubble_coverage(
        d.current_density, d.weight_ratio, o, x.alumina_at_anode_effect
    )
    d.composition_code = composition_status(a, c, o, li, m, k)


@kernel
def bath_status(x, d, t, y):
    """Return OK when the formulas may be used at t [K]; else OUTSIDE_RANGE, with the variable to blame in y."""
    if d.composition_code != OK:
        y.status_variable = BATH_RATIO
        return OUTSIDE_RANGE
    dissolved = saturation(t, d.excess_aluminium_fluoride, d.bath_calcium, d.bath_lithium, d.bath_magnesium)
    limit = cell_voltage.limiting_density(t, d.limiting_factor)
    if x.alumina_content > dissolved or d.current_density > cell_voltage.MOST_OF_LIMITING * limit:
        y.status_variable = ALUMINA_CONTENT
        return OUTSIDE_RANGE
    return OK


@kernel
def calibrate_cell(x, d):
    """Fit distance, conductances and corrections of a line with its heat balance on. d is written on the way.

    The mean voltage gives the distance; voltage less busbars and reaction is the heat, split by the declared shares;
    ledge thickness and the wall's resistance give the side's heat flux, and with it the ledge's area and film.
    What cannot be is refused by :func:`calibrated_status` when the line is solved.
    """
    t = x.bath_temperature
    x.liquidus_correction = 0.0
    bath_of_line(x, d)
    x.liquidus_correction = t - x.superheat - d.liquidus_temperature
    d.liquidus_temperature = t - x.superheat
    fixed, gradient = voltage_terms(x, d, t)
    x.anode_cathode_distance = (x.cell_voltage - fixed) / gradient
    x.floor_shift = max(0.0, x.distance_floor - x.anode_cathode_distance)
    above = x.anode_cathode_distance - (x.distance_floor - x.floor_shift)
    x.efficiency_offset = -efficiency_terms(x, d, x.superheat)
    x.efficiency_offset -= 100.0 * x.efficiency_per_cm * above
    heat = x.line_current * (
        x.cell_voltage - x.external_voltage_drop - enthalpy_voltage(x.current_efficiency)
    )
    drop = t - x.ambient_temperature
    x.top_conductance = x.top_loss_share * heat / drop
    x.bottom_conductance = x.bottom_loss_share * heat / drop
    side = (1.0 - x.top_loss_share - x.bottom_loss_share) * heat
    resistance = x.ledge_thickness / x.ledge_conductivity + x.side_wall_resistance
    flux = (d.liquidus_temperature - x.ambient_temperature) / resistance
    x.ledge_area = side / flux
    x.ledge_film_coefficient = flux / x.superheat


@kernel
def calibrated_status(x, y):
    """Return OK when the line's own figures belong together, else the status, with the variable to blame in y."""
    y.status_variable = CELL_VOLTAGE
    if not x.top_conductance > 0.0:
        return INFEASIBLE_THERMAL
    if not SHORTEST <= x.anode_cathode_distance <= LONGEST:
        return OUTSIDE_RANGE
    y.status_variable = 0
    return OK


@kernel
def read_records(x):
    """Take what a line's books state in place of what is used: gross anodes less butts, a measured liquidus."""
    if x.gross_anode_consumption > 0.0:
        x.net_anode_consumption = x.gross_anode_consumption - x.anode_butts
    if x.measured_liquidus > 0.0:
        x.superheat = x.bath_temperature - x.measured_liquidus


@kernel
def remaining_voltage(x):
    """Return the mean voltage without cathode drop and anode effects [V]: what stays as it is."""
    return x.cell_voltage - x.cathode_voltage_drop - anode_effect_voltage(x)
