"""Put faults into the sources, one at a time, and see whether a test notices.

    python tests/mutation.py --seed COMMIT --count N

The faults (kinds: tests/faults/sites.py) are drawn by the commit's hash from kernels, processes and engine of this
tree, the kinds in turn. Tests run in plain Python (NUMBA_DISABLE_JIT=1), without tests/frozen, tests/regression and
tests/parity, which only compare with what was before, and without those that start another Python (docs,
packaging). First a clean run says which test runs which statement; a test that fails or takes long there is left out.
Each fault then stands in a process of its own, in memory: no file changes.

What is done is kept in .mutation/ (not in git) and taken up again when the same command runs once more; what lived
is tried again when tests have changed, everything when sources or models have, and only what lived with
--again survivors: there a fault noticed before stays so where neither its file nor the test that noticed it changed,
and that test passes without the fault. Which test runs what is mapped anew only for tests that changed or run
something that did. The faults are those of the sources at the commit; what stands no more in this tree is left out.
Faults that change nothing which could
be seen stand in tests/mutation_equivalent.toml, each with its reason, at most one in twenty.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__" and "FAULTS" not in os.environ:
    # before anything reads them: plain Python, one thread each, the same order of sets in every run, and code that
    # is compiled once and kept apart
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    kept = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), ".mutation", "pycache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(
        {"NUMBA_DISABLE_JIT": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "FAULTS": "1", **threads}
    )
    os.environ["PYTHONPYCACHEPREFIX"] = kept
    os.execv(sys.executable, [sys.executable, *sys.argv])

import argparse
import hashlib
import json
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from faults import runs
from faults.choose import Map
from faults.kept import Places, helpers, text_digest
from faults.marks import Marks
from faults.sites import KINDS, STATUS, Fault, drawn, sources, sources_at, standing

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".mutation"
TEST_FOLDERS = ("unit", "properties", "validation", "contract", "cli")
EQUIVALENT = ROOT / "tests" / "mutation_equivalent.toml"
EQUIVALENT_SHARE = 0.05
WALL = (
    4 * 3600.0
)  # s: a child that has come to no end by then hangs, outside the tests, which have their own limits


def digest(files: Iterable[Path]) -> str:
    """Return one hash of files, by place and content."""
    sha = hashlib.sha256()
    for file in sorted(files):
        sha.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return sha.hexdigest()[:16]


def side_by_side(
    jobs: Iterable[tuple[Any, Callable[[], Any]]], workers: int
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Run jobs (key, work) in children, so many at a time; yield each key with its result as it ends."""
    waiting = iter(jobs)
    running: list[tuple[Any, Iterator[Any], float]] = []
    more = True
    while more or running:
        while more and len(running) < workers:
            job = next(waiting, None)
            if job is None:
                more = False
            else:
                running.append((job[0], runs.in_child(job[1]), time.monotonic()))
        for entry in list(running):
            key, child, since = entry
            result = next(child)
            if result is None and time.monotonic() - since > WALL:
                result = {"by": "", "how": "hangs", "hangs": True}
            if result is not None:
                running.remove(entry)
                child.close()  # type: ignore[attr-defined]
                yield key, result
        time.sleep(0.02)


def map_tests(marks: Marks, texts: Mapping[str, str], workers: int) -> Map:
    """Return which test runs which statement; kept maps are taken over where they hold (see faults/kept.py)."""
    here = ROOT / "tests"
    kept = KEPT / "map"
    places = Places(kept, marks.first, texts, len(marks.array))
    found = Map(marks.first, texts)
    todo = {}
    files = [f for folder in TEST_FOLDERS for f in sorted((here / folder).rglob("test_*.py"))]
    for file in files:
        name = file.relative_to(ROOT).as_posix()
        place = kept / f"{digest([file, *helpers(file, here)])}-{runs.SCHEME}.json"
        result = places.unpack(json.loads(place.read_text())) if place.exists() else None
        if result is None:
            todo[name] = place
        else:
            found.add(name, file.read_text(encoding="utf-8"), result)
    if todo:
        print(f"mapping {len(todo)} of {len(files)} test files", flush=True)
    jobs = ((name, lambda name=name: runs.map_file(ROOT, name, marks)) for name in todo)
    for done, (name, result) in enumerate(side_by_side(jobs, workers), 1):
        print(f"  {done}/{len(todo)} {name}: {len(result.get('tests', ()))} tests", flush=True)
        if "tests" in result:
            todo[name].write_text(json.dumps(places.pack(result)))
        found.add(name, (ROOT / name).read_text(encoding="utf-8"), result)
    found.tests.sort(key=lambda t: t.nodeid)
    return found


