"""The static structure of a plant file and of case.toml, as pydantic models.

They say which keys there are and of which kind; what stands in [values], [record] and [[operation]]
depends on the process and is read by plantsim.io.cells against its declarations. The JSON Schemas are
made of them too.
Import this module where a case is read, not before: pydantic takes a while.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from plantsim.io.conventions import BASIS, CAPACITIES, CAPACITY_KEYS

_AMOUNT = {
    "type": ["string", "number"],
    "description": 'A number with its unit, such as "12.75 MPa" / 数值加单位',
}
_DETAILED = {
    "value": {**_AMOUNT},
    "unit": {"type": "string"},
    "status": {"enum": ["measured", "nameplate", "public", "assumed"]},
    "sd": _AMOUNT,
    "source": {"type": "string"},
    "note": {"type": "string"},
    "year": {"type": "integer"},
    "method": {"type": "string"},
}
AMOUNT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _AMOUNT,
        {"type": "object", "properties": _DETAILED, "required": ["value"], "additionalProperties": False},
    ]
}

_CAPACITY: dict[str, Any] = {
    "anyOf": [
        _AMOUNT,
        {
            "type": "object",
            "properties": {
                key: AMOUNT_SCHEMA if key in CAPACITIES else {"type": "string"} for key in CAPACITY_KEYS
            },
            "additionalProperties": False,
        },
    ]
}

Amount = Annotated[Any, WithJsonSchema(AMOUNT_SCHEMA)]
"""A number with its unit, or a table with it; parsed by plantsim.io.cells, which names file and line."""

# what would steer a terminal stands nowhere in an id; what a sheet takes for a formula, a shell for an option or a
# system for a hidden file does not begin one
_NO_PART = r"\s/\\,;\"'\x00-\x1f\x7f-\x9f\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}"
ID = rf"^[^{_NO_PART}\-+=@.][^{_NO_PART}]*$"

Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(min_length=1, max_length=80, pattern=ID)]
"""Ids stand in tables, file names and commands: no spaces, slashes, commas or quotation marks."""

Date = Annotated[str | datetime.date, WithJsonSchema({"type": "string", "format": "date"})]


class Strict(BaseModel):
    """No unknown keys, no silent conversions; built at first use."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class Words(Strict):
    """A name in both languages; either may be missing."""

    zh: str = ""
    en: str = ""


class TariffTable(Strict):
    """tariff of [plant]: a connection of the price deck, and shares of peak, flat and valley hours."""

    connection: Text
    demand: list[Amount] | None = None  # of the net demand in a year
    recovered: list[Amount] | None = None  # of recovered power
    standby_fee: Amount = None


class PlantTable(Strict):
    """[plant]: what the plant is and where it stands."""

    id: Id
    process: Text
    name: Words | Text | None = None
    reference: str = ""
    capacity: Annotated[Any, WithJsonSchema(_CAPACITY)] = None
    district: str = ""
    altitude: Amount = None
    air_pressure: Amount = None
    classes: dict[str, str] = Field(default={}, alias="class")
    enterprise: str = ""
    sells_to: dict[str, Id] = {}  # carrier -> id of a sink of the case
    tariff: TariffTable | None = None


class Claimed(Strict):
    """claimed: what the owner says that a proposal saves in a year."""

    saving: Amount
    basis: Annotated[str, WithJsonSchema({"enum": sorted(BASIS)})] = ""


class ChangeTable(Strict):
    """One change of a proposal: exactly one of set, add and scale; one number or [low, likely, high]."""

    variable: Text
    unit: str = ""
    set: Any = None
    add: Any = None
    scale: Any = None
    at_most: Amount = None
    at_least: Amount = None


class ContractTable(Strict):
    """contract: the contractor's share of the yearly gain, and for how long."""

    share: Amount
    years: Amount


class GreenCreditTable(Strict):
    """green_credit: a cheaper loan; the loan and its years as the library has them where they are left out."""

    rate: Amount
    loan: Amount = None
    years: Amount = None


class FlexibilityTable(Strict):
    """flexibility: what the plant can offer the grid after the proposal."""

    threshold: Amount
    minimum: Amount
    hours: Amount
    readiness: Amount = None


