"""What is asked about a device that came out of one side."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    ListField,
    ManyField,
    NoteField,
    NumberField,
    Section,
    TextField,
)
from desktop.models.removal import Removal, Specimen
from desktop.rules.permission import Verb
from desktop.rules.removal import check_removal

REMOVAL_FORM = Form(
    Removal,
    "What came out",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "What was found",
            (
                ManyField(Removal.condition, "Condition of the device", prompt="Add what was found …", past=True),
                (
                    ChoiceField(Removal.capsule, "Capsule", past=True),
                    ChoiceField(Removal.capsulectomy, "Capsulectomy", past=True),
                    ChoiceField(Removal.fluid, "Fluid", past=True),
                    NumberField(Removal.fluid_ml, "Amount", unit="mL", lowest=0, highest=9_999, past=True),
                ),
                NoteField(Removal.note, "Remarks", lines=2),
            ),
        ),
        Section(
            "Specimens",
            (
                ListField(
                    Removal.specimens,
                    "Specimens",
                    one="Specimen",
                    columns=(
                        ChoiceField(Specimen.kind, "What"),
                        DateField(Specimen.sent_on, "Sent on"),
                        TextField(Specimen.laboratory, "Laboratory"),
                        TextField(Specimen.result, "Result"),
                        DateField(Specimen.resulted_on, "Result of"),
                    ),
                ),
            ),
            hint="A specimen without a result stays on the list of what is to be chased.",
        ),
        Section(
            "Where the device went",
            (
                (
                    ChoiceField(Removal.disposition, "Where it went", past=True),
                    DateField(Removal.disposition_on, "On"),
                    TextField(Removal.given_to, "Given to", past=True),
                ),
            ),
        ),
        Section(
            "The maker's warranty",
            (
                (
                    ChoiceField(Removal.warranty, "Warranty", past=True),
                    DateField(Removal.warranty_until, "To be claimed by"),
                    DateField(Removal.warranty_claimed_on, "Claimed on"),
                    TextField(Removal.warranty_claim_no, "Number of the claim", past=True),
                ),
            ),
        ),
    ),
    check=check_removal,
)
