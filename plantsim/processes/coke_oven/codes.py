"""What the choices of variables.toml mean in kernels, and codes of the variables that this process blames."""

from __future__ import annotations

QUENCH_WET, QUENCH_DRY = 0, 1
