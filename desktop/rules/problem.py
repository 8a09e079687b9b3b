"""How a rule reports what is wrong with the answers of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""Answers by field name; None is not asked, `UNKNOWN` is stated to be unknown."""


@dataclass(frozen=True)
class Problem:
    """`message` is a sentence shown under `field`: what is wrong and how to write it."""

    field: str
    message: str


@dataclass(frozen=True)
class Circumstances:
    """What a rule needs to know beside the answers, so that no rule reads a clock."""

    today: Any


Check = Callable[..., "list[Problem]"]
