"""What is asked and measured at one examination."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TextField,
)
from desktop.models.examination import Examination, ExaminationSide
from desktop.rules.examination import check_examination
from desktop.rules.permission import Verb

EXAMINATION_FORM = Form(
    Examination,
    "Examination",
    Verb.VIEW_CASE,
    Verb.EDIT_CASE,
    (
        Section(
            "The visit",
            (
                (
                    DateField(Examination.examined_on, "Examined on", required=True),
                    TextField(Examination.examined_by, "Examined by"),
                ),
            ),
        ),
        SidesSection(
            "Findings",
            (
                SegmentField(ExaminationSide.baker, "Capsule"),
                (
                    ChoiceField(ExaminationSide.rippling, "Rippling"),
                    ChoiceField(ExaminationSide.rippling_place, "Where it ripples"),
                ),
                (
                    ChoiceField(ExaminationSide.displacement, "Displacement"),
                    ChoiceField(ExaminationSide.ptosis, "Ptosis (Regnault)"),
                ),
                NumberField(ExaminationSide.pain_nrs, "Pain, 0 to 10", lowest=0, highest=10),
                NoteField(ExaminationSide.note, "Other findings", lines=2),
            ),
        ),
        Section("Remarks", (NoteField(Examination.note, "Remarks", lines=2),)),
    ),
    check=check_examination,
)
