"""Standard output and error as a verb sees them: nothing from a file steers the terminal, and a loss is said."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from plantsim.vocabulary.visible import visible


class OutputLost(Exception):
    """Standard output took no more: the disk is full, or the device is gone. Carries the system's reason."""


class Stream:
    """A text stream that shows control characters; ``plain`` is the same without that, for the table's own bold."""

    def __init__(self, raw: Any, lossy: bool, shows: bool = True) -> None:
        self._raw, self._lossy, self._shows = raw, lossy, shows

    @property
    def plain(self) -> Stream:
        """The stream for text whose parts were made visible before it was styled."""
        return Stream(self._raw, self._lossy, shows=False)

    def write(self, text: str) -> int:
        """Write a text."""
        return int(self._guarded(self._raw.write, visible(text) if self._shows else text) or 0)

    def flush(self) -> None:
        """Have the stream's text written."""
        self._guarded(self._raw.flush)

    def _guarded(self, of: Any, *given: str) -> Any:
        try:
            return of(*given)
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:  # ValueError: the stream is closed
            if self._lossy:
                return None
            raise OutputLost(getattr(error, "strerror", None) or str(error)) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


def guard() -> bool:
    """Put both streams behind a :class:`Stream`; return whether there is a standard output at all."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    there = sys.stdout is not None
    if not there:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout = Stream(sys.stdout, lossy=False)
    sys.stderr = Stream(sys.stderr, lossy=True)
    return there


def release() -> None:
    """Take both streams from behind their :class:`Stream`."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, Stream):
            setattr(sys, name, stream._raw)


def drop_output() -> None:
    """Let what is still to be written to standard output go nowhere: Python writes it when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
