"""The practice whose records these are; one row."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, Note, Record
from desktop.models.choices import Language, PaperSize


class Practice(Record, Base):
    """`say_at_u0` to `say_at_u3` are the office's own words for each urgency tier; empty: the tier's own."""

    __tablename__ = "practice"

    name: Mapped[Line]
    address: Mapped[Note | None] = mapped_column(default=None)
    phone: Mapped[Line | None] = mapped_column(default=None)
    after_hours_phone: Mapped[Line | None] = mapped_column(default=None)
    emergency_number: Mapped[Line | None] = mapped_column(default=None)
    paper_size: Mapped[PaperSize] = mapped_column(default=PaperSize.LETTER)
    language: Mapped[Language] = mapped_column(default=Language.ENGLISH)
    records_due_days: Mapped[int | None] = mapped_column(default=None)
    say_at_u0: Mapped[Note | None] = mapped_column(default=None)
    say_at_u1: Mapped[Note | None] = mapped_column(default=None)
    say_at_u2: Mapped[Note | None] = mapped_column(default=None)
    say_at_u3: Mapped[Note | None] = mapped_column(default=None)
    next_record_number: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
