"""``plantsim new``: a commented plant file from a reference plant."""

from __future__ import annotations

from pathlib import Path

import typer

from plantsim.cli.context import context


def new(reference: str = typer.Argument(...), file: str = typer.Argument("-")) -> int:
    """Write the file, or print it when no file is named. Never overwrites."""
    from plantsim.io.templates import new_case_text
    from plantsim.library import library
    from plantsim.vocabulary.problems import bad_input, nearest

    lib = library()
    if reference not in lib.references:
        known = sorted(lib.references)
        raise bad_input(
            "reference_not_found", given=reference, nearest=nearest(reference, known), known=", ".join(known)
        )
    body = new_case_text(lib, reference, context().lang)
    if file == "-":
        typer.echo(body, nl=False)
        return 0
    try:
        _folder_for(Path(file))
        with Path(file).open("x", encoding="utf-8", newline="\n") as out:
            out.write(body)
    except FileExistsError as error:
        raise bad_input("file_exists", file=file) from error
    except OSError as error:
        raise bad_input("file_unwritable", file=file, reason=error.strerror or str(error)) from error
    context().note(context().say("file_written", file=file))
    return 0


def _folder_for(file: Path) -> None:
    """Make the folder of a new file, as of plants/ in a new case. Raises OSError; a file in its place is one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(error.errno, error.strerror) from error
