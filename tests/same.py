"""What users see of this tree that they do not see of another commit: every result, table, file and screen.

    python tests/same.py COMMIT            nothing is printed, and the exit code is 0, where nothing differs
    python tests/same.py COMMIT --all      every difference, where a few of each output are shown otherwise

Asked are the frozen cases and those of cases/, in every format and both languages, what the library shows, the helps
and the messages: see same_outputs.py. Frozen cases, and cases that COMMIT lacks, are asked of both as they stand here.
COMMIT is looked at in a git worktree that is taken away afterwards. What it gave is kept in PLANTSIM_SAME_CACHE, or
plantsim-same in the user's cache folder, so that a second call asks this tree alone.

Exit code 1: something differs; 2: COMMIT is no commit, or one of the two could not be asked.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from same_compare import Difference, compare_folders
from same_outputs import lay_out_cases

ROOT = Path(__file__).resolve().parents[1]
LIST = "same_outputs.py"  # what is asked: in the key of what is kept
SHOWING = ("plantsim", "models", "cases")  # all that users see of a commit comes from these
TOOLS = (
    "numpy",
    "numba",
    "llvmlite",
    "scipy",
    "pandas",
    "pyarrow",
    "rich",
    "typer",
    "plotly",
    "pydantic",
    "click",
)
KEPT = 10  # outputs of commits, and as many folders of compiled code for each process
DONE = ("exit code 0\n", "exit code 1\n")  # 1: some rows failed, as users are shown
SHOWN = 4  # differences of one output
LINES = 60  # of the report
OLD = 1_000_000_000.0  # seconds: when the sources of every commit were last touched, for numba's cache to know them


class Refused(Exception):
    """What is asked for cannot be compared."""


def git(*arguments: str, at: Path = ROOT) -> str:
    """Return what git says; raise Refused with its complaint."""
    done = subprocess.run(["git", "-C", str(at), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


def cache_folder() -> Path:
    """Return where outputs and compiled code of commits are kept."""
    given = os.environ.get("PLANTSIM_SAME_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "plantsim-same"


# ---------------------------------------------------------------- one tree


def digest_of(folder: Path) -> str:
    """Return a hash of all files below a folder, their names among it."""
    found = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.update(
            file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        )
    return found.hexdigest()


def ask(
    tree: Path,
    cases: Path,
    folder: Path,
    environment: dict[str, str] | None = None,
    parts: Sequence[str] = (),
) -> None:
    """Write the outputs of a tree into ``folder``, by this Python with that tree's plantsim; parts: all, or some."""
    left_out = {"PLANTSIM_MODELS", "PLANTSIM_LANG", "COLUMNS", "PYTHONPATH", "NUMBA_DISABLE_JIT"}
    full = {k: v for k, v in os.environ.items() if k not in left_out}
    full |= {
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
    }
    script = ROOT / "tests" / "same_outputs.py"
    arguments = [sys.executable, str(script), str(tree), str(cases), str(folder), *parts]
    done = subprocess.run(
        arguments, env=full | (environment or {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{tree} could not be asked:\n{done.stderr.strip()}")


def refusals(folder: Path) -> list[str]:
    """Return the good cases that a tree would not run or rank: of those nothing was compared."""
    said = sorted(folder.glob("cases/*/r*/*/said.txt"))
    read = [f for f in said if f.parent.name != "xlsx"]  # a format that came later than the others
    return [str(f.relative_to(folder)) for f in read if not f.read_text("utf-8").startswith(DONE)]


# ---------------------------------------------------------------- the other commit


@contextlib.contextmanager
def worktree(commit: str, cache: Path) -> Iterator[Path]:
    """A git worktree of a commit, gone afterwards; always in the same place, so that compiled code is of use again."""
    cache.mkdir(parents=True, exist_ok=True)
    with alone(cache / "lock"):
        tree = cache / "tree"
        _forget(tree)  # one that an interrupted call left behind
        git("worktree", "add", "--detach", "--force", str(tree), commit)
        try:
            for file in (tree / "plantsim").rglob("*.py"):
                os.utime(
                    file, (OLD, OLD)
                )  # numba's cache goes by the time; the folder's key holds the content
            yield tree
        finally:
            _forget(tree)


def _forget(tree: Path) -> None:
    with contextlib.suppress(Refused):  # there is none
        git("worktree", "remove", "--force", str(tree))
    shutil.rmtree(tree, ignore_errors=True)


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until no other call is in such a block; where that cannot be asked for, go on."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tools() -> str:
    """Return what else decides the bytes of outputs: Python, libraries and processor."""
    from llvmlite import binding

    found = [sys.version, sys.executable, binding.get_host_cpu_name()]
    for name in TOOLS:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return "\n".join(found)


def outputs_of(commit: str, cache: Path) -> Path:
    """Return the folder of a commit's outputs, made if it is not kept."""
    with tempfile.TemporaryDirectory() as scratch:
        kept = cache / "outputs" / _key(commit, Path(scratch, "borrowed"))
        if not kept.is_dir():
            made = Path(scratch, "made")
            with worktree(commit, cache) as tree:
                cases = Path(scratch, "cases")
                lay_out_cases(cases, tree, ROOT)
                ask(tree, cases, made, {"NUMBA_CACHE_DIR": str(cache / "compiled")})
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_name(f"{kept.name}.{os.getpid()}.part")
            shutil.move(made, part)
            with contextlib.suppress(OSError):  # another call was sooner
                part.rename(kept)
            shutil.rmtree(part, ignore_errors=True)
        os.utime(kept)
    _prune(cache / "outputs", KEPT)
    _prune(cache / "compiled", 4 * KEPT)
    return kept


def _key(commit: str, borrowed: Path) -> str:
    """Return what the outputs of a commit depend on, as a hash; borrowed: gets the cases that it may lack."""
    lay_out_cases(borrowed, ROOT, ROOT)
    trees = [
        git("rev-parse", f"{commit}:{folder}") for folder in SHOWING
    ]  # as before where tests or docs changed
    asked = (ROOT / "tests" / LIST).read_text(encoding="utf-8")
    return hashlib.sha256("\0".join([*trees, digest_of(borrowed), tools(), asked]).encode()).hexdigest()[:24]


def _prune(folder: Path, most: int) -> None:
    """Keep what was used last."""
    if folder.is_dir():
        for old in sorted(folder.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)[most:]:
            shutil.rmtree(old, ignore_errors=True)


# ---------------------------------------------------------------- the report


def report(found: dict[str, list[Difference]], everything: bool = False) -> list[str]:
    """Return the lines that say what differs: the same difference in several outputs once."""
    most = sys.maxsize if everything else SHOWN
    where: dict[str, list[str]] = {}
    more = {}
    for output, differences in found.items():
        for difference in differences[:most]:
            where.setdefault(str(difference), []).append(output)
        if len(differences) > most:
            more[output] = len(differences) - most
    lines = []
    for difference, outputs in sorted(
        where.items(), key=lambda item: "sha256" in item[0]
    ):  # what it hashes first
        others = f" and {len(outputs) - 1} more" if len(outputs) > 1 else ""
        lines.append(f"{outputs[0]}{others}: {difference}")
    if not everything and len(lines) > LINES:
        lines = [*lines[:LINES], f"... and {len(lines) - LINES} more differences (--all shows them)"]
    sizes = [d.size for differences in found.values() for d in differences if d.size == d.size]
    largest = f"; numbers differ by up to {max(sizes):.1e}, at least {min(sizes):.1e}" if sizes else ""
    hidden = f", {sum(more.values())} further places in them" if more else ""
    return [*lines, f"{len(found)} outputs differ{hidden}{largest}"] if found else []


def main() -> int:
    """Compare; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit")
    parser.add_argument("--all", action="store_true", help="every difference of every output")
    asked = parser.parse_args()
    try:
        commit = git("rev-parse", "--verify", "--quiet", f"{asked.commit}^{{commit}}")
        was = outputs_of(commit, cache_folder())
        with tempfile.TemporaryDirectory() as scratch:
            lay_out_cases(Path(scratch, "cases"), ROOT, ROOT)
            ask(ROOT, Path(scratch, "cases"), Path(scratch, "now"))
            if refusals(Path(scratch, "now")):
                raise Refused("this tree refuses " + ", ".join(refusals(Path(scratch, "now"))))
            lines = report(compare_folders(was, Path(scratch, "now")), asked.all)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
