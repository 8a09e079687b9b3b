"""How a complication is graded by its treatment, what may be said of it, and as which indication it goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import (
    UNKNOWN,
    AnesthesiaKind,
    ClavienDindo,
    ComplicationKind,
    Fill,
    Indication,
    Side,
    YesNo,
)
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import months_between, show_date, show_partial_date
from desktop.rules.late_seroma import LATE_FROM_MONTHS
from desktop.rules.problem import Circumstances, Problem, Values


@dataclass(frozen=True)
class GradeMeaning:
    grade: ClavienDindo
    meaning: str
    example: str


MEANINGS: Final = (
    GradeMeaning(
        ClavienDindo.I,
        "Something went differently; no procedure, and no drug but against nausea, fever or pain, to pass water, or "
        "electrolytes. A wound opened at the bedside counts here.",
        "A small hematoma that was watched",
    ),
    GradeMeaning(ClavienDindo.II, "Other drugs, a transfusion, or feeding by vein.", "Cellulitis, given antibiotics"),
    GradeMeaning(
        ClavienDindo.IIIA,
        "A procedure without general anesthesia.",
        "A hematoma evacuated under local with sedation; a seroma aspirated",
    ),
    GradeMeaning(ClavienDindo.IIIB, "A procedure under general anesthesia.", "The same hematoma, under general"),
    GradeMeaning(
        ClavienDindo.IVA, "Danger to life, intermediate or intensive care: one organ.", "Embolism, in the ICU"
    ),
    GradeMeaning(ClavienDindo.IVB, "Danger to life, intermediate or intensive care: several organs.", ""),
    GradeMeaning(ClavienDindo.V, "The patient died.", ""),
)
"""Own words of clinical reference §6.2 (Dindo 2004)."""
SUFFIX: Final = "d: a disability at discharge that needs follow-up."

_OF_THE_BODY: Final = frozenset(
    {
        ComplicationKind.THROMBOSIS,
        ComplicationKind.LOCAL_TOXICITY,
        ComplicationKind.SEDATION,
        ComplicationKind.ALLERGIC,
        ComplicationKind.OTHER,
    }
)
_PROCEDURES: Final = (ClavienDindo.IIIA, ClavienDindo.IIIB)
_NO_PROCEDURE: Final = (ClavienDindo.I, ClavienDindo.II)
_SALINE: Final = frozenset({Fill.SALINE_FIXED, Fill.SALINE_ADJUSTABLE, Fill.SALINE_STRUCTURED})
_SAME: Final = {
    ComplicationKind.INFECTION: Indication.INFECTION,
    ComplicationKind.EXPOSURE: Indication.EXPOSURE,
    ComplicationKind.NIPPLE_SKIN: Indication.NAC_PROBLEM,
    ComplicationKind.CONTRACTURE: Indication.CAPSULAR_CONTRACTURE,
    ComplicationKind.RIPPLING: Indication.RIPPLING,
    ComplicationKind.ASYMMETRY: Indication.ASYMMETRY,
    ComplicationKind.NERVE: Indication.NERVE_SYMPTOM,
    ComplicationKind.SCAR: Indication.SCAR_PROBLEM,
}


@dataclass(frozen=True)
class LinkFacts:
    """What a complication can hang on: each operation's day, if known, with the sides it did something in; each
    device's side."""

    operations: dict[int, tuple[PartialDate | None, frozenset[Side]]]
    devices: dict[int, Side]


def show_grade(grade: ClavienDindo | None, has_disability: YesNo | None = None) -> str:
    """`IIIa-d`; a grade that nobody gave is said to be none."""
    if grade is None:
        return "not graded"
    return f"{grade.label}{'-d' if has_disability is YesNo.YES else ''}"


def highest(grades: Iterable[ClavienDindo | None]) -> ClavienDindo | None:
    """The one that counts, out of several (§6.2)."""
    order = list(ClavienDindo)
    return max((grade for grade in grades if grade is not None), key=order.index, default=None)


