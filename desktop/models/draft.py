"""What a person typed into a form and has not saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line


class Draft(Base):
    __tablename__ = "draft"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), primary_key=True)
    form: Mapped[Line] = mapped_column(primary_key=True)
    record_key: Mapped[Line] = mapped_column(primary_key=True)
    opened_version: Mapped[int | None]
    typed: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[dt.datetime]
