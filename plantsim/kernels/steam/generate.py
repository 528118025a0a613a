"""Writes ``sums.py`` and ``backward_sums.py``: the sums of IAPWS-IF97 as straight-line code.

Unrolled sums without branches are what the compiler can vectorise over arrays, and their powers are built
once by multiplication chains. Run ``python plantsim/kernels/steam/generate.py`` after a change of a
coefficient table or of this file; a test proves that the files on disk are the ones that it would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from runpy import run_path
from typing import Any

HERE = Path(__file__).resolve().parent
# read as files: the package that holds them imports what is written here
FORWARD: dict[str, Any] = run_path(str(HERE / "coefficients_forward.py"))
BACKWARD: dict[str, Any] = run_path(str(HERE / "coefficients_backward.py"))

Term = tuple[float, float, float]
Part = tuple[str, str, list[Term]]
"""A sum over the powers of two variables, by name: c * x**I * y**J for each row (I, J, c)."""

WIDTH = 108


def derivative(terms: Iterable[Sequence[float]], of_x: int, of_y: int, sign_x: int = 1) -> list[Term]:
    """Return the rows of the derivative: ``of_x`` times by the first variable, ``of_y`` by the second.

    sign_x: -1 where the first variable runs against the physical one (7.1 - pi).
    """
    rows = [(i, j, n) for i, j, n in terms]
    for _ in range(of_x):
        rows = [(i - 1, j, sign_x * n * i) for i, j, n in rows if i != 0]
    for _ in range(of_y):
        rows = [(i, j - 1, n * j) for i, j, n in rows if j != 0]
    return rows


class Powers:
    """Powers of one variable, each made by one multiplication from powers that stand already."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.lines: list[str] = []
        self.known: dict[int, str] = {1: base}
        self.known_inverse: dict[int, str] = {}

    def _name(self, exponent: int, prefix: str) -> str:
        return f"{self.base}{prefix}{exponent}"

    def _make(self, exponent: int, known: dict[int, str], prefix: str) -> str:
        if exponent in known:
            return known[exponent]
        pairs = [(a, exponent - a) for a in known if exponent - a in known]
        if pairs:
            a, b = min(pairs, key=lambda pair: abs(pair[0] - pair[1]))  # balanced: short chains
        else:
            a = max(a for a in known if a < exponent) if exponent % 2 else exponent // 2
            b = exponent - a
            self._make(a, known, prefix)
            self._make(b, known, prefix)
        name = self._name(exponent, prefix)
        self.lines.append(f"{name} = {known[a]} * {known[b]}")
        known[exponent] = name
        return name

    def get(self, exponent: float) -> str:
        """Return the name of the variable that holds this power; an empty string for the power 0."""
        e = int(exponent)
        if e != exponent:
            raise ValueError(f"power {exponent} of {self.base} is not an integer")
        if e == 0:
            return ""
        if e > 0:
            return self._make(e, self.known, "_")
        if not self.known_inverse:
            self.known_inverse[1] = f"{self.base}_m1"
            self.lines.append(f"{self.base}_m1 = 1.0 / {self.base}")
        return self._make(-e, self.known_inverse, "_m")


def _joined(left: str, terms: Sequence[str], right: str) -> list[str]:
    """Return ``left + terms + right`` as one line, or as several where it is too long."""
    one = left + " + ".join(terms) + right
    if len(one) <= WIDTH - 4:
        return [one]
    lines, current = [], ""
    for k, term in enumerate(terms):
        piece = ("+ " if k else "") + term
        if current and len(current) + 1 + len(piece) > WIDTH - 8:
            lines.append("    " + current)
            current = ""
        current = f"{current} {piece}".strip()
    opened = left if right else left + "("
    return [opened, *lines, "    " + current, right or ")"]


def _tree(names: list[str], prefix: str, lines: list[str]) -> str:
    """Add the named values in pairs, so that no addition waits for a long chain of others."""
    level = 0
    while len(names) > 1:
        paired = []
        for k in range(0, len(names) - 1, 2):
            name = f"{prefix}s{level}_{k // 2}"
            lines.append(f"{name} = {names[k]} + {names[k + 1]}")
            paired.append(name)
        if len(names) % 2:
            paired.append(names[-1])
        names, level = paired, level + 1
    return names[0]


def function(name: str, arguments: str, prelude: list[str], outputs: list[list[Part]], doc: str) -> str:
    """Return the source of a function that evaluates ``outputs``, each a sum of parts."""
    powers: dict[str, Powers] = {}
    body: list[str] = []
    results: list[str] = []
    for k, parts in enumerate(outputs):
        groups: list[str] = []
        for part, (x, y, terms) in enumerate(parts):
            px, py = powers.setdefault(x, Powers(x)), powers.setdefault(y, Powers(y))
            for i in sorted({row[0] for row in terms}):
                inner = []
                for _, j, c in (row for row in terms if row[0] == i):
                    power = py.get(j)
                    inner.append(f"{float(c)!r} * {power}" if power else repr(float(c)))
                factor = px.get(i)
                group = f"f{k}_{part}_{int(i)}".replace("-", "m")
                if factor:
                    body += _joined(f"{group} = {factor} * (", inner, ")")
                else:
                    body += _joined(f"{group} = ", inner, "")
                groups.append(group)
        results.append(_tree(groups, f"f{k}_", body))
    lines = [f"def {name}({arguments}):", f'    """{doc}"""']
    lines += [f"    {line}" for line in prelude]
    for p in powers.values():
        lines += [f"    {line}" for line in p.lines]
    lines += [f"    {line}" for line in body]
    lines.append("    return " + ", ".join(results))
    return "\n".join(lines) + "\n"


