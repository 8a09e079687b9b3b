"""The one question before a plan is frozen: who, which sides, why over what is open, and that it cannot be undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import Side
from desktop.rules.dates import show_date
from desktop.rules.open_point import OpenPoint, without_reason
from desktop.rules.plan_step import puts_device_in, steps_at
from desktop.rules.problem import Values
from desktop.rules.side import answer_at
from desktop.services.patient import PatientHeader
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XL, px
from desktop.ui.revision.freezing_dialog import WIDTH, FreezingDialog

ASKS_WHY = "Open: write for each why it is signed all the same. The reason is printed."
MOST_HEIGHT = 640
"""A window of 720 pixels shows the whole dialog; what is open scrolls inside it."""


class ReasonLine(QLineEdit):
    """Enter goes on, neither signing nor leaving; an arrow down takes over what was written above."""

    take_over_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Down:
            self.take_over_asked.emit()
        else:
            super().keyPressEvent(event)


class ReasonLines(QWidget):
    """One line for each open point, under what is open."""

    def __init__(self, points: Sequence[OpenPoint], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(SPACE_S), 0)
        column.setSpacing(px(SPACE_S))
        self.lines: dict[str, ReasonLine] = {}
        for number, point in enumerate(points):
            label = Text(point.text, "strong", wrap=True, parent=self)
            line = ReasonLine(self)
            line.take_over_asked.connect(lambda line=line: self._take_over(line))
            line.setObjectName(f"reason_{number}")
            line.setMaxLength(LINE_LENGTH)
            line.setPlaceholderText("Why it is signed all the same")
            line.setAccessibleName(f"Why it is signed all the same: {point.text}")
            label.setBuddy(line)
            column.addWidget(label)
            if point.detail:
                column.addWidget(Text(point.detail, "muted", wrap=True, parent=self))
            column.addWidget(line)
            self.lines[point.text] = line
        column.addStretch(1)

    def reasons(self) -> dict[str, str]:
        return {text: line.text() for text, line in self.lines.items()}

    def _take_over(self, into: ReasonLine) -> None:
        lines = list(self.lines.values())
        at = lines.index(into)
        if at and not into.text().strip():
            into.setText(lines[at - 1].text())


class SignDialog(FreezingDialog):
    def __init__(
        self,
        header: PatientHeader,
        plan: Values,
        plan_version: int,
        signer: str,
        points: tuple[OpenPoint, ...],
        parent: QWidget | None = None,
    ) -> None:
        who = f"Born {show_date(header.birth_date)} · Record {header.record_number}"
        sides = {side: _planned(plan, side) for side in Side}
        super().__init__(f"Sign the plan of {header.full_name}?", who, sides, parent)
        self.setObjectName("sign_plan")
        self.setWindowTitle("Sign the plan")
        self._points = points
        column = self.column
        if known := [point.text for point in points if point.to_know]:
            column.addWidget(Text("To know", "caption"))
            column.addWidget(Text(" · ".join(known), wrap=True))
        self.reason_lines = ReasonLines([point for point in points if point.needs_reason])
        if self.reason_lines.lines:
            column.addWidget(Text(ASKS_WHY, "strong", wrap=True))
            column.addWidget(self._scrolling(self.reason_lines), 1)
        freezing = f"Signing freezes version {plan_version}: it cannot be changed or taken back, only amended."
        column.addWidget(Text(freezing, "strong", wrap=True))
        self.refusal = Text("", "muted", wrap=True)
        self.refusal.set_tone("danger")
        self.refusal.hide()
        column.addWidget(self.refusal)
        self.add_foot(signer, self._sign)
        wanted = column.totalHeightForWidth(px(WIDTH)) + self._height_of_reasons()
        self.setFixedSize(px(WIDTH), min(wanted, px(MOST_HEIGHT)))

    def reasons(self) -> dict[str, str]:
        """By the text of each open point."""
        return self.reason_lines.reasons()

    def _sign(self) -> None:
        missing = without_reason(self._points, self.reasons())
        if not missing:
            self.accept()
            return
        self.refusal.setText(f"Not signed: write why it is signed although this is open: {missing[0].text}.")
        self.refusal.show()
        self.reason_lines.lines[missing[0].text].setFocus(Qt.FocusReason.OtherFocusReason)

    def _scrolling(self, lines: QWidget) -> QScrollArea:
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(lines)
        return self._area

    def _height_of_reasons(self) -> int:
        if not self.reason_lines.lines:
            return 0
        width = px(WIDTH) - 2 * px(SPACE_XL)
        layout = self.reason_lines.layout()
        wanted = layout.totalHeightForWidth(width) if layout else 0
        return max(0, wanted - self._area.sizeHint().height()) + px(SPACE_XL)


def _planned(plan: Values, side: Side) -> str:
    steps = [step.label for step in steps_at(plan, side)]
    volume = answer_at(plan, side, "volume_ml")
    if volume and puts_device_in(plan, side):
        steps.append(f"New implant {volume:,} mL")
    return "\n".join(steps) or "Nothing planned"
