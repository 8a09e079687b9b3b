"""What is asked about the practice itself."""

from typing import Any

from desktop.forms.form import ChoiceField, Form, NoteField, NumberField, Section, SegmentField, TextField
from desktop.models.base import Attribute
from desktop.models.choices import UrgencyTier
from desktop.models.practice import Practice
from desktop.rules.indication import STAFF_WORDS
from desktop.rules.permission import Verb

LETTERHEAD = "Letterhead"


def _said(column: Attribute[Any], tier: UrgencyTier) -> NoteField:
    return NoteField(column, tier.label, lines=2, hint=f"empty: {STAFF_WORDS[tier]}")


PRACTICE_FORM = Form(
    Practice,
    "Practice",
    Verb.VIEW_PATIENT,
    Verb.EDIT_PRACTICE,
    (
        Section(
            LETTERHEAD,
            (
                TextField(Practice.name, "Name of the practice"),
                NoteField(Practice.address, "Address", lines=2),
                (
                    TextField(Practice.phone, "Phone"),
                    TextField(
                        Practice.after_hours_phone, "After-hours phone", hint="printed where patients look first"
                    ),
                ),
                (
                    TextField(
                        Practice.emergency_number, "Emergency number", hint="the number of the ambulance where you are"
                    ),
                    SegmentField(Practice.paper_size, "Paper", required=True),
                ),
                ChoiceField(Practice.language, "Language of handouts", required=True),
            ),
        ),
        Section(
            "Letters that ask for records",
            (
                NumberField(
                    Practice.records_due_days,
                    "Answer wanted within",
                    unit="days",
                    lowest=1,
                    highest=365,
                    hint="fills in the day on a new request; it can be changed there",
                ),
            ),
        ),
        Section(
            "What is said at each urgency",
            (
                _said(Practice.say_at_u0, UrgencyTier.U0),
                _said(Practice.say_at_u1, UrgencyTier.U1),
                _said(Practice.say_at_u2, UrgencyTier.U2),
                _said(Practice.say_at_u3, UrgencyTier.U3),
            ),
            hint="Stands beside a case for everybody who opens it. Reprise files it and triages nobody.",
        ),
    ),
)
