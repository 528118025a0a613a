"""Starts a verb: streams, language, log, exit codes, and the crash file."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from plantsim.cli.context import Context, set_context
from plantsim.cli.streams import OutputLost, drop_output, guard, release
from plantsim.vocabulary.messages import LANGUAGES, show_problems, text, user_language
from plantsim.vocabulary.problems import BadInput

DONE, ROWS_FAILED, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3
GLOBAL_VALUES = {"--lang": "lang", "--log": "log"}


class UsageError(Exception):
    """A global option without its value."""


def split_global(args: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return (global options, the rest): --lang, --log and -v may stand before or after the verb."""
    found: dict[str, str] = {}
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        name, has_value, value = arg.partition("=")
        if arg == "--":
            rest += [arg, *waiting]
        elif name in GLOBAL_VALUES:
            given = value if has_value else next(waiting, None)
            if given is None:
                raise UsageError(name)
            found[GLOBAL_VALUES[name]] = given
        elif arg in {"-v", "--verbose"}:
            found["verbose"] = "1"
        else:
            rest.append(arg)
    return found, rest


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code. Never lets a traceback out."""
    there = guard()
    try:
        return _run(list(sys.argv[1:] if args is None else args), there)
    finally:
        release()


def _run(given: list[str], output: bool) -> int:
    lang = user_language()
    try:
        options, rest = split_global(given)
        if options.get("lang", lang) not in LANGUAGES:
            sys.stderr.write(text("lang_unknown", lang, {"given": options["lang"]}) + "\n")
            return BAD_INPUT
        lang = options.get("lang", lang)
        context = Context(lang=lang, verbose="verbose" in options)
        set_context(context)
        if not output:
            sys.stderr.write(text("output_closed", lang) + "\n")
            return BAD_INPUT
        _start_log(options.get("log"), context)
        code = _verb(rest, context)
        sys.stdout.flush()  # here, where a reader that has gone is nothing to complain about
        return code
    except UsageError as error:
        sys.stderr.write(text("option_without_value", lang, {"option": str(error)}) + "\n")
        return BAD_INPUT
    except BadInput as error:
        for shown in show_problems(error.problems, lang):
            sys.stderr.write(shown + "\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write(text("interrupted", lang) + "\n")
        return 130
    except BrokenPipeError:
        drop_output()  # the reader has gone: nothing to say
        return DONE
    except OutputLost as error:
        drop_output()
        sys.stderr.write(text("output_lost", lang, {"reason": str(error)}) + "\n")
        return BAD_INPUT
    except Exception as error:
        return _crash(error, given, lang)


def _start_log(path: str | None, context: Context) -> None:
    """Write a log to ``path``; an unwritable one is bad input."""
    root = logging.getLogger("plantsim")
    root.propagate = False  # what the user is told goes through the context; the log is only for --log
    if path is None:
        root.addHandler(logging.NullHandler())
        return
    from plantsim.vocabulary.problems import bad_input

    logging.raiseExceptions = False  # a disk that fills up meanwhile ends the log, not the run
    try:
        if not _is_log(Path(path)):
            raise bad_input("log_not_ours", file=path)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise bad_input("log_unwritable", file=path, reason=error.strerror or str(error)) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if context.verbose else logging.INFO)


def _is_log(path: Path) -> bool:
    """Return whether a file may be written on as a log: there is none, it is empty, or it is a log of ours."""
    if not path.is_file():
        return True
    with path.open("rb") as file:
        first = file.readline(400)
    return not first or re.match(rb"\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ plantsim[.\w]*: ", first) is not None


def _verb(args: list[str], context: Context) -> int:
    import typer

    from plantsim.cli.app import build_app

    logging.getLogger("plantsim").info("plantsim %s", " ".join(args))
    command = typer.main.get_command(build_app(context.lang))
    try:  # not its own main(), which turns a reader that has gone into exit code 1
        with command.make_context("plantsim", args or ["--help"]) as parsed:
            code = command.invoke(parsed)
    except typer.Exit as stop:
        code = stop.exit_code
    except Exception as error:
        shown = _usage_message(error, context.lang)
        if shown is None:
            raise
        sys.stderr.write(shown + "\n")
        return BAD_INPUT
    return int(code or DONE)


def _usage_message(error: Exception, lang: str) -> str | None:
    """Return what the option parser says about wrong arguments; None for any other error."""
    if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
        return None
    what, parsed = error.format_message(), getattr(error, "ctx", None)
    if parsed is None or what.startswith(parsed.get_usage()):  # the whole help, where a verb was left out
        return str(what)
    return text("usage_wrong", lang, {"usage": parsed.get_usage(), "what": what})


def _crash(error: Exception, args: list[str], lang: str) -> int:
    """Write a crash file and one line; return exit code 3."""
    from plantsim import __version__

    report = "".join(traceback.format_exception(error))
    body = f"plantsim {__version__}, Python {sys.version}, {sys.platform}\narguments: {args}\n\n{report}"
    logging.getLogger("plantsim").error("crash: %s", report)
    import tempfile

    name = f"plantsim-crash-{os.getpid()}.txt"
    for folder in (os.path.curdir, tempfile.gettempdir()):
        try:
            with Path(folder, name).open("x", encoding="utf-8", errors="backslashreplace") as file:
                file.write(body)
            where = str(Path(folder, name).absolute())
        except OSError:
            continue
        break
    else:
        where = "-"
    one_line = f"{type(error).__name__}: {error}".splitlines()[0]
    sys.stderr.write(text("crash", lang, {"error": one_line, "file": where}) + "\n")
    return OUR_FAULT
