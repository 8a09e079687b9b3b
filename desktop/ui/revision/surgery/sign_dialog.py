"""The one question before an operative report is frozen: who, what was done in each side, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.open_point import OpenPoint
from desktop.rules.performed import rows_at, steps_done
from desktop.rules.report_facts import ReportFacts
from desktop.services.patient import PatientHeader
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SideHeading, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, px


class SignReportDialog(QDialog):
    """Opens on “Not yet”: a report is never signed by an Enter too many."""

    def __init__(
        self,
        header: PatientHeader,
        facts: ReportFacts,
        version: int,
        signer: str,
        points: tuple[OpenPoint, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sign_operative_report")
        self.setWindowTitle("Sign the operative report")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_XL), px(SPACE_XL), px(SPACE_XL), px(SPACE_L))
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text(f"Sign the operative report of {header.full_name}?", "title", wrap=True))
        on = show_partial_date(facts.happened_on) if facts.happened_on else "unknown day"
        who = f"Born {show_date(header.birth_date)} · Record {header.record_number} · operated {on}"
        column.addWidget(Text(who, "muted", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_M))
        for side in Side:
            box = SunkenBox()
            box.add(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
            box.add(Text(_done(facts, side), "body", wrap=True))
            sides.addWidget(box, 1)
        column.addLayout(sides)
        if points:
            column.addWidget(Text("Known and open", "caption"))
            column.addWidget(Text(" · ".join(point.text for point in points), wrap=True))
        freezing = (
            f"Signing freezes version {version}, and with it the operation and its devices: they cannot be changed or "
            "taken back, only amended."
        )
        column.addWidget(Text(freezing, "strong", wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        not_yet = button("Not yet")
        not_yet.setObjectName("not_yet")
        not_yet.clicked.connect(self.reject)
        sign = button(f"Sign as {signer}", primary=True, icon="sign")
        sign.setObjectName("sign_now")
        sign.setAutoDefault(False)
        sign.clicked.connect(self.accept)
        foot.addWidget(not_yet)
        foot.addWidget(sign)
        column.addLayout(foot)
        not_yet.setDefault(True)
        not_yet.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFixedSize(px(620), column.totalHeightForWidth(px(620)))


def _done(facts: ReportFacts, side: Side) -> str:
    steps = [step.label for step in steps_done(facts.report, side)]
    if (device := facts.put_in.get(side)) is not None:
        steps.append(f"New: {device.title}" if device.is_described else "New device not recorded")
    left_out = [row["planned"].label for row in rows_at(facts.report, side) if row.get("planned")]
    return "\n".join(steps) or ("Nothing done of what was planned" if left_out else "Nothing done")
