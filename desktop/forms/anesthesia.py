"""What is asked in the anesthesia note: before, during, after; and in an addendum to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.forms.form import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    Form,
    ListField,
    MomentField,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    TextField,
    WeightField,
)
from desktop.models.anesthesia import Addendum, AnesthesiaNote, DrugGiven, NotedEvent, Vital
from desktop.models.base import Attribute
from desktop.rules.anesthesia import check_anesthesia_note, check_drug, check_vital, no_row_check
from desktop.rules.permission import Verb
from desktop.rules.problem import Problem

_DAY = "performed_on"

RowCheck = Callable[[Mapping[str, Any]], list[Problem]]


class TimedRowsField(ListField):
    """Rows that are written down while they happen: a table, and one line in which a row is entered or changed.

    `check_row` says what is wrong with one row before it is added; its problems name the columns.
    """

    def __init__(
        self,
        attribute: Attribute[Any],
        label: str,
        *,
        one: str,
        columns: tuple[Field[Any], ...],
        check_row: RowCheck = no_row_check,
    ) -> None:
        super().__init__(attribute, label, one=one, columns=columns)
        self.check_row = check_row


TODAY, FASTING, HISTORY, BASELINE = "Today", "Fasting", "History", "Baseline"
RECORD = "Record"
SCORE, DISCHARGE = "Recovery score, modified Aldrete 1995", "Discharge"

BEFORE, DURING, AFTER = (TODAY, FASTING, HISTORY, BASELINE), (RECORD,), (SCORE, DISCHARGE)
"""The three parts of the note, as the titles of their sections."""

ANESTHESIA_FORM = Form(
    AnesthesiaNote,
    "Anesthesia note",
    Verb.VIEW_ANESTHESIA,
    Verb.EDIT_ANESTHESIA,
    (
        Section(
            TODAY,
            (
                (
                    DateField(AnesthesiaNote.performed_on, "Day of anesthesia"),
                    WeightField(AnesthesiaNote.weight_kg, "Weight today", hint="62, or in pounds 137 lb"),
                ),
                SegmentField(AnesthesiaNote.asa_class, "Physical status (ASA), assigned today"),
                (
                    SegmentField(AnesthesiaNote.planned_depth, "Planned depth of sedation"),
                    SegmentField(AnesthesiaNote.consent_given, "Consent to sedation"),
                ),
                SegmentField(AnesthesiaNote.mallampati, "Mallampati, modified (Samsoon and Young)"),
            ),
        ),
        Section(
            FASTING,
            (
                (
                    MomentField(
                        AnesthesiaNote.last_clear_fluid_at,
                        "Last clear fluid",
                        day_field=_DAY,
                        hint="a time that day, or with its day: 22 nov 19:30",
                    ),
                    MomentField(
                        AnesthesiaNote.last_meal_at,
                        "Last meal",
                        day_field=_DAY,
                        hint="a time that day, or with its day: 22 nov 19:30",
                    ),
                ),
            ),
        ),
        Section(
            HISTORY,
            (
                (
                    SegmentField(AnesthesiaNote.malignant_hyperthermia, "Malignant hyperthermia, self or family"),
                    SegmentField(AnesthesiaNote.sleep_apnea, "Sleep apnea"),
                ),
                (
                    SegmentField(AnesthesiaNote.glp1_agonist, "Takes a GLP-1 or GIP agonist"),
                    ChoiceField(AnesthesiaNote.pregnancy, "Pregnancy"),
                ),
                NoteField(AnesthesiaNote.previous_problems, "Previous problems with anesthesia", lines=2),
            ),
        ),
        Section(
            BASELINE,
            (
                (
                    NumberField(AnesthesiaNote.baseline_systolic_mmhg, "Systolic", unit="mmHg", lowest=30, highest=300),
                    NumberField(
                        AnesthesiaNote.baseline_diastolic_mmhg, "Diastolic", unit="mmHg", lowest=10, highest=200
                    ),
                    NumberField(AnesthesiaNote.baseline_pulse_bpm, "Pulse", unit="/min", lowest=20, highest=250),
                    NumberField(AnesthesiaNote.baseline_spo2_percent, "SpO₂ on air", unit="%", lowest=30, highest=100),
                ),
            ),
        ),
        Section(
            RECORD,
            (
                TimedRowsField(
                    AnesthesiaNote.vitals,
                    "Vitals",
                    one="Vitals",
                    check_row=check_vital,
                    columns=(
                        MomentField(Vital.at, "Time", day_field=_DAY),
                        NumberField(Vital.systolic_mmhg, "Systolic", unit="mmHg", lowest=30, highest=300),
                        NumberField(Vital.diastolic_mmhg, "Diastolic", unit="mmHg", lowest=10, highest=200),
                        NumberField(Vital.pulse_bpm, "Pulse", unit="/min", lowest=20, highest=250),
                        NumberField(Vital.spo2_percent, "SpO₂", unit="%", lowest=30, highest=100),
                        NumberField(Vital.breaths_per_min, "Breaths", unit="/min", lowest=0, highest=60),
                        NumberField(Vital.etco2_mmhg, "EtCO₂", unit="mmHg", lowest=0, highest=120),
                        ChoiceField(Vital.sedation_scale, "Scale"),
                        NumberField(Vital.sedation_value, "Value", lowest=-5, highest=6),
                    ),
                ),
                TimedRowsField(
                    AnesthesiaNote.drugs,
                    "Drugs",
                    one="Drug",
                    check_row=check_drug,
                    columns=(
                        MomentField(DrugGiven.at, "Time", day_field=_DAY),
                        ChoiceField(DrugGiven.drug, "Drug"),
                        DecimalField(DrugGiven.dose, "Dose"),
                        ChoiceField(DrugGiven.unit, "Unit"),
                        DecimalField(
                            DrugGiven.concentration_mg_per_ml, "Concentration", unit="mg/mL", hint="1 % is 10 mg/mL"
                        ),
                        ChoiceField(DrugGiven.route, "Route"),
                        ChoiceField(DrugGiven.side, "Side"),
                        MomentField(DrugGiven.until_at, "Until", day_field=_DAY),
                    ),
                ),
                TimedRowsField(
                    AnesthesiaNote.events,
                    "Events",
                    one="Event",
                    columns=(
                        MomentField(NotedEvent.at, "Time", day_field=_DAY),
                        ChoiceField(NotedEvent.event, "Event"),
                        ChoiceField(NotedEvent.side, "Side"),
                        TextField(NotedEvent.text, "Remark"),
                    ),
                ),
            ),
        ),
        Section(
            SCORE,
            (
                (
                    SegmentField(
                        AnesthesiaNote.aldrete_activity, "Activity", hint="limbs moved: four 2, two 1, none 0"
                    ),
                    SegmentField(
                        AnesthesiaNote.aldrete_respiration,
                        "Respiration",
                        hint="breathes deeply and coughs 2, shallow 1, apnea 0",
                    ),
                ),
                (
                    SegmentField(
                        AnesthesiaNote.aldrete_circulation,
                        "Circulation",
                        hint="pressure within 20 % of baseline 2, 20–50 % 1, more 0",
                    ),
                    SegmentField(
                        AnesthesiaNote.aldrete_consciousness,
                        "Consciousness",
                        hint="fully awake 2, wakes to call 1, no response 0",
                    ),
                ),
                (
                    SegmentField(
                        AnesthesiaNote.aldrete_oxygenation,
                        "Oxygenation",
                        hint="SpO₂ above 92 % on air 2, needs oxygen to keep 90 % 1, below it 0",
                    ),
                    NumberField(AnesthesiaNote.pain_nrs, "Pain, 0 to 10", lowest=0, highest=10),
                ),
                SegmentField(AnesthesiaNote.nausea, "Nausea or vomiting"),
            ),
        ),
        Section(
            DISCHARGE,
            (
                MomentField(AnesthesiaNote.discharged_at, "Discharged at", day_field=_DAY),
                (
                    TextField(AnesthesiaNote.escort_name, "Left with (responsible adult)"),
                    TextField(AnesthesiaNote.escort_exception, "Without one, because"),
                ),
                NoteField(AnesthesiaNote.note, "Remarks", lines=3),
            ),
        ),
    ),
    check=check_anesthesia_note,
)

ADDENDUM_FORM = Form(
    Addendum,
    "Addendum",
    Verb.VIEW_ANESTHESIA,
    Verb.SIGN_ANESTHESIA,
    (
        Section(
            "Add to the signed note",
            (
                NoteField(Addendum.text, "What is added", lines=4),
                TextField(Addendum.reason, "Why it is added now"),
            ),
            hint="The signed note stays as it is. What you add stands below it with your name and the time.",
        ),
    ),
)
