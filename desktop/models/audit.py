"""Who read or wrote what, when and where; the store refuses to change a row of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line


class AuditEntry(Base):
    """`previous_mac` and `mac` chain the rows; the store fills them in as it writes."""

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(init=False, primary_key=True)
    at: Mapped[dt.datetime]
    account_id: Mapped[int | None]
    account_name: Mapped[Line]
    workstation: Mapped[Line]
    verb: Mapped[Line]
    patient_id: Mapped[int | None] = mapped_column(index=True)
    record: Mapped[Line]
    record_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_mac: Mapped[bytes] = mapped_column(LargeBinary, init=False)
    mac: Mapped[bytes] = mapped_column(LargeBinary, init=False)
