"""TOML with the line of every key: what a message needs in order to point at the spot.

The standard library's reader gives values without places. The text is therefore parsed by it first, which
settles that it is valid, and then scanned once more for the lines only; the scan may trust the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plantsim.io.text_files import TextFile, read_file
from plantsim.vocabulary.problems import Problems

KeyPath = tuple[str | int, ...]

MAX_DEPTH = 12
"""Tables within tables: a plant file has three levels; deeper is refused before anything walks it."""

NEAR = 60  # characters of a line that a message shows
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_FULL_WIDTH = re.compile("[“”‘’＝，【】｛｝［］：＃]")
_TWICE = (
    "Cannot overwrite a value",
    "twice",
    "already defined",
    "Cannot mutate immutable namespace",
    "Duplicate",
)


@dataclass
class LocatedToml:
    """A parsed file: its data and the line of each key path, such as ("operation", 1, "hours")."""

    shown: str
    data: dict[str, Any]
    lines: dict[KeyPath, int]
    sha256: str = ""
    text: str = field(default="", repr=False)

    def line(self, *path: str | int) -> int:
        """Return the line of a key path, or of the nearest table around it; 0 when there is none."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 0


def read_toml(path: Path, problems: Problems) -> LocatedToml | None:
    """Return a TOML file with its lines, or None after noting why it can't be used."""
    file = read_file(path, problems)
    return None if file is None else parse_toml(file, problems)


def read_text(path: Path, problems: Problems) -> str | None:
    """Return a file's text, decoded, or None after noting why it can't be used."""
    file = read_file(path, problems)
    return None if file is None else file.text


_LONG_KEY = re.compile(r"""(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}+""")
"""A key of more parts than any file has, before it is parsed."""


def parse_toml(file: TextFile, problems: Problems) -> LocatedToml | None:
    """Return parsed text with its lines, or None after noting the syntax error and what is near it."""
    text = file.text.replace("\r\n", "\n")
    if _LONG_KEY.search(text):  # its tables would take the parser minutes
        problems.error("toml_nested", file=file.shown, allowed=MAX_DEPTH)
        return None
    try:
        data = tomllib.loads(text)
    except RecursionError:
        problems.error("toml_nested", file=file.shown, allowed=MAX_DEPTH)
        return None
    except ValueError as error:  # TOMLDecodeError, and plain ValueError from numbers of thousands of digits
        _note_syntax(str(error), text, file.shown, problems)
        return None
    if _deeper_than(data, MAX_DEPTH):
        problems.error("toml_nested", file=file.shown, allowed=MAX_DEPTH)
        return None
    return LocatedToml(file.shown, data, _Scanner(text).run(), file.sha256, text)


def _note_syntax(message: str, text: str, shown: str, problems: Problems) -> None:
    rows = text.split("\n")
    place = _PLACE.search(message)
    what = _PLACE.sub("", message)
    line = int(place.group(1)) if place and place.group(1) else len(text.rstrip().split("\n"))
    near = rows[line - 1].strip()[:NEAR] if 0 < line <= len(rows) else ""
    code = "toml_syntax"
    if any(word in what for word in _TWICE):
        code = "toml_twice"
    elif _FULL_WIDTH.search(near):
        code = "toml_full_width"
    problems.error(code, file=shown, line=line, near=near, what=what[:200])


def _deeper_than(data: object, allowed: int) -> bool:
    """Whether tables and lists nest deeper; without recursion, since the input may be anything."""
    level = [data]
    for _ in range(allowed + 1):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_SPACES = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""+', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'''+", re.DOTALL)
_PLAIN = re.compile(r"[^,\]}#\n]*")


class _Scanner:
    """Walks valid TOML and notes the line on which each key path begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._counted_to = 0
        self._line = 1
        self._tables: dict[KeyPath, int] = {}  # arrays of tables: how many so far

    def run(self) -> dict[KeyPath, int]:
        """Return line by key path."""
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.lines

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:  # cannot be in valid text; step on, so that the scan always ends
            self.at += 1
            return ""
        self.at = found.end()
        return found.group()

    def _line_here(self) -> int:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        return self._line

    def _note(self, path: KeyPath, line: int) -> None:
        for n in range(1, len(path) + 1):
            self.lines.setdefault(path[:n], line)

    def _header(self) -> KeyPath:
        line = self._line_here()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        parts = self._key()
        self.at += 2 if many else 1
        path: KeyPath = ()
        for n, part in enumerate(parts):
            path = (*path, part)
            if many and n == len(parts) - 1:
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        self._note(path, line)
        self.lines[path] = line
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(_SPACES)
            first = self.text[self.at : self.at + 1]
            if first == '"':
                raw = self._skip(_BASIC)
                parts.append(tomllib.loads("k = " + raw)["k"] if "\\" in raw else raw[1:-1])
            elif first == "'":
                parts.append(self._skip(_LITERAL)[1:-1])
            else:
                parts.append(self._skip(_BARE_KEY))
            self._skip(_SPACES)
            if self.text[self.at : self.at + 1] != ".":
                return parts
            self.at += 1

    def _pair(self, table: KeyPath) -> None:
        line = self._line_here()
        path = (*table, *self._key())
        self._note(path, line)
        self.at += 1  # the equals sign
        self._skip(_SPACES)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        text = self.text
        if text.startswith('"""', self.at):
            self._skip(_LONG_BASIC)
        elif text.startswith("'''", self.at):
            self._skip(_LONG_LITERAL)
        elif text.startswith('"', self.at):
            self._skip(_BASIC)
        elif text.startswith("'", self.at):
            self._skip(_LITERAL)
        elif text.startswith("[", self.at):
            self._list(path)
        elif text.startswith("{", self.at):
            self._inline_table(path)
        else:
            self._skip(_PLAIN)

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self.at < len(self.text):
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == "]":
                break
            item = (*path, index)
            self._note(item, self._line_here())
            self._value(item)
            index += 1
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.at < len(self.text):
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == "}":
                break
            self._pair(path)
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
        self.at += 1
