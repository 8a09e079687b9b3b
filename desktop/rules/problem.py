"""How a rule reports what is wrong with the answers of a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""Answers by field name; None is not asked, `UNKNOWN` is stated to be unknown.

A question that somebody answered "it is right" stands as `<field>_confirmed` beside the value it confirms.
"""


@dataclass(frozen=True)
class Problem:
    """`message` is a sentence shown under `field`: what is wrong and how to write it.

    `is_question`: the value is possible but unlikely; a person may confirm it, which sets `<field>_confirmed`.
    """

    field: str
    message: str
    is_question: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What a rule needs to know beside the answers, so that no rule reads a clock."""

    today: dt.date


Check = Callable[[Values, Circumstances], list[Problem]]


def no_check(values: Values, circumstances: Circumstances) -> list[Problem]:
    """For forms whose columns say everything."""
    return []
