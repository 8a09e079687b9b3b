"""What is read aloud beside each item of the safety checklist: from the records alone, nothing is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.models.choices import UNKNOWN, ConsentKind, Drug, ProphylaxisKind, SafetyItem, Severity, Side, YesNo
from desktop.rules.anesthesia_sums import local_anesthetic_given, show_ml
from desktop.rules.anesthesia_tables import ANTIBIOTICS
from desktop.rules.consent import ConsentFacts, covers, operated_sides, procedure_words
from desktop.rules.dates import show_date, show_time
from desktop.rules.numbers import show_decimal
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import steps_at
from desktop.rules.problem import Values
from desktop.rules.safety import Line
from desktop.rules.safety_device import AtHand, Said, read_devices
from desktop.rules.side import answer_at

_SEVERE: Final = frozenset({Severity.SEVERE, Severity.ANAPHYLAXIS})
NO_NOTE: Final = Said("No anesthesia note is begun.", "warning")


@dataclass(frozen=True, kw_only=True)
class SafetyFacts:
    """What the records hold when it is read. `plan` is the newest signed version, else the one that is being written;
    `note` is None while no anesthesia note is begun; `on` is the day of surgery."""

    name: str
    born_on: dt.date
    on: dt.date
    plan: Values
    plan_version: int | None
    is_plan_signed: bool
    is_plan_amended: bool
    consents: tuple[ConsentFacts, ...]
    patient: Values
    note: Values | None
    devices: tuple[AtHand, ...] = ()
    specimens: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[Side, str | None] = field(default_factory=dict)
    """Where the device went that came out of a side; None where nobody said it."""
    performed: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    imaging: tuple[str, ...] = ()

    @property
    def sides(self) -> frozenset[Side]:
        return operated_sides(self.plan)


def read_aloud(line: Line, facts: SafetyFacts) -> tuple[Said, ...]:
    """Nothing where the records hold nothing that belongs to this item. Source: clinical reference §6.3."""
    reader = _READERS.get(line.item)
    return tuple(reader(facts, line.side)) if reader else ()


def as_text(said: tuple[Said, ...]) -> str:
    return "\n".join(each.text for each in said)


def _identity(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    yield Said(f"{facts.name}, born {show_date(facts.born_on)}")


def _operation(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    if facts.plan_version is None:
        yield Said("Nothing is planned in this record.", "danger")
        return
    for each in (side,) if side else Side:
        words = procedure_words(facts.plan, each)
        yield Said(f"{each.label}: {words}") if words else Said(f"{each.label}: nothing is operated on.", "muted")
    if not facts.is_plan_signed:
        yield Said("The plan is not signed.", "danger")
    elif facts.is_plan_amended:
        yield Said(f"From version {facts.plan_version}, signed. A newer version is written and not signed.", "warning")


def _patient_and_side(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    yield from _identity(facts, side)
    yield from _operation(facts, side)
    if side is not None and side not in _agreed(facts):
        yield Said(f"No filed consent names {side.label}.", "danger")


def _consent(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    """A plan and a consent whose sides differ are told as what they are (§6.4)."""
    filed = _filed(facts)
    if not filed:
        yield Said("No consent to the operation is filed.", "danger")
        return
    agreed = _agreed(facts)
    for side in Side:
        words = [text for each in filed if (text := answer_at(each.answers, side, "procedure"))]
        yield Said(f"{side.label}: {'; '.join(words)}") if words else Said(f"{side.label}: no consent.", "muted")
    for side in Side:
        if side in facts.sides - agreed:
            yield Said(f"The plan operates on {side.label}; no filed consent names it.", "danger")
        if side in agreed - facts.sides:
            yield Said(f"The consent names {side.label}; the plan does not operate on it.", "danger")


def _filed(facts: SafetyFacts) -> list[ConsentFacts]:
    return [c for c in facts.consents if c.kind is ConsentKind.PROCEDURE and c.is_filed and c.stands]


def _agreed(facts: SafetyFacts) -> frozenset[Side]:
    return frozenset(side for consent in _filed(facts) for side in covers(consent.answers))


def _allergies(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    rows = rows_of(facts.patient.get("allergies"))
    for row in rows:
        severity = row.get("severity")
        told = ", ".join(filter(None, (severity.label.lower() if severity else "", row.get("reaction"))))
        words = f"{row.get('substance')}: {told}" if told else str(row.get("substance"))
        yield Said(words, "danger" if severity in _SEVERE else "")
    if not rows and facts.patient.get("no_known_allergies") is True:
        yield Said("No known allergies, as the patient said.")
    elif not rows:
        yield Said("Nobody asked about allergies. Ask now.", "danger")


def _airway(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    if facts.note is None:
        yield NO_NOTE
        return
    note = facts.note
    for name, words in (("last_clear_fluid_at", "Last clear fluid"), ("last_meal_at", "Last meal")):
        taken = note.get(name)
        if isinstance(taken, dt.datetime):
            yield Said(f"{words} {show_date(taken.astimezone().date())} {show_time(taken)}")
        else:
            yield Said(f"{words}: not recorded", "warning")
    yield _yes_or_no(note.get("glp1_agonist"), "GLP-1 agonist")
    yield _yes_or_no(note.get("sleep_apnea"), "Sleep apnea")
    if mallampati := note.get("mallampati"):
        yield Said(f"Mallampati: {mallampati.label}")


def _yes_or_no(answer: object, words: str) -> Said:
    if answer is YesNo.YES:
        return Said(f"{words}: YES", "danger")
    return Said(f"{words}: no") if answer is YesNo.NO else Said(f"{words}: not recorded", "warning")


def _blood_loss(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    for row in rows_of(facts.patient.get("medicines")):
        if row.get("is_anticoagulant"):
            plan = row.get("plan")
            told = f"{row.get('name')} thins the blood: "
            yield Said(told + plan) if plan else Said(f"{told}no plan around surgery is written.", "danger")
    yield from (Said(f"Given: {given}") for given in _given(facts, frozenset({Drug.TRANEXAMIC_ACID})))


def _antibiotic(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    kinds = (ProphylaxisKind.ANTIBIOTIC, ProphylaxisKind.NONE)
    for row in rows_of(facts.plan.get("prophylaxis")):
        if row.get("kind") in kinds:
            drug, dose, unit = row.get("drug"), row.get("dose"), row.get("unit")
            amount = f"{show_decimal(dose)} {unit.label if unit else ''}".strip() if dose is not None else ""
            named = (drug.label if drug else "", amount, row.get("given_when") or "")
            yield Said(f"Planned: {' '.join(filter(None, named)) or row['kind'].label.lower()}")
    given = list(_given(facts, ANTIBIOTICS))
    yield from (Said(f"Given: {each}") for each in given)
    if not given:
        yield NO_NOTE if facts.note is None else Said("None is recorded as given.", "warning")


def _given(facts: SafetyFacts, drugs: frozenset[Drug]) -> Iterator[str]:
    for row in rows_of((facts.note or {}).get("drugs")):
        if row.get("drug") in drugs:
            amount = f"{show_decimal(row['dose'])} {row['unit'].label if row.get('unit') else ''}".strip()
            yield f"{row['drug'].label} {amount} at {show_time(row['at'])}"


def _steps(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    for each in (side,) if side else Side:
        steps = " → ".join(step.label for step in steps_at(facts.plan, each))
        yield Said(f"{each.label}: {steps}") if steps else Said(f"{each.label}: no step is planned.", "muted")
        for row in rows_of(facts.plan.get("contingency_list")):
            if row.get("side") is each:
                then = "; ".join([*(step.label for step in row.get("steps") or ()), *filter(None, [row.get("then")])])
                detail = f" ({row['detail']})" if row.get("detail") else ""
                yield Said(f"{row['happens'].label}{detail}: {then}", "muted")
    if minutes := facts.plan.get("minutes_needed"):
        yield Said(f"Time planned for the operation: {minutes} min")


def _anesthesia(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    kind = facts.plan.get("anesthesia_kind")
    yield Said(f"Planned: {kind.label.lower()}") if kind else Said("No anesthesia is planned.", "warning")
    if facts.note is None:
        yield NO_NOTE
        return
    told = (facts.note.get("asa_class"), facts.note.get("planned_depth"))
    if words := ", ".join(each.label for each in told if each):
        yield Said(words)
    if before := facts.note.get("previous_problems"):
        yield Said(f"Problems before: {before}", "warning")
    if facts.note.get("malignant_hyperthermia") is YesNo.YES:
        yield Said("Malignant hyperthermia: YES", "danger")


def _local(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    """As the record adds it up, both sides together; no ceiling is made up (§4.14)."""
    if facts.note is None:
        yield NO_NOTE
        return
    totals = local_anesthetic_given(rows_of(facts.note.get("drugs")))
    if not totals:
        yield Said("No local anesthetic is recorded as given yet.")
    for each in totals:
        mg = f"{show_decimal(each.mg)} mg" if each.mg is not None else "mg cannot be calculated"
        ml = show_ml(each.ml) if each.ml is not None else "mL cannot be calculated"
        yield Said(f"{each.drug.label}: {mg}, {ml} so far, both sides together")
        if each.missing:
            yield Said(f"{each.drug.label}: {each.missing}.", "danger")
    yield Said("No ceiling is recorded: anesthesia says it.", "warning")


def _imaging(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    yield from (Said(words) for words in facts.imaging)
    if not facts.imaging:
        yield Said("No imaging study is recorded.", "muted")


def _implant(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    for each in (side,) if side else Side:
        yield from read_devices(facts.devices, facts.plan, each, facts.on)


def _done(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    if not facts.performed:
        yield Said("No step is recorded as done yet. Planned:", "warning")
        yield from _operation(facts, None)
        return
    for side in Side:
        steps = facts.performed.get(side, ())
        yield (
            Said(f"{side.label}: {', '.join(steps)}") if steps else Said(f"{side.label}: nothing is recorded.", "muted")
        )


def _specimens(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    for each in (side,) if side else Side:
        listed = facts.specimens.get(each, ())
        yield from (Said(f"{facts.name} · {each.label}: {words}") for words in listed)
        if not listed:
            yield Said(f"{each.label}: no specimen is recorded.", "muted")


def _removed(facts: SafetyFacts, side: Side | None) -> Iterator[Said]:
    for each in (side,) if side else Side:
        if each not in facts.removed:
            yield Said(f"{each.label}: no removed device is described.", "muted")
        elif went := facts.removed[each]:
            yield Said(f"{each.label}: {went}")
        else:
            yield Said(f"{each.label}: where the device goes is not recorded.", "warning")


def _recovery(facts: SafetyFacts, _side: Side | None) -> Iterator[Said]:
    adult = facts.patient.get("responsible_adult_name")
    if isinstance(adult, str) and adult.strip():
        yield Said(f"Goes home with {adult}")
    elif adult is not UNKNOWN:
        yield Said("Nobody is named who takes the patient home.", "warning")
    if days := facts.plan.get("routine_after_days"):
        yield Said(f"Back to routine after {days} days")


_READERS: Final[Mapping[SafetyItem, Callable[[SafetyFacts, Side | None], Iterator[Said]]]] = {
    SafetyItem.IDENTITY: _identity,
    SafetyItem.OPERATION_AND_SIDE: _operation,
    SafetyItem.CONSENT_MATCHES: _consent,
    SafetyItem.SITE_MARKED: _operation,
    SafetyItem.ALLERGIES_KNOWN: _allergies,
    SafetyItem.AIRWAY_RISK: _airway,
    SafetyItem.BLOOD_LOSS: _blood_loss,
    SafetyItem.PATIENT_AND_SIDE: _patient_and_side,
    SafetyItem.ANTIBIOTIC_GIVEN: _antibiotic,
    SafetyItem.SURGEON_STEPS: _steps,
    SafetyItem.ANESTHESIA_CONCERNS: _anesthesia,
    SafetyItem.LOCAL_TOTALS: _local,
    SafetyItem.IMAGING_SHOWN: _imaging,
    SafetyItem.IMPLANT_READ: _implant,
    SafetyItem.OPERATION_NAMED: _done,
    SafetyItem.SPECIMENS_LABELLED: _specimens,
    SafetyItem.REMOVED_DEVICES: _removed,
    SafetyItem.RECOVERY_CONCERNS: _recovery,
}
