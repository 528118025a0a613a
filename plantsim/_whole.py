"""Compiles a process as a whole: its kernels are lowered one by one, but optimised and emitted once, with their entry.

numba by itself optimises and emits every kernel together with all that it calls, so that LLVM sees a steam function
once for each kernel above it. While an entry compiles, the kernels under it only keep their own code; the entry links
them all. That halves the time, and the code is the same: LLVM inlines from the innermost function outward either way.
What is kept of an entry is its machine code and the names that Python calls it by. numba keeps the code of every
function once more, for links into others, and what each knows of Python: reading those takes most of a run's loading.

It rests on names inside numba. Where a version lacks one (:func:`possible`), everything compiles as numba does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import binding
from numba.core import codegen, compiler, dispatcher
from numba.core.compiler_lock import global_compiler_lock

NAMES = {
    (codegen, "JITCodeLibrary"): (
        "finalize",
        "get_pointer_to_function",
        "add_linking_library",
        "_ensure_finalized",
        "_raise_if_finalized",
        "_get_module_for_linking",
    ),
    (compiler, "CompileResult"): ("_find_referenced_environments",),
    (codegen, "JITCPUCodegen"): ("set_env",),
    (dispatcher, "Dispatcher"): ("compile", "_compile_for_args", "_reset_overloads", "_clear"),
}

OURS = "8plantsim"  # how names of this package begin once numba has mangled them

kernels: list[Any] = []
"""Every kernel's dispatcher: one that an entry compiled has no machine code of its own for a call from Python."""

NO_WRAPPERS = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""For kernels under an entry: only other kernels call them, and wrappers take a fifth of the compiling time."""

_under_entry: list[str] = []  # the entry that compiles now; the compiler's lock allows one


def possible() -> bool:
    """Return whether this numba has the names that this module needs."""
    return all(hasattr(getattr(m, c, None), name) for (m, c), names in NAMES.items() for name in names)


def _all_under(library: Any, found: dict[Any, None]) -> dict[Any, None]:
    """Return the libraries that ``library`` needs, each once, and before all that need it."""
    for needed in library._linking_libraries:
        if needed not in found:
            _all_under(needed, found)
            found[needed] = None
    return found


def _inner(name: str) -> bool:
    """Return whether code of this name is compiled now as a part of an entry."""
    return bool(_under_entry) and _under_entry[0] not in name


def install() -> None:
    """Teach numba's code libraries to wait for their entry. Done once, when kernels are first made."""
    library: Any = codegen.JITCodeLibrary
    engine: Any = codegen.JITCPUCodegen
    finalize, pointer, set_env = library.finalize, library.get_pointer_to_function, engine.set_env
    result: Any = compiler.CompileResult
    for_links, environments = library._get_module_for_linking, result._find_referenced_environments

    def finalize_or_wait(self: Any) -> None:
        if _inner(self.name):
            self._raise_if_finalized()
            self.waits_for_entry = self._finalized = True
            return
        # one that waits has linked nothing itself; callers first: LLVM takes a function only where it is called so far
        self._linking_libraries = list(reversed(_all_under(self, {})))
        finalize(self)
        lost = [f.name for f in self._final_module.functions if f.is_declaration and OURS in f.name]
        if lost:  # the call would jump to nowhere
            raise RuntimeError(f"not linked into {self.name}: {lost}")

    def pointer_or_none(self: Any, name: str) -> int:
        self._ensure_finalized()
        return 0 if hasattr(self, "waits_for_entry") else int(pointer(self, name))

    def set_env_if_emitted(self: Any, name: str, env: Any) -> None:
        if not _inner(name):  # code that is not emitted has no address for it
            set_env(self, name, env)

    def names_of_entry(self: Any) -> Any:
        if not _under_entry or _inner(self.name):
            return for_links(self)
        self._ensure_finalized()
        return _names_only(self._final_module, _under_entry[0])

    def none_of_entry(self: Any) -> list[Any]:
        # kernels raise nothing, so that they need no Python
        return [] if _under_entry else environments(self)

    library.finalize, library.get_pointer_to_function = finalize_or_wait, pointer_or_none
    engine.set_env = set_env_if_emitted
    library._get_module_for_linking, result._find_referenced_environments = names_of_entry, none_of_entry


def _names_only(module: Any, entry: str) -> Any:
    """Return a module that defines an entry's functions of ``module`` by name: machine code stands beside it."""
    names = [f.name for f in module.functions if not f.is_declaration and entry in f.name]
    return binding.parse_assembly("".join(f'define void @"{name}"() {{ ret void }}\n' for name in names))


def compile_whole(entry: Any) -> None:
    """Make the dispatcher ``entry`` compile with its kernels as a whole."""
    compile_entry: Callable[..., Any] = entry.compile

    def compile_with_kernels(signature: Any) -> Any:
        with global_compiler_lock:
            _under_entry.append(entry.py_func.__name__)
            options = [dict(k.targetoptions) for k in kernels]
            for k in kernels:
                k.targetoptions.update(NO_WRAPPERS)
            try:
                return compile_entry(signature)
            finally:
                _under_entry.pop()
                for k, before in zip(kernels, options, strict=True):
                    k.targetoptions.clear()  # its compiler holds the same mapping
                    k.targetoptions.update(before)
                    _compile_when_called(k)

    entry.compile = compile_with_kernels


def _compile_when_called(k: Any) -> None:
    """Make a kernel without machine code of its own compile anew when Python calls it."""
    if not any(hasattr(c.library, "waits_for_entry") for c in k.overloads.values()):
        return

    def compile_for_call(*args: Any, **kwargs: Any) -> Any:
        k._reset_overloads()
        del k._compile_for_args
        return k._compile_for_args(*args, **kwargs)

    k._clear()
    k._compile_for_args = compile_for_call
