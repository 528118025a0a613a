"""Run tests in a child of this process that has everything but plantsim loaded already.

A child dies with its work, so that nothing of a fault, a hang or a full memory stays. Times are seconds of the
processor: they don't grow when others use the machine.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from faults.marks import Marks, load_instead

SCHEME = 2  # raise when what a map holds changes
EXAMPLES = 40  # of a property test at most: plain Python is slow
MAP_LIMIT = 15.0  # s; a test that takes longer without a fault is left out
MEMORY = 12 << 30  # bytes of address space: a fault that fills the memory is found as one that fails
OTHERS = (
    "numpy numba llvmlite scipy.optimize scipy.stats pandas pyarrow plotly pydantic typer typer.testing rich.console "
    "hypothesis pytest _pytest.fixtures CoolProp.CoolProp cantera iapws pint pvlib"
)


class TimeLimit(BaseException):
    """A test ran past its limit."""


def load_others() -> None:
    """Import what plantsim and the tests need besides plantsim; what is not installed, its tests do without."""
    for name in OTHERS.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # children need not look through all this for garbage


def in_child(work: Callable[[], Any]) -> Iterator[Any]:
    """Run ``work`` in a child; yield None while it runs, in the end its result (JSON), or the signal that ended it.

    Close the iterator to end the child.
    """
    handle, name = tempfile.mkstemp(prefix="faults-")
    os.close(handle)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.setpgid(0, 0)
            quiet = os.open(os.devnull, os.O_RDWR)
            if not os.environ.get("FAULTS_LOUD"):
                for stream in (0, 1, 2):
                    os.dup2(quiet, stream)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            Path(name).write_text(json.dumps(work()), encoding="utf-8")
            code = 0
        finally:
            os._exit(code)
    try:
        while True:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                pid = 0
                break
            yield None
        text = Path(name).read_text(encoding="utf-8")
        yield json.loads(text) if text else {"ended": status}
    finally:
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.unlink(name)


def pytest_run(root: Path, files: Sequence[str], plugin: object, *options: str) -> None:
    """Run pytest in this process on test files, quietly, in a temporary folder of its own."""
    import hypothesis
    import pytest

    hypothesis.settings.register_profile(
        "faults",
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    )
    hypothesis.settings.load_profile("faults")
    base = tempfile.mkdtemp(prefix="faults-")
    os.chdir(root)
    sys.path[:0] = [str(root)]
    sys.argv = ["pytest"]
    try:
        pytest.main(
            ["-q", "-p", "no:cacheprovider", "-p", "no:benchmark", f"--basetemp={base}/t", *options, *files],
            plugins=[plugin],
        )
    finally:
        shutil.rmtree(base, ignore_errors=True)


def few_examples(items: Sequence[Any]) -> None:
    """Let property tests draw no more examples than EXAMPLES, always the same ones."""
    import hypothesis

    name = "_hypothesis_internal_use_settings"
    for item in items:
        own = getattr(getattr(item, "obj", None), name, None)
        if own is not None:
            function = getattr(item.obj, "__func__", item.obj)
            setattr(
                function,
                name,
                hypothesis.settings(
                    own,
                    max_examples=min(own.max_examples, EXAMPLES),
                    derandomize=True,
                    database=None,
                    deadline=None,
                    suppress_health_check=list(hypothesis.HealthCheck),
                    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
                ),
            )


def starts_python(item: Any) -> bool:
    """Return whether a test starts another Python, by itself or through the fixture for it."""
    names = getattr(getattr(item, "function", None), "__code__", None)
    by_itself = names is not None and "subprocess" in names.co_names
    return by_itself or "run_python" in getattr(item, "fixturenames", ())


class Limited:
    """The part of a pytest plugin that ends a test at its time limit."""

    def limit(self, nodeid: str) -> float:
        """Return the limit of a test [s of the processor]."""
        return MAP_LIMIT

    @contextlib.contextmanager
    def timed(self, nodeid: str) -> Iterator[None]:
        """End what runs longer than the limit; by the clock, where it waits for ever, after thirty times as long."""

        def late(*_: Any) -> None:
            signal.setitimer(signal.ITIMER_REAL, 2.0)  # once more, where something swallowed it
            raise TimeLimit

        limit = self.limit(nodeid)
        for timer, name, seconds in (
            (signal.ITIMER_PROF, signal.SIGPROF, limit),
            (signal.ITIMER_REAL, signal.SIGALRM, 30.0 * limit),
        ):
            signal.signal(name, late)
            signal.setitimer(timer, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            signal.setitimer(signal.ITIMER_REAL, 0.0)


class Mapper(Limited):
    """Writes down what each test runs, how long it takes, and whether it passes without a fault."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.fixtures: dict[int, int] = {}
        self.tests: dict[str, dict[str, Any]] = {}
        self.failed: dict[str, str] = {}
        self.broken = ""


