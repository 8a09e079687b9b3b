"""What is asked about a consent: which form, when and with whom it was gone through, what was agreed to and signed.

Nothing of a maker's or a society's own text: an item of a form is told by its number.
"""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    ListField,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TextField,
)
from desktop.models.consent import Consent, ConsentItem, ConsentSide
from desktop.rules.consent_answers import check_consent
from desktop.rules.permission import Verb

SIDES = "What is agreed to"
ITEMS = "Items that the patient initials"

CONSENT_FORM = Form(
    Consent,
    "Consent",
    Verb.VIEW_CASE,
    Verb.EDIT_CONSENT,
    (
        Section(
            "The form",
            (
                (
                    ChoiceField(Consent.kind, "Kind"),
                    TextField(Consent.form_name, "Which form", hint="its name as it is printed on it"),
                ),
                (
                    TextField(Consent.maker, "Maker of the form", hint="of a decision checklist: the device's maker"),
                    TextField(Consent.form_version, "Version", hint="number or date of the edition"),
                ),
                (
                    ChoiceField(Consent.language, "Language of the form"),
                    TextField(Consent.interpreter, "Interpreter", hint="or why none is needed"),
                ),
            ),
        ),
        Section(
            "Given and gone through",
            (
                (
                    DateField(Consent.given_on, "Given to the patient on"),
                    DateField(Consent.reviewed_on, "Gone through on"),
                ),
                (
                    TextField(Consent.reviewed_with, "Gone through with", hint="who explained it"),
                    SegmentField(Consent.understanding_checked, "Understanding checked"),
                ),
            ),
        ),
        SidesSection(
            SIDES,
            (NoteField(ConsentSide.procedure, "The procedure in words", lines=3, hint="empty: nothing in this side"),),
        ),
        Section(
            ITEMS,
            (
                NumberField(
                    Consent.item_count,
                    "How many items",
                    lowest=0,
                    highest=200,
                    hint="0: the form has none to initial",
                ),
                ListField(
                    Consent.items,
                    "Items",
                    one="Item",
                    columns=(
                        TextField(ConsentItem.item, "Number on the form"),
                        TextField(ConsentItem.initials, "Initials beside it"),
                    ),
                ),
            ),
        ),
        Section(
            "Signatures",
            (
                (
                    DateField(Consent.patient_signed_on, "Patient signed on"),
                    TextField(Consent.patient_signed_as, "Signed as"),
                ),
                (
                    DateField(Consent.clinician_signed_on, "Clinician signed on"),
                    TextField(Consent.clinician_signed_as, "Clinician's name"),
                ),
                (
                    DateField(Consent.copy_given_on, "Copy given on"),
                    NoteField(Consent.note, "Remarks", lines=2),
                ),
            ),
        ),
    ),
    check=check_consent,
)
