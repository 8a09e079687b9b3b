"""A file that came from outside and is kept with the record it belongs to: a report, a signed form, a letter."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, PatientId
from desktop.models.choices import AttachmentKind


class Attachment(Base):
    """Its bytes never change; a wrong one is taken out with a reason."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    kind: Mapped[AttachmentKind]
    title: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    added_at: Mapped[dt.datetime]
    added_by: Mapped[Line]
    imaging_id: Mapped[int | None] = mapped_column(
        ForeignKey("imaging_study.id", ondelete="RESTRICT"), default=None, index=True
    )
    consent_id: Mapped[int | None] = mapped_column(
        ForeignKey("consent.id", ondelete="RESTRICT"), default=None, index=True
    )
    work_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("seroma_work_up.id", ondelete="RESTRICT"), default=None, index=True
    )
