"""What ``tests/same.py`` compares: every file and screen of one tree, written into a folder.

    python tests/same_outputs.py TREE CASES FOLDER [PART...]

TREE: the checkout whose plantsim is asked (PYTHONPATH names it); CASES: a folder of cases, the same relative paths
on both sides; FOLDER: gets one file per output, those of a part below its name; PART: all parts where none is named.
A verb, an option or a format that this tree does not have yet says so in its output, which is then what is compared.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
DRAWS = "16"  # of the rankings with draws: enough for every column to be filled
COLUMNS_AT_A_TIME, WIDE = 20, "400"  # of the results file, in one table on a screen of this width
EXPLAINED, FEW = 2, 10  # inputs of a case, and most plants of one whose inputs are explained
SHOWN = 1  # entries of a file of models/; the values of all are compared as the files have them
VERBS = ("new", "check", "run", "rank", "calibrate", "explain", "balance", "schema", "migrate", "warmup")
LATER = ("audit", "select", "report", "track", "review", "convert", "template", "batch", "query", "show")
SHELVES = ("list", "show", "diff")


class Outputs:
    """Runs verbs in this Python and writes what they show and what they leave behind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._show: Callable[[list[str]], int] = _verb()

    def text(self, name: str, content: str) -> None:
        """Write one output."""
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return (exit code, standard output, standard error) of a verb."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self._show(list(arguments))
        return code, out.getvalue(), err.getvalue()

    def screen(self, name: str, *arguments: str) -> None:
        """Keep a verb's screens in both languages."""
        for lang in LANGUAGES:
            self.text(f"{name}.{lang}.txt", _said(*self.run(*arguments, "--lang", lang)))

    def schema(self, name: str, *arguments: str) -> None:
        """Keep a schema of case files, without the spaces that make it ten times longer."""
        found = _read(self.run("schema", *arguments)[1])
        self.text(name, json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")

    def all_forms(self, name: str, *arguments: str) -> Any:
        """Keep a verb's screens in both languages, its JSON, and its files in every format; return the JSON.

        Each is asked for once: the file of a format is written beside a screen or beside the JSON.
        """
        found = None
        forms = {
            "csv": ("--lang", "zh"),
            "parquet": ("--lang", "en"),
            "json": ("--json", "--lang", "en"),
            "xlsx": (),
        }
        for kind, options in forms.items():
            place = self._folder / name / kind
            place.mkdir(parents=True, exist_ok=True)
            out = os.path.relpath(place / f"out.{kind}")
            code, shown, err = self.run(*arguments, "--out", out, *(options or ("--lang", "en")))
            if "--json" in options:
                found = _read(shown)
                (place / "shown.json").write_text(shown, encoding="utf-8", newline="\n")
                shown = ""
            said = _said(code, shown, err).replace(os.path.dirname(out), "OUT")
            (place / "said.txt").write_text(said, encoding="utf-8", newline="\n")
            _shorten_pages(place)
        return found


def _said(code: int, out: str, err: str) -> str:
    return f"exit code {code}\n{out}---- standard error\n{err}"


def _read(shown: str) -> Any:
    try:
        return json.loads(shown)
    except ValueError:  # the verb has no JSON, or said what is wrong
        return None


def _shorten_pages(folder: Path) -> None:
    """Take the library that draws out of pages with pictures: megabytes that are not plantsim's."""
    for page in folder.glob("*.html"):
        from plotly.offline import get_plotlyjs

        content = page.read_text(encoding="utf-8").replace(get_plotlyjs(), "")
        page.write_text(content, encoding="utf-8", newline="\n")


def _verb() -> Callable[[list[str]], int]:
    from plantsim.cli.main import run

    return run


# ---------------------------------------------------------------- cases


def lay_out_cases(folder: Path, tree: Path, otherwise: Path) -> None:
    """Copy into ``folder`` what a tree is asked about: its cases, and those of another that it lacks."""
    for source in (otherwise / "cases", tree / "cases"):
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True)
    for case in sorted((otherwise / "tests" / "frozen").glob("schema-*")):
        ignore = shutil.ignore_patterns("screens", "results.json")
        shutil.copytree(case, folder / "frozen" / case.name, ignore=ignore)
    shutil.copytree(otherwise / "tests" / "data" / "heat_balances", folder / "balances")


def case_outputs(outputs: Outputs, name: str, path: str) -> None:
    """All verbs and formats of one case."""
    files = sorted(Path(path, "plants").glob("*.toml"))
    plants = [tomllib.loads(f.read_text(encoding="utf-8")) for f in files]
    simulated = [p["id"] for plant in plants if "declared" not in plant for p in plant.get("proposal", [])]
    outputs.screen(f"{name}/check", "check", path)
    outputs.screen(f"{name}/calibrate", "calibrate", path)
    outputs.screen(f"{name}/migrate", "migrate", path, "--dry-run")
    outputs.screen(f"{name}/rank-without-draws", "rank", path, "--draws", "0")
    outputs.all_forms(f"{name}/run", "run", path, "-v")
    found = outputs.all_forms(f"{name}/rank", "rank", path, "--draws", DRAWS, "--tornado", *simulated[:1])
    if "city" in name and found:
        column_outputs(outputs, name, path, list(found["proposals"][0]))
    if len(plants) > FEW:
        return
    for input_ in sorted({key for plant in plants for key in plant.get("values", {})})[:EXPLAINED]:
        outputs.screen(f"{name}/explain-{input_}", "explain", path, input_)


