"""From pydantic's errors to ours: which key, on which line, what was read, what is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from plantsim.io.toml_lines import LocatedToml
from plantsim.vocabulary.problems import Problems, nearest

if TYPE_CHECKING:
    from pydantic import BaseModel

SHOWN = 60  # characters of a name that a message repeats

Model = TypeVar("Model", bound="BaseModel")

KINDS = {
    "text": {"en": "text in quotation marks", "zh": "加引号的文字"},
    "number": {"en": "a number", "zh": "数字"},
    "table": {"en": "a table", "zh": "表"},
    "list": {"en": "a list", "zh": "列表"},
    "bool": {"en": "true or false", "zh": "true 或 false"},
    "date": {"en": "a date", "zh": "日期"},
    "other": {"en": "something else", "zh": "其他内容"},
}
_EXPECTED = {
    "string_type": "text",
    "string_too_short": "text",
    "int_type": "number",
    "float_type": "number",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
    "list_type": "list",
    "bool_type": "bool",
    "date_type": "date",
    "date_from_datetime_inexact": "date",
}


def kind_of(value: object) -> str:
    """Return which key of KINDS a TOML value is."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, Mapping):
        return "table"
    if isinstance(value, list):
        return "list"
    return "date" if hasattr(value, "isoformat") else "other"


def kind_fields(got: object, *expected: str) -> dict[str, str]:
    """Return the fields of a wrong_kind message in both languages."""
    fields = {f"got_{lang}": word for lang, word in KINDS[kind_of(got)].items()}
    for lang, joint in (("en", " or "), ("zh", "或")):
        fields[f"expected_{lang}"] = joint.join(KINDS[e][lang] for e in dict.fromkeys(expected))
    return fields


def check_structure(model: type[Model], toml: LocatedToml, problems: Problems) -> Model | None:
    """Return the file as a model, or None after noting every error with its line."""
    from pydantic import ValidationError

    try:
        return model.model_validate(toml.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        _note_all(found, model, toml, problems)
        return None


def _note_all(found: list[Any], model: type[BaseModel], toml: LocatedToml, problems: Problems) -> None:
    wrong_kind: dict[tuple[str | int, ...], list[str]] = {}
    for e in found:
        path, value, rest = _place(e["loc"], toml.data)
        where: dict[str, Any] = {"file": toml.shown, "line": toml.line(*path), "key": dotted(path)}
        if e["type"] == "missing":
            missing = (*path, *rest[-1:])
            problems.error("key_missing", **{**where, "key": dotted(missing)}, name=str(missing[-1]))
        elif e["type"] == "extra_forbidden":
            _note_unknown(path, model, where, problems)
        elif e["type"] in ("string_pattern_mismatch", "string_too_long"):
            problems.error("id_wrong", **where)
        elif e["type"] in _EXPECTED:
            wrong_kind.setdefault(path, []).append(_EXPECTED[e["type"]])
        else:
            problems.error("key_wrong", **where, what=e["msg"][:200])
    for path, expected in wrong_kind.items():
        value = _at(toml.data, path)
        # a union such as "text or table" complains in both branches; the one that fits says what is wrong
        if (
            kind_of(value) == "table"
            and "table" not in expected
            and _complained_below(found, path, toml.data)
        ):
            continue
        code = "text_empty" if value == "" else "wrong_kind"
        problems.error(
            code, file=toml.shown, line=toml.line(*path), key=dotted(path), **kind_fields(value, *expected)
        )


def _note_unknown(path: tuple, model: type[BaseModel], where: dict[str, Any], problems: Problems) -> None:
    note_unknown_key(problems, where, str(path[-1]), _keys_beside(model, path))


def near(name: str, known: Sequence[str]) -> str:
    """Return the known name most like ``name``, or ""; only the beginning of a very long name counts."""
    return nearest(name[:SHOWN], list(known))


def note_unknown_key(problems: Problems, where: Mapping[str, Any], name: str, known: Sequence[str]) -> None:
    """Note a key that a table does not have: with the nearest that it has, or with the list."""
    guess = "" if problems.many else near(name, known)
    if guess:
        problems.error("key_unknown_near", **where, name=name[:SHOWN], guess=guess)
    else:
        problems.error("key_unknown", **where, name=name[:SHOWN], known=", ".join(known))


def _complained_below(found: list[Any], path: tuple, data: dict[str, Any]) -> bool:
    return any(
        len(p) > len(path) and p[: len(path)] == path for p in (_place(e["loc"], data)[0] for e in found)
    )


def _place(loc: tuple[str | int, ...], data: Any) -> tuple[tuple[str | int, ...], Any, tuple[str | int, ...]]:
    """Return (part of ``loc`` that exists in the file, its value, the rest): pydantic adds branch names."""
    path: tuple[str | int, ...] = ()
    rest: tuple[str | int, ...] = ()
    for part in loc:
        inside = (isinstance(data, Mapping) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        )
        if inside:
            data = data[part]
            path = (*path, part)
            rest = ()
        else:
            rest = (*rest, part)
    return path, data, rest


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def _keys_beside(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the table around ``path`` may have."""
    current: Any = model
    for part in path[:-1]:
        if isinstance(part, int):
            continue
        field = next((f for n, f in current.model_fields.items() if (f.alias or n) == part), None)
        current = _model_in(field.annotation) if field else None
        if current is None:
            return []
    return [f.alias or n for n, f in current.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    """Return the model within an annotation such as ``list[M]`` or ``M | str``."""
    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def dotted(path: tuple[str | int, ...]) -> str:
    """Return a key path as a message shows it: operation[2].hours (counted from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else ("." if text else "") + part[:80]
    return text
