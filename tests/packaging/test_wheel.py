"""The built wheel, installed outside the checkout, runs the main job: also where little may be written."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

import pytest

NOBODY = 65534  # uid and gid of a user without rights
LIBRARIES = sysconfig.get_paths()["purelib"]


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory) -> Path:
    """The wheel, built from the checkout without any download."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(root),
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
    ]
    subprocess.run([*command, "--wheel-dir", str(folder)], check=True, timeout=300)
    (built,) = folder.glob("plantsim-*.whl")
    return built


def install(wheel: Path, folder: Path) -> Path:
    """Unpack the wheel into ``folder``, as pip does with a pure Python package."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder for PYTHONPATH that holds the installed package."""
    return install(wheel, tmp_path_factory.mktemp("installed") / "site")


@pytest.fixture(scope="session")
def potlines(root, tmp_path_factory) -> Path:
    """A small case of two potlines in the place of the city's: quick where everything is compiled anew."""
    folder = tmp_path_factory.mktemp("city") / "cases" / "liupanshui"
    shutil.copytree(root / "tests" / "data" / "two_potlines", folder)
    return folder


@pytest.fixture(scope="session")
def expected(potlines, run_python) -> list:
    """The ranking that the checkout gives."""
    return ranking(run_python(["-m", "plantsim", "rank", str(potlines), "--json"]))


def ranking(done: subprocess.CompletedProcess) -> list:
    proposals = json.loads(done.stdout)["proposals"]
    assert proposals
    return proposals


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()
    }


# --- what is in it ------------------------------------------------------------------------------------------


def test_the_wheel_holds_the_package_and_the_numbers_and_nothing_else(wheel, root):
    names = set(zipfile.ZipFile(wheel).namelist())
    models = {
        f"plantsim/_models/{p.relative_to(root / 'models').as_posix()}"
        for p in (root / "models").rglob("*.toml")
    }
    messages = {f"plantsim/vocabulary/{p.name}" for p in (root / "plantsim" / "vocabulary").glob("*.toml")}
    assert models | messages <= names
    assert {n.split("/")[0].split("-")[0] for n in names} == {"plantsim"}
    assert not [n for n in names if n.endswith((".nbi", ".nbc", ".pyc"))]
    assert [n for n in names if n.endswith("licenses/LICENSE")]


def test_the_main_job_runs_from_a_copied_cases_folder(installed, run_python, potlines, expected, tmp_path):
    """From the wheel, with its own numbers, and not from the checkout."""
    shutil.copytree(potlines, tmp_path / "cases" / "liupanshui")
    where = ["-c", "import plantsim.library as l; print(l.__file__, l.library().folder, sep='|')"]
    assert run_python(where, package=installed, cwd=tmp_path).stdout.strip().split("|") == [
        str(installed / "plantsim" / "library" / "__init__.py"),
        str(installed / "plantsim" / "_models"),
    ]
    done = run_python(
        ["-m", "plantsim", "rank", "cases/liupanshui", "--json"], package=installed, cwd=tmp_path
    )
    assert ranking(done) == expected


# --- where little may be written ----------------------------------------------------------------------------


def test_a_read_only_install_stays_as_it_is(wheel, run_python, potlines, expected, tmp_path):
    """Root may write anywhere, so besides the missing permissions the files themselves are compared."""
    site = install(wheel, tmp_path / "site")
    (tmp_path / "work").mkdir()
    everything = [site, *site.rglob("*")]
    for path in everything:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = listing(site)
    try:
        env = {"NUMBA_CACHE_DIR": None, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        command = ["-m", "plantsim", "rank", str(potlines), "--json"]
        done = run_python(command, env=env, package=site, cwd=tmp_path / "work")
        assert listing(site) == before
    finally:
        for path in everything:
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert ranking(done) == expected
    assert done.stderr.startswith("Compiling aluminium_cell")
    assert done.stderr.count("\n") == 1
    assert list((tmp_path / "cache" / "plantsim").rglob("*.nbc")), "nothing was cached where it may be"
    assert not list((tmp_path / "work").iterdir())


def test_without_a_home_folder(installed, run_python, potlines, expected, tmp_path):
    """A file stands where the home folder should be, which stops root too."""
    (tmp_path / "file").touch()
    env = {"HOME": str(tmp_path / "file" / "home"), "USERPROFILE": str(tmp_path / "file" / "home")}
    env |= dict.fromkeys(("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"))
    command = ["-m", "plantsim", "rank", str(potlines), "--json", "--lang", "en"]
    done = run_python(command, env=env, package=installed, cwd=tmp_path)
    assert ranking(done) == expected
    assert "NUMBA_CACHE_DIR" in done.stderr, "the user is not told why it was slow"


def python_of_anybody() -> str | None:
    """Return a Python of this version that a user without rights can start with our libraries; None if none."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            done = subprocess.run(
                [candidate, "-c", "import numba, typer, rich, pydantic"],
                env={
                    "PYTHONPATH": LIBRARIES,
                    "PATH": os.defpath,
                    "HOME": "/",
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                timeout=120,
                check=False,
            )
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    return None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
def test_a_container_user_without_home_or_name(wheel, run_python, potlines, expected):
    """As `docker run --user 65534` does it: HOME is /, nothing of ours may be written."""
    python = python_of_anybody()
    if python is None:
        pytest.skip("no Python of this version can be started by another user on this machine")
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        place = Path(name)
        place.chmod(0o755)
        site = install(wheel, place / "site")
        shutil.copytree(potlines, place / "cases" / "liupanshui")
        before = listing(place)
        env = {"HOME": "/", "PYTHONPATH": os.pathsep.join([str(site), LIBRARIES])}
        env |= dict.fromkeys(("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"))
        done = run_python(
            ["-m", "plantsim", "rank", "cases/liupanshui", "--json"],
            env=env,
            cwd=place,
            python=python,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
        )
        assert ranking(done) == expected
        assert listing(place) == before


def test_paths_with_chinese_and_spaces(wheel, run_python, potlines, expected, tmp_path):
    """Package, case, cache, results and log below such a path, in a locale that knows only ASCII."""
    place = tmp_path / "六盘水 节能 改造"
    site = install(wheel, place / "程序 包")
    shutil.copytree(potlines, place / "案例 一" / "六盘水")
    env = {
        "NUMBA_CACHE_DIR": str(place / "缓存 目录"),
        "LC_ALL": "C",
        "PYTHONUTF8": None,
        "PYTHONIOENCODING": None,
    }
    command = ["-m", "plantsim", "rank", str(Path("案例 一") / "六盘水"), "--json", "--lang", "zh"]
    command += ["--out", "结果 表.csv", "--log", "日志 文件.txt"]
    done = run_python(command, env=env, package=site, cwd=place)
    assert ranking(done) == expected
    assert "结果 表.csv" in done.stderr
    assert (place / "结果 表.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "案例 一" in (place / "日志 文件.txt").read_text(encoding="utf-8")
    assert list((place / "缓存 目录").rglob("*.nbc"))
