"""What is wrong with an input, said once and shown in the user's language later.

A :class:`Problem` carries a message code and the fields of its text (see messages.toml); a reader collects
all problems of a case before anybody stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

ERROR = "error"
WARNING = "warning"
MOST = 100
"""Problems that are shown one by one, and for which the nearest name is looked for; of more, the number is said."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (``error``) or doubtful (``warning``), and where it stands.

    code: message code; fields: what the text names (already formatted); file, line, key: where it was read.
    """

    severity: str
    code: str
    fields: dict[str, str] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    key: str = ""


class Problems:
    """A growing list of problems; readers pass it along and never stop at the first."""

    def __init__(self) -> None:
        self._list: list[Problem] = []

    def error(self, code: str, file: str = "", line: int = 0, key: str = "", **fields: object) -> None:
        """Note an error: the part that it concerns can't be used."""
        self._add(ERROR, code, file, line, key, fields)

    def warning(self, code: str, file: str = "", line: int = 0, key: str = "", **fields: object) -> None:
        """Note something doubtful: the value is used, and the user is told."""
        self._add(WARNING, code, file, line, key, fields)

    def _add(
        self, severity: str, code: str, file: str, line: int, key: str, fields: dict[str, object]
    ) -> None:
        texts = {name: str(value) for name, value in fields.items()}
        self._list.append(Problem(severity, code, texts, file, line, key))

    def extend(self, others: Problems | list[Problem], file: str = "", line: int = 0) -> None:
        """Take over problems found elsewhere, placing those that name no file at file:line."""
        for p in others:
            self._list.append(p if p.file else replace(p, file=file, line=line))

    @property
    def many(self) -> bool:
        """Whether there are more than anybody reads: no further nearest names are looked for."""
        return len(self._list) >= MOST

    @property
    def errors(self) -> list[Problem]:
        """The errors, in the order in which they were found."""
        return [p for p in self._list if p.severity == ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The warnings, in the order in which they were found."""
        return [p for p in self._list if p.severity == WARNING]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)


class BadInput(Exception):
    """Nothing useful can be done with what the user gave; carries every problem found."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(f"{p.file}:{p.line} {p.code} {p.key}" for p in problems.errors[:MOST]))
        self.problems = problems

    def __str__(self) -> str:
        """Return the problems as their user reads them, for a notebook's last line; codes alone say little."""
        from plantsim.vocabulary.messages import show_problems, user_language
        from plantsim.vocabulary.visible import visible

        return visible("\n".join(show_problems(self.problems.errors, user_language())))


def bad_input(code: str, file: str = "", line: int = 0, key: str = "", **fields: object) -> BadInput:
    """Return a BadInput with a single error."""
    if fields.get("nearest") == "":
        fields["nearest"] = "-"  # nothing is near: a gap before a full stop reads like a fault
    problems = Problems()
    problems.error(code, file=file, line=line, key=key, **fields)
    return BadInput(problems)


@dataclass(frozen=True)
class Finding:
    """Something wrong with a plant's inputs taken together: message code, the variable, the text's fields."""

    code: str
    variable: str
    fields: dict[str, str]
    severity: str = "error"


def nearest(name: str, known: list[str]) -> str:
    """Return the known name most like ``name``, or "" when none is near."""
    found = get_close_matches(name, known, n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = {k.casefold().replace("-", "_"): k for k in known}
    return folded.get(name.casefold().replace("-", "_"), "")
