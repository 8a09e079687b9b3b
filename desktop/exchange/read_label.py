"""What is known after a label was read: its facts, its parts as they stand, and what kept it from being read."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from desktop.models.choices import UdiIssuer
from desktop.rules.label import LabelFacts

FACTS = tuple(field.name for field in dataclasses.fields(LabelFacts))


class Outcome(enum.StrEnum):
    """How well a label was read, from best to worst."""

    READ = "read"
    DOUBTFUL = "doubtful"
    """Where one part ends cannot be known; that part is no fact, all others are."""
    CHECK_WRONG = "check_wrong"
    """Whole in form, and its check character says that it was read or typed wrong: no part is a fact."""
    NOT_READ = "not_read"
    """Not a label of a kind we know, or broken: there are no parts and no facts."""


@dataclass(frozen=True)
class Part:
    """One part as it stands on the label: the `code` that announces it, what that means, and its text untouched."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class LabelProblem:
    """`message` says what is wrong, why, and what to do now."""

    outcome: Outcome
    message: str


@dataclass(frozen=True, kw_only=True)
class ReadLabel(LabelFacts):
    """`raw` is the text as it was received, never trimmed (clinical reference §8, trap 13)."""

    raw: str
    issuer: UdiIssuer | None = None
    parts: tuple[Part, ...] = ()
    problems: tuple[LabelProblem, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        order = list(Outcome)
        return max((problem.outcome for problem in self.problems), key=order.index, default=Outcome.READ)

    def part(self, code: str) -> str | None:
        """The text of the first part with this code."""
        return next((part.text for part in self.parts if part.code == code), None)

    def without_facts(self, problems: Iterable[LabelProblem]) -> Self:
        """The same parts, none of them offered as a fact."""
        nothing: dict[str, Any] = dict.fromkeys(FACTS)
        return dataclasses.replace(self, problems=(*self.problems, *problems), **nothing)
