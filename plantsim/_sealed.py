"""How compiled code is kept: each entry in a file of its own, whose seal is verified before a byte of it is unpickled.

numba keeps an index and code beside it and unpickles both as they stand: a damaged file ends every later run, a changed
bit can crash it or change its numbers, and a planted one runs. Here the seal covers the code, the name of its file
(which the signature gives) and the folder (which is the hash of all that the code depends on), so that neither damage
nor a file of another place passes. What does not pass counts as not kept: the entry compiles anew and replaces it.
The seal is no signature: against others who could write one, only the owners of files and folders help (_trust.py).
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plantsim._trust import read_trusted, write_private

HEAD = b"plantsim compiled code 1\n"
SUFFIX = ".nbc"


def _seal(path: Path, code: bytes) -> bytes:
    digest = hashlib.sha256(HEAD)
    for part in (path.parent.name.encode(), path.name.encode(), code):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest().encode()


def _code(path: Path) -> bytes | None:
    """Return the code of a file whose seal holds, else None."""
    content = read_trusted(path)
    if content is None or not content.startswith(HEAD):
        return None
    seal, _, code = content[len(HEAD) :].partition(b"\n")
    return code if seal == _seal(path, code) else None


def any_sound(folder: Path) -> bool:
    """Return whether a folder keeps code whose seal holds."""
    try:
        return any(_code(path) is not None for path in sorted(folder.glob(f"*{SUFFIX}")))
    except OSError:
        return False


class Kept:
    """What numba's cache of a function asks of its files: ``load``, ``save``, ``flush``; ``key`` is a signature.

    unkept(reason) is called where code could not be written: the run goes on with what it has compiled.
    """

    def __init__(
        self, folder: Path, name: str, dumps: Callable[[Any], bytes], unkept: Callable[[str], None]
    ) -> None:
        self._folder, self._name, self._dumps, self._unkept = folder, name, dumps, unkept

    def _path(self, key: Any) -> Path:
        signature = hashlib.sha256(repr(key).encode()).hexdigest()[:24]
        return self._folder / f"{self._name}-{signature}{SUFFIX}"

    def load(self, key: Any) -> Any:
        """Return what was kept under ``key``; None when there is nothing, or nothing that can be relied on."""
        code = _code(self._path(key))
        return None if code is None else pickle.loads(code)

    def save(self, key: Any, data: Any) -> None:
        """Keep ``data`` under ``key``."""
        path, code = self._path(key), self._dumps(data)
        try:
            write_private(path, HEAD + _seal(path, code) + b"\n" + code)
        except OSError as error:
            self._unkept(error.strerror or str(error))

    def flush(self) -> None:
        """Forget what was kept of the function. Raises OSError."""
        for path in self._folder.glob(f"{self._name}-*{SUFFIX}"):
            path.unlink(missing_ok=True)
