"""Records that kernels read can be read in plain Python too: no field has the name of something that a record has."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import numpy as np

import plantsim


def test_no_field_of_a_record_hides_behind_a_method():
    """``k.fill`` of a numpy record is its method, not the field: compiled and plain code would differ."""
    hidden, seen = [], 0
    for module in pkgutil.walk_packages(plantsim.__path__, "plantsim."):
        if not module.name.startswith(("plantsim.kernels", "plantsim.processes")):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, np.dtype) and value.type is np.record:
                seen += 1
                hidden += [f"{module.name}.{name}.{f}" for f in value.names if f in dir(np.record)]
    assert seen > 0
    assert not hidden