def column_outputs(outputs: Outputs, name: str, path: str, columns: list[str]) -> None:
    """Every column of the results file as the screen shows it, on a screen that is wide enough."""
    os.environ["COLUMNS"] = WIDE
    for first in range(0, len(columns), COLUMNS_AT_A_TIME):
        some = ",".join(columns[first : first + COLUMNS_AT_A_TIME])
        outputs.screen(f"{name}/rank-columns-{first:03d}", "rank", path, "--draws", "0", "--columns", some)
    del os.environ["COLUMNS"]


def frozen_screens(outputs: Outputs, name: str, folder: Path) -> None:
    """The screens that are frozen with a case."""
    file = folder / "freeze.toml"
    asked = tomllib.loads(file.read_text(encoding="utf-8"))["screens"] if file.exists() else {}
    with contextlib.chdir(folder):
        for screen, line in asked.items():
            outputs.screen(f"{name}/frozen-{screen}", *shlex.split(line))


BREAKABLE = "frozen/schema-1-aluminium_cell/case/plants/line-1.toml"
BROKEN = (  # what is put in the place of a line of a good plant file
    ("cell_count = 223", "cell_cont = 223"),
    ('"4.02 V", sd = "0.03 V"', '"4.02 kPa"'),
    ('"240 kA"', '"240 A"'),
    ('"92 %", sd = "1 %"', '"192 %"'),
    ('heat_balance = "on"', 'heat_balance = "perhaps"'),
    ('hours = "7000 h"', 'hours = "9000 h"'),
    ('retrofit = "rectifier_upgrade"', 'retrofit = "rectifier_upgrad"'),
    ('status = "measured"', 'status = "guessed"'),
    ('altitude = "1800 m"', ""),
    ("schema = 1", "schema = 99"),
    ('reference = "prebake-240ka"', 'reference = "prebake-24ka"'),
    ('capacity = { approved = "145 kt/a" }', 'capacity = "145 kg"'),
    ('capex = "3000 万元"', 'capex = "3000 t"'),
    ('fit = ["current_efficiency"]', 'fit = ["cell_voltag"]'),
)


def broken_outputs(outputs: Outputs, good: str) -> None:
    """What is said of a plant file with one fault, for each of some faults."""
    for number, (line, fault) in enumerate(BROKEN):
        Path(f"broken-{number:02d}.toml").write_text(good.replace(line, fault), encoding="utf-8")
        outputs.screen(f"broken/{number:02d}", "check", f"broken-{number:02d}.toml")
        outputs.screen(f"broken/{number:02d}-rank", "rank", f"broken-{number:02d}.toml", "--draws", "0")


# ---------------------------------------------------------------- what stands beside cases


def library_outputs(outputs: Outputs, models: Path) -> None:
    """The shelves of models/, the schemas and the files that `new` makes."""
    outputs.screen("library/list", "library", "list")
    for process in sorted(
        p.parent.name for p in models.glob("*/variables.toml") if p.parent.name != "common"
    ):
        outputs.screen(f"library/list-{process}", "library", "list", "all", "--process", process)
        outputs.schema(f"library/schema-{process}.json", "--process", process)
        references = sorted(_ids((models / process / "reference").glob("*.toml")))
        for reference in references:
            outputs.screen(f"library/new-{reference}", "new", reference)
        if len(references) > 1:
            outputs.screen(f"library/diff-{process}", "library", "diff", *references[:2])
    outputs.schema("library/schema-portfolio.json", "--portfolio")
    decks = list(_toml(models / "common" / "prices.toml").get("deck", {}))
    outputs.screen("library/diff-decks", "library", "diff", *decks[:2])
    for file in sorted(models.rglob("*.toml")):
        _file_outputs(outputs, models, file)


def _file_outputs(outputs: Outputs, models: Path, file: Path) -> None:
    """Keep the values of a file of models/, and `library show` of some of its entries in both languages."""
    names = _ids([file]) if file.parent.name == "reference" else _entries(_toml(file))
    at = "-".join(file.relative_to(models).with_suffix("").parts)
    outputs.text(f"library/values-{at}.json", json.dumps(_toml(file), ensure_ascii=False, default=str) + "\n")
    for lang in LANGUAGES:
        shown = [(name, *outputs.run("library", "show", name, "--lang", lang)) for name in names[:SHOWN]]
        body = "".join(f"== {name}: exit code {code}\n{out}{err}\n" for name, code, out, err in shown)
        if body:
            outputs.text(f"library/show-{at}.{lang}.txt", body)


