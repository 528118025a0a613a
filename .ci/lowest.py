"""Print the lowest declared version of each dependency as pip requirements.

    python .ci/lowest.py NAME ...      NAME: further packages to take from the extra "dev"

pip has no way to ask for the lowest versions, and a range is only worth what was tested at its ends.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lowest(requirement: str) -> tuple[str, str]:
    """Return (name, lowest version) of a requirement such as "numpy>=2.0,<2.5"."""
    match = re.match(r"([\w.-]+)\s*>=\s*([\w.]+)", requirement)
    if match is None:
        raise SystemExit(f"{requirement}: no lowest version is declared")
    return match[1], match[2]


def main(further: list[str]) -> None:
    """Print name==version, one a line."""
    dev = dict(lowest(r) for r in PROJECT["optional-dependencies"]["dev"])
    wanted = dict(lowest(r) for r in PROJECT["dependencies"]) | {name: dev[name] for name in further}
    print("\n".join(f"{name}=={version}" for name, version in wanted.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
