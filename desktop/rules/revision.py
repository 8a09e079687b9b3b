"""What a revision case and its plan may say, and what is still open before a surgeon signs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from desktop.models.choices import (
    AnesthesiaKind,
    Indication,
    PlanStep,
    PregnancyStatement,
    Severity,
    Sex,
    Side,
    UrgencyTier,
)
from desktop.rules.contingency import check_contingencies
from desktop.rules.diagnosis_code import check_code_rows
from desktop.rules.indication import needs_prior_implant, sooner_if, tier
from desktop.rules.late_seroma import LateSeroma, work_up_points
from desktop.rules.numbers import show_decimal
from desktop.rules.open_point import OpenPoint, in_order
from desktop.rules.patient import allergies_were_asked, anticoagulants_without_plan, rows_of
from desktop.rules.plan_device import check_devices
from desktop.rules.plan_step import TAKES_OUT, describes_device, is_surgery, puts_device_in, questions, steps_at
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.prophylaxis import check_prophylaxis
from desktop.rules.side import answer_at, field_at
from desktop.rules.spell import check_volume

__all__ = ["PlanFacts", "check_case", "check_plan", "needs_prior_implant", "ready_to_sign", "tier"]

ROUTINE_DAYS: Final = (1, 365)
"""What may be set as the days until routine; our own bounds."""
NEEDS_ADULT: Final = frozenset(
    {AnesthesiaKind.LOCAL_SEDATION, AnesthesiaKind.REGIONAL_SEDATION, AnesthesiaKind.GENERAL}
)
_NO_NAME: Final = {"acid", "lipid", "emulsion", "liposomal"}
"""Words of a drug that name no substance by themselves."""
_LONG_AGO, _FAR_AHEAD = dt.timedelta(days=366), dt.timedelta(days=731)


@dataclass(frozen=True)
class PlanFacts:
    """Everything a plan rests on: the answers of three forms, the sides that hold a device today, whether anybody
    examined her, and what the anesthesia note says about pregnancy."""

    plan: Values
    case: Values
    patient: Values
    sides_with_device: frozenset[Side]
    is_examined: bool = True
    pregnancy: PregnancyStatement | None = None
    weight_seen_kg: Decimal | None = None
    late_seromas: Mapping[Side, tuple[LateSeroma, Values]] = field(default_factory=dict)
    """The sides with a late seroma, or one that cannot be excluded, each with the answers of its work-up."""
    tiers: Mapping[tuple[Side, Indication], UrgencyTier] = field(default_factory=dict)
    """The tiers that the surgeon set; any other indication has its own."""


def check_case(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A day that is likely, and no reason written twice."""
    return [
        *_check_days(values, circumstances.today),
        *_check_indications(rows_of(values.get("indications"))),
        *check_code_rows(rows_of(values.get("codes"))),
    ]