def make_mapper(marks: Marks) -> Mapper:
    """Return the plugin that maps; its hooks need pytest, which only a child's parent has loaded."""
    import pytest

    class Hooks(Mapper):
        def pytest_collection_modifyitems(self, items: list[Any]) -> None:
            few_examples(items)
            for item in items:
                if starts_python(item):
                    self.failed[item.nodeid] = "starts another Python, which sees no fault"
                    self.tests[item.nodeid] = {"seconds": 0.0, "ran": 0}
            items[:] = [i for i in items if i.nodeid not in self.failed]
            self.collected = self.marks.take()

        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Any:
            before = self.marks.take()
            try:
                return (yield)
            finally:
                own = self.marks.take()
                self.fixtures[id(fixturedef)] = own
                self.marks.put(before | own)

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item: Any) -> Any:
            self.marks.take()
            self.used: list[int] = []
            start = time.process_time()
            try:
                with self.timed(item.nodeid):
                    return (yield)
            except TimeLimit:
                self.failed[item.nodeid] = "too slow"
                raise
            finally:
                ran = self.marks.take()
                for key in self.used:
                    ran |= self.fixtures.get(key, 0)
                self.tests[item.nodeid] = {"seconds": time.process_time() - start, "ran": ran}

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_call(self, item: Any) -> None:
            request = getattr(item, "_request", None)
            self.used = [id(d) for d in getattr(request, "_fixture_defs", {}).values()]

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_makereport(self, item: Any, call: Any) -> Any:
            report = yield
            if report.failed:
                late = call.excinfo is not None and call.excinfo.errisinstance(TimeLimit)
                self.failed[item.nodeid] = (
                    "too slow" if late else "fails in plain Python, or what it uses is too slow"
                )
            elif report.skipped:
                self.failed[item.nodeid] = "skipped"
            return report

        def pytest_collectreport(self, report: Any) -> None:
            if report.failed:
                self.broken = str(report.longrepr)[-300:]

    return Hooks(marks)


def map_file(root: Path, file: str, marks: Marks) -> dict[str, Any]:
    """Return of one test file what each test runs (a hexadecimal number of bits, one a statement), with times."""
    load_instead(str(root), marks.codes, marks)
    marks.remember_caches()
    plugin = make_mapper(marks)
    pytest_run(root, [file], plugin)
    always = marks.on_import | plugin.collected if not plugin.broken else 0
    tests = {}
    for nodeid, test in plugin.tests.items():
        kept = {"seconds": round(test["seconds"], 4), "dropped": plugin.failed.get(nodeid, "")}
        tests[nodeid] = {**kept, "ran": _packed(test["ran"], len(marks.array))}
    return {"always": _packed(always, len(marks.array)), "tests": tests, "broken": plugin.broken}


def _packed(bits: int, count: int) -> str:
    """Return marks, eight bits each, as a hexadecimal number of one bit each."""
    import numpy as np

    array = np.frombuffer(bits.to_bytes(count, "little"), dtype=np.uint8)
    return hex(int.from_bytes(np.packbits(array, bitorder="little").tobytes(), "little"))


class Killer(Limited):
    """Runs chosen tests, quickest first, until one fails."""

    def __init__(self, seconds: Mapping[str, float], shared: Mapping[str, float]) -> None:
        self.seconds, self.shared = seconds, shared
        self.by, self.how, self.ran = "", "", 0
        self.all_failed: dict[str, str] = {}

    def limit(self, nodeid: str) -> float:
        """Return ten times what it takes, with what it may have to make first, and ten seconds."""
        return 10.0 * (self.seconds[nodeid] + self.shared.get(nodeid.partition("::")[0], 0.0) + 1.0)


def make_killer(seconds: Mapping[str, float], shared: Mapping[str, float]) -> Killer:
    """Return the plugin that runs the tests of ``seconds`` (what each takes without a fault).

    shared: by test file, seconds of its longest test, which may make what the others use.
    """
    import pytest

    class Hooks(Killer):
        def pytest_collection_modifyitems(self, items: list[Any]) -> None:
            few_examples(items)
            place = {nodeid: n for n, nodeid in enumerate(self.seconds)}
            items[:] = sorted((i for i in items if i.nodeid in place), key=lambda i: place[i.nodeid])

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item: Any) -> Any:
            self.ran += 1
            try:
                with self.timed(item.nodeid):
                    return (yield)
            except TimeLimit:
                self.by, self.how = item.nodeid, "too slow"
                raise

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_makereport(self, item: Any, call: Any) -> Any:
            report = yield
            if report.failed:
                name = call.excinfo.typename if call.excinfo else "failed"
                self.by, self.how = item.nodeid, "too slow" if name == TimeLimit.__name__ else name
                self.all_failed[item.nodeid] = self.how
            return report

        def pytest_collectreport(self, report: Any) -> None:
            if report.failed and not self.by:
                self.by, self.how = report.nodeid, "import fails"

    return Hooks(seconds, shared)


def run_with(
    root: Path, path: str, text: str, seconds: Mapping[str, float], shared: Mapping[str, float]
) -> dict[str, Any]:
    """Run tests in the order of ``seconds`` with ``text`` in the place of a file; return which one failed, and how."""
    start = time.process_time()
    load_instead(str(root), {path: compile(text, f"{root}/{path}", "exec", dont_inherit=True)})
    plugin = make_killer(seconds, shared)
    files = list(dict.fromkeys(nodeid.partition("::")[0] for nodeid in seconds))
    pytest_run(root, files, plugin, "-x")
    return {
        "by": plugin.by,
        "how": plugin.how,
        "ran": plugin.ran,
        "seconds": round(time.process_time() - start, 2),
    }


def run_clean(root: Path, seconds: Mapping[str, float], shared: Mapping[str, float]) -> dict[str, str]:
    """Run tests in this order without a fault; return those that fail."""
    plugin = make_killer(seconds, shared)
    pytest_run(root, list(dict.fromkeys(nodeid.partition("::")[0] for nodeid in seconds)), plugin)
    return plugin.all_failed
