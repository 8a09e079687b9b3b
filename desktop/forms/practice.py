"""What is asked about the practice itself."""

from desktop.forms.form import ChoiceField, Form, NoteField, NumberField, Section, SegmentField, TextField
from desktop.models.practice import Practice
from desktop.rules.permission import Verb

LETTERHEAD = "Letterhead"

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
    ),
)
