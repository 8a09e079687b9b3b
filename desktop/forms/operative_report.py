"""What is asked about a revision that was done: each step beside the plan, and what else was done in each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from desktop.forms.form import (
    ChoiceField,
    Form,
    ListField,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    SidesSection,
    TextField,
)
from desktop.models.operative_report import OperativeReport, ReportSide, ReportStep
from desktop.rules.operative_report import check_report
from desktop.rules.performed import row_words
from desktop.rules.permission import Verb


class PerformedStepsField(ListField):
    """The steps of both sides; those of the plan stand there from the beginning and none of them can be removed."""

    @override
    def show_known(self, value: tuple[Mapping[str, Any], ...]) -> str:
        return "; ".join(map(row_words, value))


REPORT_FORM = Form(
    OperativeReport,
    "Operative report",
    Verb.VIEW_CASE,
    Verb.EDIT_REPORT,
    (
        Section(
            "What was done, step by step",
            (
                PerformedStepsField(
                    OperativeReport.steps,
                    "What was done, step by step",
                    one="Step",
                    columns=(
                        SegmentField(ReportStep.side, "Side"),
                        ChoiceField(ReportStep.planned, "Planned"),
                        ChoiceField(ReportStep.outcome, "What became of it"),
                        ChoiceField(ReportStep.performed, "Performed"),
                        TextField(ReportStep.reason, "Why"),
                    ),
                ),
            ),
        ),
        SidesSection(
            "How it was done",
            (
                (ChoiceField(ReportSide.plane, "Plane"), ChoiceField(ReportSide.incision, "Incision")),
                (
                    ChoiceField(ReportSide.pocket, "Pocket"),
                    NumberField(ReportSide.drain_count, "Drains", lowest=0, highest=4),
                    NumberField(ReportSide.fat_ml, "Fat", unit="mL", lowest=0, highest=2_000),
                ),
                NoteField(
                    ReportSide.differs_because,
                    "Why it is not as planned",
                    lines=2,
                    hint="for plane, incision, pocket, drains and device",
                ),
                NoteField(ReportSide.note, "What was found and done", lines=3),
            ),
            hint="Ctrl+Enter in a field takes the planned answer.",
        ),
        Section(
            "The operation",
            (
                (
                    ChoiceField(OperativeReport.anesthesia_kind, "Anesthesia"),
                    NumberField(OperativeReport.minutes_taken, "Time taken", unit="min", lowest=1, highest=1_440),
                    NumberField(OperativeReport.blood_loss_ml, "Blood loss", unit="mL", lowest=0, highest=9_999),
                    SegmentField(OperativeReport.counts_right, "Counts right"),
                ),
                TextField(OperativeReport.assistant, "Assistant"),
                NoteField(OperativeReport.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_report,
)
