"""[[proposal]]: retrofits asked for at a plant, with what their owner claims."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount, show_band
from plantsim.io.conventions import BASIS
from plantsim.io.declared import RETIRE, has_no_model, read_declared
from plantsim.io.money import read_money
from plantsim.io.portfolio import rows_without_error
from plantsim.io.structure import SHOWN, check_structure, near
from plantsim.io.toml_lines import KeyPath, LocatedToml
from plantsim.io.values import variable_named
from plantsim.library import Library
from plantsim.library.retrofits import ACTIONS, NOTHING_INSTEAD, read_change, three
from plantsim.vocabulary.case import Change, Claim, Origin, Proposal, Retrofit, Value
from plantsim.vocabulary.declarations import Declaration, Variable
from plantsim.vocabulary.door import NOT_WHOLE, OUTSIDE, Fault, first_fault
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.units import UnitError

CHANGEABLE = ("input", "calibrated")


def read_proposals(
    reading: Reading, declaration: Declaration, library: Library, problems: Problems
) -> tuple[Proposal, ...]:
    """Return the proposals of a plant file that could be read; what is wrong with the others goes to ``problems``."""
    from plantsim.io.case_models import PlantProposals

    tables = {"proposal": reading.toml.data.get("proposal", [])}
    own, found = Problems(), []
    check_structure(PlantProposals, LocatedToml(reading.toml.shown, tables, reading.toml.lines), own)
    problems.extend(own)
    for n in rows_without_error(tables, "proposal", own):
        of_row = Problems()
        proposal = read_proposal(
            replace(reading, problems=of_row), declaration, library, tables["proposal"][n], ("proposal", n)
        )
        problems.extend(of_row)
        if proposal is not None and not of_row.errors:
            found.append(proposal)
    return tuple(found)


def read_proposal(
    reading: Reading,
    declaration: Declaration,
    library: Library,
    table: Mapping[str, Any],
    path: KeyPath,
) -> Proposal | None:
    """Return one proposal at a plant of a process, or None after noting why not."""
    known = library.retrofits(declaration.process)
    name, own = table.get("id"), table.get("retrofit")
    if not isinstance(name, str) or not isinstance(own, str) or not name or not own:
        return None  # noted with the structure
    if own not in known:
        guess = near(own, list(known))
        label = known[guess].label if guess else {}
        code = "retrofit_unknown_near" if guess else "retrofit_unknown"
        reading.error(
            code,
            (*path, "retrofit"),
            name=own[:SHOWN],
            guess=guess,
            known=", ".join(known) or "-",
            label_en=label.get("en", guess),
            label_zh=label.get("zh", guess),
        )
    return Proposal(
        id=name,
        retrofit=own,
        state=_text(table, "state", ""),
        counterfactual=_counterfactual(reading, declaration, known, table, path),
        claim=_claim(reading, table.get("claimed"), (*path, "claimed")),
        changes=_changes(reading, declaration, table.get("changes", []), (*path, "changes")),
        origin=Origin(
            reading.toml.shown,
            reading.toml.line(*path),
            own,
            "assumed",
            _text(table, "source", ""),
            _text(table, "note", ""),
        ),
        declared=_declared(reading, declaration, library, table, path),
        **read_money(reading, declaration, library, known.get(own), table, path),
    )


def _declared(
    reading: Reading, declaration: Declaration, library: Library, table: Mapping[str, Any], path: KeyPath
) -> dict[str, Value]:
    """Return the owner's figures after the proposal, which only a plant without a model may give."""
    at = (*path, "declared")
    given = table.get("declared")
    if not has_no_model(declaration):
        if given:
            reading.error("declared_of_modelled", at, process=declaration.process)
        return {}
    return read_declared(reading, given if given is not None else {}, declaration, library, at)


def _text(table: Mapping[str, Any], key: str, otherwise: str) -> str:
    found = table.get(key, otherwise)
    return found if isinstance(found, str) else otherwise


