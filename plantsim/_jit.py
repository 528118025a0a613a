"""The only place that imports numba: how kernels are compiled, and where compiled code is kept.

``kernel`` marks a scalar function; ``batch_entry`` makes the one cached entry of a process. Inner kernels
are compiled into the entry, so only entries are cached. numba's cache does not notice that a *called*
function in another file has changed: therefore each process caches into a folder whose name is a hash of
everything that its compiled code depends on (:func:`cache_key`).
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import sys
import tempfile
import threading
import types
import uuid
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

with warnings.catch_warnings(
    record=True
) as _numba_says:  # of a variable that it cannot read, with a traceback
    warnings.simplefilter("always")
    import numba
from llvmlite import binding
from numba.core import config
from numba.core.serialize import dumps

from plantsim import _sealed, _whole
from plantsim._apart import WAY, compile_apart
from plantsim._trust import folder_doubt, make_private

numba_config: Any = config  # its settings are made at run time, so no checker knows them
if "NUMBA_OPT" not in os.environ:
    # LLVM's level 2 compiles plant code a fifth faster than level 3 and runs it as fast (benchmarks/bench_steam.py)
    numba_config.OPT = type(numba_config.OPT)(2)

# Only in a Python that compiles and ends (_apart.py): beside kernels that Python called by themselves, a later entry
# could not be linked
WHOLE = os.environ.get(WAY) == "1" and _whole.possible()
if WHOLE:
    from plantsim import _lean  # reads much of numba that loaded code does not need

    _whole.install()
    _lean.install()

PACKAGE = Path(__file__).resolve().parent
NOWHERE = Path("no home folder")  # shown to the user; never made
CACHE_SCHEME = 2  # raise when the meaning of the cache key changes

warnings_for_user: list[tuple[str, dict[str, str]]] = []
"""Messages (code, fields) about the cache that the CLI prints: this module has no user to talk to."""
for _warning in _numba_says:
    _named = re.match(r"Environment variable '(\w+)'", str(_warning.message))
    if _named:
        _given = os.environ.get(_named[1], "")
        warnings_for_user.append(("environment_unread", {"name": _named[1], "given": _given}))


def kernel(function: Callable[..., Any] | None = None, *, inline: bool = False) -> Any:
    """Mark a scalar function as a kernel: compiled without the GIL, without exceptions, without fast maths.

    inline: compile into every caller. Only for small property functions inside array kernels: it makes
    plant code compile three times slower.
    """
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True, "fastmath": False}
    if inline:
        options["inline"] = "always"
    decorate = numba.njit(**options)
    if jit_disabled() or not WHOLE:
        return decorate if function is None else decorate(function)

    def make(f: Callable[..., Any]) -> Any:
        _whole.kernels.append(decorate(f))
        return _whole.kernels[-1]

    return make if function is None else make(function)


def jit_disabled() -> bool:
    """Return whether NUMBA_DISABLE_JIT is in force: kernels then run as plain Python."""
    return bool(numba_config.DISABLE_JIT)


def user_cache_folder() -> Path:
    """Return the user's cache folder for compiled code; NUMBA_CACHE_DIR, when set, has precedence.

    NOWHERE when neither a folder is named nor a home folder is known.
    """
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        if base:
            return Path(base) / "plantsim" / "cache"
    elif os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "plantsim"
    try:
        home = Path.home()
    except RuntimeError:  # no home folder is known; no shared folder either: others could put code there
        return NOWHERE
    return (
        home / "Library" / "Caches" / "plantsim" if sys.platform == "darwin" else home / ".cache" / "plantsim"
    )


@cache
def _tools() -> bytes:
    """Return what tells this installation and this processor from others, as a part of the cache's key.

    numba's cache asks for the processor and, of the file that the template of entries stands in, for place and time:
    code of another installation is no use to it. With all that in the key, a folder that holds code holds this one's.
    """
    template = os.stat(__file__)
    features = numba_config.CPU_FEATURES
    parts = (
        f"scheme {CACHE_SCHEME}",
        sys.version,
        numba.__version__,
        np.__version__,
        sys.platform,
        numba_config.OPT,
        numba_config.CPU_NAME or binding.get_host_cpu_name(),
        binding.get_host_cpu_features().flatten() if features is None else features,
        PACKAGE,
        template.st_mtime,
        template.st_size,
    )
    return b"".join(str(part).encode() + b"\0" for part in parts)


def cache_key(sources: Iterable[Path]) -> str:
    """Return the hash of all that compiled code depends on: ``sources``, tools, processor and installation.

    sources: files and folders (all .py and .csv files below them), hashed by content and by name.
    """
    digest = hashlib.sha256(_tools())
    for source in sources:
        files = (
            sorted(p for p in source.rglob("*") if p.suffix in {".py", ".csv"})
            if source.is_dir()
            else [source]
        )
        for file in files:
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:24]


def process_sources(folder: Path, data: Iterable[Path] = ()) -> list[Path]:
    """Return what a process's compiled code depends on: kernels, vocabulary, its own folder, its data."""
    return [
        Path(__file__).resolve(),
        PACKAGE / "_whole.py",
        PACKAGE / "_lean.py",
        PACKAGE / "_apart.py",
        PACKAGE / "_sealed.py",
        PACKAGE / "kernels",
        PACKAGE / "vocabulary",
        folder,
        *data,
    ]


