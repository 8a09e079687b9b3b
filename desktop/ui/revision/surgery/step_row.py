"""One step of an operative report: as planned by one key, or what was done instead, or that it was not, and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import PlanStep, StepOutcome
from desktop.rules.reading import clean_line
from desktop.ui.kit.buttons import Segmented, icon_button
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, px

ANSWERS = (
    (StepOutcome.AS_PLANNED.value, "As planned"),
    (StepOutcome.INSTEAD.value, "Instead …"),
    (StepOutcome.NOT_DONE.value, "Not done …"),
)
_KEYS = {
    Qt.Key.Key_Space: StepOutcome.AS_PLANNED,
    Qt.Key.Key_Return: StepOutcome.AS_PLANNED,
    Qt.Key.Key_Enter: StepOutcome.AS_PLANNED,
    Qt.Key.Key_A: StepOutcome.AS_PLANNED,
    Qt.Key.Key_I: StepOutcome.INSTEAD,
    Qt.Key.Key_N: StepOutcome.NOT_DONE,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Answers = dict[str, Any]
"""One row as plain data, as a draft keeps it."""


class StepRow(QFrame):
    """`planned` None: a step that was added. Under its name the answer, what was done instead, and why."""

    changed = Signal()
    answered = Signal()
    """A key settled it, and the next step is asked about."""
    removed = Signal()

    def __init__(self, side: str, planned: PlanStep | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.side, self.planned = side, planned
        self.record_id: int | None = None
        self._read_only = False
        self.setProperty("kind", "sunken")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(8), px(8))
        column.setSpacing(px(SPACE_XS))
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        self.title = Text("", "strong", wrap=True, parent=self)
        self.remove = icon_button("remove", "Remove this added step")
        self.remove.clicked.connect(self.removed)
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        column.addLayout(head)
        self.segments = Segmented("", ANSWERS, self)
        self.segments.changed.connect(self._on_chosen)
        self.performed = ChoiceBox()
        self.performed.setMaxVisibleItems(14)
        self.performed.setMinimumContentsLength(6)
        self.performed.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.performed.activated.connect(lambda _index: self.changed.emit())
        self.reason = QLineEdit()
        self.reason.setMaxLength(LINE_LENGTH)
        self.reason.setPlaceholderText("Why?")
        self.reason.textEdited.connect(lambda _text: self.changed.emit())
        self.said = Text("", "muted", wrap=True, parent=self)
        self.said.setMinimumWidth(1)  # a word without end never widens the page
        column.addWidget(self.segments)
        column.addWidget(self.performed)
        column.addWidget(self.reason)
        column.addWidget(self.said)
        for each in (*self.segments.findChildren(QWidget), self.performed, self.reason):
            each.installEventFilter(self)
        self._show()

    def name_it(self, number: int) -> None:
        """Its place among the steps of its side, as it is shown and spoken."""
        words = self.planned.label if self.planned else "Added, not planned"
        self.title.setText(f"{number}  {words}")
        key = f"{self.side.lower()}.step.{number}"
        self.segments.setObjectName(key)
        self.performed.setObjectName(f"{key}.performed")
        self.reason.setObjectName(f"{key}.reason")
        about = f"{self.side} step {number}, {words}"
        self.segments.setAccessibleName(about)
        for each, (_value, answer) in zip(self.segments.findChildren(QWidget), ANSWERS, strict=True):
            each.setAccessibleName(f"{about}: {answer.removesuffix(' …')}")
        self.segments.setAccessibleDescription("Space: as planned. I: instead. N: not done. Delete: no answer")
        self.performed.setAccessibleName(f"{about}: what was done")
        self.reason.setAccessibleName(f"{about}: why")

    def outcome(self) -> str:
        return StepOutcome.ADDED.value if self.planned is None else str(self.segments.value() or "")

    def typed(self) -> Answers:
        outcome = self.outcome()
        performed = str(self.performed.currentData() or "")
        if outcome == StepOutcome.AS_PLANNED and self.planned is not None:
            performed = self.planned.value
        elif outcome not in (StepOutcome.INSTEAD, StepOutcome.ADDED):
            performed = ""
        return {
            "id": self.record_id,
            "planned": self.planned.value if self.planned else "",
            "outcome": outcome,
            "performed": performed,
            "reason": self.reason.text() if self._wants_reason() else "",
        }

    def retype(self, answers: Answers) -> None:
        self.record_id = answers.get("id")
        self.segments.set_value(answers.get("outcome") or None)
        wanted = "" if answers.get("outcome") == StepOutcome.AS_PLANNED else answers.get("performed") or ""
        if wanted or self._offers_steps():
            self._offer_steps()
            self.performed.setCurrentIndex(max(0, self.performed.findData(wanted)))
        if self.reason.text() != (answers.get("reason") or ""):
            self.reason.setText(answers.get("reason") or "")
            self.reason.setCursorPosition(0)
        self._show()

    def is_open(self) -> bool:
        return not self.outcome() or (self._wants_reason() and not clean_line(self.reason.text()))

    def take_focus(self) -> None:
        """To what is to be answered next."""
        wants_step = self.outcome() in (StepOutcome.INSTEAD, StepOutcome.ADDED) and not self.performed.currentData()
        where: QWidget = self.performed if wants_step else self.reason if self._wants_reason() else self.segments
        where.setFocus(Qt.FocusReason.TabFocusReason)

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (*self.segments.findChildren(QWidget), self.performed, self.reason, self.remove)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            bring_into_view(self)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if watched is self.reason or watched is self.performed:
                if key in _ENTER and not held:
                    self._go_on(watched)
                    return True
            elif key in _KEYS and not held:
                self._answer(_KEYS[key])
                return True
        return super().eventFilter(watched, event)

    def _answer(self, outcome: StepOutcome) -> None:
        self.segments.set_value(outcome.value)
        self._on_chosen(outcome.value)
        if outcome is StepOutcome.AS_PLANNED:
            self.answered.emit()
        else:
            self.take_focus()

    def _go_on(self, watched: QObject) -> None:
        if watched is self.performed and self.performed.currentData():
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        elif watched is self.reason and clean_line(self.reason.text()):
            self.answered.emit()

    def _on_chosen(self, _outcome: object) -> None:
        self._show()
        self.changed.emit()

    def _wants_reason(self) -> bool:
        return self.outcome() in (StepOutcome.INSTEAD, StepOutcome.NOT_DONE, StepOutcome.ADDED)

    def _offers_steps(self) -> bool:
        return self.performed.count() > 0

    def _offer_steps(self) -> None:
        """Most steps are done as planned, and need no list of all there are."""
        if self._offers_steps():
            return
        self.performed.model().blockSignals(True)  # nobody listens yet, and telling of each takes most of the time
        self.performed.addItem("Which step?", "")
        for step in PlanStep:
            self.performed.addItem(step.label, step.value)
        self.performed.model().blockSignals(False)
        self.performed.setCurrentIndex(0)

    def _show(self) -> None:
        if self.outcome() in (StepOutcome.INSTEAD, StepOutcome.ADDED):
            self._offer_steps()
        can_write, outcome = not self._read_only, self.outcome()
        self.remove.setVisible(can_write and self.planned is None)
        self.segments.setVisible(can_write and self.planned is not None)
        self.performed.setVisible(can_write and outcome in (StepOutcome.INSTEAD, StepOutcome.ADDED))
        self.reason.setVisible(can_write and self._wants_reason())
        self.said.setVisible(not can_write)
        self.said.setText(self._words() if not can_write else "")

    def _words(self) -> str:
        outcome, reason = self.outcome(), self.reason.text().strip()
        if not outcome:
            return "Not answered"
        words = StepOutcome.from_code(outcome).label
        if outcome == StepOutcome.ADDED:
            words = self.performed.currentText()
        elif outcome == StepOutcome.INSTEAD:
            words = f"{words}: {self.performed.currentText()}"
        return f"{words}. {reason}" if reason and self._wants_reason() else words


def tab_anchor(parent: QWidget) -> QWidget:
    """Stands unseen where the keyboard's way leads on to what is made later: Qt lets nothing follow a mere label."""
    anchor = QWidget(parent)
    anchor.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    anchor.hide()
    return anchor
