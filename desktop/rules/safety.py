"""Which items the team answers when it stops, which of them belong to a side, and what of a phase is still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side
from desktop.rules.patient import rows_of
from desktop.rules.problem import Circumstances, Problem, Values

ITEMS: Final[Mapping[SafetyMoment, tuple[SafetyItem, ...]]] = {
    SafetyMoment.SIGN_IN: (
        SafetyItem.IDENTITY,
        SafetyItem.OPERATION_AND_SIDE,
        SafetyItem.CONSENT_MATCHES,
        SafetyItem.SITE_MARKED,
        SafetyItem.MACHINE_CHECKED,
        SafetyItem.OXIMETER_WORKS,
        SafetyItem.ALLERGIES_KNOWN,
        SafetyItem.AIRWAY_RISK,
        SafetyItem.BLOOD_LOSS,
    ),
    SafetyMoment.TIME_OUT: (
        SafetyItem.TEAM_KNOWN,
        SafetyItem.PATIENT_AND_SIDE,
        SafetyItem.ANTIBIOTIC_GIVEN,
        SafetyItem.SURGEON_STEPS,
        SafetyItem.ANESTHESIA_CONCERNS,
        SafetyItem.LOCAL_TOTALS,
        SafetyItem.STERILITY,
        SafetyItem.IMAGING_SHOWN,
        SafetyItem.IMPLANT_READ,
    ),
    SafetyMoment.SIGN_OUT: (
        SafetyItem.OPERATION_NAMED,
        SafetyItem.COUNTS_RIGHT,
        SafetyItem.SPECIMENS_LABELLED,
        SafetyItem.REMOVED_DEVICES,
        SafetyItem.EQUIPMENT_PROBLEMS,
        SafetyItem.RECOVERY_CONCERNS,
    ),
}
"""In the order in which they are read. Source: clinical reference §6.3."""

AGAIN: Final[Mapping[SafetyAgain, tuple[SafetyItem, ...]]] = {
    SafetyAgain.SECOND_SIDE: (
        SafetyItem.PATIENT_AND_SIDE,
        SafetyItem.SURGEON_STEPS,
        SafetyItem.LOCAL_TOTALS,
        SafetyItem.STERILITY,
        SafetyItem.IMPLANT_READ,
    ),
    SafetyAgain.SECOND_TEAM: (
        SafetyItem.TEAM_KNOWN,
        SafetyItem.PATIENT_AND_SIDE,
        SafetyItem.SURGEON_STEPS,
        SafetyItem.ANESTHESIA_CONCERNS,
        SafetyItem.LOCAL_TOTALS,
        SafetyItem.STERILITY,
        SafetyItem.IMPLANT_READ,
    ),
    SafetyAgain.PLAN_CHANGED: (
        SafetyItem.PATIENT_AND_SIDE,
        SafetyItem.CONSENT_MATCHES,
        SafetyItem.SURGEON_STEPS,
        SafetyItem.LOCAL_TOTALS,
        SafetyItem.IMPLANT_READ,
    ),
}
"""What is read again; which items is our own choice out of those of the time-out, for §6.3 names only the moments."""

OF_A_SIDE: Final = frozenset(
    {
        SafetyItem.SITE_MARKED,
        SafetyItem.PATIENT_AND_SIDE,
        SafetyItem.SURGEON_STEPS,
        SafetyItem.IMPLANT_READ,
        SafetyItem.SPECIMENS_LABELLED,
        SafetyItem.REMOVED_DEVICES,
    }
)
"""Answered for each side that is operated on, RIGHT first; the others are answered once (§6.4)."""

GOES_ON: Final = frozenset(
    {SafetyItem.BLOOD_LOSS, SafetyItem.ANTIBIOTIC_GIVEN, SafetyItem.LOCAL_TOTALS, SafetyItem.ANESTHESIA_CONCERNS}
)
"""What is given while the team works goes on being recorded; what was read then stays right."""

NOBODY_NAMED: Final = "who is present"
NO_NEEDS_COMMENT: Final = "“No” needs a comment: what is not as it should be?"


@dataclass(frozen=True)
class Line:
    """One question of one phase; `side` None where it is asked once for both."""

    item: SafetyItem
    side: Side | None = None

    @property
    def title(self) -> str:
        return f"{self.side.label} · {self.item.label}" if self.side else self.item.label


def lines_of(moment: SafetyMoment, sides: Collection[Side], again: SafetyAgain | None = None) -> tuple[Line, ...]:
    """What is asked at one moment when these sides are operated on.

    While no side is known, what belongs to a side is asked once: it is never left out.
    """
    items = AGAIN[again] if again is not None else ITEMS.get(moment, ())
    return tuple(line for item in items for line in _lines(item, sides))


def check_phase(values: Values, circumstances: Circumstances) -> list[Problem]:
    """ "No" says why, and nothing is answered twice. Source: clinical reference §6.3."""
    seen: set[tuple[Any, ...]] = set()
    for row in rows_of(values.get("answers")):
        line = Line(row["item"], row.get("side"))
        if (line.item, line.side) in seen:
            return [Problem("answers", f"“{line.title}” is answered twice: remove one.")]
        seen.add((line.item, line.side))
        if row.get("reply") is SafetyReply.NO and not (row.get("comment") or "").strip():
            return [Problem("answers", f"{line.title}: {NO_NEEDS_COMMENT}")]
    is_again = values.get("moment") is SafetyMoment.TIME_OUT_AGAIN
    if is_again and values.get("again_because") is None:
        return [Problem("again_because", "Say why the team stops again.")]
    return []


def missing_in(lines: Iterable[Line], replies: Mapping[Line, SafetyReply | None], present: str | None) -> list[str]:
    """What keeps a phase from being finished, in the order in which it is read; empty when nothing does."""
    open_lines = [line.title for line in lines if replies.get(line) is None]
    return [*open_lines, *([] if (present or "").strip() else [NOBODY_NAMED])]


def missing_words(missing: Sequence[str], at_most: int = 5) -> str:
    """`Not answered: A; B; C and 2 more.`"""
    rest = f" and {len(missing) - at_most} more" if len(missing) > at_most else ""
    return f"Still open: {'; '.join(missing[:at_most])}{rest}."


BEFORE: Final[Mapping[SafetyMoment, SafetyMoment]] = {
    SafetyMoment.TIME_OUT: SafetyMoment.SIGN_IN,
    SafetyMoment.TIME_OUT_AGAIN: SafetyMoment.TIME_OUT,
    SafetyMoment.SIGN_OUT: SafetyMoment.TIME_OUT,
}
"""The phase that comes first.

