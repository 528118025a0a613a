"""The command line's verbs and their help, in the user's language."""

from __future__ import annotations

from typing import Any

import typer

from plantsim.cli import balance, calibrate, check, explain, library, migrate, new, rank, run, schema, warmup
from plantsim.vocabulary.messages import text

VERBS: tuple[tuple[str, Any], ...] = (
    ("new", new.new),
    ("check", check.check),
    ("run", run.run),
    ("rank", rank.rank),
    ("calibrate", calibrate.calibrate),
    ("explain", explain.explain),
    ("balance", balance.balance),
    ("schema", schema.schema),
    ("migrate", migrate.migrate),
    ("warmup", warmup.warmup),
)
LIBRARY_VERBS: tuple[tuple[str, Any], ...] = (
    ("list", library.list_),
    ("show", library.show),
    ("diff", library.diff),
)


def build_app(lang: str) -> typer.Typer:
    """Return the command line with its help in ``lang``."""
    settings = {"help_option_names": ["-h", "--help"]}
    app = typer.Typer(
        help=text("help_plantsim", lang),
        epilog=text("help_global_options", lang),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=settings,
    )
    app.callback(invoke_without_command=True)(_version)
    for name, function in VERBS:
        app.command(name, help=text(f"help_{name}", lang), context_settings=settings)(function)
    shelf = typer.Typer(
        help=text("help_library", lang),
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings=settings,
    )
    for name, function in LIBRARY_VERBS:
        shelf.command(name, help=text(f"help_library_{name}", lang), context_settings=settings)(function)
    app.add_typer(shelf, name="library")
    return app


def _version(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="plantsim, numba, numpy"),
) -> None:
    if version:
        from importlib.metadata import version as of

        typer.echo(f"plantsim {of('plantsim')}  numba {of('numba')}  numpy {of('numpy')}")
        raise typer.Exit()
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
