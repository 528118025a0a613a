"""Every text that the code asks for by its code stands in the catalogue: none reaches a screen as its own name."""

from __future__ import annotations

import ast
from pathlib import Path

import plantsim
from plantsim.vocabulary.messages import catalogue

ROOT = Path(plantsim.__file__).parent
ASKS = {"text", "title", "say"}


def asked() -> list[tuple[str, str]]:
    """Return (code, file and line) of each literal first argument of a call that looks a text up."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ASKS and isinstance(node.args[0].value, str):
                found.append((node.args[0].value, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def test_every_text_that_is_asked_for_exists():
    codes = asked()
    assert len(codes) > 100
    assert [(code, place) for code, place in codes if code not in catalogue()] == []