def check_complication(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Source: clinical reference §6.2, §6.4, §8 traps 1 and 19."""
    return [*_about_side(values), *_about_days(values, circumstances.today), *_about_grade(values)]


def check_links(values: Values, links: LinkFacts) -> list[Problem]:
    """The operation and the device are hers, are of that side, and came before it."""
    problems = []
    side, onset = values.get("side"), values.get("onset_on")
    if (device_id := values.get("device_id")) is not None:
        if device_id not in links.devices:
            problems.append(Problem("device_id", "This device is not recorded of this patient. Choose one of hers."))
        elif side is not None and links.devices[device_id] is not side:
            theirs = links.devices[device_id].label
            message = f"The complication is of {side.label}, this device is of {theirs}. Correct one of the two."
            problems.append(Problem("device_id", message))
    if (operation_id := values.get("operation_id")) is None:
        return problems
    if operation_id not in links.operations:
        return [*problems, Problem("operation_id", "This operation is not recorded of this patient. Choose another.")]
    on, sides = links.operations[operation_id]
    if side is not None and sides and side not in sides:
        problems.append(Problem("operation_id", f"Nothing was done in {side.label} at this operation. Choose another."))
    if isinstance(onset, PartialDate) and on is not None and onset.latest < on.earliest:
        problems.append(
            Problem(
                "onset_on", f"The operation it follows was on {show_partial_date(on)}, after this day. Correct one."
            )
        )
    return problems


def indication_of(values: Values, operated_on: PartialDate | None, fill: Fill | None) -> Indication | None:
    """As what it goes on in a new case; None where the record does not tell, and nobody guesses.

    A hematoma never says it by its day: the reference counts an acute one in hours and a late one in weeks to years,
    and draws no line between. Source: clinical reference §1.5.
    """
    kind, onset = values["kind"], values.get("onset_on")
    if kind is ComplicationKind.RUPTURE:
        return Indication.DEFLATION_SALINE if fill in _SALINE else None
    if kind in _SAME:
        return _SAME[kind]
    if kind is not ComplicationKind.SEROMA or not isinstance(onset, PartialDate) or operated_on is None:
        return None
    if onset.earliest < operated_on.latest:
        return None
    if months_between(operated_on.earliest, onset.latest) < LATE_FROM_MONTHS:
        return Indication.SEROMA_EARLY
    is_late = months_between(operated_on.latest, onset.earliest) >= LATE_FROM_MONTHS
    return Indication.SEROMA_LATE if is_late else None


def complication_words(values: Values) -> str:
    """`Hematoma, RIGHT, 3 Mar 2026, IIIa`."""
    onset, side = values.get("onset_on"), values.get("side")
    when = show_partial_date(onset) if isinstance(onset, PartialDate) else "day not recorded"
    grade = show_grade(values.get("grade"), values.get("has_disability"))
    return ", ".join(filter(None, (values["kind"].label, side.label if side else "of no side", when, grade)))


def _about_side(values: Values) -> Iterator[Problem]:
    kind = values.get("kind")
    if kind is not None and values.get("side") is None and kind not in _OF_THE_BODY:
        yield Problem("side", "Which side? RIGHT or LEFT; if it is both, each is a complication of its own.")


def _about_days(values: Values, today: dt.date) -> Iterator[Problem]:
    onset, resolved = values.get("onset_on"), values.get("resolved_on")
    for name, day in (("onset_on", onset), ("resolved_on", resolved)):
        if isinstance(day, PartialDate) and day.earliest > today:
            yield Problem(name, f"{show_partial_date(day)} is in the future; today is {show_date(today)}.")
    if isinstance(onset, PartialDate) and isinstance(resolved, PartialDate) and resolved.latest < onset.earliest:
        yield Problem("resolved_on", f"It began {show_partial_date(onset)}, after this day. Correct one of the two.")


def _about_grade(values: Values) -> Iterator[Problem]:
    grade, anesthetic = _known(values.get("grade")), _known(values.get("anesthetic"))
    without = values.get("no_anesthetic") is YesNo.YES
    if anesthetic is not None and without:
        yield Problem("no_anesthetic", f"“{anesthetic.label}” is an anesthetic. Say one or the other.")
        return
    if grade is None:
        return
    if grade in _PROCEDURES and anesthetic is None and not without:
        yield Problem(
            "grade",
            "Answer the anesthetic of the treatment first: IIIa is without general anesthesia, IIIb is under it.",
        )
    elif grade is ClavienDindo.IIIB and anesthetic is not AnesthesiaKind.GENERAL:
        how = f"“{anesthetic.label}”" if anesthetic else "no anesthetic"
        yield Problem("grade", f"IIIb is under general anesthesia; the treatment was under {how}: that is IIIa.")
    elif grade is ClavienDindo.IIIA and anesthetic is AnesthesiaKind.GENERAL:
        yield Problem("grade", "IIIa is without general anesthesia; the treatment was under general: that is IIIb.")
    elif grade in _NO_PROCEDURE and anesthetic is AnesthesiaKind.GENERAL:
        yield Problem("grade", f"Grade {grade.label} has no procedure; under general anesthesia it is IIIb or higher.")
    elif grade in _NO_PROCEDURE and anesthetic is not None:
        yield Problem(
            "grade", f"A procedure under “{anesthetic.label}” is IIIa. Is it {grade.label}?", is_question=True
        )
    if grade not in (ClavienDindo.I, ClavienDindo.V) and not _written(values.get("treatment")):
        yield Problem("treatment", "Write the treatment: the grade follows from it.")
    if grade is ClavienDindo.V and values.get("has_disability") is YesNo.YES:
        yield Problem("has_disability", "The suffix d is for a patient who lives. Take one of the two back.")


def _known(answer: Any) -> Any:
    return None if answer is UNKNOWN else answer


def _written(answer: Any) -> bool:
    return isinstance(answer, str) and bool(answer.strip()) and answer is not UNKNOWN
