"""The command line: one small file per verb. Nothing heavy is imported before a verb runs."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``plantsim`` command."""
    from plantsim.cli.main import run

    raise SystemExit(run())
