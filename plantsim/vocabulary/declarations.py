"""Variables, declared once in models/<process>/variables.toml, and the record types made from them.

Roles
    input       what describes the plant; a case or a reference plant gives it, a retrofit may change it
    calibrated  written into the plant's record by the process's ``calibrate`` from the plant's own figures,
                then kept when a retrofit changes the inputs (a remainder, a fitted loss, a solved distance).
                ``calibrate`` may also complete an optional input that the plant does not give
    design      sizes and constants of one variant, written by ``design``
    operating   one operating point: load, heat demand, weather, what is held
    output      results of one operating point, written by ``solve``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from plantsim.vocabulary.status import variable_code
from plantsim.vocabulary.units import UnitError, UnitTable

ROLES = ("input", "calibrated", "design", "operating", "output")
RECORD_OF = {"input": "x", "calibrated": "x", "design": "d", "operating": "o", "output": "y"}
OWN_FIELDS = {"x": ("is_calibrated",), "d": (), "o": (), "y": ("status", "status_variable")}
"""int64 fields that every record of that kind carries besides the declared ones."""

YEARLY = ("integral", "mean", "maximum", "minimum")
FORBIDDEN = set(dir(np.record)) | {"process", "status", "status_variable", "is_calibrated"}
KNOWN_KEYS = {
    "role", "quantity", "unit", "bounds", "typical", "label", "note", "default", "source", "evidence",
    "default_where", "options", "shape", "optional", "yearly", "weight", "ledger", "drawn", "fitted", "detail",
    "aliases", "design_point", "hangs_on", "given_by", "measures", "read_where", "target",
}  # fmt: skip
HANGS_ON = (
    {"between"}, {"power_of", "exponent"}, {"shifts_with", "factor"}, {"fills_with"}, {"said_by"}, {"own_times"},
)  # fmt: skip
"""How an input hangs on others when a whole plant is drawn (engine/typical.py): one of these, all its keys."""


class DeclarationError(Exception):
    """A declaration in models/ is wrong: that is our fault, not the user's."""


@dataclass(frozen=True)
class Flow:
    """How an output enters the ledger: a carrier of models/common/carriers.toml, into or out of the plant."""

    carrier: str
    direction: int  # +1 the plant takes it in, -1 the plant gives it out
    turns: bool = False  # it may also run the other way, as power that is sold where more is made than used


@dataclass(frozen=True)
class DesignPoint:
    """Where an input is that of the design point, and not of any operating point: choices that make it so.

    where: option input -> words; record: the output under which a value of another operating point is recorded.
    """

    where: Mapping[str, tuple[str, ...]]
    record: str


