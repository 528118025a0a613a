"""The command line from outside: help, exit codes, streams, and that no traceback ever reaches the user."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from plantsim.cli.app import LIBRARY_VERBS, VERBS
from plantsim.cli.main import run as run_command

VERB_LINES = [[name] for name, _ in VERBS] + [["library"]] + [["library", name] for name, _ in LIBRARY_VERBS]


@pytest.fixture
def plantsim(capsys, tmp_path, monkeypatch):
    """Run the command line in this process, in an empty folder; return (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANTSIM_LANG", "en")

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = run_command([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


@pytest.fixture(scope="session")
def case(root) -> Path:
    """A small case: two potlines, two proposals."""
    return root / "tests" / "frozen" / "schema-1" / "case"


# --- help -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", [[], *VERB_LINES], ids=" ".join)
def test_help_in_both_languages(plantsim, verb, lang):
    code, out, err = plantsim(*verb, "--help", "--lang", lang)
    assert (code, err) == (0, "")
    assert any("\u4e00" <= c <= "\u9fff" for c in out) == (lang == "zh")


def test_no_arguments_show_the_help(plantsim):
    code, out, err = plantsim()
    assert (code, err) == (0, "")
    assert all(name in out for name, _ in VERBS)
    code, out, err = plantsim("library")
    assert code in (0, 2)  # as the parser's version has it
    assert (out + err).count("Usage:") == 1
    assert all(name in out + err for name, _ in LIBRARY_VERBS)


def test_version(plantsim):
    code, out, _ = plantsim("--version")
    assert code == 0
    assert out.startswith("plantsim 0.")


# --- bad input: exit 2, a message, no results ---------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no-such-folder"],
        ["run", "no-such-folder"],
        ["rank", "no-such-folder"],
        ["explain", "no-such-folder", "cell_voltage"],
        ["explain", "{case}", "cell_voltag"],
        ["explain", "{case}", "cell_voltage", "--plant", "line-9"],
        ["run", "{case}", "--plant", "line-9"],
        ["run", "{case}", "--out", "results.xyz"],
        ["run", "{case}", "--out", "{file}/below/results.json"],
        ["rank", "{case}", "--out", "{file}/below/results.csv"],
        ["run", "{case}", "--log", "{file}/below/log.txt"],
        ["run", "{case}", "--no-such-option"],
        ["run", "{case}", "--threads", "many"],
        ["run", "{case}", "surplus"],
        ["run"],
        ["rnak", "{case}"],
        ["rank", "{empty}"],
        ["run", "{file}"],
        ["check", "{empty}"],
        ["migrate", "no-such-folder"],
        ["new", "prebake-24ka"],
        ["new", "prebake-240ka", "{file}"],
        ["new", "prebake-240ka", "{file}/below/new.toml"],
        ["schema", "--process", "aluminum_cell"],
        ["schema", "--out", "{file}/below/schema.json"],
        ["library", "list", "nonsense"],
        ["library", "show", "nonsense"],
        ["library", "diff", "prebake-240ka", "nonsense"],
        ["library", "nonsense"],
    ],
    ids=" ".join,
)
def test_bad_input_is_said_and_ends_with_2(plantsim, case, tmp_path, arguments, lang):
    (tmp_path / "file").write_text("not a case")
    (tmp_path / "empty").mkdir()
    places = {"case": case, "file": tmp_path / "file", "empty": tmp_path / "empty"}
    code, out, err = plantsim(*(a.format(**places) for a in arguments), "--lang", lang)
    assert code == 2, err
    assert err.strip()
    messages = "\n".join(line for line in err.splitlines() if not line.startswith("Usage:"))
    assert "{" not in messages, "a field of the message was not given"
    # `check` counts what it found on standard output; nothing else has a result to give
    assert out == "" or arguments[0] == "check"
    assert not list(tmp_path.glob("plantsim-crash-*"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run", "x", "--lang", "fr"], "fr"),
        (["run", "x", "--lang"], "--lang"),
        (["run", "x", "--log"], "--log"),
    ],
)
def test_wrong_global_options(plantsim, arguments, expected):
    code, out, err = plantsim(*arguments)
    assert (code, out) == (2, "")
    assert expected in err


def test_the_nearest_name_is_offered(plantsim, case):
    assert "cell_voltage" in plantsim("explain", case, "cell_voltag")[2]
    assert "line-1" in plantsim("run", case, "--plant", "line-11")[2]
    assert "prebake-240ka" in plantsim("new", "prebake-24ka")[2]
    assert "aluminium_cell" in plantsim("schema", "--process", "aluminum_cell")[2]


# --- our fault: exit 3, one line, a crash file ----------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_crash_writes_a_file_and_one_line(plantsim, case, tmp_path, monkeypatch, lang):
    def broken(*_):
        raise RuntimeError("broken\non two lines")

    monkeypatch.setattr("plantsim.io.cases.read_case", broken)
    code, out, err = plantsim("run", case, "--lang", lang)
    (report,) = tmp_path.glob("plantsim-crash-*.txt")
    assert (code, out) == (3, "")
    assert err.count("\n") == 1
    assert "RuntimeError: broken" in err
    assert str(report) in err
    written = report.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert str(case) in written


def test_a_crash_in_a_folder_that_cannot_be_written(plantsim, case, tmp_path, monkeypatch):
    monkeypatch.setattr("plantsim.io.cases.read_case", lambda *_: 1 / 0)
    opened = Path.open

    def open_elsewhere(path, *args, **kwargs):
        if path.parent == Path():
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_elsewhere)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert plantsim("run", case)[0] == 3
    assert list(tmp_path.glob("plantsim-crash-*.txt"))


