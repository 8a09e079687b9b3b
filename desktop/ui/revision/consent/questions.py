"""What is asked in the page before a consent is frozen, and when the patient takes one back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from desktop.models.choices import Side
from desktop.rules.dates import read_date, show_date
from desktop.rules.problem import Values
from desktop.rules.reading import Unreadable
from desktop.rules.side import answer_at
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SideHeading, SunkenBox
from desktop.ui.kit.clock import today
from desktop.ui.kit.entry import LINE_LENGTH, Entry
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px


class FileQuestion(SunkenBox):
    """Opens on “Not yet”: a consent is never filed by an Enter too many."""

    agreed = Signal()

    def __init__(self, signer: str) -> None:
        super().__init__()
        self.words = Text("", "strong", wrap=True)
        self._sides = {side: Text("", wrap=True) for side in Side}
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_L))
        for side, words in self._sides.items():
            column = QVBoxLayout()
            column.setSpacing(px(SPACE_XS))
            column.addWidget(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
            column.addWidget(words)
            column.addStretch(1)
            sides.addLayout(column, 1)
        self.not_yet = button("Not yet")
        self.not_yet.setObjectName("not_yet")
        self.not_yet.clicked.connect(self.hide)
        agree = button(f"File as {signer}", icon="sign")
        agree.setObjectName("file_now")
        agree.clicked.connect(self.agreed)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        foot.addWidget(self.not_yet)
        foot.addWidget(agree)
        self.add(self.words)
        self.add(sides)
        self.add(foot)
        self.hide()

    def ask(self, title: str, answers: Values) -> None:
        self.words.setText(f"File “{title}”? It cannot be changed afterwards, only withdrawn by the patient.")
        for side, words in self._sides.items():
            words.setText(answer_at(answers, side, "procedure") or "Nothing in this side")
        self.show()
        self.not_yet.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)


class WithdrawQuestion(SunkenBox):
    """The day on which the patient took it back, and why if she says so; Enter goes on, Escape steps back."""

    given = Signal(object, str)
    """The day and the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.day = Entry("withdrawn_on", "Withdrawn on", QLineEdit())
        self.reason = Entry("withdrawn_because", "Why, if the patient says so", QLineEdit())
        lines = (self._line(self.day), self._line(self.reason))
        for line in lines:
            line.setMaxLength(LINE_LENGTH)
            line.returnPressed.connect(self._give)
        go_on = button("Note the withdrawal")
        go_on.setObjectName("withdraw_consent_now")
        go_on.clicked.connect(self._give)
        back = button("It stands")
        back.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_L))
        row.addWidget(self.day, 1)
        row.addWidget(self.reason, 3)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(go_on)
        self.add(Text("The patient takes it back. From then on it counts as none; it stays in the record.", wrap=True))
        self.add(row)
        self.add(foot)
        self.hide()

    def ask(self) -> None:
        self._line(self.day).setText(show_date(today()))
        self._line(self.reason).clear()
        self.day.show_problem("")
        self.show()
        self._line(self.day).setFocus(Qt.FocusReason.OtherFocusReason)
        self._line(self.day).selectAll()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)

    def _give(self) -> None:
        try:
            day: dt.date = read_date(self._line(self.day).text(), today())
        except Unreadable as problem:
            self.day.show_problem(str(problem))
            self._line(self.day).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(day, self._line(self.reason).text().strip())

    @staticmethod
    def _line(entry: Entry) -> QLineEdit:
        assert isinstance(entry.input, QLineEdit)
        return entry.input