@dataclass(frozen=True)
class Variable:
    """One declared variable. Numbers are in the SI base of its quantity (models/common/units.toml).

    length: 0 for a scalar, else the number of places of its dimension. options: name -> integer for a choice.
    default_where: (number, text) of plants that chose otherwise, by option input and word.
    yearly: how the engine makes a year of it; weight: the output that weights a mean, hours if empty.
    aliases: earlier names; alias_expiry: the day from which one of them need not be read any more.
    """

    name: str
    role: str
    quantity: str
    unit: str
    bounds: tuple[float, float] | None = None
    typical: tuple[float, float] | None = None
    label: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    default: float | None = None
    default_text: str = ""
    default_where: Mapping[str, Mapping[str, tuple[float, str]]] = field(default_factory=dict)
    optional: bool = False
    source: str = ""
    evidence: str = ""
    options: Mapping[str, int] = field(default_factory=dict)
    dimension: str = ""
    length: int = 0
    yearly: str = ""
    weight: str = ""
    ledger: Flow | None = None
    drawn: bool = True  # whether sampling draws it; ratings that hang together are not
    hangs_on: Mapping[str, Any] = field(
        default_factory=dict
    )  # how it follows others when a whole plant is drawn
    fitted: bool = False  # an unknown that calibration to a plant's own record may fit
    detail: bool = False  # an output that tables show only where everything is asked for
    measures: str = ""  # the output whose measured value this input is; a stated one is compared with it
    measures_at: Mapping[str, float] = field(default_factory=dict)  # operating variables of that test, SI
    aliases: tuple[str, ...] = ()
    alias_expiry: Mapping[str, date] = field(default_factory=dict)
    design_point: DesignPoint | None = None
    read_where: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # choices (input -> words) with which it is read; elsewhere a measured value is told to be unused
    given_by: tuple[
        str, ...
    ] = ()  # optional inputs from which it follows where they are stated, whatever stands here
    target: bool = False  # what the plant is run for: wherever it is stated and not read, that is told

    def default_for(self, chosen: Mapping[str, str]) -> tuple[float | None, str]:
        """Return the default of a plant whose choices are ``chosen`` (option input -> word), and its text."""
        for name, by_word in self.default_where.items():
            if chosen.get(name) in by_word:
                return by_word[chosen[name]]
        return self.default, self.default_text

    @property
    def is_integer(self) -> bool:
        """Whether its field is int64: choices and counts."""
        return bool(self.options) or self.quantity == "count"

    @property
    def code(self) -> int:
        """What stands for it in ``y.status_variable``."""
        return variable_code(self.name)


@dataclass(frozen=True)
class Dimension:
    """A row of like parts: at most ``size`` of them; ``count`` names the input that holds how many there are."""

    name: str
    size: int
    count: str = ""


@dataclass(frozen=True)
class Caution:
    """What a measure is warned of: an output that falls below another of the same quantity, and what that means."""

    output: str
    least: str
    note: Mapping[str, str]


@dataclass(frozen=True)
class Declaration:
    """All variables of a process, in the order of the file, and the record types that kernels read."""

    process: str
    label: Mapping[str, str]
    sector: str
    capacity_quantity: str
    capacity_unit: str
    variables: Mapping[str, Variable]
    dimensions: Mapping[str, Dimension]
    capacity_output: str = ""  # the output that the capacity is one of, where that is not the main product
    main_indicator: str = ""
    product: str = ""
    alternative: str = ""  # an option input: proposals that set it are simulated with each of its words
    alternative_always: bool = False  # whether proposals that leave it alone are so too
    remedies: Mapping[str, str] = field(default_factory=dict)  # status -> output that says what would help
    cautions: tuple[Caution, ...] = ()
    services: tuple[str, ...] = ()  # carriers that it delivers and that others could supply in its place
    coal: str = (
        ""  # basis on which it takes a coal known by its analysis: a word of vocabulary.coal; "" for none
    )
    prices: Mapping[str, str] = field(
        default_factory=dict
    )  # carrier -> price of the deck, where not its usual one
    heating_values: Mapping[str, str] = field(
        default_factory=dict
    )  # carrier -> output that is the heating value of this plant's own gas

    def with_role(self, *roles: str) -> list[Variable]:
        """The variables of these roles, in the order of the file."""
        return [v for v in self.variables.values() if v.role in roles]

    def in_record(self, record: str) -> list[Variable]:
        """The variables of one record: x, d, o or y."""
        return [v for v in self.variables.values() if RECORD_OF[v.role] == record]

    def dtype(self, record: str) -> np.dtype:
        """Return the record type of x, d, o or y: aligned, every field float64 or int64 (or a row of them).

        The same object each time: a kernel's dispatcher knows it again.
        """
        return self._dtypes[record]

    @cached_property
    def _dtypes(self) -> dict[str, np.dtype]:
        return {record: self._dtype(record) for record in OWN_FIELDS}

    def _dtype(self, record: str) -> np.dtype:
        fields: list[tuple] = [(name, np.int64) for name in OWN_FIELDS[record]]
        for v in self.in_record(record):
            kind = np.int64 if v.is_integer else np.float64
            fields.append((v.name, kind, (v.length,)) if v.length else (v.name, kind))
        if not fields:
            fields = [("unused", np.float64)]
        return np.dtype((np.record, np.dtype(fields, align=True)))

    def zeros(self, record: str, n: int) -> np.ndarray:
        """Return n records of zeros."""
        return np.zeros(n, dtype=self.dtype(record))

    def name_of_code(self, code: int) -> str:
        """Return the variable that a kernel blamed, or "" when it named none."""
        return next((v.name for v in self.variables.values() if v.code == code), "")

    def resolve(self, name: str) -> str:
        """Return today's name of a variable for ``name`` or one of its aliases; "" if there is none."""
        if name in self.variables:
            return name
        return next((v.name for v in self.variables.values() if name in v.aliases), "")

    def expired_aliases(self, today: date) -> list[tuple[str, str]]:
        """Return (variable, alias) of each alias whose time is over on ``today``: it's to be taken out."""
        pairs = [
            (v.name, alias, until) for v in self.variables.values() for alias, until in v.alias_expiry.items()
        ]
        return [(name, alias) for name, alias, until in pairs if until <= today]


