"""How an answer of a record is kept as JSON and read back as it was."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Enum
from sqlalchemy.types import TypeEngine

from desktop.models.base import DecimalText, Moment
from desktop.rules.signing import canonical_json


def to_json(value: Any) -> Any:
    return json.loads(canonical_json({"value": value}))["value"]


def from_json(kind: TypeEngine[Any], plain: Any) -> Any:
    """The value of a column of this kind."""
    if plain is None:
        return None
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(plain)
    if isinstance(kind, Moment):
        return dt.datetime.fromisoformat(plain)
    if isinstance(kind, Date):
        return dt.date.fromisoformat(plain)
    return Decimal(plain) if isinstance(kind, DecimalText) else plain
