"""``plantsim migrate``: case files to the newest schema and today's variable names."""

from __future__ import annotations

from itertools import count
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
            _replace(path, new)
        if not changes:
            typer.echo(context().say("migrate_nothing", file=str(path)))
    context().problems(problems)
    return 2 if problems.errors else 0


def _replace(path: Path, new: str) -> None:
    """Keep the old file beside it as <name>.bak (.bak.1 and on where there is one), and write the new one whole."""
    from plantsim.io.results import unwritable, write_bytes

    for n in count():
        kept = Path(f"{path}.bak" + (f".{n}" if n else ""))
        try:
            with kept.open("xb") as file:
                file.write(path.read_bytes())
        except FileExistsError:
            continue
        except OSError as error:
            raise unwritable(kept, error) from error
        break
    write_bytes(path, new.encode("utf-8"))