def read_declaration(
    process: str, data: Mapping[str, Any], common: Mapping[str, Any], units: UnitTable
) -> Declaration:
    """Return the declaration of a process from its parsed variables.toml and the common one.

    data: the file, with a ``process`` table (label, sector, capacity, main_indicator, dimensions).
    common: variables that every process has, such as the site's air pressure.
    Raises DeclarationError naming the variable when an entry is wrong.
    """
    head = data.get("process", {})
    dimensions = {
        n: Dimension(n, int(d["size"]), d.get("count", "")) for n, d in head.get("dimensions", {}).items()
    }
    variables: dict[str, Variable] = {}
    for name, entry in [*common.items(), *((n, e) for n, e in data.items() if n != "process")]:
        if name in variables:
            raise DeclarationError(f"{process}.{name}: declared twice")
        variables[name] = _variable(process, name, entry, dimensions, units)
    _check_names(process, variables, dimensions)
    capacity = head.get("capacity", {})
    return Declaration(
        process=process,
        label=head.get("label", {}),
        sector=head.get("sector", process),
        capacity_quantity=capacity.get("quantity", ""),
        capacity_unit=capacity.get("unit", ""),
        capacity_output=capacity.get("output", ""),
        variables=variables,
        dimensions=dimensions,
        main_indicator=head.get("main_indicator", ""),
        product=head.get("product", ""),
        alternative=head.get("alternative", ""),
        alternative_always=bool(head.get("alternative_always", False)),
        remedies=head.get("remedies", {}),
        cautions=tuple(_caution(process, e, variables) for e in head.get("cautions", ())),
        services=tuple(head.get("services", ())),
        prices=head.get("prices", {}),
        heating_values=_heating_values(process, head.get("heating_values", {}), variables),
        coal=head.get("coal", ""),
    )


def _heating_values(
    process: str, entry: Mapping[str, str], variables: Mapping[str, Variable]
) -> Mapping[str, str]:
    for carrier, name in entry.items():
        v = variables.get(name)
        if v is None or v.role != "output" or v.quantity != "energy_per_normal_volume" or v.length:
            raise DeclarationError(
                f"{process}: the heating value of {carrier} is no output of its kind: {name}"
            )
    return entry


def _caution(process: str, entry: Mapping[str, Any], variables: Mapping[str, Variable]) -> Caution:
    if set(entry) != {"output", "least", "note"}:
        raise DeclarationError(f"{process}: a caution has output, least and note, not {sorted(entry)}")
    both = [variables.get(entry[key]) for key in ("output", "least")]
    if (
        any(v is None or v.role != "output" or v.length for v in both)
        or len({v.quantity for v in both if v}) > 1
    ):
        raise DeclarationError(f"{process}: a caution compares two outputs of one quantity: {entry}")
    return Caution(entry["output"], entry["least"], entry["note"])


