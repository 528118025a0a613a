"""Reads models/: units, declarations, retrofits, levels, reference plants, prices, factors, words, sources."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import tomli  # compiled: reads models/ in a third of tomllib's time, which every run would pay

from plantsim.library.claims import PublishedClaim, read_claims
from plantsim.library.retrofits import read_retrofits
from plantsim.library.root import models_folder
from plantsim.vocabulary.case import Retrofit
from plantsim.vocabulary.declarations import Declaration, read_declaration
from plantsim.vocabulary.units import UnitTable


@dataclass(frozen=True)
class Indicator:
    """A standard's own figure of a process."""

    name: str
    quantity: str
    unit: str
    label: Mapping[str, str]
    source: str
    lower_is_better: bool = True
    convention_of: str = ""  # the indicator that this one is, counted by another convention


@dataclass(frozen=True)
class Level:
    """A row of thresholds. Values in SI. ``set`` is ndrc (benchmark, baseline) or gb (levels 1 to 3).

    indicator: the figure that the row is written on; level_indicators: the one of each level, where an edition
    corrects the figure differently for each. beside: a limit that an edition sets beside the one that decides a
    plant's level: it is graded by itself.
    """

    set: str
    edition: str
    indicator: str
    computed_by: str
    classes: Mapping[str, str]
    benchmark: float | None
    baseline: float | None
    levels: tuple[float | None, ...]
    valid_from: str
    valid_to: str
    evidence: str
    source: str
    adjustment: str = ""
    level_indicators: tuple[str, ...] = ()
    beside: bool = False

    @property
    def of_levels(self) -> tuple[str, ...]:
        """The indicator that each of ``levels`` is written on."""
        return self.level_indicators or (self.indicator,) * len(self.levels)


@dataclass(frozen=True)
class Reference:
    """A typical plant: the raw tables of its file, read by io with the same code as a case."""

    id: str
    process: str
    label: Mapping[str, str]
    evidence: str
    source: str
    path: Path


class Library:
    """The numbers below one models folder. Every part is read when first asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or models_folder()

    @cache  # noqa: B019
    def data(self, *parts: str) -> dict[str, Any]:
        """Return a parsed TOML file below the folder; raises FileNotFoundError."""
        return _parse(self.folder.joinpath(*parts))

    @cached_property
    def units(self) -> UnitTable:
        """All units and quantities."""
        return UnitTable(self.data("common", "units.toml"))

    @cached_property
    def processes(self) -> tuple[str, ...]:
        """Names of the processes that have a variables.toml, in order."""
        return tuple(
            sorted(p.parent.name for p in self.folder.glob("*/variables.toml") if p.parent.name != "common")
        )

    @cache  # noqa: B019  a library lives as long as the program
    def declaration(self, process: str) -> Declaration:
        """The variables of a process."""
        return read_declaration(
            process, self.data(process, "variables.toml"), self.data("common", "variables.toml"), self.units
        )

    @cache  # noqa: B019
    def retrofits(self, process: str) -> dict[str, Retrofit]:
        """The measures of a process, by name."""
        if not (self.folder / process / "retrofits.toml").is_file():
            return {}
        return read_retrofits(
            process, self.data(process, "retrofits.toml"), self.declaration(process), self.units
        )

    @cache  # noqa: B019
    def claims(self, process: str) -> dict[str, PublishedClaim]:
        """What publications claim of a process's measures, by name."""
        if not (self.folder / process / "claims.toml").is_file():
            return {}
        quantities = {i.name: i.quantity for i in self.indicators(process).values()}
        data = self.data(process, "claims.toml")
        return read_claims(process, data, self.declaration(process), quantities, self.units)

    @cache  # noqa: B019
    def _standards(self, process: str) -> tuple[dict[str, Indicator], tuple[Level, ...]]:
        if not (self.folder / process / "standards.toml").is_file():
            return {}, ()
        data = self.data(process, "standards.toml")
        indicators = {
            n: Indicator(
                n,
                e["quantity"],
                e["unit"],
                e["label"],
                e.get("source", ""),
                e.get("lower_is_better", True),
                e.get("convention_of", ""),
            )
            for n, e in data.get("indicator", {}).items()
        }
        return indicators, tuple(self._level(e, indicators) for e in data.get("level", []))

    def _level(self, e: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> Level:
        quantity = indicators[e["indicator"]].quantity

        def si(entry: Mapping[str, Any] | None) -> float | None:
            return (
                None
                if entry is None
                else self.units.parse(entry["value"], quantity, default_unit=entry["unit"]).si
            )

        rows = e.get("levels", {})
        return Level(
            set=e["set"],
            edition=e["edition"],
            indicator=e["indicator"],
            computed_by=e.get("computed_by", ""),
            classes=e.get("class", {}),
            benchmark=si(e.get("benchmark")),
            baseline=si(e.get("baseline")),
            # a level that the standard leaves open for a class is written "none"
            levels=tuple(
                None if v == "none" else self.units.parse(v, quantity, default_unit=rows["unit"]).si
                for v in rows.get("values", ())
            ),
            valid_from=str(e.get("valid", {}).get("from", "")),
            valid_to=str(e.get("valid", {}).get("to", "")),
            evidence=e["evidence"],
            source=e["source"],
            adjustment=e.get("adjustment", ""),
            level_indicators=tuple(rows.get("indicators", ())),
            beside=e.get("beside", False),
        )

    def indicators(self, process: str) -> dict[str, Indicator]:
        """The standards' figures of a process, by name."""
        return self._standards(process)[0]

    def levels(self, process: str) -> tuple[Level, ...]:
        """All threshold rows of a process, every set and edition."""
        return self._standards(process)[1]

    @cached_property
    def references(self) -> dict[str, Reference]:
        """Typical plants that a case can start from, by id."""
        found: dict[str, Reference] = {}
        for path in sorted(self.folder.glob("*/reference/*.toml")):
            head = _parse(path)["reference"]
            found[head["id"]] = Reference(
                head["id"], path.parent.parent.name, head["label"], head["evidence"], head["source"], path
            )
        return found

    @cached_property
    def carriers(self) -> dict[str, dict[str, Any]]:
        """Carriers of the ledger."""
        return self.data("common", "carriers.toml")

    @cached_property
    def coals(self) -> dict[str, dict[str, Any]]:
        """Coals by name: analyses that a plant may name instead of its own."""
        return self.data("common", "coals.toml")

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """Where numbers come from, by source id."""
        return self.data("common", "sources.toml")

    @cached_property
    def glossary(self) -> dict[str, dict[str, Any]]:
        """The trade's own words, by term."""
        return self.data("common", "glossary.toml")["term"]

    def word(self, term: str) -> dict[str, str]:
        """Return a term of the glossary in both languages; the term itself where it is missing."""
        entry = self.glossary.get(term)
        return {"en": entry["en"], "zh": entry["zh"]} if entry else {"en": term.replace("_", " "), "zh": term}

    @property
    def version(self) -> str:
        """The version of models/: a new one whenever results change (models/common/version.toml)."""
        return str(self.data("common", "version.toml")["version"])

    def digest(self) -> str:
        """Return the SHA-256 of every file below the folder, names included: for the run manifest."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*.toml")):
            digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


@lru_cache(maxsize=256)
def _parse(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _library_at(folder: Path) -> Library:
    return Library(folder)


def library() -> Library:
    """Return the library in force (one per models folder)."""
    return _library_at(models_folder())
