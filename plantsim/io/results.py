"""Results to files: parquet, CSV, JSON by the file's suffix. Same results, same bytes.

A file appears under its name only when it is complete and on the disk: it is written beside it under a name that no
other writer has, and then renamed.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from plantsim.vocabulary.problems import BadInput, bad_input

SUFFIXES = (".parquet", ".csv", ".json")
MANIFEST_KEY = b"plantsim"
"""Key of a parquet file's own metadata under which the manifest stands as JSON."""

Columns = Mapping[str, Sequence[Any]]


def check_suffix(path: str | Path) -> None:
    """Raise BadInput (suffix_unknown) unless a results file of this name can be written; "" is fine."""
    if str(path) and Path(path).suffix.casefold() not in SUFFIXES:
        raise bad_input("suffix_unknown", file=str(path), known=", ".join(SUFFIXES))


def write_records(
    path: Path, columns: Sequence[str], records: Sequence[Mapping[str, Any]], metadata: Mapping[str, Any]
) -> None:
    """Write flat records in the order of ``columns``; what a record lacks stays empty. Raises BadInput."""
    write_columns(path, {name: [record.get(name) for record in records] for name in columns}, metadata)


def write_columns(path: Path, columns: Columns, metadata: Mapping[str, Any]) -> None:
    """Write columns of equal length as the suffix says. Raises BadInput: suffix_unknown, file_unwritable."""
    check_suffix(path)
    writers = {".parquet": write_parquet, ".csv": write_csv, ".json": write_json}
    writers[path.suffix.casefold()](path, columns, metadata)


def write_parquet(path: Path, columns: Columns, metadata: Mapping[str, Any]) -> None:
    """Write a parquet file; the manifest stands in its metadata. Raises BadInput file_unwritable."""
    types = {name: _type_of(values) for name, values in columns.items()}
    with ParquetWriter(path, types, metadata) as writer:
        writer.write(columns)


def part_metadata(path: Path) -> dict[str, Any] | None:
    """Return the manifest of a parquet file that write_parquet made; None when there is none, or it is not whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        raw = pq.read_schema(path).metadata or {}
        return json.loads(raw[MANIFEST_KEY])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return None


def write_csv(path: Path, columns: Columns, metadata: Mapping[str, Any]) -> None:
    """Write UTF-8 with a byte-order mark (Excel needs it for Chinese) and <name>.manifest.json beside it.

    Missing numbers are empty. Raises BadInput file_unwritable.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    write_bytes(path, b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))
    write_bytes(path.with_name(path.name + ".manifest.json"), _json_bytes(metadata))


def write_json(path: Path, columns: Columns, metadata: Mapping[str, Any]) -> None:
    """Write {"manifest": ..., "results": [records]}, missing numbers null. Raises BadInput."""
    rows = [
        {name: _finite(value) for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
    write_bytes(path, _json_bytes({"manifest": dict(metadata), "results": rows}))


class ParquetWriter:
    """Writes a parquet file chunk by chunk, so that memory stays bounded; use it in a ``with`` statement.

    types: column -> "float", "int", "text", "bool", or a list of one of them ("floats"), in order.
    Leaving the block completes the file; an
    exception inside leaves nothing behind. Raises BadInput file_unwritable.
    """

    def __init__(self, path: Path, types: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        import pyarrow as pa

        kinds = {"float": pa.float64(), "int": pa.int64(), "text": pa.string(), "bool": pa.bool_()}
        kinds |= {f"{name}s": pa.list_(kind) for name, kind in kinds.items()}
        manifest = json.dumps(metadata, ensure_ascii=False, sort_keys=True).encode("utf-8")
        fields = [pa.field(name, kinds[kind]) for name, kind in types.items()]
        self._schema = pa.schema(fields, metadata={MANIFEST_KEY: manifest})
        self._path = Path(path)
        self._part = _part_of(self._path)
        self._writer: Any = None

    def __enter__(self) -> ParquetWriter:
        import pyarrow.parquet as pq

        try:
            self._writer = pq.ParquetWriter(self._part, self._schema, compression="zstd", version="2.6")
        except OSError as error:
            raise unwritable(self._path, error) from error
        return self

    def write(self, columns: Columns) -> None:
        """Append a chunk: lists or arrays of equal length, one for each column."""
        import pyarrow as pa

        arrays = [pa.array(_plain(columns[field.name]), type=field.type) for field in self._schema]
        try:
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        except OSError as error:
            raise unwritable(self._path, error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._writer.close()
            if kind is None:
                _put_in_place(self._part, self._path)
        except OSError as problem:
            raise unwritable(self._path, problem) from problem
        finally:
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)


def _plain(values: Sequence[Any]) -> Any:
    """Return what pyarrow takes as it is: arrays untouched, lists with NaN kept apart from None."""
    return values if hasattr(values, "dtype") else list(values)


def _type_of(values: Sequence[Any]) -> str:
    kinds = {type(v) for v in values if v is not None}
    if kinds == {list}:
        return _type_of([item for row in values for item in row]) + "s"
    if kinds <= {bool} and kinds:
        return "bool"
    if kinds <= {int} and kinds:
        return "int"
    return "text" if str in kinds else "float"


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cell(value: Any) -> str:
    value = _finite(value)
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _json_bytes(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}.part")


def unwritable(path: Path, error: OSError) -> BadInput:
    """Return why a file could not be written, as its user reads it."""
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        return bad_input("folder_missing", file=str(path), folder=str(path.parent))
    return bad_input("file_unwritable", file=str(path), reason=error.strerror or str(error))


def _put_in_place(part: Path, path: Path) -> None:
    """Give a complete file its name, its bytes on the disk before: what has the name is whole after a power cut too."""
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(part, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk, where a system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all. Raises BadInput: folder_missing, file_unwritable."""
    part = _part_of(path)
    try:
        part.write_bytes(content)
        _put_in_place(part, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