def _variable(
    process: str, name: str, e: Mapping[str, Any], dims: Mapping[str, Dimension], units: UnitTable
) -> Variable:
    where = f"{process}.{name}"
    unknown = set(e) - KNOWN_KEYS
    if unknown:
        raise DeclarationError(f"{where}: unknown keys {sorted(unknown)}")
    if name in FORBIDDEN or not name.isidentifier():
        raise DeclarationError(f"{where}: the name is taken by numpy's records or by the engine")
    role, options = e.get("role", ""), dict(e.get("options", {}))
    if role not in ROLES:
        raise DeclarationError(f"{where}: role {role!r} is none of {ROLES}")
    quantity = "choice" if options else e.get("quantity", "")
    unit = e.get("unit", "")
    shape = e.get("shape", "")
    if shape and shape not in dims:
        raise DeclarationError(f"{where}: shape {shape!r} is no dimension of the process")
    if e.get("fitted") and (role != "input" or shape or options or "bounds" not in e):
        raise DeclarationError(f"{where}: only a bounded number among the inputs can be fitted")
    if e.get("yearly", "integral") not in YEARLY:
        raise DeclarationError(f"{where}: yearly must be one of {YEARLY}")
    try:
        return Variable(
            name=name,
            role=role,
            quantity=quantity,
            unit=unit,
            bounds=_pair(e.get("bounds"), unit, quantity, units),
            typical=_pair(e.get("typical"), unit, quantity, units),
            label=e.get("label", {}),
            note=e.get("note", {}),
            default=_default(e.get("default"), options, unit, quantity, units),
            default_where=_defaults_where(e.get("default_where", {}), unit, quantity, units),
            default_text="" if e.get("default") is None else f"{e['default']} {unit}".strip(),
            optional=bool(e.get("optional", False)),
            source=e.get("source", ""),
            evidence=e.get("evidence", ""),
            options=options,
            dimension=shape,
            length=dims[shape].size if shape else 0,
            yearly=e.get("yearly", ""),
            weight=e.get("weight", ""),
            drawn=bool(e.get("drawn", True)),
            hangs_on=e.get("hangs_on", {}),
            fitted=bool(e.get("fitted", False)),
            detail=bool(e.get("detail", False)),
            ledger=_flow(where, e.get("ledger")),
            design_point=_design_point(where, e.get("design_point")),
            given_by=tuple(e.get("given_by", ())),
            read_where={choice: tuple(words) for choice, words in e.get("read_where", {}).items()},
            target=bool(e.get("target", False)),
            measures=e.get("measures", {}).get("output", ""),
            measures_at={k: float(v) for k, v in e.get("measures", {}).get("at", {}).items()},
            **_aliases(where, e.get("aliases", ())),
        )
    except UnitError as error:
        raise DeclarationError(f"{where}: {error}") from error


def _pair(given: Any, unit: str, quantity: str, units: UnitTable) -> tuple[float, float] | None:
    if given is None:
        return None
    low, high = (units.parse(value, quantity, default_unit=unit).si for value in given)
    return (low, high)


def _default(
    given: Any, options: Mapping[str, int], unit: str, quantity: str, units: UnitTable
) -> float | None:
    if given is None:
        return None
    if options:
        return float(options[given])
    return units.parse(given, quantity, default_unit=unit).si


def _defaults_where(
    given: Mapping[str, Mapping[str, Any]], unit: str, quantity: str, units: UnitTable
) -> dict[str, dict[str, tuple[float, str]]]:
    """Return the defaults of plants that chose otherwise: option input -> word -> (SI, text)."""
    return {
        name: {
            word: (units.parse(value, quantity, default_unit=unit).si, f"{value} {unit}".strip())
            for word, value in by_word.items()
        }
        for name, by_word in given.items()
    }


