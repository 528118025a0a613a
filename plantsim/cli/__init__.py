"""The command line: one small file per verb. Nothing heavy is imported before a verb runs."""

from __future__ import annotations

OBJECTS = 1_000_000  # made between two looks for cycles: a run makes much and throws little away


def main() -> None:
    """Entry point of the ``plantsim`` command."""
    import gc

    from plantsim.cli.main import run

    gc.set_threshold(OBJECTS, 50, 100)
    code = run()
    gc.freeze()  # the end of the process looks no more either
    raise SystemExit(code)
