"""Spares a Python that compiles as a whole the work inside numba whose result plant code never uses.

Four fifths of the compiling time of plant code are numba's own Python, not LLVM. What is left out here changes neither
the code nor its bits. Each part rests on names inside numba; where a version lacks one, that part stays numba's.
"""

from __future__ import annotations

import contextlib
from typing import Any

from numba.core import (
    codegen,
    errors,
    event,
    inline_closurecall,
    ir,
    lowering,
    postproc,
    typed_passes,
    typeinfer,
    types,
)
from numba.core.typing import npydecl


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


def _no_words_about_errors() -> None:
    """Collect no context for messages: what fails here compiles anew where the user sees the message."""
    nothing = contextlib.nullcontext()
    modules: list[Any] = [errors, lowering, typeinfer]
    for module in modules:
        getattr(module, "new_error_context")  # noqa: B009
    for module in modules:
        module.new_error_context = lambda *args, **kwargs: nothing


def _resolve_operators_once() -> None:
    """Keep what an operator or function of numba's gives for numbers and arrays of them, and how it is implemented.

    numba tries some forty templates for each ``+``, while it infers types and again while it lowers.
    """
    function: Any = types.BaseFunction
    get_call_type, given = function.get_call_type, dict[Any, tuple[Any, Any, Any]]()

    def plain(t: Any) -> bool:
        return isinstance(t, types.Number | types.Boolean | types.Literal) or (
            isinstance(t, types.Array) and isinstance(t.dtype, types.Number | types.Boolean)
        )

    def call_type_once(self: Any, context: Any, args: Any, kws: Any) -> Any:
        if kws or not all(map(plain, args)):
            return get_call_type(self, context, args, kws)
        key = id(self), id(context), args
        if key not in given:
            given[key] = (
                get_call_type(self, context, args, kws),
                self,
                context,
            )  # kept, so that their ids stay theirs
        return given[key][0]

    function.get_call_type = call_type_once


def _scalars_are_no_arrays() -> None:
    """Say at once that array arithmetic is not for scalars: numba finds a ufunc's loop first and then says so."""
    rules: Any = npydecl.NumpyRulesArrayOperator
    generic = rules.generic

    def arrays_only(self: Any, args: Any, kws: Any) -> Any:
        bare = (a.type if isinstance(a, types.Optional) else a for a in args)
        return generic(self, args, kws) if any(isinstance(a, types.ArrayCompatible) for a in bare) else None

    rules.generic = arrays_only


def _no_lifetimes_between_passes() -> None:
    """Leave out which variables live in which block, after each of ten passes: only generators ask for it."""
    processor: Any = postproc.PostProcessor
    run, transforms, lifetime = processor.run, postproc.transforms, postproc.VariableLifetime

    def run_without_lifetimes(self: Any, emit_dels: bool = False, **options: Any) -> None:
        ir = self.func_ir
        if emit_dels or ir.is_generator:
            run(self, emit_dels, **options)
            return
        ir.blocks = transforms.canonicalize_cfg(ir.blocks)
        ir.variable_lifetime = lifetime(ir.blocks)  # it computes what is asked of it
        ir.generator_info = None

    processor.run = run_without_lifetimes


def _no_search_for_closures() -> None:
    """Search only what makes functions or lists for closures to inline, lists to make arrays and the like."""
    search: Any = inline_closurecall.InlineClosureCallPass
    run = search.run

    def run_where_needed(self: Any) -> None:
        blocks = self.func_ir.blocks.values()
        if any(e.op in {"make_function", "build_list"} for b in blocks for e in b.find_exprs()):
            run(self)

    search.run = run_where_needed


def _no_search_for_array_arithmetic() -> None:
    """Search for operations on whole arrays, to fuse them, only where one gives an array (or a text is a key)."""
    rewrites: Any = typed_passes.NopythonRewrites
    run, arithmetic = rewrites.run_pass, {"binop", "inplace_binop", "unary", "call", "build_list"}

    def run_where_needed(self: Any, state: Any) -> Any:
        kinds, blocks = state.typemap, state.func_ir.blocks.values()
        wanted = any(isinstance(t, types.StringLiteral) for t in kinds.values()) or any(
            a.value.op in arithmetic and isinstance(kinds[a.target.name], types.Array | types.List)
            for b in blocks
            for a in b.find_insts(ir.Assign)
            if isinstance(a.value, ir.Expr)
        )
        return run(self, state) if wanted else True

    rewrites.run_pass = run_where_needed


def _no_passes_over_declarations() -> None:
    """Make no pass manager for a function that is only declared: a kernel declares all that it calls."""
    library: Any = codegen.CPUCodeLibrary
    getattr(library, "_optimize_functions")  # noqa: B009
    if not hasattr(codegen.CPUCodegen, "_pass_builder"):  # in older versions one manager serves a module
        return

    def optimize_defined(self: Any, module: Any) -> None:
        module.data_layout = self._codegen._data_layout
        for function in module.functions:
            if not function.is_declaration:
                manager, builder = self._codegen._function_pass_manager()
                manager.run(function, builder)

    library._optimize_functions = optimize_defined


PARTS = (
    _name_records_once,
    _no_events,
    _no_words_about_errors,
    _resolve_operators_once,
    _scalars_are_no_arrays,
    _no_lifetimes_between_passes,
    _no_search_for_closures,
    _no_search_for_array_arithmetic,
    _no_passes_over_declarations,
)


def install() -> None:
    """Leave out what can be left out in this numba. Done once, when kernels are first made."""
    for part in PARTS:
        with contextlib.suppress(AttributeError):
            part()