def prove_writable(folder: Path) -> bool:
    """Return whether files can be made in ``folder`` (made if missing), by making one."""
    try:
        make_private(folder)
        probe = folder / f".probe-{uuid.uuid4().hex}"
        probe.write_bytes(b"plantsim")
        probe.unlink()
    except OSError:
        return False
    return True


def cache_folder(key: str) -> Path:
    """Return a folder for compiled code with this key; a private, temporary one, with a warning, if need be.

    That is where the user's folder cannot be written, or where others could have put code (_trust.py).
    numba's own way out of an unwritable cache is the package's folder, whose entries are not keyed on the
    sources and so may be stale: it is never left to choose.
    """
    wanted = user_cache_folder() / key
    why, place = "cache_unwritable", wanted
    if wanted.parent != NOWHERE and prove_writable(wanted):
        why, place = folder_doubt(wanted)
        if not why:
            return wanted
    own = Path(tempfile.mkdtemp(prefix="plantsim-cache-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    fallback = own / key
    make_private(fallback)
    warnings_for_user.append((why, {"folder": str(place), "fallback": str(fallback)}))
    return fallback


def is_compiled(folder: Path) -> bool:
    """Return whether the entry of the process in ``folder`` stands in the cache as its sources are now, and whole."""
    kept = user_cache_folder() / cache_key(process_sources(folder))
    return kept.is_dir() and not folder_doubt(kept)[0] and _sealed.any_sound(kept)


def _keep_sealed(entry: Any, process: str, folder: Path) -> None:
    """Let the dispatcher ``entry`` keep its code in ``folder`` under a seal; nowhere, where numba's cache differs."""
    kept: Any = entry._cache
    if not hasattr(kept, "_cache_file"):
        kept.disable()
        return

    def unkept(reason: str) -> None:
        warnings_for_user.append(("cache_unkept", {"folder": str(folder), "reason": reason}))

    kept._cache_file = _sealed.Kept(folder, process, dumps, unkept)


def _compile_apart_first(entry: Any, process: str, kept: Path) -> None:
    """Make the dispatcher ``entry``, when it is first called, find in its cache what another Python compiled.

    Its new method ``compile_apart`` does that sooner: while it waits, another thread's compiler can work too.
    """
    compile_or_load, lock = entry._compile_for_args, threading.Lock()

    def apart() -> None:
        with lock:  # threads that solve the first chunks wait here, for one compiler
            if entry._compile_for_args is compile_for_call:
                if not _sealed.any_sound(kept):
                    compile_apart(process, kept.parent)
                entry._compile_for_args = compile_or_load

    def compile_for_call(*args: Any, **kwargs: Any) -> Any:
        apart()
        return compile_or_load(*args, **kwargs)

    entry._compile_for_args, entry.compile_apart = compile_for_call, apart


def _load_without_compiler(entry: Any) -> None:
    """Make the dispatcher ``entry`` load cached code without all that numba knows of compiling.

    numba first reads some hundred modules of its own, of scipy and of numpy, which loaded code does not use: a third
    of the start of a run. What it does use is made here; a compilation still reads them. Only where it was tried.
    """
    kept: Any = entry._cache
    names = ("load_overload", "_load_overload", "_guard_against_spurious_io_errors")
    if sys.platform != "linux" or not all(hasattr(kept, name) for name in names):
        return

    def load_overload(signature: Any, target: Any) -> Any:
        from numba.core.runtime import rtsys

        rtsys.initialize(target)
        with kept._guard_against_spurious_io_errors():
            return kept._load_overload(signature, target)

    kept.load_overload = load_overload


def _rows(x, d, o, first_bin, y, start, stop):
    """Template of every entry: calibrate and design each plant once, then solve its points in order."""
    for i in range(start, stop):
        status = 0
        if x[i].is_calibrated == 0:
            status = calibrate(x[i])  # type: ignore[name-defined]  # noqa: F821
            if status == 0:
                x[i].is_calibrated = 1
        if status == 0:
            status = design(x[i], d[i])  # type: ignore[name-defined]  # noqa: F821
        for j in range(first_bin[i], first_bin[i + 1]):
            y[j].status = status
            if status == 0:
                y[j].status = solve(x[i], d[i], o[j], y[j])  # type: ignore[name-defined]  # noqa: F821


def batch_entry(
    process: str, folder: Path, calibrate: Any, design: Any, solve: Any, data: Iterable[Path] = ()
) -> Callable[..., None]:
    """Return the cached entry of a process: ``entry(x, d, o, first_bin, y, start, stop)``.

    x, d: records of the plants, shape (plants,); o, y: records of the operating points, shape (points,).
    first_bin: int64, shape (plants + 1,): the points of plant i are first_bin[i] .. first_bin[i + 1] - 1.
    Rows start .. stop - 1 are solved. ``y.status`` is written for each of their points; a row of x whose
    ``is_calibrated`` is 0 is calibrated first, which writes its calibrated fields.

    process: its name, which keeps entries apart in the cache; folder: its sources; data: files that its
    kernels read at import. The three kernels are put in the place of the names that the template uses, so
    that every process shares this loop without passing functions at run time (which would compile anew in
    every run).
    """
    names = {
        "calibrate": calibrate,
        "design": design,
        "solve": solve,
        "range": range,
        "__builtins__": __builtins__,
        "__name__": __name__,
    }
    entry = types.FunctionType(_rows.__code__, names, f"{process}_rows")
    entry.__qualname__ = f"{process}_rows"
    entry.__module__ = __name__
    if jit_disabled():
        return entry
    folder_for_code = cache_folder(cache_key(process_sources(folder, data)))
    settings = {"CACHE_DIR": str(folder_for_code), "CACHE_LOCATOR_CLASSES": ""}
    before = {name: getattr(numba_config, name, "") for name in settings}
    vars(numba_config).update(settings)  # numba reads them once, while the function is decorated
    try:
        compiled = numba.njit(error_model="numpy", nogil=True, fastmath=False, cache=True)(entry)
    finally:
        vars(numba_config).update(before)
    _keep_sealed(compiled, process, folder_for_code)
    _load_without_compiler(compiled)
    if WHOLE:
        _whole.compile_whole(compiled)
    elif os.environ.get(WAY, "") == "":
        _compile_apart_first(compiled, process, folder_for_code)
    return compiled


def versions() -> dict[str, str]:
    """Return the versions and the CPU target that decide the bits of a result."""
    return {
        "python": sys.version.split()[0],
        "numba": numba.__version__,
        "numpy": np.__version__,
        "llvm": ".".join(map(str, binding.llvm_version_info)),
        "llvm_level": str(int(numba_config.OPT)),
        "cpu": str(numba_config.CPU_NAME or binding.get_host_cpu_name()),
        "platform": sys.platform,
    }
