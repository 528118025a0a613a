"""Fixed words of case files: the schema's number, the bases of a claimed saving."""

from __future__ import annotations

SCHEMA = 1

EQUIVALENT = "equivalent"
EQUAL_VALUE = "equal_value"
BASIS = {
    "当量": EQUIVALENT,
    "当量值": EQUIVALENT,
    EQUIVALENT: EQUIVALENT,
    "等价": EQUAL_VALUE,
    "等价值": EQUAL_VALUE,
    EQUAL_VALUE: EQUAL_VALUE,
}
"""How electricity counts in standard coal: 当量 by its heat, 等价 by the grid's coal rate (GB/T 2589)."""

CAPACITIES = {"approved": "public", "nameplate": "nameplate", "actual": "assumed"}
"""Keys of a capacity's table, the one that counts first, with the status of each unless it says its own."""

CAPACITY_KEYS = (*CAPACITIES, "status", "source", "note")
