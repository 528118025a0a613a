"""Reads a text file from whatever editor somebody had: size, kind and encoding, each with a message."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from plantsim.vocabulary.problems import Problems

MAX_BYTES = 20_000_000
"""A plant file has a few kilobytes; more than this is a mistake and isn't read at all."""

# longest first: the mark of UTF-32 LE begins with that of UTF-16 LE
_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TEXT_CONTROLS = {"\t", "\n", "\r"}


@dataclass(frozen=True)
class TextFile:
    """A file as read: path as shown to the user, its text without byte-order mark, SHA-256 of its bytes."""

    shown: str
    text: str
    sha256: str


def show_path(path: Path | str) -> str:
    """Return a path as messages show it: relative to the current folder when below it, forward slashes."""
    absolute = os.path.abspath(path)
    here = os.getcwd()
    try:
        below = os.path.commonpath([absolute, here]) == here
    except ValueError:  # another drive
        below = False
    shown = os.path.relpath(absolute, here) if below else absolute
    # a name that isn't valid text on this system must not break the message that names it
    return os.fsencode(shown).decode("utf-8", "replace").replace(os.sep, "/")


def read_file(path: Path, problems: Problems) -> TextFile | None:
    """Return the text of a file, or None after noting why it can't be used."""
    shown = show_path(path)
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            problems.error("file_is_folder", file=shown)
            return None
        if not stat.S_ISREG(state.st_mode):
            problems.error("file_not_regular", file=shown)
            return None
        if state.st_size > MAX_BYTES:
            problems.error(
                "file_too_large",
                file=shown,
                size=f"{state.st_size / 1e6:.0f}",
                allowed=f"{MAX_BYTES / 1e6:.0f}",
            )
            return None
        data = path.read_bytes()
    except FileNotFoundError:
        problems.error("file_missing", file=shown)
        return None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        problems.error("file_unreadable", file=shown, reason=getattr(error, "strerror", None) or str(error))
        return None
    text = _decode(data, shown, problems)
    if text is None:
        return None
    if not text.strip():
        problems.error("file_empty", file=shown)
        return None
    return TextFile(shown, text, hashlib.sha256(data).hexdigest())


def _decode(data: bytes, shown: str, problems: Problems) -> str | None:
    """Return the text; UTF-16 (with its mark) and GB18030 are accepted with a warning naming them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data[len(mark) :], shown, problems)
    if b"\0" in data:
        problems.error("file_binary", file=shown)
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as("gb18030", data, shown, problems)


def _decode_as(encoding: str, data: bytes, shown: str, problems: Problems) -> str | None:
    try:
        text = data.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        text = ""
    if (data and not text) or any(c < " " and c not in _TEXT_CONTROLS for c in text):
        problems.error("file_binary", file=shown)
        return None
    if encoding != "utf-8":
        problems.warning(
            "file_encoding", file=shown, encoding=encoding.removesuffix("-le").removesuffix("-be").upper()
        )
    return text