Nothing is blocked: a bleeding patient is operated on at once, and a checklist that cannot be written down then would be
written down wrongly later. Whoever finishes a phase before the one that comes first says why, and that is signed.
"""


def skipped_words(before: SafetyMoment) -> str:
    return f"“{before.label}” is not finished."


@dataclass(frozen=True)
class SecondSide:
    """Whether the team stopped again before the second side. `is_late`: that side was begun without it."""

    words: str
    is_late: bool = False


def second_side(planned: Collection[Side], begun: Collection[Side], stopped_for: Collection[Side]) -> SecondSide | None:
    """None where one side is planned, or where the team stopped again before the second one.

    `begun` are the sides in which work is recorded; `stopped_for` those of a finished second time-out.
    """
    if len(set(planned)) < len(Side) or stopped_for:
        return None
    if len(set(begun)) == len(Side):
        words = "RIGHT and LEFT are both begun, and no second time-out is finished."
        return SecondSide(f"{words} Call it now, or write at the sign-out why there was none.", is_late=True)
    if begun:
        (first,) = set(begun)
        return SecondSide(f"{first.label} is begun: stop again before {first.other.label}.")
    return SecondSide("RIGHT and LEFT are planned: stop again before the second side.")


def _lines(item: SafetyItem, sides: Collection[Side]) -> Iterator[Line]:
    if item in OF_A_SIDE and sides:
        yield from (Line(item, side) for side in Side if side in sides)
    else:
        yield Line(item)
