"""The chunk runner: the same bytes whatever the threads and the chunks, bounded memory, order, rows not run."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from plantsim.engine.chunks import in_order, solve_rows, thread_count
from plantsim.engine.rows import Year, worst_points, yearly_amounts
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.status import NOT_RUN, OK

ROWS = 700
DECLARATION = library().declaration("aluminium_cell")


@pytest.fixture(scope="module")
def lines() -> tuple[np.ndarray, Year]:
    """Potlines drawn from the typical bands, some of them impossible, with 1 to 4 operating points each."""
    draw = np.random.default_rng(20260801)
    x = DECLARATION.zeros("x", ROWS)
    for v in DECLARATION.with_role("input"):
        x[v.name] = draw.uniform(*v.typical, ROWS) if v.typical else v.default
    x["cathode_voltage_drop"][::50] = 9.0  # above the cell's own voltage
    x["shell_heat_share"] = x["gas_heat_share"] = 0.0  # a line without heat balance tells no heat to recover
    first = np.concatenate(([0], np.cumsum(draw.integers(1, 5, ROWS)))).astype(np.int64)
    o = DECLARATION.zeros("o", int(first[-1]))
    o["cells_in_operation"] = draw.uniform(0.5, 1.0, len(o))
    return x, Year(o, draw.uniform(1e5, 1e7, len(o)), first)


def solved(lines, threads: int, chunk: int) -> bytes:
    given, year = lines
    x = given.copy()
    d, y = solve_rows(load("aluminium_cell").entry, DECLARATION, x, year.o, year.first_bin, threads, chunk)
    yearly = yearly_amounts(DECLARATION, y, year)
    return b"|".join(a.tobytes() for a in (x, d, y, *yearly.values()))


def test_threads_and_chunks_change_no_bit(lines):
    wanted = solved(lines, 1, ROWS)
    for threads in (1, 2, 4):
        for chunk in (1, 7, 64, ROWS, 10 * ROWS):
            assert solved(lines, threads, chunk) == wanted, (threads, chunk)


def test_all_rows_are_solved_and_the_impossible_ones_say_so(lines):
    given, year = lines
    _, y = solve_rows(load("aluminium_cell").entry, DECLARATION, given.copy(), year.o, year.first_bin, 2, 64)
    status, blame = worst_points(y, year)
    assert not np.any(y["status"] == NOT_RUN)
    assert np.all((status == OK) == (given["cathode_voltage_drop"] < 1.0))
    assert DECLARATION.name_of_code(int(blame[0])) == "cathode_voltage_drop"


def test_rows_that_no_kernel_reached_are_detected(lines):
    given, year = lines

    def every_second_row(x, d, o, first_bin, y, start, stop):
        for i in range(start, stop):
            if i % 2 == 0:
                y["status"][first_bin[i] : first_bin[i + 1]] = OK

    _, y = solve_rows(every_second_row, DECLARATION, given.copy(), year.o, year.first_bin, 2, 64)
    status, _ = worst_points(y, year)
    assert np.array_equal(status, np.where(np.arange(ROWS) % 2 == 0, OK, NOT_RUN))
    assert np.all(np.isnan(yearly_amounts(DECLARATION, y, year)["ac_power"]) == (status == NOT_RUN))


def test_an_error_in_a_thread_reaches_the_caller(lines):
    given, year = lines

    def broken(x, d, o, first_bin, y, start, stop):
        if start >= 128:
            raise RuntimeError("broken")

    for threads in (1, 2):
        with pytest.raises(RuntimeError, match="broken"):
            solve_rows(broken, DECLARATION, given.copy(), year.o, year.first_bin, threads, 64)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_progress_counts_up_to_all(lines, threads):
    given, year = lines
    seen: list[tuple[int, int]] = []
    entry = load("aluminium_cell").entry
    solve_rows(
        entry, DECLARATION, given.copy(), year.o, year.first_bin, threads, 64, lambda *p: seen.append(p)
    )
    assert seen == [(min(i + 64, ROWS), ROWS) for i in range(0, ROWS, 64)]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_order_is_kept_and_memory_is_bounded(threads):
    """Later jobs are quicker, so they finish first; and never are more than threads + 1 of them under way."""
    lock, taken, given_back, most = threading.Lock(), 0, 0, 0

    def jobs():
        nonlocal taken, most
        for i in range(60):
            with lock:
                taken += 1
                most = max(most, taken - given_back)
            yield i

    def work(i: int) -> int:
        time.sleep(0.003 if i % 4 == 0 else 0.0)
        return i * i

    results = []
    for result in in_order(jobs(), work, threads):
        results.append(result)
        with lock:
            given_back += 1
    assert results == [i * i for i in range(60)]
    assert most <= threads + 1
    assert most >= min(threads, 2), "the threads were never busy together"


def test_thread_count_is_what_was_asked_for(monkeypatch):
    monkeypatch.setenv("PLANTSIM_THREADS", "3")
    assert thread_count(5) == 5
    assert thread_count() == thread_count(0) == 3
    monkeypatch.setenv("PLANTSIM_THREADS", "many")
    assert thread_count() >= 1


def test_nothing_more_is_begun_after_a_failure():
    begun = []

    def work(job: int) -> int:
        begun.append(job)
        if job == 0:
            raise RuntimeError("the first")
        time.sleep(0.02)
        return job

    with pytest.raises(RuntimeError, match="the first"):
        list(in_order(range(200), work, 2, ahead=200))
    assert len(begun) < 50
