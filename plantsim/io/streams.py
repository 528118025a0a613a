"""A folder of parts that one run writes, can be killed in, and resumes: a lock, a journal, a manifest of its parts.

While a run works, ``parts.jsonl`` says by what it is made and lists each part with the hash of its bytes, one line as
each is in its place; when it is done, ``manifest.json`` holds the same and the journal goes. A part counts as made only
when it is listed by the same run and its bytes are those of the list: parts of other code, of another case or plant,
flipped or torn ones are made anew, and those that a longer run left behind go. What no run wrote is not touched.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plantsim.io.results import part_metadata, sync_folder, unwritable, write_bytes
from plantsim.vocabulary.problems import bad_input

MANIFEST, JOURNAL, LOCK = "manifest.json", "parts.jsonl", ".plantsim.lock"
KIND = "plantsim scenarios 1"
PART = re.compile(r"part-(\d{6,})\.parquet")
UNFINISHED = re.compile(r"\.(part-\d{6,}\.parquet|manifest\.json|parts\.jsonl)\.\d+-[0-9a-f]+\.part")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder (made if missing) for this run alone. Raises BadInput stream_locked, which names who holds it.

    The lock ends with its owner, however that ends.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        if not _take(handle) or not _still_there(handle, path):
            owner = os.read(handle, 400).decode("utf-8", "replace").strip()
            raise bad_input("stream_locked", file=str(folder), owner=owner or "?")
        try:
            with contextlib.suppress(OSError):  # the lock holds without the name of its owner
                os.truncate(handle, 0)
                os.write(handle, _owner().encode())
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()
    finally:
        os.close(handle)


def _still_there(handle: int, path: Path) -> bool:
    """Return whether a lock is on the file that others find: its former owner may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def _take(handle: int) -> bool:
    """Return whether a lock on a file could be had at once."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, 1000, os.SEEK_SET)  # behind the owner's name, which others read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _owner() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    return f"{user}, process {os.getpid()} on {platform.node()}\n"


class Parts:
    """The parts of one run in a folder that it holds (:func:`locked`).

    made_from: what decides the bytes of every part; a folder of another one is begun anew.
    """

    def __init__(self, folder: Path, made_from: Mapping[str, Any]) -> None:
        self.folder, self._made_from = folder, dict(made_from)
        self._run = digest_of(self._made_from)
        listed = _entries(folder)
        self._refuse_foreign({e["part"] for e in listed})
        self._before = {e["part"]: e for e in listed if e["run"] == self._run}
        self._now: list[dict[str, Any]] = []
        for path in folder.iterdir():
            if UNFINISHED.fullmatch(path.name):
                path.unlink(missing_ok=True)
        # from here on the journal alone says what there is: a manifest lists a whole run
        lines = [{"run": self._run, **e} for e in self._before.values()]
        write_bytes(folder / JOURNAL, b"".join(map(_line, [{"kind": KIND}, *lines])))
        (folder / MANIFEST).unlink(missing_ok=True)

    def _refuse_foreign(self, listed: set[str]) -> None:
        for path in sorted(self.folder.glob("part-*.parquet")):
            if PART.fullmatch(path.name) and path.name not in listed and part_metadata(path) is None:
                raise bad_input("stream_foreign", file=str(self.folder), name=path.name)

    def path(self, number: int) -> Path:
        """Return where a part stands."""
        return self.folder / f"part-{number:06d}.parquet"

    def kept(self, number: int, chunk: str) -> dict[str, Any] | None:
        """Return what is listed of a part that this run made from the same chunk (its hash), if it is whole."""
        path = self.path(number)
        entry = self._before.get(path.name)
        if entry is None or entry["chunk_sha256"] != chunk or file_sha256(path) != entry["sha256"]:
            return None
        self._now.append(entry)
        return entry

    def add(self, number: int, chunk: str, **counts: int) -> None:
        """List a part that stands in its place now."""
        path = self.path(number)
        entry = {
            "run": self._run,
            "part": path.name,
            "chunk_sha256": chunk,
            **counts,
            "sha256": file_sha256(path),
        }
        try:
            with open(self.folder / JOURNAL, "ab") as journal:
                journal.write(_line(entry))
                journal.flush()
                os.fsync(journal.fileno())
        except OSError as error:
            raise unwritable(self.folder / JOURNAL, error) from error
        self._now.append(entry)

    def finish(self) -> None:
        """Remove what a longer run left behind, and list the whole run in the manifest."""
        own = {e["part"] for e in self._now}
        for path in self.folder.glob("part-*.parquet"):
            if PART.fullmatch(path.name) and path.name not in own:
                path.unlink()
        parts = [{k: v for k, v in e.items() if k != "run"} for e in self._now]
        body = {"kind": KIND, "run": self._run, "made_from": self._made_from, "parts": parts}
        text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_bytes(self.folder / MANIFEST, text.encode("utf-8"))
        (self.folder / JOURNAL).unlink(missing_ok=True)
        sync_folder(self.folder)


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what can be written as JSON, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, "" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _line(entry: Mapping[str, Any]) -> bytes:
    return (json.dumps(entry, sort_keys=True) + "\n").encode("utf-8")


def _entries(folder: Path) -> list[dict[str, Any]]:
    """Return the parts that the folder's manifest or journal lists; a torn last line lists nothing."""
    found: list[dict[str, Any]] = []
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        body = json.loads((folder / MANIFEST).read_bytes())
        if body.get("kind") == KIND:
            found += [{"run": body.get("run"), **e} for e in body["parts"]]
    with contextlib.suppress(OSError):
        for line in (folder / JOURNAL).read_bytes().splitlines():
            with contextlib.suppress(ValueError, TypeError):
                found.append({**json.loads(line)})
    keys = {"run", "part", "chunk_sha256", "sha256", "rows", "failed"}
    return [e for e in found if keys <= set(e)]
