"""What is asked about a revision case and what is planned for it."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    ListField,
    ManyField,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TextField,
)
from desktop.models.revision import CaseIndication, PlanSide, RevisionCase, RevisionPlan
from desktop.rules.permission import Verb
from desktop.rules.revision import check_case, check_plan

CASE_FORM = Form(
    RevisionCase,
    "Assessment",
    Verb.VIEW_CASE,
    Verb.EDIT_CASE,
    (
        Section(
            "Why the patient came",
            (
                NoteField(RevisionCase.own_words, "In the patient's own words", lines=3),
                ListField(
                    RevisionCase.indications,
                    "Indications, most important first",
                    one="Indication",
                    columns=(
                        SegmentField(CaseIndication.side, "Side"),
                        ChoiceField(CaseIndication.indication, "Indication"),
                        ChoiceField(CaseIndication.layer, "Who says so", required=True),
                        TextField(CaseIndication.note, "Remark"),
                    ),
                ),
            ),
        ),
        Section(
            "The day",
            (
                DateField(RevisionCase.surgery_on, "Surgery on"),
                NoteField(RevisionCase.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_case,
)

PLAN_FORM = Form(
    RevisionPlan,
    "Revision plan",
    Verb.VIEW_CASE,
    Verb.EDIT_PLAN,
    (
        SidesSection(
            "Plan",
            (
                ManyField(
                    PlanSide.steps,
                    "Steps, in order",
                    prompt="Add a step …",
                    hint="Enter adds · Delete removes · Alt+↑↓ moves",
                ),
                (TextField(PlanSide.manufacturer, "Manufacturer"), TextField(PlanSide.line, "Line")),
                (NumberField(PlanSide.volume_ml, "Volume", unit="mL"), ChoiceField(PlanSide.fill, "Fill")),
                (ChoiceField(PlanSide.shape, "Shape"), ChoiceField(PlanSide.surface, "Surface")),
                (ChoiceField(PlanSide.plane, "Plane"), ChoiceField(PlanSide.incision, "Incision")),
                (
                    NumberField(PlanSide.drain_count, "Drains", lowest=0, highest=4),
                    NoteField(PlanSide.note, "Remarks", lines=2),
                ),
            ),
        ),
        Section(
            "The day and after",
            (
                (
                    ChoiceField(RevisionPlan.anesthesia_kind, "Anesthesia"),
                    NumberField(RevisionPlan.minutes_needed, "Time needed", unit="min", lowest=5, highest=1440),
                    NumberField(
                        RevisionPlan.routine_after_days,
                        "Back to routine after",
                        unit="days",
                        hint="empty: the protocol's number",
                    ),
                ),
                NoteField(
                    RevisionPlan.contingencies,
                    "If it is different from what we expect",
                    hint="for example: if ruptured, total capsulectomy on that side",
                ),
                NoteField(RevisionPlan.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_plan,
)
