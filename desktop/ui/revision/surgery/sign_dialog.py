"""The one question before an operative report is frozen: who, what was done in each side, and what is still open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.choices import Side
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.open_point import OpenPoint
from desktop.rules.performed import rows_at, steps_done
from desktop.rules.report_facts import ReportFacts
from desktop.services.patient import PatientHeader
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px
from desktop.ui.revision.freezing_dialog import WIDTH, FreezingDialog


class SignReportDialog(FreezingDialog):
    def __init__(
        self,
        header: PatientHeader,
        facts: ReportFacts,
        version: int,
        signer: str,
        points: tuple[OpenPoint, ...],
        parent: QWidget | None = None,
    ) -> None:
        on = show_partial_date(facts.happened_on) if facts.happened_on else "unknown day"
        question = f"Sign the operative report of {header.full_name}?"
        who = f"Born {show_date(header.birth_date)} · Record {header.record_number} · operated {on}"
        super().__init__(question, who, {side: _done(facts, side) for side in Side}, parent)
        self.setObjectName("sign_operative_report")
        self.setWindowTitle("Sign the operative report")
        column = self.column
        if points:
            column.addWidget(Text("Known and open", "caption"))
            column.addWidget(Text(" · ".join(point.text for point in points), wrap=True))
        freezing = (
            f"Signing freezes version {version}, and with it the operation and its devices: they cannot be changed or "
            "taken back, only amended."
        )
        column.addWidget(Text(freezing, "strong", wrap=True))
        self.add_foot(signer, self.accept)
        self.setFixedSize(px(WIDTH), column.totalHeightForWidth(px(WIDTH)))


def _done(facts: ReportFacts, side: Side) -> str:
    steps = [step.label for step in steps_done(facts.report, side)]
    if (device := facts.put_in.get(side)) is not None:
        steps.append(f"New: {device.title}" if device.is_described else "New device not recorded")
    left_out = [row["planned"].label for row in rows_at(facts.report, side) if row.get("planned")]
    return "\n".join(steps) or ("Nothing done of what was planned" if left_out else "Nothing done")
