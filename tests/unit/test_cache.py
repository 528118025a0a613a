"""The cache of compiled code: no stale answers whatever is edited, and no folder taken on trust."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from plantsim import _jit

KERNEL = """
from pathlib import Path
from plantsim._jit import batch_entry, kernel
from plantsim.kernels.probe_callee import part

TABLE = Path(__file__).parents[3] / "numbers.csv"
FACTOR = float(TABLE.read_text())  # frozen into the compiled code

@kernel
def calibrate(x):
    return 0

@kernel
def design(x, d):
    return 0

@kernel
def solve(x, d, o, y):
    y.result = FACTOR * part(x.value)
    return 0

entry = batch_entry("probe", Path(__file__).parent, calibrate, design, solve, data=[TABLE])
"""
CALLEE = "from plantsim._jit import kernel\n\n@kernel\ndef part(v):\n    return v * {share}\n"
RUN = """
import json, sys
import numba, numpy as np
{before}
from plantsim import _jit
{patch}
from plantsim.processes.probe.kernel import entry
record = lambda *names: np.dtype((np.record, np.dtype([(n, t) for n, t in names], align=True)))
x = np.zeros(1, record(("is_calibrated", np.int64), ("value", np.float64)))
d, o = np.zeros(1, record(("unused", np.float64))), np.zeros(1, record(("unused", np.float64)))
y = np.zeros(1, record(("status", np.int64), ("result", np.float64)))
x["value"] = 100.0
entry(x, d, o, np.array([0, 1]), y, 0, 1)
print(json.dumps({{
    "answer": float(y["result"][0]),
    "loaded": sum(entry.stats.cache_hits.values()),
    "compiled": sum(entry.stats.cache_misses.values()),
    "warnings": _jit.warnings_for_user,
}}))
"""


class Probe:
    """A copy of the package with a process of its own, run in new processes."""

    def __init__(self, folder: Path, root: Path, run_python) -> None:
        self.package, self.cache, self.temporary = folder / "package", folder / "cache", folder / "temporary"
        ignore = shutil.ignore_patterns("__pycache__", "_models", "aluminium_cell")
        shutil.copytree(root / "plantsim", self.package / "plantsim", ignore=ignore)
        self.temporary.mkdir()
        process = self.package / "plantsim" / "processes" / "probe"
        process.mkdir()
        (process / "__init__.py").touch()
        self.kernel, self.table = process / "kernel.py", self.package / "numbers.csv"
        self.callee = self.package / "plantsim" / "kernels" / "probe_callee.py"
        self.kernel.write_text(KERNEL)
        self.callee.write_text(CALLEE.format(share=0.5))
        self.table.write_text("3.0")
        self._run_python = run_python

    def run(self, patch: str = "", before: str = "", **env: str | None) -> dict:
        """Solve once in a new process."""
        variables = {"NUMBA_CACHE_DIR": str(self.cache), "TMPDIR": str(self.temporary), **env}
        done = self._run_python(
            ["-c", RUN.format(patch=patch, before=before)],
            env=variables,
            package=self.package,
            cwd=self.package,
        )
        return json.loads(done.stdout)

    def keys(self) -> set[str]:
        """The keys that hold compiled code."""
        return {p.name for p in self.cache.iterdir() if list(p.rglob("*.nbc"))}


@pytest.fixture
def probe(tmp_path, root, run_python) -> Probe:
    return Probe(tmp_path, root, run_python)


def test_unchanged_code_is_loaded_from_the_cache(probe):
    assert probe.run() == {"answer": 150.0, "loaded": 0, "compiled": 1, "warnings": []}
    assert probe.run() == {"answer": 150.0, "loaded": 1, "compiled": 0, "warnings": []}
    assert len(probe.keys()) == 1


def test_without_the_key_the_answer_would_be_stale(probe):
    """What the key is for: should this fail one day, numba watches the files of called functions itself."""
    patch = "_jit.cache_key = lambda sources: 'always-the-same'"
    assert probe.run(patch)["answer"] == 150.0
    probe.callee.write_text(CALLEE.format(share=0.25))
    assert probe.run(patch)["answer"] == 150.0
    assert probe.run()["answer"] == 75.0


@pytest.mark.parametrize("edited", ["callee", "table", "kernel"])
def test_an_edit_changes_the_key_and_the_answer(probe, edited):
    assert probe.run()["answer"] == 150.0
    if edited == "callee":
        probe.callee.write_text(CALLEE.format(share=0.25))
    elif edited == "table":
        probe.table.write_text("1.5")
    else:
        probe.kernel.write_text(KERNEL.replace("FACTOR * part", "0.5 * FACTOR * part"))
    assert probe.run() == {"answer": 75.0, "loaded": 0, "compiled": 1, "warnings": []}
    assert len(probe.keys()) == 2


@pytest.mark.parametrize(
    "version",
    ["numba.__version__ = '99.9'", "np.__version__ = '9.9.9'", "sys.version = '9.9 (another build)'"],
)
def test_another_version_compiles_anew(probe, version):
    probe.run()
    assert probe.run(before=version)["compiled"] == 1
    assert len(probe.keys()) == 2


def test_an_unwritable_cache_is_reported_and_never_stale(probe):
    """A file stands where the folder should be, which stops root too."""
    probe.cache.write_text("in the way")
    given = str(probe.cache / "below")
    for share, answer in ((0.5, 150.0), (0.25, 75.0)):
        probe.callee.write_text(CALLEE.format(share=share))
        found = probe.run(NUMBA_CACHE_DIR=given)
        assert (found["answer"], found["compiled"]) == (answer, 1)
        (code, fields), *more = found["warnings"]
        assert code == "cache_unwritable"
        assert fields["folder"].startswith(given)
        assert more == []
    assert list(probe.package.rglob("*.nb?")) == [], "compiled code was left in the package"
    assert list(probe.temporary.iterdir()) == [], "the temporary folder was left behind"


def test_a_home_that_cannot_be_used_is_no_crash(probe):
    probe.cache.write_text("in the way")
    home = {"NUMBA_CACHE_DIR": None, "XDG_CACHE_HOME": None, "HOME": str(probe.cache)}
    found = probe.run(**home)
    assert found["answer"] == 150.0
    if os.name == "posix" and sys.platform != "darwin":
        assert found["warnings"][0][1]["folder"].startswith(str(probe.cache / ".cache" / "plantsim"))


def test_an_unknown_home_is_no_crash(probe):
    nobody = "from pathlib import Path\ndef none(): raise RuntimeError\nPath.home = staticmethod(none)"
    found = probe.run(before=nobody, NUMBA_CACHE_DIR=None, XDG_CACHE_HOME=None, LOCALAPPDATA=None)
    assert found["answer"] == 150.0
    assert found["warnings"][0][0] == "cache_unwritable"


# --- which folder ---------------------------------------------------------------------------------------


@pytest.fixture
def plain(monkeypatch, tmp_path) -> Path:
    """No variable set, and a home folder of its own."""
    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", staticmethod(lambda: tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "below"),
    [("linux", ".cache/plantsim"), ("darwin", "Library/Caches/plantsim"), ("win32", ".cache/plantsim")],
)
def test_the_folder_of_each_system(plain, monkeypatch, platform, below):
    monkeypatch.setattr(sys, "platform", platform)
    assert _jit.user_cache_folder() == plain / below


def test_windows_takes_the_local_application_data(plain, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(plain / "AppData" / "Local"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(plain / "other"))
    assert _jit.user_cache_folder() == plain / "AppData" / "Local" / "plantsim" / "cache"


def test_variables_name_the_folder(plain, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(plain / "xdg"))
    assert _jit.user_cache_folder() == plain / "xdg" / "plantsim"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(plain / "own"))
    assert _jit.user_cache_folder() == plain / "own"


IS_COMPILED = """
from pathlib import Path
import plantsim
from plantsim import _jit
process = Path(plantsim.__file__).parent / "processes" / "probe"
print(_jit.is_compiled(process))
"""


def is_compiled(probe, package):
    env = {"NUMBA_CACHE_DIR": str(probe.cache)}
    return probe._run_python(["-c", IS_COMPILED], env=env, package=package, cwd=package).stdout.strip()


def test_code_of_another_installation_counts_for_nothing(probe, tmp_path):
    """numba would not load it: a run that believed in it would compile in numba's own way, and without a word."""
    probe.kernel.write_text(KERNEL.replace(", data=[TABLE]", ""))
    probe.run()
    assert is_compiled(probe, probe.package) == "True"
    other = tmp_path / "other"
    shutil.copytree(probe.package, other)
    assert is_compiled(probe, other) == "False"
    os.utime(probe.package / "plantsim" / "_jit.py", (1e9, 1e9))  # installed once more
    assert is_compiled(probe, probe.package) == "False"
    assert probe.run()["compiled"] == 1
    assert is_compiled(probe, probe.package) == "True"


def test_an_unwritable_folder_is_told_from_a_writable_one(tmp_path):
    assert _jit.prove_writable(tmp_path / "new" / "deeper")
    assert list((tmp_path / "new" / "deeper").iterdir()) == []
    (tmp_path / "file").touch()
    assert not _jit.prove_writable(tmp_path / "file" / "below")


def test_the_key_depends_on_names_and_contents(tmp_path):
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "b.txt").write_text("not hashed")
    first = _jit.cache_key([tmp_path])
    (tmp_path / "b.txt").write_text("changed")
    assert _jit.cache_key([tmp_path]) == first
    (tmp_path / "a.py").rename(tmp_path / "c.py")
    assert _jit.cache_key([tmp_path]) != first
