"""Where models/ is: the user's own (PLANTSIM_MODELS), the one in the wheel, or the checkout's."""

from __future__ import annotations

import os
from pathlib import Path

import plantsim

PACKAGE = Path(plantsim.__file__).resolve().parent


def models_folder() -> Path:
    """Return the folder of the library's numbers. Raises FileNotFoundError naming what was looked at."""
    given = os.environ.get("PLANTSIM_MODELS")
    places = [Path(given)] if given else [PACKAGE / "_models", PACKAGE.parent / "models"]
    for place in places:
        if (place / "common" / "units.toml").is_file():
            return place
    raise FileNotFoundError("no models folder at " + " or ".join(str(p) for p in places))
