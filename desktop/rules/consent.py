"""What a consent still lacks, which sides it covers, and what about the consents is open before a plan is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import ConsentKind, Language, Side, YesNo
from desktop.rules.dates import show_date
from desktop.rules.open_point import OpenPoint
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import NO_SURGERY, puts_device_in, steps_at
from desktop.rules.problem import Values
from desktop.rules.side import answer_at

NEEDS_SIDE: Final = frozenset({ConsentKind.PROCEDURE})
"""Kinds that say nothing while they name no side."""
_SAYS_SIDE: Final = frozenset(ConsentKind) - {ConsentKind.PHOTOGRAPHS}
"""Photographs are taken of both sides whichever is operated on."""
_NAMED: Final = 4
"""So many missing things are named in one point; the rest is counted."""


@dataclass(frozen=True)
class Withdrawn:
    on: dt.date
    noted_by: str
    reason: str | None = None


@dataclass(frozen=True)
class ConsentFacts:
    """One consent as it is recorded: the answers of its form, who filed it, and whether the patient withdrew it."""

    consent_id: int
    answers: Values
    patient_language: Language | None = None
    filed_at: dt.datetime | None = None
    filed_by: str | None = None
    withdrawn: Withdrawn | None = None

    @property
    def kind(self) -> ConsentKind:
        kind: ConsentKind = self.answers["kind"]
        return kind

    @property
    def is_filed(self) -> bool:
        return self.filed_at is not None

    @property
    def stands(self) -> bool:
        """One that was withdrawn counts as none."""
        return self.withdrawn is None


def missing_in(
    answers: Values, patient_language: Language | None = None, surgery_on: dt.date | None = None
) -> list[str]:
    """Everything that keeps a consent from being complete, in the order of its form; empty when nothing does.

    A blank one lacks all of it. Sources: clinical reference §3.4 and §6.5.
    """
    return [*_of_the_form(answers, patient_language), *_of_the_talk(answers), *_of_the_paper(answers, surgery_on)]


def covers(answers: Values) -> frozenset[Side]:
    """The sides in which something was agreed to; a side without words is agreed to nothing."""
    return frozenset(side for side in Side if said_in(answer_at(answers, side, "procedure")))


def days_between(signed_on: dt.date, surgery_on: dt.date) -> int:
    """Negative when it was signed after surgery."""
    return (surgery_on - signed_on).days


def time_to_think(answers: Values, surgery_on: dt.date | None) -> str:
    """`signed 9 days before surgery`; empty while either day is open. Source: clinical reference §6.5."""
    signed_on = answers.get("patient_signed_on")
    if signed_on is None or surgery_on is None:
        return ""
    days = days_between(signed_on, surgery_on)
    if days == 0:
        return "signed on the day of surgery"
    count = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"signed {count} before surgery" if days > 0 else f"signed {count} after surgery"


def operated_sides(plan: Values) -> frozenset[Side]:
    """The sides for which the plan needs consent: observing, referring and sampling fluid are no operation."""
    return frozenset(side for side in Side if set(steps_at(plan, side)) - NO_SURGERY)


def needs_device_checklist(plan: Values) -> bool:
    """Whether the plan puts a device in: its maker's checklist is gone through (clinical reference §3.4)."""
    return any(puts_device_in(plan, side) for side in Side)


def procedure_words(plan: Values, side: Side) -> str:
    """What the plan does in one side, in the words a consent may begin with; empty where it does nothing."""
    if side not in operated_sides(plan):
        return ""
    steps = [step.label for step in steps_at(plan, side)]
    volume = answer_at(plan, side, "volume_ml")
    if volume and puts_device_in(plan, side):
        steps.append(f"new implant {volume:,} mL")
    return "; ".join(steps)


def consent_points(
    consents: Iterable[ConsentFacts],
    planned_sides: Collection[Side],
    needs_device_checklist: bool,
    surgery_on: dt.date | None,
    *,
    needs_anesthesia_consent: bool = False,
) -> Iterator[OpenPoint]:
    """What about the consents is open before the plan is signed; nothing while no operation is planned.

    A consent and a plan whose sides differ cannot be signed (clinical reference §6.4 and §8, trap 1).
    """
    known = tuple(consents)
    if not planned_sides:
        return
    yield from _about_sides(known, frozenset(planned_sides))
    yield from _about_kind(known, ConsentKind.PROCEDURE, surgery_on)
    if needs_device_checklist:
        yield from _about_kind(known, ConsentKind.DECISION_CHECKLIST, surgery_on)
    if needs_anesthesia_consent:
        yield from _about_kind(known, ConsentKind.ANESTHESIA, surgery_on)


def _about_sides(consents: Collection[ConsentFacts], planned: frozenset[Side]) -> Iterator[OpenPoint]:
    standing = [consent for consent in consents if consent.stands and consent.kind in _SAYS_SIDE]
    named = frozenset(side for consent in standing for side in covers(consent.answers))
    if named - planned:
        detail = f"A consent names {_names(named)}, the plan operates on {_names(planned)}."
        yield OpenPoint("The consent is for another side than the plan", detail, blocks=True)
    filed = [consent for consent in standing if consent.is_filed and consent.kind is ConsentKind.PROCEDURE]
    agreed = frozenset(side for consent in filed for side in covers(consent.answers))
    if filed and planned - agreed:
        detail = f"The filed consent names {_names(agreed)}, the plan operates on {_names(planned)}."
        yield OpenPoint(f"No consent for {_names(planned - agreed)}", detail, blocks=True)


