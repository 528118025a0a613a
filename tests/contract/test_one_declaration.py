"""A variable added in variables.toml alone appears everywhere that variables appear."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

DECLARED = """
[busbar_temperature]
role = "input"
quantity = "temperature"
unit = "degC"
bounds = [10, 200]
typical = [30, 90]
default = 55
source = "practice-aluminium"
evidence = "unverified"
label = { en = "busbar temperature of the test", zh = "试验母线温度" }
"""


@pytest.fixture(scope="module")
def plantsim(root, run_python, tmp_path_factory):
    """The command line with a copy of models/ that has one more variable."""
    models = tmp_path_factory.mktemp("declared") / "models"
    shutil.copytree(root / "models", models)
    with (models / "aluminium_cell" / "variables.toml").open("a", encoding="utf-8") as file:
        file.write(DECLARED)

    def run(*arguments: str, expected: int = 0) -> str:
        command = ["-m", "plantsim", *arguments, "--lang", "en"]
        return run_python(command, env={"PLANTSIM_MODELS": str(models)}, expected=expected).stdout

    run.models = models
    return run


@pytest.fixture
def case(root) -> Path:
    return root / "tests" / "frozen" / "schema-1" / "case"


def test_it_is_in_the_schema(plantsim):
    schema = json.loads(plantsim("schema", "--process", "aluminium_cell"))
    values = schema["properties"]["values"]["properties"]
    assert "busbar temperature of the test" in json.dumps(values["busbar_temperature"])


def test_it_is_in_the_template(plantsim):
    assert 'busbar_temperature = { value = "55 °C"' in plantsim("new", "prebake-240ka").replace("degC", "°C")


def test_it_is_in_the_library(plantsim):
    assert "busbar_temperature" in plantsim("library", "list", "variables", "--process", "aluminium_cell")
    assert "busbar temperature of the test" in plantsim("library", "show", "busbar_temperature")


def test_it_is_explained(plantsim, case):
    road = plantsim("explain", str(case), "busbar_temperature", "--plant", "line-1")
    assert "x.busbar_temperature" in road
    assert "328.15" in road  # 55 degC in SI


def test_a_case_may_give_it_and_is_held_to_its_bounds(plantsim, case, tmp_path):
    shutil.copytree(case, tmp_path / "case")
    plant = tmp_path / "case" / "plants" / "line-1.toml"
    text = plant.read_text(encoding="utf-8")
    given = text.replace(
        "[values]", '[values]\nbusbar_temperature = { value = "60 degC", status = "measured" }', 1
    )
    plant.write_text(given, encoding="utf-8")
    assert "0 errors" in plantsim("check", str(tmp_path / "case"))
    plant.write_text(given.replace("60 degC", "600 degC"), encoding="utf-8")
    plantsim("check", str(tmp_path / "case"), expected=2)


def test_it_is_in_the_reference_pages(plantsim, root, run_python, tmp_path):
    script = root / "docs" / "make_reference.py"
    run_python([str(script), str(tmp_path)], env={"PLANTSIM_MODELS": str(plantsim.models)})
    pages = [p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.md")]
    assert any("busbar_temperature" in page for page in pages)
