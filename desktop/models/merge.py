"""Two records of one person that were made one, and everything that is needed to take it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, Record


class PatientMerge(Record, Base):
    """`moved` and `copied` name rows by table; `before` and `after` hold the answers of the kept record that changed.

    While it is not undone, the merged record leads to the kept one. The store lets a signed row follow its patient
    only where a row of this table says so.
    """

    __tablename__ = "patient_merge"

    kept_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[Line]
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON, default_factory=dict)
    copied: Mapped[dict[str, list[int]]] = mapped_column(JSON, default_factory=dict)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    closed_case_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision_case.id", ondelete="RESTRICT"), default=None
    )
    undone_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    undone_by: Mapped[Line | None] = mapped_column(default=None)
