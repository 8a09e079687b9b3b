"""The complications of a case with the grade that counts, and every case of the patient over time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.complication import show_grade
from desktop.rules.dates import show_date, show_partial_date
from desktop.services.complication import ComplicationRow, Complications
from desktop.services.reoperation import CaseRow
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Pill, SunkenBox
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, Tone, px

NONE_RECORDED = "No complication is recorded in this case."
_GRAVE = ("3b", "4a", "4b", "5")


class _Row(PickRow):
    """A pill, a title, and lines under it."""

    def __init__(self, name: str, pill: Pill, title: str, tone: str | None, lines: tuple[str, ...]) -> None:
        super().__init__(". ".join(filter(None, (pill.text(), title, *lines))))
        self.setObjectName(name)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(title, "strong", wrap=True, tone=tone), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_S), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        column.setSpacing(px(SPACE_XS))
        column.addLayout(head)
        for words in filter(None, lines):
            column.addWidget(Text(words, "muted", wrap=True))


def _complication_row(row: ComplicationRow) -> _Row:
    values = row.values
    grade = values["grade"]
    tone: Tone = "neutral" if grade is None else "danger" if grade.value in _GRAVE else "warning"
    side = values["side"]
    onset = show_partial_date(values["onset_on"]) if values["onset_on"] else "day not recorded"
    resolved = f"resolved {show_partial_date(values['resolved_on'])}" if values["resolved_on"] else "not resolved"
    title = " · ".join(filter(None, (side.label if side else "", values["kind"].label)))
    lines = (f"{onset} · {resolved}", values["treatment"] or "", row.after)
    pill = Pill(show_grade(grade, values["has_disability"]), tone)
    return _Row(f"complication_{row.id}", pill, title, side.label.lower() if side else None, lines)


def _case_row(row: CaseRow, shown_id: int) -> _Row:
    pill = Pill(f"closed {show_date(row.closed_on)}") if row.closed_on else Pill("open", "accent")
    surgery = f"surgery {show_date(row.surgery_on)}" if row.surgery_on else "no surgery date"
    goes_on = "goes on from the case before" if row.carried_from_id else ""
    grade = f"highest complication {row.highest_grade.label}" if row.highest_grade else ""
    lines = (" · ".join(filter(None, (surgery, goes_on, grade))), row.reasons)
    made = _Row(f"case_{row.id}", pill, f"Case of {show_date(row.opened_on)}", None, lines)
    made.set_picked(row.id == shown_id)
    return made


class CloseQuestion(SunkenBox):
    """Opens on “Not now”: no case is closed by an Enter too many."""

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("", "strong", wrap=True)
        self.not_now = button("Not now")
        self.not_now.setObjectName("not_now")
        self.not_now.clicked.connect(self.hide)
        self.go_on = button("Start the new case")
        self.go_on.setObjectName("close_and_start")
        self.go_on.clicked.connect(self.agreed)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        foot.addWidget(self.not_now)
        foot.addWidget(self.go_on)
        self.add(self.words)
        self.add(
            Text(
                "Carried over, each to be confirmed: the patient's own words, the surgeon's indications, what was "
                "found, and the complication. The plan is not carried; it stays to be read in the case before.",
                "muted",
                wrap=True,
            )
        )
        self.add(foot)
        self.hide()

    def ask(self, *, is_open: bool) -> None:
        closing = "This case is still open, and a patient has one at a time. Close it and go on in a new one?"
        self.words.setText(closing if is_open else "Start a new case that goes on from this one?")
        self.go_on.setText("Close it and start the new case" if is_open else "Start the new case")
        self.show()
        self.not_now.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)


class OutcomeList(QWidget):
    opened = Signal(int)
    new_asked = Signal()
    case_asked = Signal(int)
    reoperation_asked = Signal()

    def __init__(self, *, may_edit: bool, may_start: bool) -> None:
        super().__init__()
        self.new_button = button("Record a complication", icon="add")
        self.new_button.setObjectName("new_complication")
        self.new_button.clicked.connect(self.new_asked)
        self.start_button = button("Start a new case from this one …")
        self.start_button.setObjectName("reoperate")
        self.start_button.clicked.connect(self.reoperation_asked)
        self.question = CloseQuestion()
        self.messages = MessageBar()
        self.highest = FlowRow()
        self.complications, self.cases = WalkedList(SPACE_XS), WalkedList(SPACE_XS)
        left, right = Card("Complications", self.highest), Card("Cases of this patient")
        for card, rows, key in ((left, self.complications, self.new_button), (right, self.cases, self.start_button)):
            card.add(rows)
            card.body.addStretch(1)
            card.body.addWidget(key, 0, Qt.AlignmentFlag.AlignLeft)
        self.new_button.setVisible(may_edit)
        self.start_button.setVisible(may_start)
        page = QWidget()
        page.setProperty("kind", "page")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.question)
        column.addWidget(area, 1)
        column.addWidget(self.messages)

    def show_outcome(self, known: Complications, cases: tuple[CaseRow, ...], shown_id: int) -> None:
        here = self.focusWidget()
        name = here.objectName() if isinstance(here, _Row) else ""
        self.highest.clear()
        if known.highest is not None:
            tone: Tone = "danger" if known.highest.value in _GRAVE else "warning"
            self.highest.add(Pill(f"Highest: {known.highest.label}", tone))
        self.complications.clear()
        for each in known.rows:
            made = _complication_row(each)
            made.opened.connect(lambda number=each.id: self.opened.emit(number))
            self.complications.add(made)
        if not known.rows:
            self.complications.add(Text(NONE_RECORDED, "muted", wrap=True))
        self.cases.clear()
        for case in cases:
            made = _case_row(case, shown_id)
            made.opened.connect(lambda number=case.id: self.case_asked.emit(number))
            self.cases.add(made)
        if name:
            self.focus_row(name)

    def focus_row(self, name: str) -> None:
        rows = [row for row in self.findChildren(_Row, name) if row.isVisible()]
        (rows[-1] if rows else self.new_button).setFocus(Qt.FocusReason.OtherFocusReason)
