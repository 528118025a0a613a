"""What stands in a cache of compiled code is run as it is: whose files and folders may be read, and how ours are made.

A file or folder is trusted when it belongs to this user or to root and nobody else may write to it, and so is every
folder above it. A folder in which only the owner of a file may rename or remove it (such as /tmp) is safe to pass.
Where a system knows no such owners (Windows) the folder of the user's own profile is taken as it is.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

FOREIGN, OPEN = "cache_foreign", "cache_open"
"""Message codes: owned by another user; writable by others."""


def _mine() -> tuple[int, ...] | None:
    """Return the owners that are trusted; None where files have no such owners."""
    return (os.geteuid(), 0) if hasattr(os, "geteuid") else None


def _own_group(group: int) -> bool:
    """Return whether a group is this user's alone, as systems make one for each user."""
    import grp
    import pwd

    try:
        me = pwd.getpwuid(os.geteuid())
        others = set(grp.getgrgid(group).gr_mem) - {me.pw_name}
    except KeyError:
        return False
    return not others and [p.pw_uid for p in pwd.getpwall() if p.pw_gid == group] == [me.pw_uid]


def doubt(state: os.stat_result) -> str:
    """Return why a file or folder is not trusted (a message code), "" when it is."""
    owners = _mine()
    if owners is None:
        return ""
    if state.st_uid not in owners:
        return FOREIGN
    passable = stat.S_ISLNK(state.st_mode) or (stat.S_ISDIR(state.st_mode) and state.st_mode & stat.S_ISVTX)
    if passable or not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return ""
    if state.st_mode & stat.S_IWOTH or not _own_group(state.st_gid):
        return OPEN
    return ""


def folder_doubt(folder: Path) -> tuple[str, Path]:
    """Return (why a folder is not trusted, which one of it and those above); ("", folder) when it is.

    Links on the way count twice: as they are named and where they lead.
    """
    named, real = Path(os.path.abspath(folder)), folder.resolve()
    for place in dict.fromkeys([named, *named.parents, real, *real.parents]):
        try:
            why = doubt(os.lstat(place))
        except OSError:
            why = FOREIGN
        if why:
            return why, place
    return ("", folder) if not _is_passed_only(real) else (OPEN, real)


def _is_passed_only(folder: Path) -> bool:
    """Return whether a folder may be passed on the way but keeps nothing safe itself: others may put files there."""
    state = os.stat(folder)
    return bool(_mine()) and bool(
        state.st_mode & stat.S_ISVTX and state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone. Raises OSError."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def read_trusted(path: Path) -> bytes | None:
    """Return a file's bytes; None when there is none, or no plain one of ours: a link, another's, open to others."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        opened = os.open(path, flags)
    except OSError:
        return None
    with open(opened, "rb") as file:
        state = os.fstat(opened)
        if not stat.S_ISREG(state.st_mode) or doubt(state):
            return None
        try:
            return file.read()
        except OSError:
            return None


def write_private(path: Path, content: bytes) -> None:
    """Write a file for this user alone, whole or not at all. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(part, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