def gibbs(region: str, orders: str) -> list[list[Part]]:
    """Return the sums of a region's dimensionless Gibbs energy (region 3: Helmholtz) and its derivatives.

    orders: e.g. "0 t tt": which derivatives, by p (pi, in region 3 delta) and t (tau). ln pi is left out,
    and the derivatives by pi hold the residual part alone: the ideal part is 1/pi.
    """
    residual, ideal, sign, y = {
        "1": (FORWARD["REGION_1"], (), -1, "y"),
        "2": (FORWARD["REGION_2"], FORWARD["REGION_2_IDEAL"], 1, "y"),
        "2m": (FORWARD["REGION_2_METASTABLE"], FORWARD["REGION_2_METASTABLE_IDEAL"], 1, "y"),
        "3": (FORWARD["REGION_3"], (), 1, "tau"),
        "5": (FORWARD["REGION_5"], FORWARD["REGION_5_IDEAL"], 1, "tau"),
    }[region]
    outputs: list[list[Part]] = []
    for order in orders.split():
        of_x, of_y = order.count("p"), order.count("t")
        parts: list[Part] = [("x", y, derivative(residual, of_x, of_y, sign))]
        if ideal and not of_x:
            parts.append(("x", "tau", derivative([(0, j, n) for j, n in ideal], 0, of_y)))
        outputs.append(parts)
    return outputs


GIBBS = (  # name, region, derivatives
    ("region1_p", "1", "p"),
    ("region1_t", "1", "t"),
    ("region1_caloric", "1", "0 t tt ttt"),
    ("region1_all", "1", "0 t p tt pt pp"),
    ("region2_p", "2", "p"),
    ("region2_t", "2", "t"),
    ("region2_caloric", "2", "0 t tt ttt"),
    ("region2_all", "2", "0 t p tt pt pp"),
    ("metastable_all", "2m", "0 t p tt pt pp"),
    ("region3_all", "3", "0 t p tt pt pp"),
    ("region5_caloric", "5", "0 t tt ttt"),
    ("region5_all", "5", "0 t p tt pt pp"),
)
BACKWARD_SUMS = (  # name, table
    ("t1_ph", BACKWARD["T1_PH"]),
    ("t1_ps", BACKWARD["T1_PS"]),
    ("t2a_ph", BACKWARD["T2A_PH"]),
    ("t2b_ph", BACKWARD["T2B_PH"]),
    ("t2c_ph", BACKWARD["T2C_PH"]),
    ("t2a_ps", [(4 * i, j, n) for i, j, n in BACKWARD["T2A_PS"]]),  # x is the fourth root of pi
    ("t2b_ps", BACKWARD["T2B_PS"]),
    ("t2c_ps", BACKWARD["T2C_PS"]),
)
PLAIN = {"region2_t": "region2_t_plain"}
"""Sums that array kernels inline: the undecorated function stays within reach under this name."""

HEADER = '''"""{title}

Written by generate.py from the coefficient tables: change those, not this file.
"""

from __future__ import annotations

from plantsim._jit import kernel

# fmt: off
'''


def forward_source() -> str:
    """Return the text of sums.py: the basic equations and their derivatives."""
    text = HEADER.format(title="Sums of the basic equations of IAPWS-IF97 and of their derivatives.")
    for name, region, orders in GIBBS:
        ideal = region in {"2", "2m", "5"}
        arguments = "x, y" if region == "1" else "x, tau"
        prelude = ["y = tau - 0.5"] if region in {"2", "2m"} else []
        doc = f"Region {region}: {'ideal and residual part' if ideal else 'sum'}, derivatives {orders}."
        plain = PLAIN.get(name, name)
        decorator = "" if name in PLAIN else "@kernel\n"
        text += f"\n\n{decorator}{function(plain, arguments, prelude, gibbs(region, orders), doc)}"
        if name in PLAIN:
            text += f"\n\n{name} = kernel({plain})\n"
    return text


def backward_source() -> str:
    """Return the text of backward_sums.py: the backward equations."""
    text = HEADER.format(title="Sums of the backward equations of IAPWS-IF97.")
    for name, table in BACKWARD_SUMS:
        terms = [(i, j, n) for i, j, n in table]
        text += f"\n\n@kernel\n{function(name, 'x, y', [], [[('x', 'y', terms)]], 'Sum over n x^I y^J.')}"
    return text


def main() -> None:
    """Write both files beside this one."""
    (HERE / "sums.py").write_text(forward_source(), encoding="utf-8")
    (HERE / "backward_sums.py").write_text(backward_source(), encoding="utf-8")


if __name__ == "__main__":
    main()
