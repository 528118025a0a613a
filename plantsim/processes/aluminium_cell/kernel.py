"""One potline: metal, energy and materials from current, mean voltage and current efficiency."""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, NOT_FINITE, OK, OUTSIDE_RANGE, variable_code

FARADAY = 96485.33212  # C/mol, CODATA 2018 (exact in the SI of 2019)
MOLAR_MASS_AL = 26.9815385e-3  # kg/mol, IUPAC 2021
MOLAR_MASS_C = 12.011e-3  # kg/mol, IUPAC 2021 abridged
MOLAR_MASS_CO2 = 44.009e-3  # kg/mol, IUPAC 2021 abridged
METAL_PER_CHARGE = MOLAR_MASS_AL / (3.0 * FARADAY)  # kg/C, Faraday's law, three electrons per atom
ENTHALPY_VOLTAGE_BASE = 1.648  # V, alumina and carbon at 25 degC; remembered, Haupin's form, confidence high
ENTHALPY_VOLTAGE_SLOPE = 0.48  # V per unit of current efficiency; same

CELL_VOLTAGE = variable_code("cell_voltage")
CATHODE_VOLTAGE_DROP = variable_code("cathode_voltage_drop")


@kernel
def calibrate(x):
    """Fit the line's remainder of voltage [V] from its own mean voltage and cathode drop; return a status."""
    x.remaining_voltage = x.cell_voltage - x.cathode_voltage_drop
    return OK


@kernel
def design(x, d):
    """Return a status. d.rated_dc_power [W]: all cells at the line's current and the variant's voltage."""
    d.rated_dc_power = x.cell_count * x.line_current * (x.remaining_voltage + x.cathode_voltage_drop)
    return OK


@kernel
def solve(x, d, o, y):
    """Solve one operating point of the line; return a status.

    Energy closes as AC = rectifier loss + reaction enthalpy + heat loss; carbon as anode = CO2 carbon.
    Fails with INFEASIBLE_THERMAL when the cells would need heat from outside.
    """
    voltage = x.remaining_voltage + x.cathode_voltage_drop
    if not x.remaining_voltage > 0.0:
        y.status_variable = CATHODE_VOLTAGE_DROP
        return OUTSIDE_RANGE
    cells = x.cell_count * o.cells_in_operation
    charge = cells * x.line_current * x.current_efficiency
    y.operating_voltage = voltage
    y.effective_charge_rate = charge
    y.metal_rate = METAL_PER_CHARGE * charge
    y.dc_power = cells * x.line_current * voltage
    y.ac_power = y.dc_power / x.rectifier_efficiency
    y.rectifier_loss = y.ac_power - y.dc_power
    y.auxiliary_power = x.auxiliary_power_per_tonne * y.metal_rate
    y.casting_power = x.casting_power_per_tonne * y.metal_rate
    enthalpy_voltage = ENTHALPY_VOLTAGE_BASE + ENTHALPY_VOLTAGE_SLOPE * x.current_efficiency
    y.reaction_power = cells * x.line_current * enthalpy_voltage
    y.heat_loss = cells * x.line_current * (voltage - enthalpy_voltage)
    y.alumina_rate = x.alumina_consumption * y.metal_rate
    y.anode_rate = x.net_anode_consumption * y.metal_rate
    y.anode_co2_rate = y.anode_rate * x.anode_carbon_content * (MOLAR_MASS_CO2 / MOLAR_MASS_C)
    if y.ac_power > 0.0:
        y.energy_residual = (y.ac_power - y.rectifier_loss - y.reaction_power - y.heat_loss) / y.ac_power
        carbon_in = y.anode_rate * x.anode_carbon_content
        y.carbon_residual = (carbon_in - y.anode_co2_rate * (MOLAR_MASS_C / MOLAR_MASS_CO2)) / carbon_in
    if voltage <= enthalpy_voltage:
        y.status_variable = CELL_VOLTAGE
        return INFEASIBLE_THERMAL
    if not y.ac_power < 1e12:
        return NOT_FINITE
    return OK


entry = batch_entry("aluminium_cell", Path(__file__).parent, calibrate, design, solve)
