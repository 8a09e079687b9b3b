"""What the reasons for a revision mean, and what a plan lacks before it can be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import UNKNOWN, Indication, PlanStep, Side, UrgencyTier
from desktop.rules.dates import show_date
from desktop.rules.patient import allergies_were_asked, anticoagulants_without_plan, rows_of
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.spell import PREFIX, check_volume

ROUTINE_AFTER_DAYS: Final = (1, 365)
"""What may be set as the days until routine; our own bounds."""

_YES, _NO, _EITHER = True, False, None
_U0, _U1, _U2, _U3 = UrgencyTier

# Where the reference names two tiers, the first one it names is filed: the other depends on a finding
# (septic, expanding, distressed) that a person judges and the program does not ask for.
_INDICATIONS: Final[Mapping[Indication, tuple[bool | None, UrgencyTier]]] = {
    Indication.RUPTURE_GEL_INTRA:       (_YES, _U3),
    Indication.RUPTURE_GEL_EXTRA:       (_YES, _U2),
    Indication.DEFLATION_SALINE:        (_YES, _U3),
    Indication.MALPOS_INFERIOR:         (_YES, _U3),
    Indication.MALPOS_LATERAL:          (_YES, _U3),
    Indication.MALPOS_SUPERIOR:         (_YES, _U3),
    Indication.DOUBLE_BUBBLE:           (_YES, _U3),
    Indication.SYNMASTIA:               (_YES, _U3),
    Indication.ROTATION:                (_YES, _U3),
    Indication.FLIP:                    (_YES, _U3),
    Indication.CAPSULAR_CONTRACTURE:    (_YES, _U3),
    Indication.RIPPLING:                (_YES, _U3),
    Indication.SIZE_UP:                 (_YES, _U3),
    Indication.SIZE_DOWN:               (_YES, _U3),
    # Not in the reference's table: a wish for another shape is like asymmetry, with or without a device.
    Indication.RESHAPE:                 (_EITHER, _U3),
    Indication.ASYMMETRY:               (_EITHER, _U3),
    Indication.PTOSIS:                  (_EITHER, _U3),
    Indication.PSEUDOPTOSIS:            (_EITHER, _U3),
    Indication.TISSUE_CHANGE:           (_NO, _U3),
    Indication.ANIMATION:               (_YES, _U3),
    Indication.EXPOSURE:                (_YES, _U1),
    Indication.EXTRUSION:               (_YES, _U1),
    Indication.THREATENED_EXPOSURE:     (_YES, _U1),
    Indication.INFECTION:               (_EITHER, _U1),
    Indication.HAEMATOMA_ACUTE:         (_EITHER, _U0),
    Indication.HAEMATOMA_LATE:          (_EITHER, _U2),
    Indication.SEROMA_EARLY:            (_EITHER, _U1),
    Indication.SEROMA_LATE:             (_YES, _U2),
    Indication.BIA_ALCL:                (_YES, _U2),
    Indication.BIA_SCC:                 (_YES, _U2),
    Indication.SYSTEMIC_SYMPTOMS:       (_YES, _U3),
    Indication.BREAST_CANCER:           (_EITHER, _U2),
    Indication.MASS:                    (_EITHER, _U2),
    Indication.RECALLED_DEVICE_CONCERN: (_YES, _U3),
    Indication.PAIN_CHRONIC:            (_EITHER, _U3),
    Indication.NERVE_SYMPTOM:           (_EITHER, _U3),
    Indication.SCAR_PROBLEM:            (_EITHER, _U3),
    Indication.NAC_PROBLEM:             (_EITHER, _U3),
    Indication.PATIENT_REQUEST_EXPLANT: (_YES, _U3),
}  # fmt: skip

_PUTS_IN = (
    PlanStep.IMPLANT_EXCHANGE, PlanStep.IMPLANT_INSERTION, PlanStep.AUG_MASTOPEXY, PlanStep.WASHOUT_EXCHANGE,
)  # fmt: skip
_TAKES_OUT_ONLY = (PlanStep.EXPLANT_ONLY, PlanStep.EXPLANT_LIFT, PlanStep.EXPLANT_FAT)
_NO_SURGERY = (PlanStep.NON_OPERATIVE, PlanStep.REFER, PlanStep.ASPIRATE_DIAG)
_DEVICE_ANSWERS = ("manufacturer", "line", "volume_ml", "fill", "shape", "surface")
_CAPSULE_OUT = (
    PlanStep.CAPSULECTOMY_TOTAL, PlanStep.CAPSULECTOMY_TOTAL_INTACT, PlanStep.EN_BLOC,
)  # fmt: skip


@dataclass(frozen=True)
class PlanFacts:
    """What the signature rests on: the answers of plan, case and patient, and which sides have a device today."""

    plan: Values
    case: Values
    patient: Values
    sides_with_device: frozenset[Side]


@dataclass(frozen=True)
class OpenPoint:
    """`blocks`: the plan cannot be signed with it; otherwise it informs and the surgeon decides."""

    text: str
    blocks: bool
    detail: str = ""


def needs_prior_implant(indication: Indication) -> bool | None:
    """Whether the indication presupposes a device; None when it occurs with and without. Clinical reference §1.5."""
    return _INDICATIONS[indication][0]


def tier(indication: Indication) -> UrgencyTier:
    """Under which urgency the indication is filed; nobody is triaged by it. Clinical reference §1.1 and §1.5."""
    return _INDICATIONS[indication][1]


def check_case(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong in the assessment: an examination in the future, surgery before it, the same reason twice."""
    problems = []
    examined_on, surgery_on = values.get("examined_on"), values.get("surgery_on")
    if examined_on and examined_on is not UNKNOWN and examined_on > circumstances.today:
        problems.append(Problem("examined_on", f"{show_date(examined_on)} is in the future. Write the day she was examined."))
    elif examined_on and surgery_on and UNKNOWN not in (examined_on, surgery_on) and surgery_on < examined_on:
        problems.append(Problem("surgery_on", f"Surgery would be before the examination of {show_date(examined_on)}."))
    return problems + _check_indications(values)


