"""What a unit such as "kcal/(m2 h K)" or "万元/(t/a)" amounts to: an exact factor and a dimension."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from plantsim.vocabulary.unit_text import exact

Dimension = dict[str, int]  # base unit -> power, without zeros


class Atoms:
    """The atoms of the table, with their counting prefixes, and the expressions made of them.

    An expression is atoms with spaces between them, then at most one "/" and what is below it, in parentheses
    if it is more than one atom. Faults in the table come out as KeyError or ValueError.
    """

    def __init__(
        self,
        atoms: Mapping[str, Any],
        base: frozenset[str],
        multipliers: Mapping[str, int],
        words: Callable[[str], str],
    ) -> None:
        self._atoms = atoms
        self._base = base
        self._multipliers = multipliers
        self._words = words
        self._known: dict[str, tuple[Fraction, Dimension]] = {}

    def expression(self, text: str) -> tuple[Fraction, Dimension]:
        """Return (factor to base units, dimension) of the unit expression ``text``."""
        above, _, below = text.partition("/")
        factor, powers = self._product(above)
        if below:
            inner = below[1:-1] if below.startswith("(") and below.endswith(")") else below
            under, its_dimension = self.expression(inner)
            factor /= under
            for base, power in its_dimension.items():
                powers[base] = powers.get(base, 0) - power
        return factor, {base: power for base, power in powers.items() if power}

    def _product(self, text: str) -> tuple[Fraction, Dimension]:
        factor = Fraction(1)
        powers: Dimension = {}
        for token in text.split():
            its_factor, its_dimension, power = self._token(self._words(token))
            factor *= its_factor**power
            for base, exponent in its_dimension.items():
                powers[base] = powers.get(base, 0) + exponent * power
        return factor, powers

    def _token(self, token: str) -> tuple[Fraction, Dimension, int]:
        """Return (factor, dimension, power) of one atom with its counting prefix and its power: 万t, cm2."""
        if token in self._base or token in self._atoms:
            return *self._atom(token), 1
        for prefix, times in self._multipliers.items():
            if token.startswith(prefix):
                factor, dimension, power = self._token(token[len(prefix) :])
                if power != 1:  # 万m2 is ten thousand square metres, not (万m)2
                    factor, dimension, power = (
                        factor**power,
                        {base: exponent * power for base, exponent in dimension.items()},
                        1,
                    )
                return factor * times, dimension, power
        match = re.fullmatch(r"(.*[^0-9])([2-9])", token)
        if match is None:
            raise KeyError(f"no atom {token}")
        return *self._atom(match[1]), int(match[2])

    def _atom(self, symbol: str) -> tuple[Fraction, Dimension]:
        if symbol in self._base:
            return Fraction(1), {symbol: 1}
        found = self._known.get(symbol)
        if found is None:
            factor, of = self._atoms[symbol]
            under, dimension = self.expression(of)
            found = self._known[symbol] = (exact(factor) * under, dimension)
        return found
