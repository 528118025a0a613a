"""Is this tree faster or slower than a commit? ``python benchmarks/against.py COMMIT [NAME...]``

    python benchmarks/against.py --list                 names of the benchmarks
    python benchmarks/against.py HEAD~1 coal-n600 kiln  two of them
    python benchmarks/against.py main --seconds 20      more pairs: a narrower spread

Prints for each benchmark the CPU time of this tree over that of COMMIT: below 1 this tree is faster. The commit is
checked out beside, into a worktree of a temporary folder with its own compiled code, which goes when the run ends.

Others use the machine: so both sides live side by side and are asked in turn, A B B A, for some 15 ms each, each time
with other inputs; only CPU time counts, and only the ratio within a pair. Printed are the median of the pairs, the
range that holds it with 95 % (by order statistics; pairs are taken as independent), and the quartiles of the pairs.
Where code lies in memory moves a process by a percent or two for as long as it lives: so both are started anew in each
round. One thread. The same text (``against_work.py`` of this tree) runs on both sides, each with its own models/ and
cases/.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "benchmarks" / "against_work.py"
SAMPLE = 0.015  # s of CPU time: over longer ones, what others do changes more than the code
ROUNDS = 3  # in each of which both sides are started anew
LEAST_PAIRS = 5  # of a round


class Side:
    """A process that runs one tree's plantsim and answers what it is asked."""

    def __init__(self, root: Path, cache: Path | None) -> None:
        env = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PLANTSIM_LANG": "en"}
        env.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PLANTSIM_THREADS"), "1"))
        env.pop("PLANTSIM_MODELS", None)  # each side has its own
        if cache is not None:
            env["NUMBA_CACHE_DIR"] = str(cache)
        command = [sys.executable, "-P", str(WORK)]
        self.process = subprocess.Popen(
            command, cwd=root, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, *words: object) -> Any:
        """Return the answer. Raises RuntimeError when the process has ended: it has said why on standard error."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"no answer to: {' '.join(map(str, words))}")
        return json.loads(answer)

    def seconds(self, name: str, calls: int) -> float:
        """Return the CPU time of so many calls [s]."""
        return float(self.ask("time", name, calls)["seconds"])

    def __enter__(self) -> Side:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """Check the commit out into a worktree below ``folder``; it is gone afterwards, whatever happens."""
    tree = folder / "tree"
    git("worktree", "add", "--quiet", "--detach", str(tree), commit)
    try:
        yield tree
    finally:
        git("worktree", "remove", "--force", str(tree))


def git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.strip())
    return done.stdout.strip()


def pairs_of(new: Side, old: Side, name: str, seconds: float) -> list[float]:
    """Return ratios new/old of pairs measured in turn, for about ``seconds`` of CPU time in all."""
    once = old.seconds(name, 1)
    calls = max(1, math.ceil(SAMPLE / max(once, 1e-4)))
    count = max(LEAST_PAIRS, round(seconds / (2.0 * calls * max(once, 1e-4))))
    ratios = []
    for i in range(count):
        first, second = (new, old) if i % 2 else (old, new)
        one, other = first.seconds(name, calls), second.seconds(name, calls)
        ratios.append(one / other if i % 2 else other / one)
    return ratios


def median_range(values: Sequence[float]) -> tuple[float, float]:
    """Return the order statistics that hold the median with 95 % (normal form of the binomial law)."""
    ordered, n = sorted(values), len(values)
    low = max(0, math.floor(n / 2 - 0.98 * math.sqrt(n)) - 1)
    return ordered[low], ordered[n - 1 - low]


def line(name: str, ratios: Sequence[float]) -> str:
    """Return a benchmark's line: the median, its range, quartiles, pairs."""
    low, high = median_range(ratios)
    lower, _, upper = statistics.quantiles(ratios, n=4)
    return (
        f"{name:14} {statistics.median(ratios):6.3f}   {low:.3f} .. {high:.3f}   "
        f"{lower:.3f} .. {upper:.3f}   {len(ratios):5d}"
    )


def measure(name: str, tree: Path, cache: Path, seconds: float) -> list[float]:
    """Return the ratios of a benchmark over all rounds, for about ``seconds`` of CPU time."""
    ratios: list[float] = []
    for number in range(ROUNDS):
        with ExitStack() as stack:
            started = [(ROOT, None), (tree, cache)]
            sides = [stack.enter_context(Side(*s)) for s in (started[::-1] if number % 2 else started)]
            new, old = sides[::-1] if number % 2 else sides
            left_out = [side.ask("prepare", name)["left_out"] for side in (new, old)]
            if number == 0 and left_out[0] != left_out[1]:
                print(f"{name}: not the same rows; unknown here: {left_out[0]}, there: {left_out[1]}")
            ratios += pairs_of(new, old, name, seconds / ROUNDS)
    return ratios


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--seconds", type=float, default=16.0, help="CPU time of each benchmark, both sides together"
    )
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    given = parser.parse_args()
    with Side(ROOT, None) as here:
        known = here.ask("names")
    if given.list:
        print("\n".join(known))
        return
    unknown = [name for name in given.names if name not in known]
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}")
    names = given.names or known
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the worktree goes then, too
    commit = git("rev-parse", "--short", f"{given.commit}^{{commit}}")
    missed: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="plantsim-against-") as folder,
        checked_out(commit, Path(folder)) as tree,
    ):
        print(f"CPU time of this tree over {commit}'s: below 1, this tree is faster\n", flush=True)
        print(f"{'benchmark':14} {'median':>6}   {'95 % of it':14}   {'quartiles':14}   pairs")
        for name in names:
            try:
                ratios = measure(name, tree, Path(folder) / "cache", given.seconds)
            except (RuntimeError, BrokenPipeError) as error:  # one side cannot do it; the others still can
                missed.append(name)
                print(f"{name:14} not measured: {error}", flush=True)
            else:
                print(line(name, ratios), flush=True)
    if missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
