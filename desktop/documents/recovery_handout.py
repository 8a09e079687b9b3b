"""How "Recovering after your revision" is made: a patient's days, drains and medicines in the practice's own text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.documents.handout import HandoutTemplate, merge, named_blocks, template_fields
from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.typesetting import render
from desktop.documents.wording import Wording, wording_of

_LONGEST_DRAIN_LOG_DAYS = 14


@dataclass(frozen=True)
class DayLine:
    day_label: str
    date: dt.date
    text: tuple[str, ...]


@dataclass(frozen=True)
class RecoveryHandout:
    """What the page says about one recovery, as it stood on `issued_on`.

    `routine_set_by` None is the protocol; `protocol_approved_by` None is nobody yet, and the page says so.
    """

    practice: PracticeLines
    patient: PatientLines
    surgeon_name: str | None
    surgery_on: dt.date
    routine_after_days: int
    days: tuple[DayLine, ...]
    red_flags: tuple[tuple[str, str], ...]
    call_temperature: str | None
    issued_on: dt.date
    version: str
    routine_set_by: str | None = None
    responsible_adult: str | None = None
    drains: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    protocol_approved_by: str | None = None
    is_demo: bool = False

    @property
    def routine_on(self) -> dt.date:
        return self.surgery_on + dt.timedelta(days=self.routine_after_days)


@dataclass(frozen=True)
class MergeField:
    """`missing` is the sentence for an empty value: what lacks and where to fill it in."""

    read: Callable[[RecoveryHandout, Wording], str | None]
    missing: str


def _practice(name: str, read: Callable[[PracticeLines], str | None]) -> MergeField:
    return MergeField(lambda handout, _: read(handout.practice), f"{name} is missing: fill it in on the Practice page.")


RECOVERY_FIELDS: Mapping[str, MergeField] = {
    "practice.name": _practice("The name of the practice", lambda practice: practice.name),
    "practice.address": _practice("The practice's address", lambda practice: ", ".join(practice.address_lines)),
    "practice.phone": _practice("The practice's phone", lambda practice: practice.phone),
    "practice.after_hours_phone": _practice("The after-hours phone", lambda practice: practice.after_hours_phone),
    "practice.emergency_number": _practice("The emergency number", lambda practice: practice.emergency_number),
    "patient.full_name": MergeField(
        lambda handout, _: handout.patient.full_name, "The patient's name is missing: fill it in on the patient's page."
    ),
    "patient.birth_date": MergeField(
        lambda handout, wording: wording.day(handout.patient.birth_date) if handout.patient.birth_date else None,
        "The birth date is missing: fill it in on the patient's page.",
    ),
    "patient.record_number": MergeField(
        lambda handout, _: handout.patient.record_number,
        "The record number is missing: fill it in on the patient's page.",
    ),
    "surgery.surgeon_name": MergeField(
        lambda handout, _: handout.surgeon_name, "The surgeon is missing: choose the surgeon in the revision plan."
    ),
    "surgery.date": MergeField(
        lambda handout, wording: wording.weekday(handout.surgery_on),
        "The day of surgery is missing: fill it in in the revision plan.",
    ),
    "recovery.routine_after": MergeField(
        lambda handout, wording: wording.days(handout.routine_after_days) if handout.routine_after_days > 0 else None,
        "The days until routine are missing: fill them in in the revision plan.",
    ),
    "recovery.routine_on": MergeField(
        lambda handout, wording: wording.weekday(handout.routine_on),
        "The days until routine are missing: fill them in in the revision plan.",
    ),
    "recovery.routine_set_by": MergeField(
        lambda handout, wording: handout.routine_set_by or wording["our_plan"],
        "Who set the days until routine is missing: see the recovery page.",
    ),
    "recovery.call_temperature": MergeField(
        lambda handout, _: handout.call_temperature,
        "The temperature at which to call is missing: fill it in in the recovery protocol.",
    ),
    "recovery.responsible_adult": MergeField(
        lambda handout, _: handout.responsible_adult,
        "The responsible adult is missing: fill in who takes the patient home on the patient's page.",
    ),
}
"""Every field that the recovery text may use, by its name."""

# The page prints these whether or not the text asks for them.
_ALWAYS = (
    "practice.name", "practice.phone", "practice.after_hours_phone", "practice.emergency_number",
    "surgery.surgeon_name", "recovery.routine_after",
)  # fmt: skip


def render_recovery_handout(handout: RecoveryHandout, template: HandoutTemplate) -> bytes:
    """The page as a PDF; DocumentIncomplete names everything it lacks at once."""
    wording = wording_of(template.language)
    asked = template_fields(template)
    values = {name: field.read(handout, wording) for name, field in RECOVERY_FIELDS.items()}
    missing = {
        name: RECOVERY_FIELDS[name].missing
        if name in RECOVERY_FIELDS
        else f"The handout text asks for “{name}”, which is not known: correct it in the handout text."
        for name in (*_ALWAYS, *sorted(asked))
        if not (values.get(name) or "").strip()
    }
    refuse_if_lacking(lacking_identity(handout.patient) | missing | _lacking_content(handout, template))
    title, issued_on = template.title, handout.issued_on
    page = sheet(wording, handout.practice, handout.patient, title=title, issued_on=issued_on, is_demo=handout.is_demo)
    blocks = merge(template, {name: value for name, value in values.items() if value})
    return render("handout", {**page, **_content(handout, wording, values), "blocks": blocks})


def _lacking_content(handout: RecoveryHandout, template: HandoutTemplate) -> dict[str, str]:
    first_named = named_blocks(template)[:1]
    empty_day = next((day.day_label for day in handout.days if not any(line.strip() for line in day.text)), None)
    sentences = {
        "template.call-now": (
            first_named != ["call-now"],
            "The emergency lines must come first: put “::: call-now” before every other “:::” of the handout text.",
        ),
        "template.your-days": (
            named_blocks(template).count("your-days") != 1,
            "The handout text must show the days once: put “::: your-days” into it.",
        ),
        "template.call_temperature": (
            "recovery.call_temperature" not in template_fields(template),
            "The handout text does not say at which temperature to call: put {{ recovery.call_temperature }} into it.",
        ),
        "red_flags": (not handout.red_flags, "There are no warning signs: fill them in in the recovery protocol."),
        "days": (not handout.days, "There are no recovery days: start the recovery checklist first."),
        "days.text": (empty_day is not None, f"{empty_day} has nothing to do: fill it in in the recovery checklist."),
    }
    return {name: sentence for name, (is_lacking, sentence) in sentences.items() if is_lacking}


def _content(handout: RecoveryHandout, wording: Wording, values: Mapping[str, str | None]) -> dict[str, Any]:
    actions = dict.fromkeys(action for _, action in handout.red_flags)
    log_days = range(min(max(7, handout.routine_after_days), _LONGEST_DRAIN_LOG_DAYS) + 1)
    return {
        "version": handout.version,
        "surgery": values["surgery.date"],
        "surgeon": handout.surgeon_name,
        "routine": values["recovery.routine_after"],
        "responsible_adult": handout.responsible_adult,
        "approved_by": handout.protocol_approved_by,
        "red_flags": [
            {"action": action, "flags": [text for text, its_action in handout.red_flags if its_action == action]}
            for action in actions
        ],
        "days": [
            {
                "label": day.day_label,
                "date": wording.weekday(day.date),
                "lines": [line for line in day.text if line.strip()],
            }
            for day in handout.days
        ],
        "drains": list(handout.drains),
        "drain_days": [
            {
                "label": f"{wording['day']} {number}",
                "weekday": wording.short_weekday(date),
                "date": wording.short_day(date),
            }
            for number in log_days
            for date in (handout.surgery_on + dt.timedelta(days=number),)
        ],
        "medicines": list(handout.medicines),
        "visits": list(handout.visits),
    }