def _files(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file() and f.suffix != ".pyc"]


def equivalents() -> dict[tuple[str, str, str], str]:
    """Return (file, line before, line after) -> why nobody could see the fault."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("equivalent", [])
    return {(e["file"], e["was"], e["becomes"]): e["reason"] for e in entries}


def verdict(result: Mapping[str, Any]) -> str:
    """Return how a run noticed the fault, or an empty text."""
    if result.get("hangs"):
        return "hangs"
    if "ended" in result:
        if not os.WIFSIGNALED(result["ended"]):
            raise SystemExit(f"a child ended with exit code {result['ended']}: run with FAULTS_LOUD=1")
        return f"ends by signal {os.WTERMSIG(result['ended'])}"
    return str(result["how"])


def test_digest(nodeid: str) -> str:
    """Return the hash of a test's file and its helpers, or an empty text without a test."""
    file = ROOT / nodeid.partition("::")[0]
    return digest([file, *helpers(file, ROOT / "tests")]) if nodeid and file.is_file() else ""


def stays_noticed(r: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Return whether a fault was noticed, and neither its file nor the test that did so has changed since."""
    same_file = r.get("file_of") == text_digest(texts.get(r["file"], ""))
    return bool(r["how"] and r["by"]) and same_file and r.get("by_of") == test_digest(r["by"])


def run_faults(
    chosen: list[tuple[Fault, str]],
    found: Map,
    state: dict[str, Any],
    keep: Callable[[dict], None],
    workers: int,
) -> None:
    """Try each fault that ``state`` (by name) does not hold, and keep what came of it."""
    waiting = []
    known = equivalents()
    for fault, text in chosen:
        if fault.name(text) not in state:
            rounds = found.rounds(fault)
            if (fault.path, *fault.lines(text)) in known:
                rounds = rounds[:1]  # its tests at hand: enough to see that it is no equivalent
            waiting.append((fault, text, rounds, {"seconds": 0.0, "tests": 0}))
    while waiting:
        again = []
        jobs = []
        for fault, text, rounds, spent in waiting:
            if rounds:
                work = partial(runs.run_with, ROOT, fault.path, fault.apply(text), rounds[0], found.shared)
                jobs.append(((fault, text, rounds, spent), work))
            else:
                keep(record(fault, text, "", "", "no test runs it", spent))
        for (fault, text, rounds, spent), result in side_by_side(jobs, workers):
            how = verdict(result)
            spent["seconds"] += result.get("seconds", 0.0)
            spent["tests"] += result.get("ran", 0)
            if how or len(rounds) == 1:
                keep(record(fault, text, how, result.get("by", ""), "" if how else "lived", spent))
            else:
                again.append((fault, text, rounds[1:], spent))
        waiting = again


def record(
    fault: Fault, text: str, how: str, by: str, lived: str, spent: Mapping[str, float]
) -> dict[str, Any]:
    """Return the line of the state for a fault."""
    was, becomes = fault.lines(text)
    return {
        "name": fault.name(text),
        "file": fault.path,
        "line": fault.line,
        "kind": fault.kind,
        "was": was,
        "becomes": becomes,
        "how": how,
        "by": by,
        "lived": lived,
        "seconds": round(spent["seconds"], 1),
        "tests": spent["tests"],
    }


def report(records: list[dict[str, Any]], untrusted: Mapping[str, str], seconds: float) -> int:
    """Print the shares caught and what lived; return 1 when too many are called equivalent."""
    known = equivalents()
    lived, same = [], []
    for r in records:
        if r["lived"] or r["by"] in untrusted:
            (same if (r["file"], r["was"], r["becomes"]) in known else lived).append(r)
    counted = [r for r in records if r not in same]

    def share(part: list[dict[str, Any]]) -> str:
        missed = sum(r in lived for r in part)
        return f"{len(part) - missed:4d} of {len(part):4d} caught ({1 - missed / max(1, len(part)):.1%})"

    print(f"\n{share(counted)}, {len(same)} equivalent, {seconds / 60:.1f} minutes of the processor")
    for kind in KINDS:
        print(f"  {kind:18} {share([r for r in counted if r['kind'] == kind])}")
    folders: dict[str, list[dict[str, Any]]] = {}
    for r in counted:
        parts = r["file"].split("/")
        folders.setdefault("/".join(parts[: 3 if len(parts) > 3 else 2]), []).append(r)
    for folder, part in sorted(folders.items()):
        print(f"  {folder:36} {share(part)}")
    shapes: dict[str, int] = {}
    for r in counted:
        if r not in lived:
            shapes[r["how"]] = shapes.get(r["how"], 0) + 1
    print("  noticed by: " + ", ".join(f"{k} {n}" for k, n in sorted(shapes.items(), key=lambda i: -i[1])))
    for nodeid, how in untrusted.items():
        print(f"  not trusted, fails without a fault too: {nodeid} ({how})")
    for title, part in (("lived", lived), ("equivalent", same)):
        if part:
            print(f"\n{title}:")
        for r in sorted(part, key=lambda r: (r["file"], r["line"])):
            print(f"{r['file']}:{r['line']}: {r['kind']}, {r['tests']} tests, {r['lived']}")
            print(f"  - {r['was']}\n  + {r['becomes']}")
            if title == "equivalent":
                print(f"  = {known[r['file'], r['was'], r['becomes']]}")
    if len(same) > EQUIVALENT_SHARE * len(records):
        print(f"\nmore than {EQUIVALENT_SHARE:.0%} are called equivalent")
        return 1
    return 0


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="HEAD", help="the commit whose hash draws the faults")
    parser.add_argument("--count", type=int, default=300, help="faults to draw")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time")
    parser.add_argument(
        "--again",
        choices=("changed", "survivors", "all"),
        default="changed",
        help="what to try again of what was tried before: what lived and, after a change of sources or models, the "
        "rest too (changed); only what lived and what was noticed by a test, or in a file, that changed (survivors); "
        "all",
    )
    options = parser.parse_args()
    git = ["git", "-C", str(ROOT)]
    seed = subprocess.run(
        [*git, "rev-parse", "--verify", f"{options.seed}^{{commit}}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    texts = sources(ROOT)
    drawn_from = drawn(*sources_at(ROOT, seed), seed, options.count)
    status = (ROOT / STATUS).read_text(encoding="utf-8")
    chosen = [f for f in standing(drawn_from, texts, status) if f is not None]
    print(f"{len(drawn_from)} faults by {seed[:12]}")
    if len(chosen) < len(drawn_from):
        print(f"{len(drawn_from) - len(chosen)} stand no more in this tree and are left out")
    start = time.monotonic()
    runs.load_others()
    marks = Marks(str(ROOT), texts)
    found = map_tests(marks, texts, options.workers)
    print(
        f"{len(found.tests)} tests, {sum(t.seconds for t in found.tests):.0f} s; left out {len(found.dropped)}, which"
    )
    print(f"alone run {found.only_dropped()} of {len(marks.array)} statements:")
    for nodeid, why in found.dropped.items():
        print(f"  {nodeid}: {why}")

    code = digest([*(ROOT / "plantsim").rglob("*.py"), *_files(ROOT / "models")])
    tests = digest(f for folder in TEST_FOLDERS for f in _files(ROOT / "tests" / folder))
    place = KEPT / f"{seed[:12]}.jsonl"
    state: dict[str, Any] = {}
    if place.exists() and options.again != "all":
        for line in place.read_text(encoding="utf-8").splitlines():
            r = json.loads(line)
            same = r["code"] == code and (r["how"] or r["tests_of"] == tests)
            if same or (options.again == "survivors" and stays_noticed(r, texts)):
                state[r["name"]] = r
            else:
                state.pop(r["name"], None)

    def keep(r: dict[str, Any]) -> None:
        r |= {"code": code, "tests_of": tests, "seed": seed, "file_of": text_digest(texts[r["file"]])}
        r["by_of"] = test_digest(r["by"])
        state[r["name"]] = r
        with place.open("a", encoding="utf-8") as out:
            out.write(json.dumps(r, ensure_ascii=False) + "\n")
        print(
            f"{r['how'] or r['lived']:20} {r['file']}:{r['line']} {r['kind']} ({r['seconds']} s)", flush=True
        )

    run_faults(chosen, found, state, keep, options.workers)
    records = [state[fault.name(text)] for fault, text in chosen]
    seconds = {t.nodeid: t.seconds for t in found.tests}
    noticed = {r["by"]: seconds[r["by"]] for r in records if r["by"] in seconds}
    clean = dict(side_by_side([("clean", lambda: runs.run_clean(ROOT, noticed, found.shared))], 1))["clean"]
    print(f"{(time.monotonic() - start) / 60:.1f} minutes by the clock")
    return report(records, clean, sum(r["seconds"] for r in records))


if __name__ == "__main__":
    sys.exit(main())
