"""What is asked and measured at one examination."""

from desktop.forms.chest_mark import MarksField
from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TableSection,
    TextField,
    WeightField,
)
from desktop.forms.measure_field import MeasureField
from desktop.models.examination import Examination, ExaminationSide
from desktop.rules.examination import check_examination
from desktop.rules.measurement import OF_A_SIDE
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
                (
                    WeightField(Examination.weight_kg, "Weight"),
                    TextField(
                        Examination.bra_size, "Bra size", hint="as the patient says it, with its country: 34C US"
                    ),
                ),
            ),
        ),
        SidesSection(
            "Findings",
            (
                SegmentField(ExaminationSide.baker, "Capsule, Baker grade", without="Baker "),
                (
                    ChoiceField(ExaminationSide.baker_scale, "Scale of the grade"),
                    NumberField(ExaminationSide.pain_nrs, "Pain, 0 to 10", lowest=0, highest=10),
                ),
                (
                    ChoiceField(ExaminationSide.rippling, "Rippling"),
                    ChoiceField(ExaminationSide.rippling_place, "Where it ripples"),
                ),
                (
                    ChoiceField(ExaminationSide.displacement, "Displacement"),
                    ChoiceField(ExaminationSide.ptosis, "Ptosis (Regnault)"),
                ),
                SegmentField(ExaminationSide.swelling, "Swelling"),
                NoteField(ExaminationSide.note, "Other findings", lines=2),
            ),
        ),
        TableSection(
            "Measurements",
            tuple(MeasureField(getattr(ExaminationSide, measurement.name)) for measurement in OF_A_SIDE),
            hint="Written in cm, or with their unit: 9.5, 95 mm, 3 3/4 in.",
        ),
        Section(
            "Across the midline",
            (
                (
                    MeasureField(Examination.between_breasts_mm),
                    MeasureField(Examination.nipple_to_nipple_mm),
                    MeasureField(Examination.fold_difference_mm),
                ),
            ),
        ),
        Section("Chest diagram", (MarksField(Examination.marks, "Chest diagram"),)),
        Section("Remarks", (NoteField(Examination.note, "Remarks", lines=2),)),
    ),
    check=check_examination,
)
