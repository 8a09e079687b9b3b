"""What a form asks, in reading order: no widgets, no queries.

The screen that edits a form, the check before saving, the draft and the printed page read the same description.
The mapped attribute is the key of a field; required, length and choices come from its column.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Self, TypeVar

from desktop.models.base import Attribute, Base
from desktop.models.choices import UNKNOWN, Choice, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date, show_time
from desktop.rules.numbers import show_decimal
from desktop.rules.permission import Verb
from desktop.rules.problem import Check, Circumstances, Problem, Values, no_check
from desktop.rules.side import field_at

T = TypeVar("T")


class Field(Generic[T]):
    """One question. What the column already says is never repeated here.

    `past`: a fact about the past, which may be stated to be unknown and carries its source.
    `required`: asked for beyond what the column demands.
    """

    def __init__(
        self, attribute: Attribute[Any], label: str, *, hint: str = "", past: bool = False, required: bool | None = None
    ) -> None:
        self.name: str = attribute.key
        self.label = label
        self.hint = hint
        self.past = past
        self.side: Side | None = None
        self._property: Any = attribute.property
        self._required = required

    @property
    def key(self) -> str:
        """The name without its side."""
        return self.name.rpartition(".")[2]

    @property
    def full_label(self) -> str:
        return f"{self.side.label} {self.label}" if self.side else self.label

    @property
    def _column(self) -> Any:
        return self._property.columns[0]

    @property
    def required(self) -> bool:
        if self._required is not None:
            return self._required
        return not self._column.nullable and self._column.default is None

    def at(self, side: Side) -> Self:
        """The same question about one side."""
        sided = copy.copy(self)
        sided.name, sided.side = field_at(side, self.name), side
        return sided

    def read(self, row: Any) -> T | None:
        """What the row of the store holds."""
        answer: T | None = getattr(row, self.key)
        return answer

    def columns_of(self, value: T | None) -> Mapping[str, Any]:
        """The columns that hold the answer."""
        return {self.key: value}

    def show(self, value: Any) -> str:
        """The value as a person reads it."""
        if value is None:
            return ""
        return "Unknown" if value is UNKNOWN else self.show_known(value)

    def show_known(self, value: T) -> str:
        return str(value)

    def problems(self, value: Any) -> list[Problem]:
        """What the column alone can tell is wrong."""
        if self.required and value in (None, "", ()):
            return [Problem(self.name, f"{self.full_label} is needed.")]
        return []


class TextField(Field[str]):
    @property
    def max_length(self) -> int | None:
        return getattr(self._column.type, "length", None)

    def problems(self, value: Any) -> list[Problem]:
        if isinstance(value, str) and self.max_length and len(value) > self.max_length:
            has = f"{self.full_label} holds at most {self.max_length} characters; this has {len(value)}."
            return [Problem(self.name, has)]
        return super().problems(value)


class NoteField(TextField):
    """Text of several lines."""

    def __init__(self, attribute: Attribute[Any], label: str, *, lines: int = 3, **more: Any) -> None:
        super().__init__(attribute, label, **more)
        self.lines = lines


class DateField(Field[dt.date]):
    def show_known(self, value: dt.date) -> str:
        return show_date(value)


class PartialDateField(Field[PartialDate]):
    """A date about the past, as precise as it is known."""

    def show_known(self, value: PartialDate) -> str:
        return show_partial_date(value)


class MomentField(Field[dt.datetime]):
    """A time of day; `day_field` names the field that holds its day, in the same form or in the form around it."""

    def __init__(self, attribute: Attribute[Any], label: str, *, day_field: str, **more: Any) -> None:
        super().__init__(attribute, label, **more)
        self.day_field = day_field

    def show_known(self, value: dt.datetime) -> str:
        return show_time(value)

    def show_on(self, value: dt.datetime, day: dt.date | None) -> str:
        """The time alone when it lies on `day`, else with its own day."""
        own_day = value.astimezone().date()
        return show_time(value) if own_day == day else f"{show_date(own_day)} {show_time(value)}"


class NumberField(Field[int]):
    """A whole number with its unit."""

    def __init__(
        self,
        attribute: Attribute[Any],
        label: str,
        *,
        unit: str = "",
        lowest: int | None = None,
        highest: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(attribute, label, **more)
        self.unit, self.lowest, self.highest = unit, lowest, highest

    def show_known(self, value: int) -> str:
        return f"{value:,} {self.unit}".strip()

    def problems(self, value: Any) -> list[Problem]:
        if isinstance(value, int) and not isinstance(value, bool):
            too_low = self.lowest is not None and value < self.lowest
            too_high = self.highest is not None and value > self.highest
            if too_low or too_high:
                unit = f" {self.unit}" if self.unit else ""
                message = f"{value:,}{unit} is outside {self.lowest:,}–{self.highest:,}{unit}."
                return [Problem(self.name, message)]
        return super().problems(value)


class DecimalField(Field[Decimal]):
    def __init__(self, attribute: Attribute[Any], label: str, *, unit: str = "", **more: Any) -> None:
        super().__init__(attribute, label, **more)
        self.unit = unit

    def show_plain(self, value: Decimal) -> str:
        return show_decimal(value)

    def show_known(self, value: Decimal) -> str:
        return f"{show_decimal(value)} {self.unit}".strip()


class WeightField(DecimalField):
    """A body weight in kg; pounds are read when they are written as pounds."""

    def __init__(self, attribute: Attribute[Any], label: str, **more: Any) -> None:
        super().__init__(attribute, label, unit="kg", **more)


class HeightField(NumberField):
    """A body height in cm; feet, inches and metres are read when they are written as such."""

    def __init__(self, attribute: Attribute[Any], label: str, **more: Any) -> None:
        super().__init__(attribute, label, unit="cm", **more)


class VolumeField(NumberField):
    """A volume in whole mL; cc is read as mL, and no other unit is."""

    def __init__(self, attribute: Attribute[Any], label: str, **more: Any) -> None:
        super().__init__(attribute, label, unit="mL", **more)


class ChoiceField(Field[Choice]):
    @property
    def choices(self) -> type[Choice]:
        listed: type[Choice] = self._column.type.enum_class
        return listed

    def show_known(self, value: Choice) -> str:
        return value.label


class SegmentField(ChoiceField):
    """A closed list short enough to be seen whole; `without` is what every answer begins with and the label says."""

    def __init__(self, attribute: Attribute[Any], label: str, *, without: str = "", **more: Any) -> None:
        super().__init__(attribute, label, **more)
        self.without = without


class ManyField(Field[tuple[Choice, ...]]):
    """Several answers of one closed list, in order; `prompt` invites to add one."""

    def __init__(self, attribute: Attribute[Any], label: str, *, prompt: str = "Add …", **more: Any) -> None:
        super().__init__(attribute, label, **more)
        self.prompt = prompt

    @property
    def choices(self) -> type[Choice]:
        listed: type[Choice] = self._column.type.choices
        return listed

    def show_known(self, value: tuple[Choice, ...]) -> str:
        return ", ".join(choice.label for choice in value)


class StatementField(Field[bool]):
    """A sentence a person ticks; not ticked says nothing."""

    @property
    def required(self) -> bool:
        return False

    def show_known(self, value: bool) -> str:
        return "Yes" if value else ""


class ListField(Field[tuple[Mapping[str, Any], ...]]):
    """Rows of a child table, edited and saved with the record they belong to.

    The columns `beneath` stand in a second line of each row on the screen.
    """

    def __init__(
        self,
        attribute: Attribute[Any],
        label: str,
        *,
        one: str,
        columns: tuple[Field[Any], ...],
        beneath: tuple[Field[Any], ...] = (),
    ) -> None:
        super().__init__(attribute, label)
        self.one = one
        self.columns = columns + beneath
        self.beneath = beneath

    @property
    def row(self) -> type[Base]:
        table: type[Base] = self._property.mapper.class_
        return table

    @property
    def required(self) -> bool:
        return False

    def show_known(self, value: tuple[Mapping[str, Any], ...]) -> str:
        return "; ".join(", ".join(filter(None, (c.show(row.get(c.name)) for c in self.columns))) for row in value)

    def problems(self, value: Any) -> list[Problem]:
        return [
            Problem(self.name, f"{self.one} {number}: {problem.message}")
            for number, row in enumerate(value or (), start=1)
            for column in self.columns
            for problem in column.problems(row.get(column.name))
        ]


Row = Field[Any] | tuple[Field[Any], ...]


def _fields(rows: tuple[Row, ...]) -> Iterator[Field[Any]]:
    for row in rows:
        yield from row if isinstance(row, tuple) else (row,)


@dataclass(frozen=True)
class Section:
    """Fields under one heading; a tuple of fields stands in one line of the screen."""

    title: str
    rows: tuple[Row, ...]
    hint: str = ""

    @property
    def fields(self) -> tuple[Field[Any], ...]:
        return tuple(_fields(self.rows))


@dataclass(frozen=True)
class SidesSection:
    """The same fields for RIGHT and LEFT, always RIGHT in the left column."""

    title: str
    rows: tuple[Row, ...]
    hint: str = ""

    def rows_of(self, side: Side) -> tuple[Row, ...]:
        return tuple(tuple(f.at(side) for f in row) if isinstance(row, tuple) else row.at(side) for row in self.rows)

    def fields_of(self, side: Side) -> tuple[Field[Any], ...]:
        return tuple(_fields(self.rows_of(side)))

    @property
    def fields(self) -> tuple[Field[Any], ...]:
        return self.fields_of(Side.RIGHT) + self.fields_of(Side.LEFT)


@dataclass(frozen=True)
class TableSection(SidesSection):
    """Measurements of both sides as a table: a question a line, RIGHT, LEFT, and what one has more than the other."""


@dataclass(frozen=True)
class Form:
    """`record` is the table that is saved; fields of a `SidesSection` live in its child table `sides`."""

    record: type[Base]
    title: str
    view: Verb
    edit: Verb
    sections: tuple[Section | SidesSection, ...]
    check: Check = no_check

    @property
    def name(self) -> str:
        return str(self.record.__tablename__)

    def __iter__(self) -> Iterator[Field[Any]]:
        return (field for section in self.sections for field in section.fields)

    @property
    def tables(self) -> tuple[TableSection, ...]:
        return tuple(section for section in self.sections if isinstance(section, TableSection))

    @property
    def can_be_prefilled(self) -> bool:
        """Whether its record keeps which answers were carried over or came from a template."""
        return PREFILLED in self.record.__mapper__.columns

    def field(self, name: str) -> Field[Any]:
        return next(field for field in self if field.name == name)

    def empty(self) -> dict[str, Any]:
        return dict.fromkeys(field.name for field in self)

    def problems(self, values: Values, circumstances: Circumstances) -> list[Problem]:
        """Missing and overlong answers first, then answers that break a rule; one problem a field."""
        found: dict[str, Problem] = {}
        for field in self:
            if field.name in values:
                for problem in field.problems(values[field.name]):
                    found.setdefault(problem.field, problem)
        for problem in self.check(values, circumstances):
            if not (problem.is_question and is_confirmed(values, problem.field)):
                found.setdefault(problem.field, problem)
        return list(found.values())


def confirmed(name: str) -> str:
    """Beside which key the confirmation of an unlikely value stands."""
    return f"{name}_confirmed"


def is_confirmed(values: Values, name: str) -> bool:
    """Whether somebody said of the very answer that stands there now that it is right."""
    return confirmed(name) in values and values[confirmed(name)] == values.get(name)


PREFILLED = "prefilled"
"""Beside which key the names of the answers stand that nobody gave yet, in a record that has them."""
PREFILLED_FROM = "prefilled_from"
"""Beside which key it stands where they come from."""


def source_of(name: str) -> str:
    """Beside which key the source of a fact about the past stands."""
    return f"{name}_source"
