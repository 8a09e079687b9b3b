"""How a consent is said in few words: its state, what stands in it, and when it was signed."""

from __future__ import annotations

import datetime as dt

from desktop.models.choices import ConsentKind, Side
from desktop.rules.consent import NEEDS_SIDE, ConsentFacts, covers, in_words, missing_in, time_to_think
from desktop.rules.dates import show_date
from desktop.rules.side import answer_at
from desktop.ui.kit.theme import Tone


def state_of(consent: ConsentFacts, surgery_on: dt.date | None) -> tuple[str, Tone]:
    if consent.withdrawn is not None:
        return f"Withdrawn {show_date(consent.withdrawn.on)}", "danger"
    if consent.filed_at is not None:
        return f"Filed {show_date(consent.filed_at.astimezone().date())}", "good"
    if missing_in(consent.answers, consent.patient_language, surgery_on):
        return "Not complete", "warning"
    return "Complete, not filed", "accent"


def name_of(consent: ConsentFacts) -> str:
    answers = consent.answers
    version = f"version {answers['form_version']}" if answers["form_version"] else ""
    named = ", ".join(filter(None, (answers["maker"], version)))
    return " · ".join(filter(None, (answers["form_name"] or "Form not named yet", named)))


def days_of(consent: ConsentFacts, surgery_on: dt.date | None) -> str:
    """`Given 10 Nov 2026 · gone through 16 Nov 2026 · signed 19 Nov 2026, signed 15 days before surgery`."""
    answers = consent.answers
    told = [
        f"{words} {show_date(answers[name])}"
        for words, name in (("given", "given_on"), ("gone through", "reviewed_on"), ("signed", "patient_signed_on"))
        if answers[name]
    ]
    if before := time_to_think(answers, surgery_on):
        told[-1] += f" ({before.removeprefix('signed ')})"
    said = " · ".join(told)
    return f"{said[:1].upper()}{said[1:]}"


def sides_of(consent: ConsentFacts) -> str:
    """`RIGHT: … · LEFT: …`, or that no side is named where one is needed."""
    answers = consent.answers
    named = [f"{s.label}: {_short(answer_at(answers, s, 'procedure'))}" for s in Side if s in covers(answers)]
    if named:
        return "\n".join(named)
    return "No side named yet" if consent.kind in NEEDS_SIDE else ""


def lacking_of(consent: ConsentFacts, surgery_on: dt.date | None) -> str:
    """Why it is not complete; of a withdrawn one, who noted it and why."""
    if consent.withdrawn is not None:
        noted = f"Counts as none. Noted by {consent.withdrawn.noted_by}"
        return f"{noted}: {consent.withdrawn.reason}" if consent.withdrawn.reason else f"{noted}."
    if consent.is_filed:
        return ""
    missing = missing_in(consent.answers, consent.patient_language, surgery_on)
    return in_words(missing, at_most=6) if missing else ""


def nothing_of(kind: ConsentKind, needed: bool | None, was_withdrawn: bool) -> tuple[str, str, Tone]:
    """What is said where no consent of a kind stands: pill, sentence, tone. `needed` None: the office decides."""
    if needed and was_withdrawn:
        return "Missing", "What is recorded was withdrawn and counts as none.", "warning"
    if needed:
        return "Missing", _MISSING[kind], "warning"
    if needed is None:
        return "None", "Only where photographs are taken.", "neutral"
    return "Not needed", _NOT_NEEDED[kind], "neutral"


def _short(words: str) -> str:
    """On one line of a list; the consent itself shows all of it."""
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHOWN else f"{one_line[:_SHOWN]} …"


_SHOWN = 180
_MISSING = {
    ConsentKind.PROCEDURE: "Nothing is recorded yet. The plan operates: the patient agrees to each side of it.",
    ConsentKind.DECISION_CHECKLIST: "Nothing is recorded yet. The plan puts a device in: its maker's checklist is gone "
    "through with the patient and signed by both.",
    ConsentKind.ANESTHESIA: "Nothing is recorded yet. The plan names an anesthesia.",
}
_NOT_NEEDED = {
    ConsentKind.PROCEDURE: "The plan does not operate yet.",
    ConsentKind.DECISION_CHECKLIST: "The plan puts no device in.",
    ConsentKind.ANESTHESIA: "The plan does not operate yet.",
}
