"""What is asked about a patient."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    HeightField,
    ListField,
    NoteField,
    Section,
    SegmentField,
    StatementField,
    TextField,
    WeightField,
)
from desktop.models.patient import Allergy, Condition, Medicine, Patient
from desktop.rules.patient import check_patient
from desktop.rules.permission import Verb

PATIENT_FORM = Form(
    Patient,
    "Patient",
    Verb.VIEW_PATIENT,
    Verb.EDIT_PATIENT,
    (
        Section(
            "The person",
            (
                (TextField(Patient.family_name, "Family name"), TextField(Patient.given_name, "Given name")),
                (
                    TextField(Patient.former_name, "Former name"),
                    DateField(Patient.birth_date, "Date of birth", hint="for example 14 Mar 1981"),
                ),
                (SegmentField(Patient.sex, "Sex"), ChoiceField(Patient.language, "Prefers to speak")),
            ),
        ),
        Section(
            "Contact",
            (
                (TextField(Patient.phone, "Phone"), TextField(Patient.mobile_phone, "Mobile phone")),
                (TextField(Patient.email, "E-mail"), NoteField(Patient.address, "Address", lines=2)),
                (
                    TextField(Patient.emergency_name, "Emergency contact"),
                    TextField(Patient.emergency_phone, "Emergency contact's phone"),
                ),
                (
                    TextField(Patient.responsible_adult_name, "Responsible adult", hint="who takes the patient home"),
                    TextField(Patient.responsible_adult_phone, "Responsible adult's phone"),
                ),
            ),
        ),
        Section(
            "Allergies",
            (
                ListField(
                    Patient.allergies,
                    "Allergies",
                    one="Allergy",
                    columns=(
                        TextField(Allergy.substance, "Substance"),
                        TextField(Allergy.reaction, "Reaction"),
                        ChoiceField(Allergy.severity, "Severity"),
                    ),
                ),
                StatementField(Patient.no_known_allergies, "The patient was asked and has no known allergies"),
            ),
        ),
        Section(
            "Medicines",
            (
                ListField(
                    Patient.medicines,
                    "Medicines",
                    one="Medicine",
                    columns=(
                        TextField(Medicine.name, "Name"),
                        TextField(Medicine.dose, "Dose"),
                        StatementField(Medicine.is_anticoagulant, "Thins the blood"),
                        TextField(Medicine.plan, "Plan around surgery"),
                    ),
                ),
            ),
        ),
        Section(
            "Conditions",
            (
                ListField(
                    Patient.conditions,
                    "Conditions",
                    one="Condition",
                    columns=(TextField(Condition.name, "Condition"), TextField(Condition.note, "Remark")),
                ),
            ),
        ),
        Section(
            "Body",
            (
                (HeightField(Patient.height_cm, "Height"), WeightField(Patient.weight_kg, "Weight")),
                SegmentField(Patient.smoking, "Smoking"),
            ),
        ),
    ),
    check=check_patient,
)
