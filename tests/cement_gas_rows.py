"""The gas behind a cement line's tower, cleaned as a test says: without any denitration unless it asks for it."""

from __future__ import annotations

from typing import Any

from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import cleaning

MOLAR_VOLUME = 8.314462618 * 273.15 / 101325.0  # m3/mol at the normal state


def cleaned(**values: float) -> tuple[Any, int]:
    """Return (results, status); values: inputs that differ, SI."""
    x = fields(
        reference_oxygen=0.10, raw_nox_concentration=640e-6, sncr=0, scr=0, so2_target=45e-6,
        reagent=0, ammonia_strength=0.2, desulphurisation=1, fgd_most_removal=0.8,
        fgd_pressure_loss=0.0, gypsum_used=1.0, fgd_residue_used=1.0, fgd_other_work=0.0,
        tail_gas_temperature=380.0, fan_efficiency=0.78,
        reference_gas_flow=0.0, rated_clinker=54.0,
        raw_so2_concentration=210e-6,
        lime_ratio=1.7, lime_purity=0.88, dust_concentration=8e-6, vent_dust_concentration=13e-6, nox_limit=320e-6,
        so2_limit=50e-6, dust_limit=10e-6, ammonia_limit=8e-6, filter_air_share=0.002, filter_pulse_pressure=4e5,
        air_pressure=82e3, ambient_temperature=291.0, compressor_efficiency=0.7, fan_drive_efficiency=0.94,
    )  # fmt: skip
    x.__dict__.update(values)
    y = fields(
        preheater_gas_h2o=0.07, preheater_gas_co2=0.29, preheater_gas_o2=0.045, preheater_gas_n2=0.595,
        preheater_gas_flow=120.0, vent_air_flow=60.0, clinker_flow=54.0, preheater_gas_temperature=600.0,
    )  # fmt: skip
    status = plain(cleaning.clean_hot)(x, y)
    status = status or plain(cleaning.clean_cold)(x, y)
    return y, status
