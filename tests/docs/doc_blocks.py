"""Fenced blocks of the documentation and what they mean to its tests.

    ```toml file=PATH          the file as a whole
    ```toml replace=PATH:LINE  the same number of lines of that file from LINE on
    ```console [exit=CODE]     "$ plantsim ..." lines, each with what it prints; CODE is the last line's
    ```python                  run in order, one script per page
    ```text                    what the page's script prints

In printed text "..." stands for anything: on a line of its own for any lines.
"""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
FENCE = re.compile(r"^```(?P<kind>\w+)(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the words after it, its content and its line in the page."""

    kind: str
    info: dict[str, str]
    body: str
    line: int


def pages() -> list[Path]:
    """Return the pages that people wrote; the generated reference is left out."""
    return sorted(p for p in DOCS.glob("*/**/*.md") if "reference" not in p.relative_to(DOCS).parts)


def blocks_of(text: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    found = []
    for match in FENCE.finditer(text):
        info = dict(word.split("=", 1) for word in match["info"].split())
        found.append(Block(match["kind"], info, match["body"], text.count("\n", 0, match.start()) + 1))
    return found


def commands_of(body: str) -> list[tuple[str, str]]:
    """Return (command, what is shown below it) of a console block."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.M)
    assert not parts[0].strip(), "a console block starts with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def shown_in(shown: str, printed: str) -> bool:
    """Return whether the shown lines appear in what was printed, one after the other; runs of blanks are one."""
    printed = "".join(_squeezed(line) + "\n" for line in printed.splitlines())
    pattern = ""
    for line in shown.strip("\n").splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            parts = [re.escape(_squeezed(part)) for part in line.split("...")]
            pattern += ".*?".join(parts) + r" ?\n"
    return re.search("^" + pattern, printed, re.M) is not None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
