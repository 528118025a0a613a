"""Lines of keys, and files that are not what they should be."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path

import pytest

from plantsim.io.text_files import TextFile, read_file, show_path
from plantsim.io.toml_lines import parse_toml, read_toml
from plantsim.vocabulary.problems import Problems

TEXT = '''# comment
a = 1
"quoted key" = "x = 3 # no comment"
b.c = [
  1,
  { d = "]", e = [3,
    4] },
]
long = """
[not.a.table]
y = 2
"""
raw = \'\'\'z = "\'\'\'
[t]
x = 1979-05-27 07:32:00  # a date with a space
[[row]]
x = 1
[row.inner]
z = 5
[[row]]
"\\u0041" = 2
[[row.sub]]
k = 1
[[row.sub]]
k = 2
'''


def parsed(text: str, problems: Problems | None = None):
    return parse_toml(TextFile("f.toml", text, ""), problems if problems is not None else Problems())


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("quoted key",), 3),
        (("b",), 4),
        (("b", "c", 0), 5),
        (("b", "c", 1, "e"), 6),
        (("b", "c", 1, "e", 1), 7),
        (("long",), 9),
        (("raw",), 13),
        (("t",), 14),
        (("t", "x"), 15),
        (("row", 0), 16),
        (("row", 0, "inner", "z"), 19),
        (("row", 1), 20),
        (("row", 1, "A"), 21),
        (("row", 1, "sub", 1, "k"), 25),
        (("row", 1, "sub", 1, "nowhere"), 24),
        (("nowhere",), 0),
    ],
)
def test_line_of_a_key(path, line):
    assert parsed(TEXT).line(*path) == line


def test_windows_line_ends_count_once():
    windows = parsed(TEXT.replace("\n", "\r\n"))
    assert windows.lines == parsed(TEXT).lines
    assert windows.data == tomllib.loads(TEXT)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a = 1\nb = 1800 m\n", "toml_syntax", 2),
        ("a = 1\na = 2\n", "toml_twice", 2),
        ("[t]\nx = 1\n[t]\n", "toml_twice", 3),
        ("a = “x”\n", "toml_full_width", 1),
        ("a = [1,\n2", "toml_syntax", 2),
        ("a = " + "[" * 40 + "]" * 40, "toml_nested", 0),
        ("a = " + "[" * 100_000, "toml_nested", 0),
        ("a" + ".a" * 50 + " = 1", "toml_nested", 0),
        ("a = " + "9" * 5000, "toml_syntax", 1),
    ],
)
def test_syntax_error_names_its_line(text, code, line):
    problems = Problems()
    assert parsed(text, problems) is None
    assert [(p.code, p.line) for p in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("encoding", "mark", "warned"),
    [
        ("utf-8", b"", False),
        ("utf-8", codecs.BOM_UTF8, False),
        ("utf-16-le", codecs.BOM_UTF16_LE, True),
        ("utf-16-be", codecs.BOM_UTF16_BE, True),
        ("gb18030", b"", True),
    ],
)
def test_encodings(tmp_path: Path, encoding, mark, warned):
    file = tmp_path / "六盘水 电厂.toml"
    file.write_bytes(mark + 'name = "野马寨热电"\r\nx = 2\r\n'.encode(encoding))
    problems = Problems()
    toml = read_toml(file, problems)
    assert toml.data == {"name": "野马寨热电", "x": 2}
    assert toml.line("x") == 2
    assert [p.code for p in problems] == (["file_encoding"] if warned else [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  \n\t\n", "file_empty"),
        (b"\0\1\2", "file_binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "file_binary"),
        (b"\xff\xff\xff\xff", "file_binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "file_binary"),
        (codecs.BOM_UTF32_LE + "a = 1".encode("utf-32-le"), "file_binary"),
        (b"\x1b\xb0\xa1 = 1", "file_binary"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, content, code):
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    problems = Problems()
    assert read_toml(file, problems) is None
    assert [p.code for p in problems] == [code]


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch):
    file = tmp_path / "x.toml"
    with file.open("wb") as out:
        out.truncate(100_000_000)  # sparse
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    problems = Problems()
    assert read_file(file, problems) is None
    assert [(p.code, p.fields["size"]) for p in problems] == [("file_too_large", "100")]


def test_folder_missing_file_and_dangling_link(tmp_path: Path):
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "link.toml").symlink_to(tmp_path / "nowhere")
    problems = Problems()
    for name in ("folder.toml", "link.toml", "absent.toml", "nul\0.toml"):
        assert read_file(tmp_path / name, problems) is None
    assert [p.code for p in problems] == ["file_is_folder", "file_missing", "file_missing", "file_unreadable"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch):
    file = tmp_path / "x.toml"
    file.write_text("a = 1")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problems = Problems()
    assert read_file(file, problems) is None
    assert [(p.code, p.fields) for p in problems] == [("file_unreadable", {"reason": "Permission denied"})]


def test_paths_are_shown_from_here_with_forward_slashes(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert show_path(tmp_path / "案例 一" / "a.toml") == "案例 一/a.toml"
    assert show_path(tmp_path.parent / "b.toml") == (tmp_path.parent / "b.toml").as_posix()
