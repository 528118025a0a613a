"""Fixtures of all tests: the checkout, and Python started anew in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from counts import register_profiles
from minutes import Minutes

ROOT = Path(__file__).resolve().parents[1]
RunPython = Callable[..., subprocess.CompletedProcess]


register_profiles()  # here: tests take their settings from the profile while they are read


def pytest_configure(config: pytest.Config) -> None:
    """Print minutes by folder at the end."""
    config.pluginmanager.register(Minutes(), "minutes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what draws examples: a campaign runs it with its full count and a seed of its own."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.drawn)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def run_python() -> RunPython:
    """Start this Python anew: ``run_python(arguments, env=..., cwd=..., package=folder that holds plantsim)``.

    env: variables to set, or None to unset one. Fails when the exit code isn't ``expected`` (None: any).
    """

    def run(
        arguments: Sequence[str],
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        package: Path = ROOT,
        expected: int | None = 0,
        python: str = sys.executable,
        **options: object,
    ) -> subprocess.CompletedProcess:
        full = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        for name, value in (env or {}).items():
            if value is None:
                full.pop(name, None)
            else:
                full[name] = value
        done = subprocess.run(
            [python, *arguments], env=full, cwd=cwd, capture_output=True, timeout=300, check=False, **options
        )
        done.stdout, done.stderr = (s.decode("utf-8", "replace") for s in (done.stdout, done.stderr))
        assert expected is None or done.returncode == expected, (
            f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done

    return run
