"""Integers that stand for the options of models/aluminium_cell/variables.toml."""

from __future__ import annotations

STARTUP_DEDUCTED = 1  # deduct_startup
DESULPHURISATION_DEDUCTED = 1  # deduct_desulphurisation
HEAT_BALANCE_ON = 1  # heat_balance
BATH_HELD, BATH_FOLLOWS = 0, 1  # bath_chemistry: held by dosing, or as the ledge leaves it
COVER, LINING, DISTANCE = 1, 2, 3  # thermal_handle; 0 is none
HOLD_DISTANCE, HOLD_VOLTAGE = 1, 2  # hold; 0 is the superheat
WET_LIMESTONE, SEMI_DRY = 1, 2  # desulphurisation; 0 is none
