"""How the answers of one side are called in a form that asks of RIGHT and LEFT."""

from __future__ import annotations

from typing import Any, Final

from desktop.models.choices import Side
from desktop.rules.problem import Values

_PREFIX: Final = {Side.RIGHT: "right.", Side.LEFT: "left."}


def field_at(side: Side, name: str) -> str:
    """`right.volume_ml`; with an empty name, what all of them begin with."""
    return _PREFIX[side] + name


def answer_at(values: Values, side: Side, name: str) -> Any:
    return values.get(field_at(side, name))
