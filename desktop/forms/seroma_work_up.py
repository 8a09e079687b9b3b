"""What is documented before a revision for a late seroma of one side."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    ManyField,
    NoteField,
    NumberField,
    PartialDateField,
    Section,
    SegmentField,
    TextField,
)
from desktop.models.indication import SeromaWorkUp
from desktop.rules.late_seroma import TARGET_WORDS, check_seroma_work_up
from desktop.rules.permission import Verb

AFTER_CONFIRMED = ("pet_ct_on", "team_met_on", "stage")
"""What a confirmed result asks for."""

SEROMA_WORK_UP_FORM = Form(
    SeromaWorkUp,
    "Late seroma work-up",
    Verb.VIEW_CASE,
    Verb.EDIT_CASE,
    (
        Section(
            "What was noticed",
            (
                (
                    PartialDateField(SeromaWorkUp.onset_on, "Swelling since", hint="a year or a month is enough"),
                    SegmentField(SeromaWorkUp.textured_ever, "Textured implant ever, any side", hint="as she says"),
                ),
                (
                    SegmentField(SeromaWorkUp.mass, "Mass"),
                    SegmentField(SeromaWorkUp.nodes, "Nodes in the armpit"),
                    SegmentField(SeromaWorkUp.rash, "Skin rash"),
                    SegmentField(SeromaWorkUp.b_symptoms, "B symptoms", hint="fever, night sweats, weight loss"),
                ),
            ),
        ),
        Section(
            "Ultrasound of breast and armpit",
            (
                (
                    DateField(SeromaWorkUp.ultrasound_on, "Done on"),
                    SegmentField(SeromaWorkUp.ultrasound_fluid, "Fluid"),
                    SegmentField(SeromaWorkUp.ultrasound_mass, "Mass seen"),
                    SegmentField(SeromaWorkUp.ultrasound_nodes, "Nodes seen"),
                ),
            ),
        ),
        Section(
            "Fluid taken before the revision",
            (
                (
                    DateField(SeromaWorkUp.aspirated_on, "Taken on"),
                    NumberField(SeromaWorkUp.aspirate_ml, "Volume", unit="mL"),
                ),
                ManyField(SeromaWorkUp.tests, "Tests sent", prompt="Add a test …"),
                (ChoiceField(SeromaWorkUp.cd30, "CD30"), ChoiceField(SeromaWorkUp.alk, "ALK")),
            ),
            hint=f"{TARGET_WORDS} All of it goes to the laboratory.",
        ),
        Section(
            "Result",
            (
                SegmentField(SeromaWorkUp.result, "Result"),
                (
                    DateField(SeromaWorkUp.pet_ct_on, "PET-CT on"),
                    DateField(SeromaWorkUp.team_met_on, "Multidisciplinary team on"),
                    TextField(SeromaWorkUp.stage, "Stage (TNM)", hint="IA to IV"),
                ),
            ),
        ),
        Section(
            "Reported, and remarks",
            (
                (
                    TextField(SeromaWorkUp.reported_to, "Reported to", hint="the registry or authority"),
                    DateField(SeromaWorkUp.reported_on, "Reported on"),
                ),
                NoteField(SeromaWorkUp.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_seroma_work_up,
)