def _counterfactual(
    reading: Reading,
    declaration: Declaration,
    known: Mapping[str, Retrofit],
    table: Mapping[str, Any],
    path: KeyPath,
) -> str:
    """Return what would be done anyway: a measure that can be simulated and has its cost in the library, or none."""
    instead, at = _text(table, "counterfactual", NOTHING_INSTEAD), (*path, "counterfactual")
    if instead == NOTHING_INSTEAD:
        return instead
    usable = [n for n, r in known.items() if r.kind != RETIRE and r.capex is not None]
    own = known.get(str(table.get("retrofit")))
    if has_no_model(declaration) or (own is not None and own.kind == RETIRE):
        reading.error("counterfactual_not_simulated", at, text=quoted(instead))
    elif instead not in usable:
        guess = near(instead, usable)
        code = "counterfactual_unknown_near" if guess else "counterfactual_unknown"
        reading.error(code, at, text=quoted(instead), guess=guess, known=", ".join(usable) or "-")
    return instead


def _claim(reading: Reading, table: Any, path: KeyPath) -> Claim:
    if not isinstance(table, Mapping):
        return Claim()
    saving = None
    if "saving" in table:
        saving = read_amount(reading, table["saving"], "annual_energy", "tce/a", (*path, "saving"), "assumed")
    word = table.get("basis", "")
    if word == "" and saving is not None:
        reading.warning("claim_basis_missing", path)
    elif isinstance(word, str) and word and word not in BASIS:
        reading.error("word_unknown", (*path, "basis"), text=quoted(word), known=", ".join(BASIS))
    return Claim(saving, BASIS.get(word, "") if isinstance(word, str) else "")


def _changes(reading: Reading, declaration: Declaration, tables: Any, path: KeyPath) -> tuple[Change, ...]:
    if not isinstance(tables, list):
        return ()
    found = [_change(reading, declaration, table, (*path, n)) for n, table in enumerate(tables)]
    return tuple(change for change in found if change is not None)


def _change(reading: Reading, declaration: Declaration, table: Any, path: KeyPath) -> Change | None:
    """Return one change; whatever the library's reader would stumble over is said here with its line."""
    if not isinstance(table, Mapping) or not isinstance(table.get("variable"), str):
        return None  # noted with the structure
    candidates = [v.name for v in declaration.with_role(*CHANGEABLE)]
    variable = variable_named(reading, table["variable"], declaration, candidates, (*path, "variable"))
    if variable is None:
        return None
    if variable.role not in CHANGEABLE:
        reading.error("change_not_input", (*path, "variable"), name=variable.name)
        return None
    given = [action for action in ACTIONS if action in table]
    if len(given) != 1:
        reading.error("change_action", path, known=", ".join(ACTIONS))
        return None
    origin = Origin(reading.toml.shown, reading.toml.line(*path), "", "assumed")
    try:
        three(table[given[0]])
        entry = {**table, "variable": variable.name}
        change = read_change(entry, declaration, reading.units, origin, reading.site_pressure)
    except UnitError as error:
        reading.error(error.code, (*path, given[0]), **error.fields)
        return None
    except (KeyError, ValueError, TypeError, ArithmeticError):
        reading.error("change_numbers", (*path, given[0]), action=given[0], text=quoted(table[given[0]]))
        return None
    return change if _may_stand(reading, variable, change, table, path) else None


def _may_stand(
    reading: Reading, v: Variable, change: Change, table: Mapping[str, Any], path: KeyPath
) -> bool:
    """Return whether the numbers of a change may be those of its variable; notes the first that may not.

    A value that is set is one of the plant, as in [values]; a step or a factor is a number of its own.
    """
    ends = (change.low, change.likely, change.high)
    text = quoted(table[change.action])
    if not all(math.isfinite(n) for n in ends):
        reading.error("number_not_finite", (*path, change.action), text=text)
        return False
    fault = first_fault(v, ends) if change.action == "set" and not v.options else None
    if fault is None and v.is_integer and change.action == "add" and any(n != round(n) for n in ends):
        fault = Fault(0, NOT_WHOLE)
    if fault is None:
        return True
    range_ = show_band(reading, v, v.bounds, v.unit)
    code = f"{fault.code}_bare" if fault.code == OUTSIDE else fault.code
    reading.error(
        code, (*path, change.action), text=text, **({"range": range_} if fault.code == OUTSIDE else {})
    )
    return False