def _entries(table: dict[str, Any]) -> list[str]:
    """Return the names of a file's entries: its tables, and those inside tables that only hold tables."""
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found.append(key)
            if value and all(isinstance(v, dict) for v in value.values()):
                found += list(value)
    return list(dict.fromkeys(found))


def _ids(files: Any) -> list[str]:
    heads = [_toml(file).get("reference", {}) for file in files]
    return [head["id"] for head in heads if "id" in head]


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def command_outputs(outputs: Outputs) -> None:
    """The helps, and every text for the user as it stands in the catalogue."""
    outputs.screen("commands/plantsim", "--help")
    for verb in (*VERBS, "library", *LATER):
        outputs.screen(f"commands/{verb}", verb, "--help")
    for shelf in SHELVES:
        outputs.screen(f"commands/library-{shelf}", "library", shelf, "--help")
    for wrong in (
        "ran",
        "rank --drwas 3",
        "rank",
        "rank nowhere",
        "library show nothing",
        "library list nothing",
    ):
        outputs.screen(f"commands/wrong-{re.sub('[^a-z]+', '-', wrong)}", *wrong.split())
    from plantsim.vocabulary import messages

    outputs.text(
        "commands/messages.json", json.dumps(messages.catalogue(), ensure_ascii=False, indent=1) + "\n"
    )


def balance_outputs(outputs: Outputs, folder: Path) -> None:
    """`plantsim balance` of the heat balances of the tests."""
    for file in sorted(folder.glob("*.toml")):
        outputs.screen(f"balance/{file.stem}", "balance", os.path.relpath(file))


def api_outputs(outputs: Outputs, case: str) -> None:
    """Tables that only notebooks reach."""
    from plantsim import api
    from plantsim.processes import names

    claims = getattr(api, "claims", None) or api.audit  # type: ignore[attr-defined]  # as it was called before 0.2
    asked: dict[str, Callable[[], Any]] = {f"claims-{p}": _bound(claims, p) for p in names()}
    asked["kiln-profile"] = lambda: api.kiln_profile(
        api.load_case(f"{case}/schema-1-cement_kiln/case"), "kiln-1"
    )
    asked["plants"] = lambda: api.plants(api.load_case(f"{case}/schema-1-city/case"))
    asked["scenarios"] = lambda: api.scenarios(
        api.load_case(f"{case}/schema-1-aluminium_cell/case"), "line-1", {"cell_voltage": ["3.95 V", "4.0 V"]}
    )
    for name, table in asked.items():
        try:
            found = table()
            body = (
                found.to_json(orient="split", double_precision=15)
                if hasattr(found, "to_json")
                else repr(found)
            )
        except Exception as error:  # a fault of one table is that table's output
            body = f"{type(error).__name__}: {error}"
        outputs.text(f"api/{name}.txt", body + "\n")


def _bound(function: Callable[[str], Any], word: str) -> Callable[[], Any]:
    return lambda: function(word)


def cases_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, folder) of each case below a folder of cases."""
    for file in sorted(folder.rglob("case.toml")):
        yield "-".join(file.parent.relative_to(folder).parts), file.parent


def parts_of(tree: Path) -> dict[str, Callable[[Outputs], None]]:
    """Return what can be asked, by the name of its folder."""
    found: dict[str, Callable[[Outputs], None]] = {
        "commands": command_outputs,
        "library": lambda outputs: library_outputs(outputs, tree / "models"),
        "balance": lambda outputs: balance_outputs(outputs, Path("balances")),
        "broken": lambda outputs: broken_outputs(outputs, Path(BREAKABLE).read_text(encoding="utf-8")),
        "api": lambda outputs: api_outputs(outputs, "frozen"),
    }
    for name, case in cases_in(Path()):
        found[f"cases/{name}"] = _case_part(f"cases/{name}", case)
    return found


def _case_part(name: str, case: Path) -> Callable[[Outputs], None]:
    def ask(outputs: Outputs) -> None:
        case_outputs(outputs, name, case.as_posix())
        frozen_screens(outputs, name, case.parent)

    return ask


def main(tree: Path, cases: Path, folder: Path, parts: Sequence[str] = ()) -> None:
    """Write the outputs of a tree."""
    import plantsim

    assert Path(plantsim.__file__).is_relative_to(tree), f"{plantsim.__file__} is not of {tree}"
    os.chdir(cases)
    outputs, known = Outputs(folder), parts_of(tree)
    if any(part in {"api", "broken"} or part.startswith("cases/") for part in parts or known):
        # nothing is compiled later, where a screen would say so
        outputs.run("warmup", "--lang", "en")
    for part in parts or known:
        known[part](outputs)


if __name__ == "__main__":
    main(*(Path(a).resolve() for a in sys.argv[1:4]), sys.argv[4:])