class ProposalTable(Strict):
    """[[proposal]]: a retrofit asked for at this plant."""

    id: Id
    retrofit: Text
    state: str = ""
    counterfactual: str = "none"
    capex: Amount = None
    operating_cost: Amount = None
    life: Amount = None
    building_time: Amount = None
    outage: Amount = None
    subsidy: Amount = None
    contract: ContractTable | None = None
    green_credit: GreenCreditTable | None = None
    flexibility: FlexibilityTable | None = None
    replacement: Amount = None
    cancels_capacity: bool = False
    declared: dict[str, Any] = {}
    claimed: Claimed | None = None
    changes: list[ChangeTable] = []
    note: str = ""
    source: str = ""


class CalibrationTable(Strict):
    """[calibration]: inputs that are fitted to [record] before anything is simulated."""

    fit: list[Text] = []


class PlantFile(Strict):
    """A file of plants/: one plant."""

    schema_version: Literal[1] = Field(alias="schema")
    plant: PlantTable
    values: dict[str, Any] = {}
    declared: dict[str, Any] = {}
    record: dict[str, Any] = {}
    calibration: CalibrationTable | None = None
    operation: list[dict[str, Any]] = []
    proposal: list[ProposalTable] = []


class ReferenceTable(Strict):
    """[reference]: head of a typical plant of models/<process>/reference/."""

    id: Text
    label: Words
    evidence: Text
    source: Text
    note: Words | None = None
    capacity: Amount = None
    classes: dict[str, str] = Field(default={}, alias="class")


class ReferenceFile(Strict):
    """A typical plant that a case can start from."""

    reference: ReferenceTable
    values: dict[str, Any] = {}
    operation: list[dict[str, Any]] = []


class TargetTable(Strict):
    """[[target]]: a share of a sector's capacity above the benchmark level, or its mean indicator."""

    sector: Text
    share_above: Amount = None
    mean_at_most: Amount = None
    retire_at_most: Amount = None
    note: str = ""


class CaseTable(Strict):
    """[case]: what holds for the whole portfolio. decks: further price decks, to show how the order changes."""

    name: Words | Text | None = None
    date: Date = ""
    price_deck: str = ""
    decks: list[Text] = []
    discount_rate: Amount = None
    seed: Annotated[int, Field(ge=0)] = 0


class SinkTable(Strict):
    """[[sink]]: who takes a carrier from plants, and no more of it than its demand in a year."""

    id: Id
    carrier: Text
    demand: Amount
    name: Words | Text | None = None
    note: str = ""
    source: str = ""


class EnterpriseTable(Strict):
    """[[enterprise]]: its approved capacity in one process, to which its lines must add up."""

    id: Id
    process: Text
    capacity: Amount
    name: Words | Text | None = None
    note: str = ""
    source: str = ""


class CaseProposalTable(ProposalTable):
    """[[proposal]] of the case: a retrofit asked for at one of its plants."""

    plant: Text


class ProposalsFile(Strict):
    """proposals.toml beside case.toml, and the proposals of case.toml."""

    schema_version: Literal[1] = Field(alias="schema")
    proposal: list[CaseProposalTable] = []


class PlantProposals(Strict):
    """[[proposal]] of a plant file, of which a bad row is left out while the plant holds."""

    proposal: list[ProposalTable] = []


class RowsFile(Strict):
    """Tables of case.toml of which a bad row is left out."""

    target: list[TargetTable] = []
    sink: list[SinkTable] = []
    enterprise: list[EnterpriseTable] = []
    proposal: list[CaseProposalTable] = []


class CaseFile(Strict):
    """case.toml beside plants/."""

    schema_version: Literal[1] = Field(alias="schema")
    case: CaseTable = Field(default_factory=lambda: CaseTable())
    target: list[TargetTable] = []
    sink: list[SinkTable] = []
    enterprise: list[EnterpriseTable] = []
    proposal: list[CaseProposalTable] = []
    accounting: dict[str, str | dict[str, str]] = {}  # <kind>.<carrier> -> entry of models/common
