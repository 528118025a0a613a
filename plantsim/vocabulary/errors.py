"""The one shape of an error that a user can mend: a message code and the fields of its text."""

from __future__ import annotations

from typing import Any


class CodedError(Exception):
    """An error with a message code and named fields; its texts (zh, en) stand in the message files.

    code: key of the text; fields: what the {placeholders} of the text stand for.
    """

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.code}: " + ", ".join(f"{name}={value!r}" for name, value in self.fields.items())

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.code, self.fields)  # so that it survives the way between processes


def _rebuilt(kind: type[CodedError], code: str, fields: dict[str, str]) -> CodedError:
    return kind(code, **fields)
