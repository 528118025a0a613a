"""Run the tests that draw examples with all of them: ``python tests/campaigns.py [--seed N] [PYTEST ARGUMENT...]``

    python tests/campaigns.py                            all of them, with a seed of today
    python tests/campaigns.py --seed 7 tests/properties/test_steam.py

CI draws a tenth of these counts, the same in every run (tests/counts.py). A campaign draws all of them with a seed of
its own. Each run adds a line to tests/campaigns.txt, which is kept in git: day, commit ("+" with changes that are not
committed), seed, tests that passed and failed, minutes, what was asked for; the failed tests stand below it. The commit
and the seed make the same examples again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from counts import CAMPAIGN

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "campaigns.txt"
HEAD = "# day commit seed passed failed minutes asked; written by tests/campaigns.py\n"


def commit() -> str:
    """Return the short hash of HEAD, with "+" when files of the tree differ from it."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(ROOT), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", f":!{KEPT.relative_to(ROOT)}")
    return git("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")


def outcome(report: Path) -> tuple[int, list[str]]:
    """Return (tests that passed, the names of those that failed) of a JUnit report."""
    cases = list(ElementTree.parse(report).iter("testcase"))
    failed = [c for c in cases if c.find("failure") is not None or c.find("error") is not None]
    skipped = sum(c.find("skipped") is not None for c in cases)
    names = [f"{c.get('classname', '')}.{c.get('name', '')}" for c in failed]
    return len(cases) - len(failed) - skipped, names


def kept_line(seed: int, passed: int, failed: list[str], minutes: float, asked: list[str]) -> str:
    """Return what is written of a run."""
    head = f"{date.today()} {commit()} {seed} {passed} {len(failed)} {minutes:.1f} {' '.join(asked) or 'all'}"
    return "\n".join([head, *(f"    failed {name}" for name in failed)]) + "\n"


def main() -> int:
    """Run pytest, keep what came of it, return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=int(date.today().strftime("%Y%m%d")))
    given, asked = parser.parse_known_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "campaign or drawn"]
        command += [f"--hypothesis-seed={given.seed}", f"--junitxml={report}", *asked]
        code = subprocess.run(
            command, cwd=ROOT, env={**os.environ, CAMPAIGN: str(given.seed)}, check=False
        ).returncode
        if not report.is_file():
            return code
        passed, failed = outcome(report)
    minutes = (time.monotonic() - start) / 60.0
    before = KEPT.read_text(encoding="utf-8") if KEPT.is_file() else HEAD
    line = kept_line(given.seed, passed, failed, minutes, asked)
    KEPT.write_text(before + line, encoding="utf-8", newline="\n")
    print(f"{KEPT.relative_to(ROOT)}: {line}", end="")
    return code


if __name__ == "__main__":
    sys.exit(main())
