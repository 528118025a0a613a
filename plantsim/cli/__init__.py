"""The command line: one small file per verb. Nothing heavy is imported before a verb runs."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``plantsim`` command."""
    import gc

    from plantsim.cli.main import run

    gc.set_threshold(
        200_000, 50, 100
    )  # a run makes much and throws little away: looking for cycles takes a tenth of it
    raise SystemExit(run())