def check_plan(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A possible volume and number of days, and steps that agree with each other and with the device described."""
    problems: list[Problem] = []
    for side in Side:
        problems += check_volume(field_at(side, "volume_ml"), answer_at(values, side, "volume_ml"))
        asked = questions(steps_at(values, side), describes_device(values, side))
        problems += [Problem(field_at(side, "steps"), question, is_question=True) for question in asked[:1]]
    days, (fewest, most) = values.get("routine_after_days"), ROUTINE_DAYS
    if isinstance(days, int) and not fewest <= days <= most:
        problems.append(Problem("routine_after_days", f"{days:,} days is outside {fewest}–{most}. Write it like 7."))
    return [*problems, *check_devices(values), *check_contingencies(values), *check_prophylaxis(values)]


def ready_to_sign(facts: PlanFacts) -> list[OpenPoint]:
    """What blocks signing first, then what concerns a side (RIGHT first), then what concerns her.

    An empty list: the plan can be signed as it is. Sources: clinical reference §1.5, §1.6, §6.4, §8 traps 1, 19, 21.
    """
    points = [
        *_about_the_whole(facts),
        *(point for side in Side for point in _about_side(facts, side)),
        *_about_her(facts),
    ]
    return list(in_order(points))


def _about_the_whole(facts: PlanFacts) -> Iterator[OpenPoint]:
    planned = {side for side in Side if steps_at(facts.plan, side)}
    indicated = {side for side in Side if _reasons(facts.case, side)}
    if not planned:
        yield OpenPoint("Nothing is planned yet", "Choose the steps for RIGHT, LEFT or both.", blocks=True)
    elif indicated and planned.isdisjoint(indicated):
        # Sides that differ cannot be signed: it is how a swap looks (clinical reference §6.4 and §8, trap 1).
        because = f"The indications are {_names(indicated)}, the plan is {_names(planned)}."
        yield OpenPoint("The plan is for the other side", because, blocks=True)
    if is_surgery(facts.plan) and not facts.plan.get("anesthesia_kind"):
        yield OpenPoint("Anesthesia not chosen", "The day cannot be prepared without it.", blocks=True)
    if is_surgery(facts.plan) and not facts.case.get("surgery_on"):
        yield OpenPoint("No surgery date", "Write it in the assessment.")


def _about_side(facts: PlanFacts, side: Side) -> Iterator[OpenPoint]:
    steps, reasons = steps_at(facts.plan, side), _reasons(facts.case, side)
    in_force = {reason: facts.tiers.get((side, reason), tier(reason)) for reason in reasons}
    yield from (
        _urgent(side, reason, how_soon) for reason, how_soon in in_force.items() if how_soon is not UrgencyTier.U3
    )
    if side in facts.late_seromas:
        yield from work_up_points(*facts.late_seromas[side])
    if steps and not reasons:
        yield OpenPoint(f"{side.label}: planned without an indication", "Name why this side is operated on.")
    if reasons and not steps:
        yield OpenPoint(f"{side.label}: nothing planned", _sentence(reasons))
    yield from _about_device(side, side in facts.sides_with_device, steps, reasons)
    if puts_device_in(facts.plan, side) and not answer_at(facts.plan, side, "volume_ml"):
        yield OpenPoint(f"{side.label}: volume of the new implant open", "Write what is to be there on the day.")


def _about_device(
    side: Side, has_device: bool, steps: Collection[PlanStep], reasons: Collection[Indication]
) -> Iterator[OpenPoint]:
    presupposing = [reason for reason in reasons if needs_prior_implant(reason)]
    taking_out = [step for step in steps if step in TAKES_OUT]
    if not has_device and (presupposing or taking_out):
        detail = f"{_sentence(presupposing or taking_out)} Complete the prior surgery, or look at the side again."
        yield OpenPoint(f"{side.label}: no implant recorded in place", detail)
    if has_device and PlanStep.IMPLANT_INSERTION in steps:
        yield OpenPoint(f"{side.label}: an implant is in place already", "The plan says: implant, first time.")


def _about_her(facts: PlanFacts) -> Iterator[OpenPoint]:
    if not allergies_were_asked(facts.patient):
        yield OpenPoint("Allergies not asked", "Ask the patient; “no known allergies” is an answer too.")
    for row in rows_of(facts.patient.get("allergies")):
        if row.get("severity") in (Severity.SEVERE, Severity.ANAPHYLAXIS):
            said = ", ".join(filter(None, (row["severity"].label, row.get("reaction"))))
            yield OpenPoint(f"Allergy: {row['substance']}", said, to_know=True)
    for name in anticoagulants_without_plan(facts.patient):
        yield OpenPoint(name, "Thins the blood; no plan around surgery is written.")
    yield from _allergic_to_planned(facts)
    if not is_surgery(facts.plan):
        return
    if not facts.is_examined:
        yield OpenPoint("Not examined", "No examination is recorded: write what was seen and measured.")
    yield from _about_pregnancy(facts)
    if facts.plan.get("anesthesia_kind") in NEEDS_ADULT and not facts.patient.get("responsible_adult_name"):
        yield OpenPoint("Escort not named", "Discharge after sedation needs a responsible adult.")
    if not facts.patient.get("weight_kg"):
        seen = f" {show_decimal(facts.weight_seen_kg)} kg was seen at a visit." if facts.weight_seen_kg else ""
        yield OpenPoint(
            "Weight not recorded", f"Nothing per kg can be counted.{seen} Write it in the patient's details."
        )


def _allergic_to_planned(facts: PlanFacts) -> Iterator[OpenPoint]:
    """By the words of the names alone: which drugs are related is not for this program to say."""
    substances = [row["substance"] for row in rows_of(facts.patient.get("allergies")) if row.get("substance")]
    for row in rows_of(facts.plan.get("prophylaxis")):
        if (drug := row.get("drug")) is None:
            continue
        named = set(drug.value.split("_")) - _NO_NAME
        for substance in substances:
            if named & set(re.findall(r"[a-z]+", substance.lower())):
                yield OpenPoint(f"Allergy against a planned drug: {drug.label}", f"Recorded as “{substance}”.")


def _about_pregnancy(facts: PlanFacts) -> Iterator[OpenPoint]:
    is_asked = facts.plan.get("anesthesia_kind") in NEEDS_ADULT and facts.patient.get("sex") is not Sex.MALE
    if is_asked and facts.pregnancy is None:
        yield OpenPoint("Pregnancy statement missing", "It belongs to the anesthesia note.")
    if facts.pregnancy is PregnancyStatement.POSITIVE:
        yield OpenPoint("Pregnancy test positive", "So it stands in the anesthesia note.")


def _urgent(side: Side, reason: Indication, how_soon: UrgencyTier) -> OpenPoint:
    more = sooner_if(reason)
    detail = f"{more[:1].upper()}{more[1:]}." if more else ""
    return OpenPoint(f"{side.label} {reason.label}: {how_soon.label.lower()}", detail, to_know=True)


def _reasons(case: Values, side: Side) -> tuple[Indication, ...]:
    """The indications of one side in their order; what patient, surgeon and operation all say counts once."""
    rows = rows_of(case.get("indications"))
    named = [row["indication"] for row in rows if row.get("side") is side and row.get("indication")]
    return tuple(dict.fromkeys(named))


def _check_days(values: Values, today: dt.date) -> Iterator[Problem]:
    surgery = values.get("surgery_on")
    if not isinstance(surgery, dt.date):
        return
    if not today - _LONG_AGO <= surgery <= today + _FAR_AHEAD:
        which = "more than a year ago" if surgery < today else "more than two years away"
        yield Problem("surgery_on", f"This is {which}. Is the year right?", is_question=True)


def _check_indications(rows: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, start=1):
        reason = (row.get("side"), row.get("indication"), row.get("layer"))
        if None not in reason and reason in seen:
            yield Problem("indications", f"Indication {number} says the same as indication {seen[reason]}: remove one.")
            return
        seen.setdefault(reason, number)


def _names(sides: Collection[Side]) -> str:
    return " and ".join(side.label for side in Side if side in sides)


def _sentence(choices: Iterable[Indication | PlanStep]) -> str:
    return f"{', '.join(choice.label for choice in choices)}."