def test_a_plant_that_cannot_be_used_ends_with_1(plantsim, case, tmp_path):
    """The other plant is simulated all the same."""
    shutil.copytree(case, tmp_path / "case")
    plant = tmp_path / "case" / "plants" / "line-2.toml"
    plant.write_text(plant.read_text(encoding="utf-8").replace("3.98 V", "3.98 kW"), encoding="utf-8")
    for verb, found in (("run", "results"), ("rank", "plants")):
        code, out, err = plantsim(verb, tmp_path / "case", "--json")
        assert code == 1
        assert {r["plant"] for r in json.loads(out)[found]} == {"line-1"}
        assert "line-2.toml" in err
        assert "3.98 kW" in err
    assert plantsim("check", tmp_path / "case")[0] == 2


def test_a_row_that_fails_ends_with_1(plantsim, case, monkeypatch):
    """A potline that no kernel can solve: the row says so, the rest is reported."""
    from plantsim.vocabulary.status import INFEASIBLE_THERMAL, variable_code

    def second_fails(x, d, o, first_bin, y, start, stop):
        y["status"][first_bin[start] : first_bin[stop]] = 0
        y["status"][first_bin[1] :] = INFEASIBLE_THERMAL
        y["status_variable"][first_bin[1] :] = variable_code("cell_voltage")

    from plantsim.processes.aluminium_cell import kernel

    monkeypatch.setattr(kernel, "entry", second_fails)
    code, out, _ = plantsim("run", case, "--json")
    status = {r["plant"]: (r["status"], r["blame"]) for r in json.loads(out)["results"]}
    assert code == 1
    assert status == {"line-1": ("ok", ""), "line-2": ("infeasible_thermal", "cell_voltage")}
    code, out, _ = plantsim("run", case)
    assert code == 1
    assert "mean cell voltage" in out


# --- streams and results --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["run", "rank"])
def test_json_is_valid_and_the_same_twice(plantsim, case, verb):
    first, second = plantsim(verb, case, "--json"), plantsim(verb, case, "--json", "--threads", "1")
    assert first[0] == 0
    assert first[1] == second[1]
    body = json.loads(first[1])
    assert body["manifest"]["schema"] == 1
    assert body["results" if verb == "run" else "proposals"]


@pytest.mark.parametrize("suffix", ["json", "csv", "parquet"])
@pytest.mark.parametrize("verb", ["run", "rank"])
def test_results_go_to_a_file_the_same_twice(plantsim, case, tmp_path, verb, suffix):
    for name in ("a", "b"):
        code, out, err = plantsim(verb, case, "--out", tmp_path / f"{name}.{suffix}")
        assert code == 0
        assert f"{name}.{suffix}" in err
        assert f"{name}.{suffix}" not in out
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_results_and_warnings_keep_to_their_streams(run_python, case, tmp_path):
    """With a cache folder that can't be made: the warning is on standard error, and JSON alone on the other."""
    (tmp_path / "file").touch()
    for lang, word in (("en", "NUMBA_CACHE_DIR"), ("zh", "编译结果")):
        done = run_python(
            ["-m", "plantsim", "run", str(case), "--json", "--lang", lang],
            env={"NUMBA_CACHE_DIR": str(tmp_path / "file" / "below")},
        )
        assert json.loads(done.stdout)["results"]
        assert word in done.stderr


