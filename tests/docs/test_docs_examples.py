"""What the documentation shows is what happens: its files are written, its commands run, its output compared."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from doc_blocks import DOCS, Block, blocks_of, commands_of, pages, shown_in

REPOSITORY = DOCS.parent
IDS = [str(p.relative_to(DOCS)) for p in pages()]


def environment(page: Path) -> dict[str, str]:
    """Return the environment of a reader of this page: language and a screen of 100 columns."""
    path = os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    lang = page.relative_to(DOCS).parts[0]
    return {**os.environ, "PLANTSIM_LANG": lang, "PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}


def run(arguments: list[str], page: Path, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(page),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
    )
    return done.returncode, done.stdout


def run_console(block: Block, page: Path, folder: Path) -> None:
    commands = commands_of(block.body)
    for i, (command, shown) in enumerate(commands):
        words = shlex.split(command)
        assert words[0] == "plantsim", f"{page}:{block.line}: only plantsim is run here, not {command}"
        code, printed = run(["-m", *words], page, folder)
        expected = int(block.info.get("exit", 0)) if i == len(commands) - 1 else 0
        assert code == expected, f"{page}:{block.line}: {command}\n{printed}"
        assert shown_in(shown, printed), f"{page}:{block.line}: {command} printed\n{printed}"


def write(block: Block, folder: Path) -> None:
    if "file" in block.info:
        path = folder / block.info["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8", newline="\n")
    elif "replace" in block.info:
        name, _, line = block.info["replace"].rpartition(":")
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        new = block.body.splitlines(keepends=True)
        lines[int(line) - 1 : int(line) - 1 + len(new)] = new
        (folder / name).write_text("".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("page", pages(), ids=IDS)
def test_a_page_does_what_it_says(page, tmp_path):
    shutil.copytree(REPOSITORY / "cases", tmp_path / "cases")
    script, shown = "", []
    for block in blocks_of(page.read_text(encoding="utf-8")):
        if block.kind == "console":
            run_console(block, page, tmp_path)
        elif block.kind == "toml":
            write(block, tmp_path)
        elif block.kind == "python":
            script += block.body
        elif block.kind == "text":
            shown.append(block)
        else:
            pytest.fail(f"{page}:{block.line}: a block of {block.kind} is not tested: give it another form")
    if script:
        code, printed = run(["-c", script], page, tmp_path)
        assert code == 0, printed
        for block in shown:
            assert shown_in(block.body, printed), f"{page}:{block.line}: the script printed\n{printed}"


def test_both_languages_have_the_same_pages():
    names = {
        lang: {str(p.relative_to(DOCS / lang)) for p in pages() if p.is_relative_to(DOCS / lang)}
        for lang in ("en", "zh")
    }
    assert names["en"] == names["zh"]
    assert len(names["en"]) > 5


@pytest.mark.parametrize("page", [*pages(), REPOSITORY / "README.md"], ids=[*IDS, "README"])
def test_links_lead_somewhere(page, tmp_path):
    from make_reference import TITLES

    generated = {
        f"{name}.md"
        for name in (*TITLES, *(p.parent.name for p in REPOSITORY.glob("models/*/variables.toml")))
    }
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve()
        if path.parent.name == "reference" and path.parent.parent.parent == DOCS:
            assert path.name in generated, target
        elif not target.startswith("http"):
            assert path.exists(), target


def test_shown_text_is_found_only_where_it_was_printed():
    printed = "a 1\nb 22  \nc 3\nd\n"
    assert shown_in("a 1\n...\nd\n", printed)
    assert shown_in("b ...2\nc 3\n", printed)
    assert shown_in("", printed)
    assert not shown_in("a 1\nc 3\n", printed)
    assert not shown_in("b 2\n", printed)
    assert not shown_in("c 3\n...\na 1\n", printed)
