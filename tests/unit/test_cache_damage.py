"""Compiled files that are damaged, planted or open to others: compiled anew, never a crash, never a wrong number."""

from __future__ import annotations

import json
import os
import pickle
import stat
from pathlib import Path

import pytest
from counts import count, seed

from plantsim import _sealed, _trust

DAMAGE = '''
import json, os, pickle, random, shutil, sys
from pathlib import Path
import numpy as np
from plantsim import _jit

sources, folder, other, marker = map(Path, sys.argv[1:5])
first, rows, drawn = int(sys.argv[5]), int(sys.argv[6]), random.Random(int(sys.argv[7]))

@_jit.kernel
def calibrate(x):
    return 0

@_jit.kernel
def design(x, d):
    return 0

@_jit.kernel
def solve(x, d, o, y):
    y.v = 2.0 * x.v
    return 0

@_jit.kernel
def solve_otherwise(x, d, o, y):
    y.v = 3.0 * x.v
    return 0

def record(*fields):
    return np.zeros(1, np.dtype((np.record, [(f, t) for f, t in fields]), align=True))

x = record(("is_calibrated", "i8"), ("v", "f8"))
d, o = record(("v", "f8")), record(("v", "f8"))

def answer(solve, name="sample"):
    """Return (the number, 1 when it was loaded) of an entry made anew."""
    y = record(("status", "i8"), ("v", "f8"))
    x["v"] = drawn.uniform(1.0, 9.0)
    entry = _jit.batch_entry(name, sources, calibrate, design, solve)
    entry(x, d, o, np.arange(2), y, 0, 1)
    return round(float(y["v"][0] / x["v"][0]), 9), sum(entry.stats.cache_hits.values())

key = _jit.cache_key(_jit.process_sources(sources))
_jit.cache_key = lambda sources: key

class Planted:
    def __reduce__(self):
        return Path.touch, (marker,)

assert answer(solve) == (2.0, 0)
assert answer(solve_otherwise, "wrong") == (3.0, 0)
kept = Path(os.environ["NUMBA_CACHE_DIR"]) / key
file, wrong = next(kept.glob("sample-*.nbc")), next(kept.glob("wrong-*.nbc"))
whole, wrong = file.read_bytes(), wrong.read_bytes()
body = whole.index(b"\\n", whole.index(b"\\n") + 1) + 1  # where the code begins

def flipped(data, n):
    out = bytearray(data)
    for _ in range(n):
        out[drawn.randrange(len(out))] ^= 1 << drawn.randrange(8)
    return bytes(out) if out != data else flipped(data, 1)

def block(data, filler):
    at = drawn.randrange(len(data) - 600)
    return data[:at] + filler(512) + data[at + 512:]

planted = pickle.dumps(Planted())
CONTENT = {
    "cut off": lambda: whole[:drawn.randrange(len(whole))],
    "empty": lambda: b"",
    "one bit": lambda: flipped(whole, 1),
    "one bit of the head": lambda: flipped(whole[:body], 1) + whole[body:],
    "some bits": lambda: flipped(whole, drawn.randrange(2, 40)),
    "a block of zeros": lambda: whole[:-4096] + bytes(4096) if drawn.random() < 0.5 else bytes(len(whole)),
    "a block of noise": lambda: block(whole, drawn.randbytes),
    "noise": lambda: drawn.randbytes(drawn.randrange(1, 99999)),
    "longer": lambda: whole + drawn.randbytes(drawn.randrange(1, 999)),
    "begins later": lambda: whole[drawn.randrange(1, 999):],
    "twice": lambda: whole + whole,
    "a planted pickle": lambda: planted,
    "a planted pickle under our head": lambda: whole[:body] + planted,
    "a planted pickle before our code": lambda: planted + whole,
    "another entry's file": lambda: wrong,
    "another entry's code under our head": lambda: whole[:body] + wrong[body:],
    "text": lambda: b"plantsim compiled code 1\\n" * drawn.randrange(1, 9),
}
def link():
    other.write_bytes(whole)
    file.unlink()
    file.symlink_to(other)
def pipe():
    file.unlink()
    os.mkfifo(file)
PLACE = {"a link": link, "a pipe": pipe, "open to all": lambda: file.chmod(0o666)}
if os.geteuid() == 0:
    PLACE["another's file"] = lambda: os.chown(file, 12345, 12345)
kinds = [*CONTENT, *PLACE]
seen, faults = {}, []
for number in range(first, first + rows):
    kind = kinds[number % len(kinds)]
    file.unlink(missing_ok=True)
    file.write_bytes(whole)
    file.chmod(0o600)
    if kind in CONTENT:
        file.write_bytes(CONTENT[kind]())
    else:
        PLACE[kind]()
    found = answer(solve)
    if found != (2.0, 0) or marker.exists():
        faults.append([number, kind, found, marker.exists()])
    elif answer(solve) != (2.0, 1):
        faults.append([number, kind, "was not kept anew"])
    seen[kind] = seen.get(kind, 0) + 1
print(json.dumps({"seen": seen, "faults": faults, "warnings": _jit.warnings_for_user}))
'''


AT_A_TIME = 50  # damaged files that one Python meets


