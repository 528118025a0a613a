"""Starts a verb: streams, language, log, exit codes, and the crash file."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from plantsim.cli.context import Context, set_context
from plantsim.vocabulary.messages import LANGUAGES, show_problem, text, user_language
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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if args is None else args)
    logging.getLogger("plantsim").addHandler(
        logging.NullHandler()
    )  # else Python prints errors that nobody logs
    lang = user_language()
    try:
        options, rest = split_global(given)
        if options.get("lang", lang) not in LANGUAGES:
            sys.stderr.write(text("lang_unknown", lang, {"given": options["lang"]}) + "\n")
            return BAD_INPUT
        lang = options.get("lang", lang)
        context = Context(lang=lang, verbose="verbose" in options)
        set_context(context)
        _start_log(options.get("log"), context)
        return _verb(rest, context)
    except UsageError as error:
        sys.stderr.write(text("option_without_value", lang, {"option": str(error)}) + "\n")
        return BAD_INPUT
    except BadInput as error:
        for problem in error.problems:
            sys.stderr.write(show_problem(problem, lang) + "\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write(text("interrupted", lang) + "\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nothing to say
        return DONE
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

    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise bad_input("log_unwritable", file=path, reason=error.strerror or str(error)) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if context.verbose else logging.INFO)


def _verb(args: list[str], context: Context) -> int:
    from plantsim.cli.app import build_app

    logging.getLogger("plantsim").info("plantsim %s", " ".join(args))
    try:
        code = build_app(context.lang)(args, standalone_mode=False)
    except SystemExit as stop:
        code = stop.code
    except Exception as error:
        shown = _usage_message(error)
        if shown is None:
            raise
        sys.stderr.write(shown + "\n")
        return BAD_INPUT
    return int(code or DONE)


def _usage_message(error: Exception) -> str | None:
    """Return what the option parser says about wrong arguments; None for any other error."""
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        context = getattr(error, "ctx", None)
        usage = context.get_usage() + "\n" if context is not None else ""
        return usage + error.format_message()
    return None


def _crash(error: Exception, args: list[str], lang: str) -> int:
    """Write a crash file and one line; return exit code 3."""
    from plantsim import __version__

    report = "".join(traceback.format_exception(error))
    body = f"plantsim {__version__}, Python {sys.version}, {sys.platform}\narguments: {args}\n\n{report}"
    logging.getLogger("plantsim").error("crash: %s", report)
    import tempfile

    name = f"plantsim-crash-{os.getpid()}.txt"
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        try:
            (folder / name).write_text(body, encoding="utf-8")
        except OSError:
            continue
        where = str(folder / name)
        break
    else:
        where = "-"
    one_line = f"{type(error).__name__}: {error}".splitlines()[0]
    sys.stderr.write(text("crash", lang, {"error": one_line, "file": where}) + "\n")
    return OUR_FAULT
