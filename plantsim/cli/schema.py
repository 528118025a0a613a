"""``plantsim schema``: JSON Schema of case files, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from plantsim.cli.context import context


def schema(
    process: str = typer.Option("", "--process", "-p"),
    portfolio: bool = typer.Option(False, "--portfolio"),
    out: str = typer.Option("-", "--out", "-o"),
) -> int:
    """Print the schema of plant files (of one process, or of all), or of case.toml with --portfolio."""
    from plantsim.io.schema import json_schema, portfolio_schema
    from plantsim.library import library
    from plantsim.vocabulary.problems import bad_input, nearest

    lib = library()
    if process and process not in lib.processes:
        known = list(lib.processes)
        raise bad_input(
            "process_not_found", given=process, nearest=nearest(process, known), known=", ".join(known)
        )
    made = portfolio_schema() if portfolio else json_schema(lib, process or None)
    body = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if out == "-":
        typer.echo(body, nl=False)
        return 0
    if not _may_be_replaced(Path(out)):
        raise bad_input("file_exists", file=out)
    try:
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        Path(out).write_text(body, encoding="utf-8", newline="\n")
    except OSError as error:
        raise bad_input("file_unwritable", file=out, reason=error.strerror or str(error)) from error
    context().note(context().say("file_written", file=out))
    return 0


def _may_be_replaced(path: Path) -> bool:
    """Return whether nothing stands there but an earlier schema."""
    if not path.exists():
        return True
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "$schema" in found