def _aliases(where: str, given: Any) -> dict[str, Any]:
    """Return the fields ``aliases`` and ``alias_expiry`` of entries "old" or { name = "old", until = date }."""
    names, expiry = [], {}
    for entry in given:
        if isinstance(entry, str):
            names.append(entry)
            continue
        try:
            expiry[entry["name"]] = date.fromisoformat(str(entry["until"]))
        except (KeyError, TypeError, ValueError) as error:
            raise DeclarationError(
                f"{where}: an alias is a name or {{ name, until = YYYY-MM-DD }}"
            ) from error
        names.append(entry["name"])
    return {"aliases": tuple(names), "alias_expiry": expiry}


def hung_on(v: Variable) -> tuple[str, ...]:
    """Return the inputs that a variable hangs on."""
    names: list[str] = []
    for key, value in v.hangs_on.items():
        if key not in ("exponent", "factor", "own_times"):
            names += [value] if isinstance(value, str) else list(value)
    return tuple(names)


def _flow(where: str, given: Any) -> Flow | None:
    if given is None:
        return None
    directions = {"in": 1, "out": -1}
    if given.get("direction") not in directions:
        raise DeclarationError(f"{where}: ledger needs direction = 'in' or 'out'")
    return Flow(given["carrier"], directions[given["direction"]], bool(given.get("turns", False)))


def _design_point(where: str, given: Any) -> DesignPoint | None:
    if given is None:
        return None
    if set(given) != {"where", "record"}:
        raise DeclarationError(f"{where}: design_point has where and record, not {sorted(given)}")
    return DesignPoint({name: tuple(words) for name, words in given["where"].items()}, given["record"])


def _check_names(process: str, variables: Mapping[str, Variable], dims: Mapping[str, Dimension]) -> None:
    codes: dict[int, str] = {}
    spoken_for = set(variables)
    for v in variables.values():
        if spoken_for & set(v.aliases) or len(set(v.aliases)) < len(v.aliases):
            raise DeclarationError(f"{process}.{v.name}: one of its aliases is the name of something else")
        spoken_for |= set(v.aliases)
        if v.code in codes:
            raise DeclarationError(f"{process}.{v.name}: shares its code with {codes[v.code]}; rename one")
        codes[v.code] = v.name
        for choice, by_word in v.default_where.items():
            if choice not in variables or set(by_word) - set(variables[choice].options):
                raise DeclarationError(f"{process}.{v.name}: default_where names no choice of {choice!r}")
        for name in v.given_by:
            if name not in variables or not variables[name].optional or variables[name].role != "input":
                raise DeclarationError(f"{process}.{v.name}: given_by names no optional input {name!r}")
        for choice, words in v.read_where.items():
            if choice not in variables or set(words) - set(variables[choice].options):
                raise DeclarationError(f"{process}.{v.name}: read_where names no choice of {choice!r}")
        if v.design_point is not None:
            for choice, words in v.design_point.where.items():
                if choice not in variables or set(words) - set(variables[choice].options):
                    raise DeclarationError(f"{process}.{v.name}: design_point names no choice of {choice!r}")
            if v.design_point.record not in variables:
                raise DeclarationError(f"{process}.{v.name}: design_point records what is not declared")
        if v.hangs_on and set(v.hangs_on) not in HANGS_ON:
            raise DeclarationError(f"{process}.{v.name}: hangs_on has one of {HANGS_ON}")
        for name in hung_on(v):
            if name not in variables or variables[name].role != "input" or variables[name].length:
                raise DeclarationError(f"{process}.{v.name}: hangs on {name!r}, which is no scalar input")
        if v.weight and v.weight not in variables:
            raise DeclarationError(f"{process}.{v.name}: its weight {v.weight!r} is not declared")
    for d in dims.values():
        if d.count and d.count not in variables:
            raise DeclarationError(
                f"{process}: dimension {d.name} is counted by {d.count!r}, which is not declared"
            )
