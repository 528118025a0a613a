"""Kernels as plain Python, for tests that hand a record of few fields to one of them."""

from __future__ import annotations

import types
from types import SimpleNamespace
from typing import Any

_made: dict[int, Any] = {}


def fields(**values: Any) -> SimpleNamespace:
    """Return a record with these fields only: a kernel that reads another one fails by its name."""
    return SimpleNamespace(**values)


def plain(kernel: Any) -> Any:
    """Return the kernel as it is written, and all kernels that it calls, without compiling.

    Compiled kernels take whole records, and each takes seconds to compile; that both do the same is what the parity
    tests prove. Under NUMBA_DISABLE_JIT it is the function itself.
    """
    written = getattr(kernel, "py_func", kernel)
    if written is kernel:  # plain Python, or no kernel at all
        return kernel
    if id(kernel) not in _made:
        own = dict(written.__globals__)
        # what a factory of kernels closes over: the function whose root is sought
        cells = tuple(types.CellType(plain(c.cell_contents)) for c in written.__closure__ or ())
        made = types.FunctionType(written.__code__, own, written.__name__, written.__defaults__, cells)
        _made[id(kernel)] = made
        for name in written.__code__.co_names:
            if hasattr(own.get(name), "py_func"):
                own[name] = plain(own[name])
    return _made[id(kernel)]
