"""A person who signs in; the password lives in the key vault, never here."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Choices, Line, Record
from desktop.models.choices import Role


class Account(Record, Base):
    __tablename__ = "account"

    name: Mapped[Line] = mapped_column(unique=True)
    display_name: Mapped[Line]
    roles: Mapped[tuple[Role, ...]] = mapped_column(Choices(Role), default=())
    is_active: Mapped[bool] = mapped_column(default=True)
