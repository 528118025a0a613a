"""The command line that scripts call: verbs, arguments, options, defaults, exit codes, as text to be kept."""

from __future__ import annotations

import inspect
from importlib import import_module

from typer.models import ArgumentInfo, OptionInfo

SET_BY_NAME = {
    "DONE": "done",
    "ROWS_FAILED": "rows failed",
    "BAD_INPUT": "bad input",
    "OUR_FAULT": "our fault",
}


def cli_lines() -> list[str]:
    """Return one line per argument and option of each verb, in their order, then what all verbs share."""
    from plantsim.cli import app
    from plantsim.report.shelves import KINDS

    main = import_module("plantsim.cli.main")  # the package has a function of this name
    lines = []
    for head, verbs in (("", app.VERBS), ("library ", app.LIBRARY_VERBS)):
        for name, function in verbs:
            lines += [f"{head}{name}", *(f"{head}{name} {line}" for line in parameter_lines(function))]
    lines += [f"library list kind {kind}" for kind in KINDS]
    lines += [f"plantsim {line}" for line in parameter_lines(app._version)]
    lines += [f"every verb {option} VALUE" for option in main.GLOBAL_VALUES]
    lines += ["every verb -v", "every verb --verbose"]
    return lines + [f"exit code {getattr(main, name)} {word}" for name, word in SET_BY_NAME.items()]


def parameter_lines(function: object) -> list[str]:
    """Return one line per parameter: argument or option as it is typed, kind, default, limits."""
    lines = []
    for p in inspect.signature(function).parameters.values():
        given = p.default
        if not isinstance(given, ArgumentInfo | OptionInfo):
            continue
        is_option = isinstance(given, OptionInfo)
        shown = " ".join(given.param_decls or ()) or (f"--{p.name}" if is_option else p.name.upper())
        default = "required" if given.default is ... else f"default {given.default!r}"
        limits = [f"{word} {v}" for word, v in (("least", given.min), ("most", given.max)) if v is not None]
        lines.append(
            " ".join(["option" if is_option else "argument", shown, str(p.annotation), default, *limits])
        )
    return lines
