"""What is asked about the practice itself."""

from desktop.forms.form import ChoiceField, Form, NoteField, Section, SegmentField, TextField
from desktop.models.practice import Practice
from desktop.rules.permission import Verb

PRACTICE_FORM = Form(
    Practice,
    "Practice",
    Verb.VIEW_PATIENT,
    Verb.EDIT_PRACTICE,
    (
        Section(
            "Letterhead",
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
    ),
)
