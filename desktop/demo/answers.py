"""How the answers to a form are read from a story: by the form's own fields, so that every new question can be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from desktop.demo.days import read_day, read_moment, read_partial_day
from desktop.forms.form import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    Form,
    ListField,
    ManyField,
    MomentField,
    NumberField,
    PartialDateField,
    StatementField,
    TextField,
    confirmed,
    source_of,
)
from desktop.forms.label_field import LabelField
from desktop.models.choices import UNKNOWN, Choice, LabelEntry, Side, Source, UdiIssuer
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.side import field_at

Table = Mapping[str, Any]
C = TypeVar("C", bound=Choice)

SIDES = {"right": Side.RIGHT, "left": Side.LEFT}


def read_answers(form: Form, table: Table, today: dt.date) -> dict[str, Any]:
    """The answers a table gives, by field name. ValueError says which one cannot be read and why.

    `both`, `right` and `left` hold the answers about the sides; a side's own answer wins. `unknown` is an answer to a
    fact about the past. `source` in a table of a side is the source of every fact in it, `volume_ml_source` of one.
    `confirmed` names unlikely answers that somebody was asked about and confirmed.
    """
    reader = _Reader(today, table)
    fields = {field.name: field for field in form}
    own = {key: written for key, written in table.items() if key not in ("both", *SIDES)}
    answers = reader.read(fields, "", own, own.get("source"))
    for name, side in SIDES.items():
        of_side = {**table.get("both", {}), **table.get(name, {})}
        answers |= reader.read(fields, field_at(side, ""), of_side, of_side.get("source", own.get("source")))
    return answers


@dataclass(frozen=True)
class _Reader:
    today: dt.date
    table: Table

    def read(self, fields: Mapping[str, Field[Any]], prefix: str, table: Table, source: str | None) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        sources: dict[str, Any] = {}
        for key, written in table.items():
            field = fields.get(prefix + key)
            about = fields.get(prefix + key.removesuffix("_source"))
            if field is not None:
                answers |= self._answer(field, written, source)
            elif about is not None and about.past:
                sources[source_of(about.name)] = read_choice(Source, written)
            elif key not in ("source", "confirmed"):
                raise ValueError(f"{key} is no question of this form")
        sure = {confirmed(prefix + name): answers[prefix + name] for name in table.get("confirmed", ())}
        return answers | sources | sure

    def _answer(self, field: Field[Any], written: Any, source: str | None) -> dict[str, Any]:
        if not field.past:
            return {field.name: self._value(field, written)}
        if written == "unknown":
            return {field.name: UNKNOWN, source_of(field.name): None}
        said_by = read_choice(Source, source) if source else None
        return {field.name: self._value(field, written), source_of(field.name): said_by}

    def _value(self, field: Field[Any], written: Any) -> Any:
        try:
            return self._known(field, written)
        except (TypeError, ValueError) as wrong:
            raise ValueError(f"{field.full_label}: {wrong}") from wrong

    def _known(self, field: Field[Any], written: Any) -> Any:
        match field:
            case ListField():
                return tuple(self._row(field, row) for row in _rows(written))
            case ManyField():
                return tuple(read_choice(field.choices, code) for code in written)
            case ChoiceField():
                return read_choice(field.choices, written)
            case PartialDateField():
                return read_partial_day(written, self.today)
            case DateField():
                return read_day(written, self.today)
            case LabelField():
                issuer, entry = read_choice(UdiIssuer, written["issuer"]), read_choice(LabelEntry, written["entry"])
                return ScannedLabel(written["text"], issuer, entry)
            case MomentField():
                return read_moment(written, read_day(self.table[field.day_field], self.today), dt.time())
            case DecimalField():
                return Decimal(_of(written, int, Decimal))
            case NumberField():
                return _of(written, int)
            case StatementField():
                return _of(written, bool)
            case TextField():
                return _of(written, str)
        raise TypeError(f"the demo cannot tell a {type(field).__name__}")

    def _row(self, field: ListField, row: Table) -> dict[str, Any]:
        columns = {column.name: column for column in field.columns}
        if unasked := set(row) - set(columns):
            raise ValueError(f"{', '.join(sorted(unasked))} is no column")
        answered = {name: self._value(columns[name], written) for name, written in row.items()}
        return dict.fromkeys(columns) | answered


def _rows(written: Any) -> Iterator[Table]:
    """Rows told one by one, or as `columns` once and `rows` of values, where "" is not asked."""
    if isinstance(written, list):
        yield from written
        return
    for row in written["rows"]:
        yield {column: value for column, value in zip(written["columns"], row, strict=True) if value != ""}


def read_choice(choices: type[C], code: object) -> C:
    found = next((choice for choice in choices if choice.value == code), None)
    if found is None:
        raise ValueError(f"{code!r} is not one of {', '.join(choices)}")
    return found


def _of(written: Any, *kinds: type) -> Any:
    if type(written) not in kinds:
        raise ValueError(f"{written!r} is no {' or '.join(kind.__name__ for kind in kinds)}")
    return written
