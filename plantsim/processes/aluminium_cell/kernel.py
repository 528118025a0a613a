"""One potline: metal, energy and materials of a year's operating point, with or without the cell's heat balance."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plantsim._jit import batch_entry, kernel
from plantsim.kernels.cell_voltage import bath as bath_drop
from plantsim.processes.aluminium_cell.bath_follows import following_state
from plantsim.processes.aluminium_cell.calibration import (
    bath_of_line,
    bath_status,
    calibrate_cell,
    calibrated_status,
    read_records,
    remaining_voltage,
)
from plantsim.processes.aluminium_cell.cell import (
    anode_effect_voltage,
    conductivity,
    enthalpy_voltage,
    potentials,
)
from plantsim.processes.aluminium_cell.codes import (
    BATH_FOLLOWS,
    DESULPHURISATION_DEDUCTED,
    HEAT_BALANCE_ON,
    STARTUP_DEDUCTED,
)
from plantsim.processes.aluminium_cell.fume import calibrate_fume, fumes, no_desulphurisation
from plantsim.processes.aluminium_cell.heat_balance import steady_state
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_THERMAL,
    NOT_FINITE,
    OK,
    OUTSIDE_RANGE,
    variable_code,
)

FARADAY = 96485.33212  # C/mol, CODATA 2018 (exact in the SI of 2019)
MOLAR_MASS_AL = 26.9815385e-3  # kg/mol, IUPAC 2021
MOLAR_MASS_C = 12.011e-3  # kg/mol, IUPAC 2021 abridged
MOLAR_MASS_CO2 = 44.009e-3  # kg/mol, IUPAC 2021 abridged
METAL_PER_CHARGE = MOLAR_MASS_AL / (3.0 * FARADAY)  # kg/C, Faraday's law, three electrons per atom
MINUTE = 60.0  # s; the slope of perfluorocarbons counts anode-effect minutes
TONNE = 1000.0  # kg; it gives kg per tonne

CELL_VOLTAGE = variable_code("cell_voltage")
BATH_MASS = variable_code("bath_mass")
CATHODE_VOLTAGE_DROP = variable_code("cathode_voltage_drop")
HEAT_BALANCE = variable_code("heat_balance")


@kernel
def calibrate(x):
    """Fit the line from its own figures; return a status.

    Heat balance off: the remainder of voltage. On: the distance, conductances and corrections; they need the bath's
    terms, which ``design`` makes from the record, so that ``design`` finishes the calibration (see there).
    """
    read_records(x)
    x.remaining_voltage = remaining_voltage(x)
    x.reference_current = x.line_current
    x.anode_cathode_distance = np.nan  # not calibrated yet
    calibrate_fume(x, METAL_PER_CHARGE * x.line_current * x.current_efficiency)
    return OK


@kernel
def design(x, d):
    """Write the bath's terms and sizes of this variant; return a status.

    d.rated_dc_power [W]: all cells at the line's current and the variant's voltage, before anything drifts.
    """
    if x.heat_balance == HEAT_BALANCE_ON:
        if np.isnan(x.anode_cathode_distance):
            calibrate_cell(x, d)
        bath_of_line(x, d)
    voltage = x.remaining_voltage + x.cathode_voltage_drop + anode_effect_voltage(x)
    d.rated_dc_power = x.cell_count * x.line_current * voltage
    d.rated_fume_flow = x.cell_count * x.cell_gas_flow
    return OK


@kernel
def no_cell(y):
    """Mark the results of the cell as not computed."""
    y.operating_distance = np.nan
    y.operating_superheat = np.nan
    y.operating_temperature = np.nan
    y.operating_ledge_thickness = np.nan
    y.operating_bath_ratio = np.nan
    y.operating_excess_alf3 = np.nan
    y.bath_conductivity = np.nan
    y.reversible_voltage = np.nan
    y.anode_overvoltage = np.nan
    y.cathode_overvoltage = np.nan
    y.bath_voltage = np.nan
    y.bubble_voltage = np.nan
    y.operating_anode_drop = np.nan
    y.operating_external_drop = np.nan
    y.top_heat_loss = np.nan
    y.side_heat_loss = np.nan
    y.bottom_heat_loss = np.nan
    y.external_heat_loss = np.nan
    y.top_loss_factor = np.nan
    y.bottom_loss_factor = np.nan
    y.insulation_to_restore = np.nan
    y.insulation_power = np.nan


@kernel
def simple_line(x, cells, y):
    """Write voltage and losses of a line from its remainder of voltage; return a status."""
    no_cell(y)
    y.operating_efficiency = x.current_efficiency
    y.operating_cathode_drop = x.cathode_voltage_drop
    y.operating_voltage = x.remaining_voltage + x.cathode_voltage_drop + y.anode_effect_voltage
    released = y.operating_voltage - enthalpy_voltage(x.current_efficiency)
    y.heat_loss = cells * x.line_current * released
    y.exported_heat = 0.0
    if not x.remaining_voltage > 0.0:
        y.status_variable = CATHODE_VOLTAGE_DROP
        return OUTSIDE_RANGE
    if x.shell_heat_share > 0.0 or x.gas_heat_share > 0.0:  # of heat by path, which is not known
        y.status_variable = HEAT_BALANCE
        return INCOMPLETE
    if x.line_current != x.reference_current:  # what of the remainder is ohmic is not known
        y.status_variable = HEAT_BALANCE
        return INCOMPLETE
    if released <= 0.0:
        y.status_variable = CELL_VOLTAGE
        return INFEASIBLE_THERMAL
    return OK


@kernel
def cell_line(x, d, o, cells, y):
    """Write the steady state of a line's cells, voltage by parts and losses by path; return a status."""
    status = calibrated_status(x, y)
    if status != OK:
        no_cell(y)
        return status
    follows = x.bath_chemistry == BATH_FOLLOWS
    if follows and np.isnan(x.bath_mass):
        no_cell(y)
        y.status_variable = BATH_MASS
        return INCOMPLETE
    status = following_state(x, d, o, y) if follows else steady_state(x, d, o, y)
    y.operating_bath_ratio, y.operating_excess_alf3 = 2.0 * d.weight_ratio, d.excess_aluminium_fluoride
    t = y.operating_temperature
    voltage_parts(x, d, t, y)
    losses(x, cells, y)
    if status == OK:
        status = bath_status(x, d, t, y)
    if follows:
        bath_of_line(x, d)  # for the next point of the year
    return status


