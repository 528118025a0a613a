"""Distributed photovoltaics of a kiln line: electricity it need not buy, and no coal saved by any edition."""

from __future__ import annotations

from plantsim._jit import kernel


@kernel
def use_solar(x, d, o, y, load):
    """Write the photovoltaic power used into y and return it [W]: no more than ``load`` [W], the line's net demand."""
    y.pv_used_power = min(x.pv_power, max(0.0, load))
    return y.pv_used_power