def _about_kind(
    consents: Collection[ConsentFacts], kind: ConsentKind, surgery_on: dt.date | None
) -> Iterator[OpenPoint]:
    of_kind = [consent for consent in consents if consent.kind is kind]
    standing = [consent for consent in of_kind if consent.stands]
    filed = [consent for consent in standing if consent.is_filed]
    if filed:
        if all(_is_late(consent.answers, surgery_on) for consent in filed):
            detail = in_words([time_to_think(filed[-1].answers, surgery_on)])
            yield OpenPoint(f"{kind.label}: signed too late", detail)
        return
    if not standing:
        withdrawn = max((consent.withdrawn.on for consent in of_kind if consent.withdrawn), default=None)
        detail = f"The patient withdrew it on {show_date(withdrawn)}." if withdrawn else "None is recorded."
        yield OpenPoint(f"{kind.label}: missing", detail)
        return
    lacking = min((missing_in(c.answers, c.patient_language, surgery_on) for c in standing), key=len)
    if lacking:
        yield OpenPoint(f"{kind.label}: not complete", in_words(lacking, at_most=_NAMED))
    else:
        yield OpenPoint(f"{kind.label}: not filed", "Everything is there; file it.")


def in_short(
    consents: Iterable[ConsentFacts],
    planned_sides: Collection[Side],
    needs_device_checklist: bool,
    surgery_on: dt.date | None,
) -> tuple[str, bool] | None:
    """How it stands with what the plan needs, in a word, and whether it is settled; None while it needs no consent."""
    if not planned_sides:
        return None
    known = tuple(consents)
    points = tuple(consent_points(known, planned_sides, needs_device_checklist, surgery_on))
    if any(point.blocks for point in points):
        return "another side than planned", False
    needed = [ConsentKind.PROCEDURE, *([ConsentKind.DECISION_CHECKLIST] if needs_device_checklist else ())]
    standing = {kind: [each for each in known if each.stands and each.kind is kind] for kind in needed}
    if not all(standing.values()):
        return "missing", False
    open_ones = [each for of_kind in standing.values() if not any(c.is_filed for c in of_kind) for each in of_kind]
    if any(each.answers.get("patient_signed_on") is None for each in open_ones):
        return "awaiting signature", False
    return ("not complete", False) if points else ("filed", True)


def in_words(missing: list[str], at_most: int | None = None) -> str:
    """`No version of the form, no signature of the patient and 3 more.`"""
    shown = missing if at_most is None or len(missing) <= at_most else missing[:at_most]
    rest = f" and {len(missing) - len(shown)} more" if len(shown) < len(missing) else ""
    text = ", ".join(shown)
    return f"{text[:1].upper()}{text[1:]}{rest}."


def _of_the_form(answers: Values, patient_language: Language | None) -> Iterator[str]:
    for name, what in (("form_name", "no name of the form"), ("form_version", "no version of the form")):
        if not said_in(answers.get(name)):
            yield what
    kind, language = answers.get("kind"), answers.get("language")
    if kind is ConsentKind.DECISION_CHECKLIST and not said_in(answers.get("maker")):
        yield "no maker of the checklist"
    if language is None:
        yield "no language"
    elif patient_language not in (None, language) and not said_in(answers.get("interpreter")):
        yield f"no interpreter named, though the patient prefers {patient_language.label}"


def _of_the_talk(answers: Values) -> Iterator[str]:
    for name, what in (("given_on", "no day on which it was given"), ("reviewed_on", "no day of going through it")):
        if answers.get(name) is None:
            yield what
    if not said_in(answers.get("reviewed_with")):
        yield "nobody named who went through it with the patient"
    if answers.get("understanding_checked") is not YesNo.YES:
        yield "understanding not checked"
    if answers.get("kind") in NEEDS_SIDE and not covers(answers):
        yield "no side in which anything is agreed to"


def _of_the_paper(answers: Values, surgery_on: dt.date | None) -> Iterator[str]:
    yield from _of_the_items(answers)
    for whose, name in (("the patient", "patient"), ("the clinician", "clinician")):
        if answers.get(f"{name}_signed_on") is None or not said_in(answers.get(f"{name}_signed_as")):
            yield f"no signature of {whose}"
    if _is_late(answers, surgery_on):
        yield time_to_think(answers, surgery_on)
    if answers.get("copy_given_on") is None:
        yield "no copy given to the patient"


def _of_the_items(answers: Values) -> Iterator[str]:
    count, rows = answers.get("item_count"), rows_of(answers.get("items"))
    if count is None:
        yield "not said how many items are to be initialed"
        return
    if count == 0 and answers.get("kind") is ConsentKind.DECISION_CHECKLIST:
        yield "no items of the checklist"
    bare = [str(row.get("item")) for row in rows if not said_in(row.get("initials"))]
    unlisted = count - len(rows)
    if unlisted > 0:
        yield f"{unlisted} of {count} items not listed"
    if bare:
        yield f"{len(bare)} of {count} items not initialed ({shortened(bare)})"


def _is_late(answers: Values, surgery_on: dt.date | None) -> bool:
    signed_on = answers.get("patient_signed_on")
    return signed_on is not None and surgery_on is not None and days_between(signed_on, surgery_on) < 0


def shortened(items: list[str]) -> str:
    """The first few, and a sign that there are more."""
    return ", ".join(items[:_NAMED]) + (" …" if len(items) > _NAMED else "")


def said_in(text: Any) -> str:
    """What was written, without the blanks round it; empty when nothing was."""
    return text.strip() if isinstance(text, str) else ""


def _names(sides: Collection[Side]) -> str:
    return " and ".join(side.label for side in Side if side in sides) or "no side"
