"""A document as it was given: its bytes, to whom, by whom, from which template."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, PatientId
from desktop.models.choices import DocumentKind


class IssuedDocument(Base):
    __tablename__ = "issued_document"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    kind: Mapped[DocumentKind]
    title: Mapped[Line]
    template_version: Mapped[Line]
    language: Mapped[Line]
    sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    page_count: Mapped[int]
    issued_by: Mapped[Line]
    issued_at: Mapped[dt.datetime]