def test_the_language_of_the_environment(run_python, case):
    for env, chinese in (
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "C"}, False),
    ):
        unset = {"PLANTSIM_LANG": None, "LC_ALL": None}
        done = run_python(["-m", "plantsim", "check", str(case)], env={**unset, **env})
        assert any("\u4e00" <= c <= "\u9fff" for c in done.stdout) == chinese


def test_output_is_utf_8_whatever_the_locale(run_python, case):
    done = run_python(
        ["-m", "plantsim", "rank", str(case), "--lang", "zh"],
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
    )
    assert "电解一系列" in done.stdout


def test_tables_keep_to_100_columns(plantsim, case, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    from unicodedata import east_asian_width

    for lang in ("en", "zh"):
        _, out, _ = plantsim("rank", case, "--lang", lang)
        tables = [line for line in out.splitlines() if "  " in line.strip()]
        assert tables
        widths = [sum(2 if east_asian_width(c) in "WF" else 1 for c in line.rstrip()) for line in tables]
        assert max(widths) <= 100


def test_a_reader_that_goes_away_is_no_crash(case, root, tmp_path):
    """plantsim ... | head -1"""
    import subprocess
    import sys

    env = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "plantsim", "library", "list", "all", "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    errors = process.stderr.read().decode()
    assert (process.wait(timeout=60), errors) == (0, "")
    assert not list(tmp_path.iterdir())


def test_a_log_holds_the_call_and_the_warnings(plantsim, case, tmp_path):
    code, _, _ = plantsim("run", case, "--log", tmp_path / "log.txt", "-v")
    assert code == 0
    assert f"plantsim run {case}" in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_new_then_run(plantsim, tmp_path):
    assert plantsim("new", "prebake-240ka", tmp_path / "plant.toml")[0] == 0
    code, out, _ = plantsim("run", tmp_path / "plant.toml", "--json")
    assert code == 0
    assert json.loads(out)["results"]


def test_migrate_says_that_there_is_nothing_to_do(plantsim, case, tmp_path):
    shutil.copytree(case, tmp_path / "case")
    before = {p: p.read_bytes() for p in (tmp_path / "case").rglob("*") if p.is_file()}
    assert plantsim("migrate", tmp_path / "case")[0] == 0
    assert {p: p.read_bytes() for p in (tmp_path / "case").rglob("*") if p.is_file()} == before


def test_warmup_names_every_process(plantsim):
    from plantsim.processes import names

    code, out, err = plantsim("warmup")
    assert code == 0
    assert all(name in out and name in err for name in names())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("line_curent", "Nearest: line_current"),
        ("zzzz", "Nearest: -."),
    ],
)
def test_explain_of_a_name_that_is_not_a_variable(plantsim, case, name, said):
    code, _, err = plantsim("explain", case, name)
    assert code == 2
    assert said in err


def test_explain_of_an_indicator_shows_what_it_rests_on(plantsim, case):
    code, out, _ = plantsim("explain", case, "liquid_ac_power")
    assert code == 0
    assert "and what it rests on" in out
    assert "cell voltage" in out


RECORDED_LINE = """
schema = 1
[plant]
id = "line"
process = "aluminium_cell"
reference = "prebake-240ka"
altitude = "1800 m"
[record]
liquid_ac_power = { value = "13400 kWh/t", sd = "20 kWh/t", method = "meter", status = "measured" }
"""


def test_calibrate_shows_the_record_against_the_model(plantsim, tmp_path):
    file = tmp_path / "line.toml"
    file.write_text(RECORDED_LINE, encoding="utf-8")
    code, out, _ = plantsim("calibrate", str(file), "--fit", "cell_voltage")
    assert code == 0
    assert "inputs fitted to its own record" in out
    assert "13,400" in out
    assert "agrees" in out
    assert plantsim("calibrate", str(file), "--fit", "line_current")[0] == 2


def test_new_makes_the_folder_and_names_the_classes(plantsim, tmp_path):
    file = tmp_path / "case" / "plants" / "unit.toml"
    assert plantsim("new", "n300-16.67-537-537", file)[0] == 0
    assert "#   unit_class: " in file.read_text(encoding="utf-8")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    code, _, err = plantsim("new", "n300-16.67-537-537", tmp_path / "taken" / "unit.toml")
    assert code == 2
    assert "can't be written" in err


@pytest.mark.parametrize(("lang", "said"), [("en", "There is no folder"), ("zh", "没有文件夹")])
def test_results_into_a_folder_that_is_not_there(plantsim, case, tmp_path, lang, said):
    code, _, err = plantsim("run", case, "--out", tmp_path / "nowhere" / "x.csv", "--lang", lang)
    assert code == 2
    assert said in err