@kernel
def voltage_parts(x, d, t, y):
    """Write the parts of the mean voltage at a bath temperature [K] and the state's distance, and their sum."""
    y.bath_conductivity = conductivity(d, t)
    reversible, anode, cathode, gas = potentials(x, d, t, y.bath_conductivity)
    y.reversible_voltage = reversible
    y.anode_overvoltage = anode
    y.cathode_overvoltage = cathode
    y.bubble_voltage = gas
    y.bath_voltage = bath_drop(
        d.current_density, y.bath_conductivity, y.operating_distance, d.bubble_thickness
    )
    ratio = x.line_current / x.reference_current
    y.operating_anode_drop = x.anode_voltage_drop * ratio
    y.operating_cathode_drop = x.cathode_voltage_drop * ratio
    y.operating_external_drop = x.external_voltage_drop * ratio
    inner = reversible + anode + cathode + gas + y.bath_voltage + y.anode_effect_voltage
    y.operating_voltage = (
        inner + y.operating_anode_drop + y.operating_cathode_drop + y.operating_external_drop
    )


@kernel
def losses(x, cells, y):
    """Write the line's heat losses [W] by path, and what of them is recovered."""
    drop = y.operating_temperature - x.ambient_temperature
    y.top_heat_loss = cells * y.top_loss_factor * x.top_conductance * drop
    y.bottom_heat_loss = cells * y.bottom_loss_factor * x.bottom_conductance * drop
    y.side_heat_loss = cells * x.ledge_film_coefficient * x.ledge_area * y.operating_superheat
    y.external_heat_loss = cells * x.line_current * y.operating_external_drop
    y.heat_loss = y.top_heat_loss + y.bottom_heat_loss + y.side_heat_loss + y.external_heat_loss
    y.exported_heat = x.shell_heat_share * y.side_heat_loss + x.gas_heat_share * y.top_heat_loss


