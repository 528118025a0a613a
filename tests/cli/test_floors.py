"""Full and closed outputs, files that are not ours, names that steer a terminal, signals: each with a message."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from plantsim.cli.streams import OutputLost, Stream
from plantsim.vocabulary.visible import visible

posix = pytest.mark.skipif(os.name != "posix", reason="/dev/full, signals and /proc are those of Linux")


@pytest.fixture
def case(root, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(root / "tests/data/two_potlines", folder)
    return folder


def plant_of(case):
    return sorted((case / "plants").glob("*.toml"))[0]


def test_what_steers_a_terminal_is_shown():
    assert (
        visible("a\x1b[2Jb\x07\x9b\x7f\r\u202e\u2028\ud800") == r"a\x1b[2Jb\x07\x9b\x7f\x0d\u202e\u2028\ud800"
    )
    for same in ("plain", "六盘水\n  1#机组\t×3", "", "a\u200db"):
        assert visible(same) == same


@posix
@pytest.mark.parametrize("arguments", [["library", "list"], ["check", "CASE"], ["run", "CASE"], ["--help"]])
def test_a_full_output_is_said(root, case, arguments):
    command = [
        sys.executable,
        "-m",
        "plantsim",
        "--lang",
        "en",
        *(a.replace("CASE", str(case)) for a in arguments),
    ]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, check=False)
    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert "Standard output can't be written: No space left on device" in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    assert not list(root.glob("plantsim-crash*"))


@posix
def test_a_closed_output_is_said(root, case):
    for closed, code in ((">&-", 2), ("2>&-", 0), (">&- 2>&-", 2)):
        shell = f'"{sys.executable}" -m plantsim --lang en check "{case}" {closed}'
        done = subprocess.run(["sh", "-c", shell], cwd=root, capture_output=True, check=False)
        assert done.returncode == code, (closed, done.stderr)
        assert b"Traceback" not in done.stderr
        assert (b"Standard output is closed" in done.stderr) == (closed == ">&-")


def test_a_stream_that_fails_tells_standard_output_from_standard_error():
    class Full:
        def write(self, text):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputLost, match="No space left"):
        Stream(Full(), lossy=False).write("x")
    assert Stream(Full(), lossy=True).write("x") == 0


def test_a_log_goes_into_no_other_file(case, run_python, tmp_path):
    plant = plant_of(case)
    before = plant.read_bytes()
    done = run_python(["-m", "plantsim", "--lang", "en", "--log", str(plant), "check", str(case)], expected=2)
    assert "is no log of plantsim" in done.stderr
    assert plant.read_bytes() == before
    log = tmp_path / "own.log"
    for lines in (1, 2):
        run_python(["-m", "plantsim", "--log", str(log), "library", "list"])
        assert len([x for x in log.read_text(encoding="utf-8").splitlines() if "library list" in x]) == lines
    nowhere = str(tmp_path / "no" / "own.log")
    assert (
        "The log can't be written"
        in run_python(
            ["-m", "plantsim", "--lang", "en", "--log", nowhere, "library", "list"], expected=2
        ).stderr
    )


def test_a_schema_replaces_only_a_schema(case, run_python, tmp_path):
    plant, made = plant_of(case), tmp_path / "schema.json"
    before = plant.read_bytes()
    done = run_python(["-m", "plantsim", "--lang", "en", "schema", "--out", str(plant)], expected=2)
    assert "exists already" in done.stderr
    assert plant.read_bytes() == before
    for _ in range(2):
        run_python(["-m", "plantsim", "schema", "--out", str(made)])


def test_migrate_keeps_every_old_file(case, run_python):
    plant = plant_of(case)
    text = plant.read_text(encoding="utf-8").replace("schema = 1\n", "", 1)
    plant.write_text(text, encoding="utf-8")
    kept = plant.with_name(plant.name + ".bak")
    kept.write_text("somebody's own", encoding="utf-8")
    run_python(["-m", "plantsim", "migrate", str(case)])
    assert kept.read_text(encoding="utf-8") == "somebody's own"
    assert plant.with_name(plant.name + ".bak.1").read_text(encoding="utf-8") == text
    assert "schema = 1" in plant.read_text(encoding="utf-8")


def test_an_odd_environment_is_one_line(case, run_python):
    env = {"NUMBA_DISABLE_JIT": "maybe", "COLUMNS": "-3", "PLANTSIM_LANG": "tlh", "NUMBA_OPT": "fast"}
    done = run_python(["-m", "plantsim", "--lang", "en", "run", str(case)], env=env)
    assert "Traceback" not in done.stderr
    assert 'NUMBA_DISABLE_JIT = "maybe" cannot be read' in done.stderr


def test_names_do_not_steer_the_terminal(case, run_python):
    plant = plant_of(case)
    text = plant.read_text(encoding="utf-8")
    start = text.index("name = ")
    line = text[start : text.index("\n", start)]
    odd = 'name = { zh = "\\u001b[2J甲\\u009b31m", en = "\\u001b]0;title\\u0007\\u202Eline" }'
    plant.write_text(text.replace(line, odd), encoding="utf-8")
    for verb in ("check", "run", "rank"):
        for lang in ("zh", "en"):
            done = run_python(["-m", "plantsim", "--lang", lang, verb, str(case)], expected=None)
            shown = done.stdout + done.stderr
            assert not [c for c in shown if c not in "\n\t" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)]
            assert "\u202e" not in shown
            if verb == "run":
                assert r"\x1b" in shown


SLOW = """
import os, sys, time
from pathlib import Path
from plantsim import _apart, api
_apart.CODE = _apart.CODE.replace("from plantsim.api import warm", "import time; warm = lambda p: time.sleep(60)")
print(os.getpid(), flush=True)
from plantsim.cli.main import run
raise SystemExit(run(["warmup", "-p", "aluminium_cell"]))
"""


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(x) for x in found.stdout.split()]


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@posix
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_compilers_end_with_their_parent_and_ctrl_c_is_heard(root, tmp_path, sent):
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    env.pop("NUMBA_DISABLE_JIT", None)
    python = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=root,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.default_int_handler
        ),  # jobs behind a shell ignore it
    )
    try:
        end = time.monotonic() + 60
        while not children(python.pid) and time.monotonic() < end:
            time.sleep(0.1)
        compilers = children(python.pid)
        assert compilers
        time.sleep(2.0)
        python.send_signal(sent)  # to the parent alone
        start = time.monotonic()
        python.wait(30)
        waited = time.monotonic() - start
        while any(map(alive, compilers)) and time.monotonic() < start + 30:
            time.sleep(0.05)
        assert not any(map(alive, compilers))
        assert waited < 10.0  # 2 s where nothing else runs
        assert python.returncode == (130 if sent == signal.SIGINT else -sent)
    finally:
        python.kill()
        python.stdout.close()
