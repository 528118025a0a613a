"""A pytest plugin: minutes by folder of tests, and the slowest files, at the end of a run of more than a minute."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

SHORT = 60.0  # s: below, nobody asks
SLOWEST = 10


class Minutes:
    """Adds up what set-up, call and tear-down of each test take."""

    def __init__(self) -> None:
        self.files: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take the time of a phase of a test."""
        self.files[report.nodeid.partition("::")[0]] += report.duration

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the table."""
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        """Return the table's lines; none after a short run."""
        if sum(self.files.values()) < SHORT:
            return []
        folders: dict[str, float] = defaultdict(float)
        for file, seconds in self.files.items():
            folders[file.rpartition("/")[0] or "."] += seconds
        lines = [f"{'minutes':>8}  folder"]
        lines += [f"{s / 60.0:8.2f}  {name}" for name, s in _longest(folders)]
        lines += [f"{'minutes':>8}  slowest files"]
        return lines + [f"{s / 60.0:8.2f}  {name}" for name, s in _longest(self.files)[:SLOWEST]]


def _longest(seconds: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(seconds.items(), key=lambda item: -item[1])
