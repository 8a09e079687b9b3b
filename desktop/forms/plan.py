"""What is planned for each side: the operation, the devices, what if it is different, and the day."""

from desktop.forms.device import MOST_MM
from desktop.forms.form import (
    ChoiceField,
    DecimalField,
    Form,
    ListField,
    ManyField,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TextField,
    VolumeField,
)
from desktop.models.plan import Contingency, PlannedDevice, Prophylaxis
from desktop.models.revision import PlanSide, RevisionPlan
from desktop.rules.permission import Verb
from desktop.rules.revision import check_plan

SIDES, DEVICES, OTHERWISE = "Plan", "Devices to be at hand", "If it is different from what we expect"
PROPHYLAXIS, DAY = "Prophylaxis", "The day and after"

PLAN_FORM = Form(
    RevisionPlan,
    "Revision plan",
    Verb.VIEW_CASE,
    Verb.EDIT_PLAN,
    (
        SidesSection(
            SIDES,
            (
                ManyField(
                    PlanSide.steps,
                    "Steps, in order",
                    prompt="Add a step …",
                    hint="Enter adds · Delete removes · Alt+↑↓ moves",
                ),
                (TextField(PlanSide.manufacturer, "Manufacturer"), TextField(PlanSide.line, "Line")),
                (TextField(PlanSide.style, "Style"), TextField(PlanSide.catalogue_no, "Catalogue number")),
                (VolumeField(PlanSide.volume_ml, "Volume"), ChoiceField(PlanSide.fill, "Fill")),
                (
                    NumberField(PlanSide.width_mm, "Base width", unit="mm", lowest=1, highest=MOST_MM),
                    NumberField(PlanSide.projection_mm, "Projection", unit="mm", lowest=1, highest=MOST_MM),
                ),
                (ChoiceField(PlanSide.shape, "Shape"), ChoiceField(PlanSide.surface, "Surface")),
                (ChoiceField(PlanSide.plane, "Plane"), ChoiceField(PlanSide.pocket, "Pocket")),
                (
                    ChoiceField(PlanSide.incision, "Incision"),
                    NumberField(PlanSide.drain_count, "Drains", lowest=0, highest=4),
                ),
                NoteField(PlanSide.note, "Remarks", lines=2),
            ),
        ),
        Section(
            DEVICES,
            (
                ListField(
                    RevisionPlan.devices,
                    "Beside the first choice",
                    one="Device",
                    columns=(
                        SegmentField(PlannedDevice.side, "Side"),
                        ChoiceField(PlannedDevice.role, "What for"),
                        TextField(PlannedDevice.manufacturer, "Manufacturer"),
                        TextField(PlannedDevice.line, "Line or product"),
                        VolumeField(PlannedDevice.volume_ml, "Volume"),
                    ),
                    beneath=(
                        TextField(PlannedDevice.style, "Style"),
                        NumberField(PlannedDevice.quantity, "How many", lowest=1, highest=20),
                        TextField(PlannedDevice.note, "Remark"),
                    ),
                ),
            ),
        ),
        Section(
            OTHERWISE,
            (
                ListField(
                    RevisionPlan.contingency_list,
                    "If … then …",
                    one="Contingency",
                    columns=(
                        SegmentField(Contingency.side, "Side"),
                        ChoiceField(Contingency.happens, "What happens"),
                        TextField(Contingency.detail, "More exactly"),
                    ),
                    beneath=(
                        ManyField(Contingency.steps, "Then", prompt="Add a step …"),
                        TextField(Contingency.then, "In words"),
                    ),
                ),
                NoteField(RevisionPlan.contingencies, "Anything else that may be different", lines=2),
            ),
        ),
        Section(
            PROPHYLAXIS,
            (
                ListField(
                    RevisionPlan.prophylaxis,
                    "What is to be given or worn",
                    one="Prophylaxis",
                    columns=(
                        ChoiceField(Prophylaxis.kind, "Kind"),
                        ChoiceField(Prophylaxis.drug, "Drug"),
                        DecimalField(Prophylaxis.dose, "Dose"),
                        ChoiceField(Prophylaxis.unit, "Unit"),
                    ),
                    beneath=(
                        TextField(Prophylaxis.given_when, "When"),
                        TextField(Prophylaxis.note, "Remark"),
                    ),
                ),
            ),
            hint="Recorded as it is ordered; nothing is proposed.",
        ),
        Section(
            DAY,
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
                NoteField(RevisionPlan.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_plan,
)
