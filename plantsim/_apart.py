"""Another Python that compiles processes as a whole, one after another: what they share it compiles once.

Its memory, half a gigabyte, ends with it, and so does what it changed inside numba. It ends when its parent does,
however that ends: the pipe from it closes, and a thread that waits for that ends the rest, whatever it compiles.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WAY = "PLANTSIM_COMPILE_WHOLE"
"""Variable of the environment. 1: such a Python; 0: none is started, and each compiles in numba's own way."""

DONE = "done"

# It sees the modules that this Python sees. A process that fails ends it: what it left behind may not be whole.
# What passes between the two is ASCII, whatever the locale is
CODE = f"""
import json, os, queue, sys, threading
sys.path[:] = {{path!a}}
out, sys.stdout = sys.stdout, sys.stderr
asked = queue.SimpleQueue()
def listen():
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)
threading.Thread(target=listen, daemon=True).start()
from plantsim.api import warm
while True:
    process, os.environ["NUMBA_CACHE_DIR"] = json.loads(asked.get())
    warm(process)
    print({DONE!r}, file=out, flush=True)
"""


class Compiler:
    """The other Python, and the pipes to and from it."""

    def __init__(self) -> None:
        self._python = subprocess.Popen(
            [sys.executable, "-c", CODE.format(path=sys.path)],
            env={**os.environ, WAY: "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def compile(self, process: str, cache: Path) -> bool:
        """Compile a process into ``cache``; return whether it was done."""
        to, back = self._python.stdin, self._python.stdout
        assert to is not None
        assert back is not None
        with suppress(OSError):  # it has ended
            to.write(json.dumps([process, str(cache)]) + "\n")
            to.flush()
        return back.readline().strip() == DONE

    def close(self) -> None:
        """End it."""
        with suppress(OSError, ValueError):  # its pipes may be closed already
            self._python.communicate()

    def kill(self) -> None:
        """End it at once: who waits for it learns that nothing was done."""
        self._python.kill()


_free: list[Compiler] = []
_busy: set[Compiler] = set()
_lock = threading.Lock()
_staying = 0  # blocks that keep compilers for their next process


@contextmanager
def compilers_stay() -> Iterator[None]:
    """Let the compilers that this block needs stay for its next process."""
    global _staying
    with _lock:
        _staying += 1
    try:
        yield
    finally:
        with _lock:
            _staying -= 1
            ended = [] if _staying else _free[:]
            _free[:] = _free[len(ended) :]
        for compiler in ended:
            compiler.close()


def compile_apart(process: str, cache: Path) -> None:
    """Let another Python compile a process into ``cache``, and wait for it; no loss when it fails."""
    if not sys.executable or getattr(sys, "frozen", False):  # no Python to start
        return
    with _lock:
        compiler = _free.pop() if _free else None
    try:
        compiler = compiler or Compiler()
    except OSError:
        return
    done = False
    _busy.add(compiler)
    try:
        done = compiler.compile(process, cache)
    finally:
        with _lock:
            _busy.discard(compiler)
            stays = done and _staying > 0
            if stays:
                _free.append(compiler)
        if not stays:
            compiler.close()


def stop_compilers() -> None:
    """End the compilers that work now: who asked for them does not want to wait any more."""
    for compiler in list(_busy):
        compiler.kill()