def check_plan(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong in a plan: volumes in mL, days until routine 1–365, steps of one side that exclude one another."""
    problems = []
    for side in Side:
        field = f"{PREFIX[side]}steps"
        if conflict := _conflict(steps_of(values, side)):
            problems.append(Problem(field, conflict))
        problems += check_volume(f"{PREFIX[side]}volume_ml", values.get(f"{PREFIX[side]}volume_ml"))
    days = values.get("routine_after_days")
    low, high = ROUTINE_AFTER_DAYS
    if isinstance(days, int) and not low <= days <= high:
        problems.append(Problem("routine_after_days", f"{days:,} days are outside {low}–{high}. Write whole days, like 7."))
    return problems


def ready_to_sign(facts: PlanFacts) -> list[OpenPoint]:
    """Everything that is missing or contradicts, what blocks first. An empty list: the plan can be signed as it is.

    Sources: clinical reference §1.5, §6.4, §8 traps 1, 19 and 21.
    """
    points = [*_nothing_planned(facts)]
    for side in Side:
        points += _points_of_side(facts, side)
    points += _points_of_patient(facts.patient)
    return sorted(points, key=lambda point: not point.blocks)


def steps_of(plan: Values, side: Side) -> tuple[PlanStep, ...]:
    """The steps planned for one side; none when nobody planned any."""
    steps = plan.get(f"{PREFIX[side]}steps")
    return () if steps is None or steps is UNKNOWN else tuple(steps)


def _check_indications(values: Values) -> list[Problem]:
    seen = set()
    for number, row in enumerate(rows_of(values.get("indications")), start=1):
        reason = (row.get("side"), row.get("indication"), row.get("layer"))
        if None not in reason and reason in seen:
            what = f"{row['side'].label} {row['indication'].label.lower()}"
            return [Problem("indications", f"Indication {number}: {what} is listed twice. Remove one line.")]
        seen.add(reason)
    return []


def _conflict(steps: tuple[PlanStep, ...]) -> str:
    def first(of: tuple[PlanStep, ...]) -> PlanStep | None:
        return next((step for step in steps if step in of), None)

    out, back = first(_TAKES_OUT_ONLY), first((PlanStep.IMPLANT_EXCHANGE, PlanStep.IMPLANT_INSERTION))
    if out and back:
        return f"“{out.label}” and “{back.label}” exclude one another in one side. Keep one of them."
    removed = first(_CAPSULE_OUT)
    if removed and PlanStep.CAPSULE_RETAINED in steps:
        return f"“{removed.label}” and “{PlanStep.CAPSULE_RETAINED.label}” exclude one another in one side. Keep one of them."
    surgery = next((step for step in steps if step not in _NO_SURGERY), None)
    if surgery and PlanStep.NON_OPERATIVE in steps:
        return f"“{PlanStep.NON_OPERATIVE.label}” and “{surgery.label}” exclude one another in one side. Keep one of them."
    return ""


def _nothing_planned(facts: PlanFacts) -> list[OpenPoint]:
    if any(steps_of(facts.plan, side) for side in Side):
        return []
    return [OpenPoint("Nothing is planned in either side", True, "Choose at least one step, RIGHT or LEFT.")]


def _points_of_side(facts: PlanFacts, side: Side) -> list[OpenPoint]:
    steps, indications = steps_of(facts.plan, side), _indications_of(facts.case, side)
    points = []
    puts_in = next((step for step in steps if step in _PUTS_IN), None)
    if puts_in and not any(_is_answered(facts.plan.get(PREFIX[side] + name)) for name in _DEVICE_ANSWERS):
        points.append(OpenPoint(f"{side.label}: no device chosen", False, f"“{puts_in.label}” is planned."))
    if steps and not indications:
        points.append(OpenPoint(f"{side.label}: planned without an indication", False, "Name why this side is operated."))
    presupposing = [one for one in indications if needs_prior_implant(one)]
    if presupposing and side not in facts.sides_with_device:
        reasons = ", ".join(dict.fromkeys(one.label for one in presupposing))
        points.append(
            OpenPoint(f"{side.label}: no device is in place", False, f"{reasons}: is it the right side, and the history whole?")
        )
    return points


def _points_of_patient(patient: Values) -> list[OpenPoint]:
    points = []
    if not allergies_were_asked(patient):
        points.append(OpenPoint("Allergies not asked", False, "List them, or state that there are none."))
    for name in anticoagulants_without_plan(patient):
        points.append(OpenPoint(f"{name}: no plan around surgery", False, "It thins the blood."))
    if not _is_answered(patient.get("responsible_adult_name")):
        points.append(OpenPoint("Responsible adult not named", False, "Discharge after sedation needs one."))
    if not _is_answered(patient.get("weight_kg")):
        points.append(OpenPoint("Weight missing", False, "Nothing per kg can be calculated."))
    return points


def _indications_of(case: Values, side: Side) -> tuple[Indication, ...]:
    rows = rows_of(case.get("indications"))
    return tuple(row["indication"] for row in rows if row.get("side") is side and row.get("indication") is not None)


def _is_answered(value: Any) -> bool:
    return value not in (None, UNKNOWN, "", ())
