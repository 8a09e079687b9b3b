"""What the practice adds to the catalogue of devices: products of its own, and newer editions of the whole list."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, Note, Record
from desktop.models.choices import MatrixKind
from desktop.models.device import DeviceType


class CatalogueProduct(Record, DeviceType, Base):
    """A product the practice knows of; with a `matrix_kind` it is a matrix or mesh. Volumes in mL, dimensions in mm."""

    __tablename__ = "catalogue_product"

    manufacturer: Mapped[Line]
    line: Mapped[Line]
    catalogue_no: Mapped[Line | None] = mapped_column(default=None)
    udi_di: Mapped[Line | None] = mapped_column(default=None)
    matrix_kind: Mapped[MatrixKind | None] = mapped_column(default=None)
    note: Mapped[Line | None] = mapped_column(default=None)
    is_retired: Mapped[bool] = mapped_column(default=False)


class CatalogueEdition(Base):
    """A newer list, whole as it was imported; the last one kept is the one in use."""

    __tablename__ = "catalogue_edition"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    text: Mapped[Note]
    sha256: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[dt.date]
    kept_at: Mapped[dt.datetime]
    kept_by: Mapped[Line]
