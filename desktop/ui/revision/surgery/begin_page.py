"""Where the report of a revision begins: what the signed plan says was to be done, the day, and who operates."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.dates import read_date, show_date
from desktop.rules.report_facts import PlannedSide
from desktop.services.report_file import ReportFile
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, SideHeading, SunkenBox
from desktop.ui.kit.clock import today
from desktop.ui.kit.editors import LineEditor
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, px

_NOTHING_ANSWERED = (
    "The steps of the signed plan stand in the report, and none of them is answered. The operation is recorded with "
    "it, and what is in place follows."
)


class BeginPage(QWidget):
    """Enter in either line begins; what is unlikely is asked once and confirmed by the same button."""

    begun = Signal(object, str)
    """The day and the surgeon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        self.card = Card("Begin the operative report")
        self.card.add(Text(_NOTHING_ANSWERED, "muted", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_M))
        self._planned: dict[Side, Text] = {}
        for side in Side:
            box = SunkenBox()
            box.add(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
            self._planned[side] = Text("", wrap=True)
            box.add(self._planned[side])
            sides.addWidget(box, 1)
        self.card.add(sides)
        self.day = LineEditor(lambda text: read_date(text, today()), show_date)
        self.surgeon = QLineEdit()
        self.surgeon.setMaxLength(LINE_LENGTH)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_L))
        for title, name, widget in (
            ("Day of surgery", "report_day", self.day.widget),
            ("Surgeon", "report_surgeon", self.surgeon),
        ):
            field = QVBoxLayout()
            field.setSpacing(px(SPACE_XS))
            label = Text(title, "label")
            label.setBuddy(widget)
            widget.setObjectName(name)
            widget.setAccessibleName(title)
            field.addWidget(label)
            field.addWidget(widget)
            field.addStretch(1)
            line.addLayout(field, 1)
        self.card.add(line)
        self.remark = Text("", "small", wrap=True, tone="muted")
        self.card.add(self.remark)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        self.messages = MessageBar()
        self.begin_button = button("Begin the operative report", primary=True)
        self.begin_button.setObjectName("begin_report")
        self.begin_button.clicked.connect(self._begin)
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.card.add(foot)
        column.addWidget(self.card)
        column.addStretch(1)
        for each in (self.day.widget, self.surgeon):
            if isinstance(each, QLineEdit):
                each.returnPressed.connect(self._begin)
                each.textEdited.connect(self._stop_asking)

    def offer(self, file: ReportFile, surgeon: str, *, may_begin: bool) -> None:
        for side, text in self._planned.items():
            text.setText(_words(file.facts.planned.get(side)))
        self.day.set_value(file.offered_on)
        self.surgeon.setText(surgeon)
        self.messages.clear()
        self._stop_asking()
        self.remark.setText(_remark(file))
        self.begin_button.setEnabled(may_begin)
        if not may_begin:
            self.messages.note("You can read this; your role does not include writing the report.")

    def ask(self, questions: str) -> None:
        """The same button says that it is right."""
        self._asks = True
        self.begin_button.setText("It is right, begin")
        self.messages.refuse(questions)

    def is_sure(self) -> bool:
        return self._asks

    def refuse(self, words: str) -> None:
        self.messages.refuse(words)

    def _stop_asking(self) -> None:
        self._asks = False
        self.begin_button.setText("Begin the operative report")

    def _begin(self) -> None:
        try:
            day: dt.date | None = self.day.value()
        except ValueError as problem:
            self.messages.refuse(str(problem))
            return
        self.begun.emit(day, self.surgeon.text().strip())


def _words(planned: PlannedSide | None) -> str:
    if planned is None or not planned.steps:
        return "Nothing planned"
    steps = [f"{number}  {step.label}" for number, step in enumerate(planned.steps, start=1)]
    device = [f"New: {planned.device.title_or('device')}"] if planned.device.is_described else []
    return "\n".join([*steps, *device])


def _remark(file: ReportFile) -> str:
    words = []
    if file.is_plan_amended:
        words.append(f"It rests on version {file.plan_version} of the plan; a newer one is not signed.")
    if file.facts.planned_on is not None and file.facts.planned_on != file.offered_on:
        words.append(f"The assessment says {show_date(file.facts.planned_on)}.")
    return " ".join(words)