@kernel
def electricity(x, y):
    """Write the line's AC power, auxiliaries, casting, start-up, and how it is bought [W]."""
    y.ac_power = y.dc_power / x.rectifier_efficiency
    y.rectifier_loss = y.ac_power - y.dc_power
    y.auxiliary_power = x.auxiliary_power_per_tonne * y.metal_rate + y.desulphurisation_power
    y.auxiliary_power_counted = y.auxiliary_power
    if x.deduct_desulphurisation == DESULPHURISATION_DEDUCTED:
        y.auxiliary_power_counted -= y.desulphurisation_power
    y.casting_power = x.casting_power_per_tonne * y.metal_rate
    y.startup_power = x.startup_power_share * y.ac_power
    y.startup_power_counted = 0.0 if x.deduct_startup == STARTUP_DEDUCTED else y.startup_power
    bought = y.ac_power + y.auxiliary_power + y.casting_power + y.startup_power
    y.green_power = x.green_power_share * bought
    y.grid_power = bought - y.green_power


@kernel
def materials(x, y):
    """Write cast-house fuel [W], alumina, anode, CO2 of anode and cast house, and perfluorocarbons [kg/s]."""
    y.casting_fuel = x.casting_fuel_per_tonne * y.metal_rate
    y.alumina_rate = x.alumina_consumption * y.metal_rate
    y.anode_rate = x.net_anode_consumption * y.metal_rate
    y.anode_co2_rate = y.anode_rate * x.anode_carbon_content * (MOLAR_MASS_CO2 / MOLAR_MASS_C)
    y.casting_co2_rate = y.casting_fuel * x.casting_fuel_factor
    minutes = x.anode_effect_frequency * x.anode_effect_duration / MINUTE  # per cell and day
    y.cf4_rate = x.pfc_slope * minutes * y.metal_rate / TONNE
    y.c2f6_rate = x.pfc_c2f6_ratio * y.cf4_rate
    y.pfc_co2_equivalent_rate = x.gwp_cf4 * y.cf4_rate + x.gwp_c2f6 * y.c2f6_rate


@kernel
def solve(x, d, o, y):
    """Solve one operating point of the line; return a status.

    Energy closes as AC = rectifier loss + reaction enthalpy + heat loss; carbon as anode = CO2 carbon.
    Fails with INFEASIBLE_THERMAL when the cells would freeze, overheat, or need heat from outside.
    """
    cells = x.cell_count * o.cells_in_operation
    y.anode_effect_voltage = anode_effect_voltage(x)
    status = cell_line(x, d, o, cells, y) if x.heat_balance == HEAT_BALANCE_ON else simple_line(x, cells, y)
    y.effective_charge_rate = cells * x.line_current * y.operating_efficiency
    y.metal_rate = METAL_PER_CHARGE * y.effective_charge_rate
    y.dc_power = cells * x.line_current * y.operating_voltage
    y.reaction_power = cells * x.line_current * enthalpy_voltage(y.operating_efficiency)
    materials(x, y)
    no_desulphurisation(y)
    if status == OK:
        status = fumes(x, cells, y)
    electricity(x, y)
    if y.ac_power > 0.0:
        y.energy_residual = (y.ac_power - y.rectifier_loss - y.reaction_power - y.heat_loss) / y.ac_power
        carbon_in = y.anode_rate * x.anode_carbon_content
        y.carbon_residual = (carbon_in - y.anode_co2_rate * (MOLAR_MASS_C / MOLAR_MASS_CO2)) / carbon_in
    if status != OK:
        return status
    return OK if y.ac_power < 1e12 else NOT_FINITE


entry = batch_entry("aluminium_cell", Path(__file__).parent, calibrate, design, solve)
