"""What differs between two folders of outputs: in words and numbers where a file can be read, else that it does."""

from __future__ import annotations

import csv
import difflib
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?")
NOTHING = "(nothing)"


@dataclass(frozen=True)
class Difference:
    """One place where two outputs differ; size: of the difference relative to the larger number, NaN for words."""

    where: str
    was: str
    now: str
    size: float = math.nan

    def __str__(self) -> str:
        size = "" if math.isnan(self.size) else f"  ({self.size:.1e})"
        return f"{self.where}: {_short(self.was)} -> {_short(self.now)}{size}"


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most] + " ..."


def relative(was: float, now: float) -> float:
    """Return how far two numbers are apart, relative to the larger."""
    larger = max(abs(was), abs(now))
    return abs(now - was) / larger if larger and math.isfinite(larger) else math.inf


def compare_folders(was: Path, now: Path) -> dict[str, list[Difference]]:
    """Return the differences by output, its path below the folders; only outputs that differ."""
    names = sorted({p.relative_to(f).as_posix() for f in (was, now) for p in f.rglob("*") if p.is_file()})
    found = {name: list(compare_files(was / name, now / name)) for name in names}
    return {name: differences for name, differences in found.items() if differences}


def compare_files(was: Path, now: Path) -> Iterator[Difference]:
    """Yield where two outputs differ; nothing where their bytes are equal."""
    if not was.exists() or not now.exists():
        states = ["is written" if f.exists() else "is not written" for f in (was, now)]
        yield Difference("file", *states)
        return
    before, after = was.read_bytes(), now.read_bytes()
    if before == after:
        return
    readers = {".json": _json, ".csv": _csv, ".parquet": _parquet, ".txt": _lines, ".html": _lines}
    reader = readers.get(was.suffix)
    found = list(reader(was, now)) if reader else []
    yield from found or [Difference("bytes", f"{len(before)} bytes", f"{len(after)} other bytes")]


# ---------------------------------------------------------------- values


def compare_values(was: Any, now: Any, where: str = "") -> Iterator[Difference]:
    """Yield where two values as JSON has them differ, the order of their keys too."""
    if isinstance(was, dict) and isinstance(now, dict):
        yield from _keys(list(was), list(now), where)
        for key in was:
            if key in now:
                yield from compare_values(was[key], now[key], f"{where}.{key}" if where else key)
    elif isinstance(was, list) and isinstance(now, list):
        if len(was) != len(now):
            yield Difference(where, f"{len(was)} entries", f"{len(now)} entries")
        for i, (a, b) in enumerate(zip(was, now, strict=False)):
            yield from compare_values(a, b, f"{where}[{i}]")
    elif was != now or type(was) is not type(now):
        numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (was, now))
        size = relative(was, now) if numbers else math.nan
        if not (numbers and math.isnan(was) and math.isnan(now)):
            yield Difference(where, repr(was), repr(now), size)


def _keys(was: list[str], now: list[str], where: str) -> Iterator[Difference]:
    for key in [k for k in was if k not in now]:
        yield Difference(f"{where} {key}".strip(), "there", "gone")
    for key in [k for k in now if k not in was]:
        yield Difference(f"{where} {key}".strip(), "not there", "new")
    common, order = [k for k in was if k in now], [k for k in now if k in was]
    if common != order:
        first = next(i for i, (a, b) in enumerate(zip(common, order, strict=True)) if a != b)
        yield Difference(f"order {where}".strip(), ", ".join(common[first:]), ", ".join(order[first:]))


def _json(was: Path, now: Path) -> Iterator[Difference]:
    yield from compare_values(*(json.loads(f.read_text(encoding="utf-8")) for f in (was, now)))


def _csv(was: Path, now: Path) -> Iterator[Difference]:
    tables = [list(csv.reader(io.StringIO(f.read_text(encoding="utf-8-sig")))) for f in (was, now)]
    heads = [t[0] if t else [] for t in tables]
    yield from _keys(*heads, "columns")
    rows = [
        [dict(zip(head, map(_number, row), strict=False)) for row in t[1:]]
        for head, t in zip(heads, tables, strict=True)
    ]
    yield from _rows(*rows)


def _parquet(was: Path, now: Path) -> Iterator[Difference]:
    import pyarrow.parquet as pq

    before, after = pq.read_table(was), pq.read_table(now)
    yield from _keys(before.column_names, after.column_names, "columns")
    kinds = [{f.name: str(f.type) for f in t.schema} for t in (before, after)]
    yield from (
        d
        for d in compare_values(*kinds, "types")
        if d.now not in {"gone", "new"} and not d.where.startswith("order")
    )
    notes = [{k.decode(): v.decode() for k, v in (t.schema.metadata or {}).items()} for t in (before, after)]
    notes = [{k: json.loads(v) if k == "plantsim" else v for k, v in n.items()} for n in notes]
    yield from compare_values(*notes, "metadata")
    yield from _rows(before.to_pylist(), after.to_pylist())


def _rows(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Difference]:
    if len(was) != len(now):
        yield Difference("rows", str(len(was)), str(len(now)))
    for i, (a, b) in enumerate(zip(was, now, strict=False)):
        common = [k for k in a if k in b]  # which columns there are has been said
        yield from compare_values({k: a[k] for k in common}, {k: b[k] for k in common}, f"row {i + 1}")


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


# ---------------------------------------------------------------- screens


def _lines(was: Path, now: Path) -> Iterator[Difference]:
    before, after = (f.read_text(encoding="utf-8").splitlines() for f in (was, now))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for i in range(max(b - a, d - c)):
            x = before[a + i] if a + i < b else NOTHING
            y = after[c + i] if c + i < d else NOTHING
            yield Difference(f"line {a + i + 1}", x.strip(), y.strip(), _size_of_numbers(x, y))


def _size_of_numbers(was: str, now: str) -> float:
    """Return the largest relative difference of two lines' numbers; NaN where their words differ too."""
    words = [" ".join(NUMBER.sub("#", line).split()) for line in (was, now)]
    if words[0] != words[1]:
        return math.nan
    pairs = zip(NUMBER.findall(was), NUMBER.findall(now), strict=True)
    sizes = [relative(*(float(n.replace(",", "")) for n in pair)) for pair in pairs if pair[0] != pair[1]]
    return max((s for s in sizes if s), default=math.nan)
