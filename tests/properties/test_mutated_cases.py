"""Whatever happens to a plant file, the answer is a case or messages: never a traceback, never silence."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from counts import count, examples, seed
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plantsim.io import read_case
from plantsim.io.migrate import migrate_text
from plantsim.library import library
from plantsim.vocabulary.messages import catalogue, show_problem, show_problems, text
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.visible import visible

DATA = Path(__file__).parents[1] / "data" / "two_potlines"
FILES = {"plant.toml": DATA / "plants" / "line-1.toml", "case.toml": DATA / "case.toml"}

UNFILLED = re.compile(r"\{[a-z_]+\}")

VALUES = (
    "nan", "-inf", "1e400", "9" * 400, "0x1F", "true", "1979-05-27", "07:32:00", "[]", "{}", "[[[]]]", '""', "''",
    '"4.2 MPa(g)"', '"80 %(vac)"', '"1,5 kA"', '"3 - 4 V"', '"野马"', '"\\u0000"', '"1e999 V"', "-0.0", "{value=[1]}",
    '{value=1,unit="MPa"}', '{value={value=1}}', '{status="measured"}', "[1,'x',[2]]", '"' + "9" * 700 + '"', "１２ kA",
)  # fmt: skip
UNITS = (
    "kA",
    "MPa",
    "MPa(g)",
    "kPa(vac)",
    "%",
    "1",
    "℃",
    "K",
    "kWh/t",
    "t/d",
    "CNY",
    "万元",
    "tce/a",
    "m",
    "",
)
TABLES = (
    "[values]",
    "[plant]",
    "[[plant]]",
    "[[operation]]",
    "[[proposal]]",
    "[record.x]",
    "[values.a.b]",
    "[x]",
    "[[values]]",
)
KEYS = (
    "schema",
    "id",
    "process",
    "value",
    "sd",
    "hours",
    "class",
    "changes",
    "capex",
    "line_current",
    "dc_power",
)


def mutated(text: str, seed: int, times: int) -> bytes:
    """Return the file's bytes after a few accidents."""
    dice = random.Random(seed)
    data = text.encode("utf-8")
    for _ in range(times):
        lines = data.split(b"\n")
        n = dice.randrange(len(lines))
        kind = dice.randrange(10)
        if kind == 0:
            del lines[n]
        elif kind == 1:
            lines.insert(dice.randrange(len(lines) + 1), lines[n])
        elif kind == 2 and len(lines[n]) > 1:
            k = dice.randrange(len(lines[n]) - 1)
            lines[n] = lines[n][:k] + lines[n][k + 1 : k + 2] + lines[n][k : k + 1] + lines[n][k + 2 :]
        elif kind in (3, 4) and b"=" in lines[n]:
            lines[n] = lines[n].split(b"=")[0] + b"= " + dice.choice(VALUES).encode()
        elif kind == 5:
            k = dice.randrange(len(lines[n]) + 1)
            lines[n] = lines[n][:k] + dice.randbytes(dice.randrange(1, 4)) + lines[n][k:]
        elif kind == 6:
            lines.insert(n, dice.choice(TABLES).encode())
        elif kind == 7:
            for unit in (b"kA", b"kt/a", b" V", b"%", b" m", b" h", b"CNY", b"tce/a"):
                lines[n] = lines[n].replace(unit, b" " + dice.choice(UNITS).encode())
        elif kind == 8:
            words = lines[n].split(b" ")
            words[0] = dice.choice(KEYS).encode()
            lines[n] = b" ".join(words)
        else:
            lines[n] = lines[n].replace(b"{", dice.choice((b"", b"[", b"{{")), 1)
        data = b"\n".join(lines)
    return data


def answer_to(folder: Path, name: str, content: bytes) -> None:
    (folder / "plants").mkdir(exist_ok=True)
    for other, source in FILES.items():
        place = folder / other if other == "case.toml" else folder / "plants" / other
        place.write_bytes(content if other == name else source.read_bytes())
    problems = Problems()
    case = read_case(folder, library(), problems)
    assert case is not None or problems.errors
    for p in problems:
        assert p.file
        for lang in ("zh", "en"):
            shown = show_problem(p, lang)
            assert p.code in catalogue()
            assert not UNFILLED.search(text(p.code, lang, dict.fromkeys(p.fields, ""))), p
            assert len(shown) < 2000
            shown.encode("utf-8")
    if case is not None:
        for plant in case.plants:
            assert plant.operation
            assert all(v.origin.file for v in plant.values.values())
    new, _ = migrate_text(content.decode("utf-8", "replace"), library(), name, Problems())
    assert isinstance(new, str)


accidents = given(
    name=st.sampled_from([*FILES, "plant.toml", "plant.toml"]),
    seed=st.integers(0, 2**32 - 1),
    times=st.integers(1, 4),
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@examples(10_000, suppress_health_check=QUIET)
@accidents
def test_a_mutated_file_gets_an_answer(tmp_path: Path, name: str, seed: int, times: int):
    answer_to(tmp_path, name, mutated(FILES[name].read_text(encoding="utf-8"), seed, times))


@examples(200, suppress_health_check=QUIET)
@given(content=st.binary(max_size=300))
def test_garbage_gets_an_answer(tmp_path: Path, content: bytes):
    answer_to(tmp_path, "plant.toml", content)


@examples(200, suppress_health_check=QUIET)
@given(content=st.text(alphabet="[]{}=.,\"'\n #ab1é中", max_size=80))
def test_scraps_of_toml_get_an_answer(tmp_path: Path, content: str):
    answer_to(tmp_path, "plant.toml", content.encode("utf-8"))


def steers(shown: str) -> list[str]:
    """Return the characters of a text that a terminal would act on."""
    return [c for c in shown if c != "\n" and c != "\t" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)]


@pytest.mark.drawn
def test_no_mutated_case_steers_the_terminal_or_ends_in_a_traceback(tmp_path):
    """20,000 mutated cases of a campaign: names, keys and values with sequences that move a terminal's cursor."""
    odd = ("\x1b[2J", "\x9b31m", "\x07", "\x7f", "\\u001b]0;x\\u0007", "\\u009b1A", "\r", "\u202e")
    texts = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()}
    dice, shown_any = random.Random(seed(18)), 0
    for number in range(count(20_000)):
        name = dice.choice(list(texts))
        for other, text_ in texts.items():
            (tmp_path / other).write_text(text_, encoding="utf-8", newline="\n")
        data = mutated(texts[name], dice.randrange(1 << 30), dice.randrange(1, 4)).decode("utf-8", "replace")
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(data) + 1)
            data = data[:at] + dice.choice(odd) + data[at:]
        (tmp_path / name).write_bytes(data.encode("utf-8", "replace"))
        problems = Problems()
        case = read_case(tmp_path, library(), problems)
        told = [p.name[lang] for p in (case.plants if case else ()) for lang in ("zh", "en")]
        for lang in ("zh", "en"):
            shown = visible("\n".join([*show_problems(problems, lang), *told]))
            assert not steers(shown), (number, shown)
            shown_any += "\\x" in shown
    assert shown_any > 10  # there was something to show
