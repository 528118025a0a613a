"""The layers of the package, as pyproject.toml's import contracts state them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"


def lint(folder: Path) -> subprocess.CompletedProcess:
    """Run the import contracts in ``folder``."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def copy(root, tmp_path) -> Path:
    """A copy of the package that a test may spoil."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(
        root / "plantsim", tmp_path / "plantsim", ignore=shutil.ignore_patterns("__pycache__", "_models")
    )
    return tmp_path


def test_every_contract_is_kept(root):
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_a_report_may_serve_the_command_line_but_not_know_it(copy):
    with (copy / "plantsim" / "cli" / "check.py").open("a") as file:
        file.write("\nimport plantsim.report.selection\n")
    assert lint(copy).returncode == 0
    with (copy / "plantsim" / "report" / "selection.py").open("a") as file:
        file.write("\nimport plantsim.cli.context\n")
    assert "plantsim.report is not allowed to import plantsim.cli" in lint(copy).stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kernels/spoilt.py", "import pandas"),
        ("kernels/spoilt.py", "import numba"),
        ("vocabulary/spoilt.py", "import plantsim._jit"),
        ("library/spoilt.py", "import plantsim.processes"),
        ("engine/spoilt.py", "import plantsim.io"),
        ("engine/spoilt.py", "import CoolProp"),
        ("io/spoilt.py", "import plantsim.engine"),
        ("cli/spoilt.py", "import plantsim._jit"),
        ("processes/second/kernel.py", "import plantsim.processes.aluminium_cell.kernel"),
    ],
)
def test_a_broken_contract_is_found(copy, file, line):
    spoilt = copy / "plantsim" / file
    spoilt.parent.mkdir(exist_ok=True)
    if spoilt.parent.name == "second":
        (spoilt.parent / "__init__.py").touch()
    spoilt.write_text(f"{line}\n")
    done = lint(copy)
    assert done.returncode != 0, done.stdout
    assert "BROKEN" in done.stdout
