"""What every table has in common: one base and the kinds of column."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column, relationship
from sqlalchemy.orm import InstrumentedAttribute as Attribute
from sqlalchemy.types import TypeDecorator
from typing_extensions import dataclass_transform, override

from desktop.models.choices import Choice
from desktop.models.partial_date import PartialDate

__all__ = [
    "Attribute",
    "Base",
    "Choices",
    "Facts",
    "Key",
    "Line",
    "Moment",
    "Note",
    "PatientId",
    "RawText",
    "Record",
    "Signable",
]


class Moment(TypeDecorator[dt.datetime]):
    """An instant; kept in UTC so that a clock change at night moves nothing."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


class PartialDateText(TypeDecorator[PartialDate]):
    impl = String(10)
    cache_ok = True

    @override
    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        return None if value is None else value.iso

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        return None if value is None else PartialDate.from_iso(value)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal; SQLite would keep it as a binary fraction."""

    impl = String(20)
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Choices(TypeDecorator[tuple[Choice, ...]]):
    """Several answers of one closed list, in the order in which they were chosen."""

    impl = JSON
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self.choices = choices

    @override
    def process_bind_param(self, value: tuple[Choice, ...] | None, dialect: Dialect) -> list[str]:
        return [choice.value for choice in value or ()]

    @override
    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[Choice, ...]:
        return tuple(self.choices.from_code(code) for code in value or ())


class RawText(TypeDecorator[str]):
    """Text of a scanner or a picture, kept byte for byte: control characters and bytes that are no text included."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.encode("utf-8", "surrogateescape")

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else value.decode("utf-8", "surrogateescape")


Line = Annotated[str, mapped_column(String(200))]
Key = Annotated[str, mapped_column(String(200).with_variant(String(200, collation="C"), "postgresql"))]
"""A spelling that is searched for: in the same order on every engine, by the numbers of its signs."""
Note = Annotated[str, mapped_column(Text)]
PatientId = Annotated[int, mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)]


def _codes(choices: type[enum.Enum]) -> list[str]:
    return [str(choice.value) for choice in choices]


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column, relationship))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """All tables. `repr` never shows values: they are patient data and end up in logs."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: Moment,
        PartialDate: PartialDateText,
        Decimal: DecimalText,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=_codes),
    }

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', None)}>"


class Record(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """A row a person edits; `version` reveals that someone else saved it meanwhile."""

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    version: Mapped[int] = mapped_column(init=False, nullable=False, server_default="1")  # also of rows made before it

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  SQLAlchemy hands in the class
        return {"version_id_col": cls.version}


class Facts(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Facts about the past: which are stated to be unknown, and who or what says each of the others."""

    unknown: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    sources: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)


class Signable(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """A record that is frozen when a named person signs it."""

    signed_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    signed_by: Mapped[Line | None] = mapped_column(default=None)
    signed_content: Mapped[Note | None] = mapped_column(default=None)
    signed_hash: Mapped[str | None] = mapped_column(String(64), default=None)
