"""Runs the benchmarks once and writes what they print into docs/<language>/explanation/speed.md.

    python benchmarks/make_table.py

Everything is measured in this one run, on one machine; compare ratios, not seconds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from plantsim._jit import versions

FOLDER = Path(__file__).resolve().parent
SCRIPTS = (
    "bench_steam.py",
    "bench_coal_unit.py",
    "bench_aluminium_cell.py",
    "bench_cement_kiln.py",
    "bench_coke_oven.py",
    "bench_gas.py",
    "bench_runner.py",
    "bench_latency.py",
)
WORDS = {
    "en": (
        "Speed",
        "Written by `python benchmarks/make_table.py`: every figure was measured in one run on one machine with two "
        "cores. Ratios carry over to other machines, seconds do not. Array calls are compared with the fastest way of "
        "each library, scalar loops with scalar loops; each line says which.",
        "Measured with",
    ),
    "zh": (
        "运行速度",
        "由 `python benchmarks/make_table.py` 生成: 全部数据在同一台双核机器上一次测得。"
        "比值可供其他机器参考, 秒数则不能。数组调用与各库最快的方式比较, 标量循环与标量循环比较, 每行均有说明。",
        "测试环境",
    ),
}


def printed(script: str) -> str:
    """Return what a benchmark prints on standard output. Raises CalledProcessError when it fails."""
    done = subprocess.run(
        [sys.executable, str(FOLDER / script)], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def page(language: str, outputs: dict[str, str]) -> str:
    """Return the page in one language."""
    title, words, made_with = WORDS[language]
    tools = ", ".join(f"{name} {value}" for name, value in versions().items())
    parts = [f"# {title}\n\n{words}\n\n{made_with}: {tools}.\n"]
    parts += [f"## {script}\n\n```text\n{output}\n```\n" for script, output in outputs.items()]
    return "\n".join(parts)


def main() -> None:
    """Run all, then write both pages."""
    outputs = {}
    for script in SCRIPTS:
        print(script, file=sys.stderr)
        outputs[script] = printed(script)
    for language in WORDS:
        path = FOLDER.parent / "docs" / language / "explanation" / "speed.md"
        path.write_text(page(language, outputs), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
