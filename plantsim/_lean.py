"""Spares a Python that compiles as a whole the work inside numba whose result plant code never uses.

Four fifths of the compiling time of plant code are numba's own Python, not LLVM. What is left out here changes neither
the code nor its bits. Each part rests on names inside numba; where a version lacks one, that part stays numba's.
"""

from __future__ import annotations

import contextlib
from typing import Any

from numba.core import codegen, event, types
from numba.core.typing import npydecl


def install() -> None:
    """Leave out what can be left out in this numba. Done once, when kernels are first made."""
    for part in (_name_records_once, _no_events, _scalars_are_no_arrays, _no_passes_over_declarations):
        with contextlib.suppress(AttributeError):
            part()


def _name_records_once() -> None:
    """Keep the long name of a record type: each of some thirty passes over each kernel writes it out."""
    record: Any = types.Record
    full_name, names = record.__repr__, dict[int, tuple[Any, str]]()

    def name(self: Any) -> str:
        if id(self) not in names:
            names[id(self)] = self, full_name(self)  # the type is kept too, so that its id stays its own
        return names[id(self)][1]

    record.__repr__ = name


def _no_events() -> None:
    """Time nothing: each call of LLVM tells every compilation that is under way of its beginning and end."""
    timings: Any = event
    nothing = contextlib.nullcontext()
    for name in ("start_event", "end_event", "trigger_event", "install_timer"):
        getattr(timings, name)
    timings.start_event = timings.end_event = lambda *args, **kwargs: None
    timings.trigger_event = timings.install_timer = lambda *args, **kwargs: nothing


def _scalars_are_no_arrays() -> None:
    """Say at once that array arithmetic is not for scalars: numba finds a ufunc's loop first and then says so."""
    rules: Any = npydecl.NumpyRulesArrayOperator
    generic = rules.generic

    def arrays_only(self: Any, args: Any, kws: Any) -> Any:
        bare = (a.type if isinstance(a, types.Optional) else a for a in args)
        return generic(self, args, kws) if any(isinstance(a, types.ArrayCompatible) for a in bare) else None

    rules.generic = arrays_only


def _no_passes_over_declarations() -> None:
    """Make no pass manager for a function that is only declared: a kernel declares all that it calls."""
    library: Any = codegen.CPUCodeLibrary
    for owner, name in ((library, "_optimize_functions"), (codegen.CPUCodegen, "_pass_builder")):
        getattr(owner, name)  # before it had builders, a manager served a whole module

    def optimize_defined(self: Any, module: Any) -> None:
        module.data_layout = self._codegen._data_layout
        for function in module.functions:
            if not function.is_declaration:
                manager, builder = self._codegen._function_pass_manager()
                manager.run(function, builder)

    library._optimize_functions = optimize_defined
