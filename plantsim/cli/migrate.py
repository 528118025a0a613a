"""``plantsim migrate``: case files to the newest schema and today's variable names."""

from __future__ import annotations

from pathlib import Path

import typer

from plantsim.cli.context import context


def migrate(case: str = typer.Argument(...), dry_run: bool = typer.Option(False, "--dry-run")) -> int:
    """Rewrite the plant files of a case in place, keeping the old ones as *.bak; says what changed."""
    from plantsim.io.cases import case_files
    from plantsim.io.migrate import migrate_text
    from plantsim.io.toml_lines import read_text
    from plantsim.library import library
    from plantsim.vocabulary.problems import BadInput, Problems

    problems = Problems()
    files = case_files(case, problems)
    if problems.errors:
        raise BadInput(problems)
    for path in files:
        old = read_text(path, problems)
        if old is None:
            continue
        new, changes = migrate_text(old, library(), str(path), problems)
        for change in changes:
            typer.echo(f"{path}: {change}")
        if changes and not dry_run:
            Path(str(path) + ".bak").write_bytes(path.read_bytes())
            path.write_text(new, encoding="utf-8", newline="\n")
        if not changes:
            typer.echo(context().say("migrate_nothing", file=str(path)))
    context().problems(problems)
    return 2 if problems.errors else 0
