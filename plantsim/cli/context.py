"""What every verb needs of the call it serves: language, verbosity, and where to say things."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from plantsim.vocabulary.messages import show_problems, text
from plantsim.vocabulary.problems import BadInput, Problem, Problems

LOG = logging.getLogger("plantsim")


@dataclass
class Context:
    """The call: language and verbosity."""

    lang: str = "en"
    verbose: bool = False
    shown: int = 0  # problems of the case that the user has seen

    def say(self, code: str, **fields: object) -> str:
        """Return a message in the user's language."""
        return text(code, self.lang, fields)

    def note(self, line: str) -> None:
        """Write progress or a warning to standard error and to the log."""
        LOG.info(line)
        sys.stderr.write(line + "\n")

    def problems(self, problems: Iterable[Problem]) -> None:
        """Show problems on standard error."""
        for shown in show_problems(problems, self.lang):
            self.note(shown)


_context = Context()


def set_context(context: Context) -> None:
    """Set the context of this call."""
    global _context
    _context = context


def context() -> Context:
    """Return the context of this call."""
    return _context


def open_case(path: str, show_warnings: bool = True) -> tuple[Any, Any, Problems]:
    """Read a case; return (case, library, problems). Shows its problems. Raises BadInput when nothing is left."""
    from plantsim.io.cases import read_case
    from plantsim.library import library

    lib, problems = library(), Problems()
    case = read_case(path, lib, problems)
    if case is None or not case.plants:
        raise BadInput(problems)
    shown = problems if show_warnings else problems.errors
    context().problems(shown)
    context().shown = len(problems)
    if len(problems):
        n_errors, n_warnings = len(problems.errors), len(problems.warnings)
        context().note(
            context().say("problem_count", errors=n_errors, warnings=n_warnings, plants=len(case.plants))
        )
    return case, lib, problems


def fit_case(case: Any, lib: Any, problems: Problems) -> Any:
    """Return the case with the [calibration] of its plants carried out; shows which could not be, and adds them."""
    from plantsim.engine.calibrate import fitted_case

    own = Problems()
    fitted = fitted_case(case, lib, own)
    if own.errors:
        context().note(context().say("fits_failed", errors=len(own.errors)))
    problems.extend(own)
    _show_new(problems)
    return fitted


def _show_new(problems: Problems) -> None:
    """Show what was found since the user last saw the problems of the case."""
    context().problems(list(problems)[context().shown :])
    context().shown = len(problems)


def ending(failed: bool, problems: Problems, why: str = "ended_rows_failed") -> int:
    """Return the exit code of a run over a case; one that is not 0 is never without a line that says why."""
    _show_new(problems)
    if not failed and not problems.errors:
        return 0
    said = context().say(why) if failed else ""
    if problems.errors:
        said = " ".join(filter(None, [said, context().say("ended_left_out", errors=len(problems.errors))]))
    context().note(said)
    return 1


def cache_warnings() -> None:
    """Show what the compiler's cache had to say."""
    jit = sys.modules.get("plantsim._jit")
    if jit is not None:
        while jit.warnings_for_user:
            code, fields = jit.warnings_for_user.pop(0)
            context().note(context().say(code, **fields))


def progress_line(label: str) -> Callable[[int, int], None]:
    """Return a callback (done, all) that redraws one line on a terminal and is silent elsewhere."""

    def show(done: int, whole: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{label} {done}/{whole}" + ("\n" if done >= whole else ""))
            sys.stderr.flush()

    return show