@pytest.mark.drawn
@pytest.mark.skipif(os.name != "posix", reason="owners and pipes are those of POSIX")
def test_a_damaged_file_is_compiled_anew(run_python, tmp_path):
    """Of every kind in turn: damaged, planted, of another entry, open to others; each next run loads again."""
    (tmp_path / "sources").mkdir()
    script = tmp_path / "damage.py"
    script.write_text(DAMAGE)
    seen: dict[str, int] = {}
    for first in range(0, count(500), AT_A_TIME):
        cache = tmp_path / f"cache {first}"
        places = [tmp_path / "sources", cache, tmp_path / "other", tmp_path / "marker"]
        env = {
            "NUMBA_CACHE_DIR": str(cache),
            "NUMBA_DISABLE_JIT": None,
            "PLANTSIM_COMPILE_WHOLE": "0",
        }
        done = run_python([str(a) for a in (script, *places, first, AT_A_TIME, seed(18 + first))], env=env)
        found = json.loads(done.stdout)
        assert found["faults"] == []
        assert found["warnings"] == []
        for kind, times in found["seen"].items():
            seen[kind] = seen.get(kind, 0) + times
    assert sum(seen.values()) == count(500)
    assert len(seen) >= 20


def test_the_seal_is_of_the_file_its_name_and_its_folder(tmp_path):
    reasons: list[str] = []
    (tmp_path / "a").mkdir(mode=0o700)
    (tmp_path / "b").mkdir(mode=0o700)
    first, second = (_sealed.Kept(tmp_path / n, "entry", lambda d: b"code", reasons.append) for n in "ab")
    first._dumps = second._dumps = pickle.dumps
    first.save(("f8",), [1])
    second.save(("f8",), [2])
    assert first.load(("f8",)) == [1]
    assert first.load(("i8",)) is None
    a, b = (next((tmp_path / n).glob("*.nbc")) for n in "ab")
    assert a.name == b.name
    a.write_bytes(b.read_bytes())  # whole, but of another key
    assert first.load(("f8",)) is None
    assert not _sealed.any_sound(tmp_path / "a")
    assert _sealed.any_sound(tmp_path / "b")
    assert reasons == []
    assert [stat.S_IMODE(b.stat().st_mode)] == [0o600]
    assert len(list((tmp_path / "b").iterdir())) == 1, "a part of a file was left behind"


def test_what_cannot_be_kept_is_said_and_no_more(tmp_path):
    reasons: list[str] = []
    kept = _sealed.Kept(tmp_path / "missing", "entry", lambda data: b"code", reasons.append)
    kept.save(("f8",), 1)
    assert len(reasons) == 1


posix = pytest.mark.skipif(os.name != "posix", reason="owners and rights are those of POSIX")


@posix
def test_whose_folder_is_trusted(tmp_path, monkeypatch):
    private = tmp_path / "private"
    _trust.make_private(private / "deeper")
    assert _trust.folder_doubt(private / "deeper")[0] == ""
    (private / "deeper").chmod(0o777)
    assert _trust.folder_doubt(private / "deeper") == ("cache_open", private / "deeper")
    (private / "deeper").chmod(0o1777)  # others may put files there, though not take ours away
    assert _trust.folder_doubt(private / "deeper")[0] == "cache_open"
    (private / "deeper" / "own").mkdir(mode=0o700)
    assert _trust.folder_doubt(private / "deeper" / "own")[0] == ""
    (private / "deeper").chmod(0o700)
    private.chmod(0o777)  # a folder above
    assert _trust.folder_doubt(private / "deeper") == ("cache_open", private)
    private.chmod(0o700)
    monkeypatch.setattr(_trust, "_mine", lambda: (54321,))
    assert _trust.folder_doubt(private / "deeper") == ("cache_foreign", private / "deeper")


@posix
def test_a_group_counts_as_others_unless_it_is_the_users_own(tmp_path, monkeypatch):
    tmp_path.chmod(0o770)
    monkeypatch.setattr(_trust, "_own_group", lambda group: True)
    assert _trust.folder_doubt(tmp_path)[0] == ""
    monkeypatch.setattr(_trust, "_own_group", lambda group: False)
    assert _trust.folder_doubt(tmp_path)[0] == "cache_open"


@posix
def test_a_link_of_another_on_the_way_is_not_followed(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can make a link another's")
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _trust.folder_doubt(tmp_path / "link")[0] == ""
    os.chown(tmp_path / "link", 12345, 12345, follow_symlinks=False)
    assert _trust.folder_doubt(tmp_path / "link") == ("cache_foreign", tmp_path / "link")


OPEN = """
import json
from plantsim import _jit
folder = _jit.cache_folder("0123")
print(json.dumps([str(folder), oct(folder.stat().st_mode), _jit.warnings_for_user]))
"""


@posix
def test_a_folder_that_others_may_write_to_is_left_for_a_private_one(run_python, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    done = run_python(["-c", OPEN], env={"NUMBA_CACHE_DIR": str(shared), "TMPDIR": str(tmp_path)})
    folder, mode, warnings = json.loads(done.stdout)
    assert not Path(folder).is_relative_to(shared)
    assert mode.endswith("700")
    ((code, fields),) = warnings
    assert (code, fields["folder"], fields["fallback"]) == ("cache_open", str(shared), folder)
    assert not Path(folder).exists(), "the private folder was left behind"
