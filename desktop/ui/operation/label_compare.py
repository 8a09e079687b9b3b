"""A label and a device beside each other: what would be filled in, where the two differ, and what has to be sure."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.label import NAMES, show_fact
from desktop.rules.problem import Problem
from desktop.services.label import LabelPlace
from desktop.ui.kit.cards import Card
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px
from desktop.ui.operation.label_card import breakable

RECORD, LABEL = 0, 1


class CompareCard(Card):
    """Nothing is chosen and nothing is confirmed beforehand. Enter answers and goes on; Space answers."""

    answered = Signal()
    """Enter answered the last of the questions."""

    def __init__(self) -> None:
        super().__init__("Beside the record")
        self._inside: QWidget | None = None
        self._answers: list[QAbstractButton] = []
        self.choices: dict[str, QButtonGroup] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self._asked: dict[str, str] = {}

    def show_place(self, place: LabelPlace | None) -> None:
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = None
        self._answers, self.choices, self.ticks, self._asked = [], {}, {}, {}
        self.setVisible(place is not None)
        if place is None:
            return
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self.add(self._inside)
        for words, tone in _told(place):
            column.addWidget(Text(words, "body", wrap=True, tone=tone))
        for question in place.questions:
            self._ask(column, question)
        if place.differs:
            column.addLayout(self._differences(place))
        for each in self._answers:
            each.installEventFilter(self)

    def chosen(self) -> tuple[str, ...]:
        """The answers for which the label's word was chosen."""
        return tuple(name for name, group in self.choices.items() if group.checkedId() == LABEL)

    def sure(self) -> dict[str, str]:
        """The questions to which somebody said “it is right”."""
        return {name: self._asked[name] for name, tick in self.ticks.items() if tick.isChecked()}

    def first_unanswered(self) -> QAbstractButton | None:
        for tick in self.ticks.values():
            if not tick.isChecked():
                return tick
        groups = (group for group in self.choices.values() if group.checkedId() < 0)
        return next((group.button(RECORD) for group in groups), None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if not is_enter or not isinstance(watched, QAbstractButton):
            return super().eventFilter(watched, event)
        watched.setChecked(True)
        if (following := self.first_unanswered()) is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(following)
        else:
            self.answered.emit()
        return True

    def _differences(self, place: LabelPlace) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(SPACE_L))
        grid.setVerticalSpacing(px(SPACE_XS))
        for at, heading in enumerate(("They differ", "In the record", "On the label")):
            grid.addWidget(Text(heading, "caption"), 0, at)
        for line, (name, both) in enumerate(place.differs.items(), start=1):
            grid.addWidget(Text(NAMES[name][:1].upper() + NAMES[name][1:], "label", wrap=True), line, 0)
            group = QButtonGroup(self._inside)
            for at, (where, said) in enumerate(zip(("in the record", "on the label"), both, strict=True)):
                shown = show_fact(said)
                button = QRadioButton(shown.replace("&", "&&"))
                button.setObjectName(f"{name}_{'label' if at == LABEL else 'record'}")
                button.setAccessibleName(f"{NAMES[name]}: {shown}, {where}")
                group.addButton(button, at)
                grid.addWidget(button, line, at + 1)
                self._answers.append(button)
            self.choices[name] = group
        for at in (1, 2):
            grid.setColumnStretch(at, 1)
        return grid

    def _ask(self, column: QVBoxLayout, question: Problem) -> None:
        column.addWidget(Text(breakable(question.message), "body", wrap=True, tone="warning"))
        tick = QCheckBox("It is right")
        tick.setObjectName(f"sure_{question.field}")
        tick.setAccessibleName(f"It is right. {question.message}")
        column.addWidget(tick)
        self.ticks[question.field] = tick
        self._asked[question.field] = question.message
        self._answers.append(tick)


def _told(place: LabelPlace) -> Iterator[tuple[str, str | None]]:
    if place.fills:
        filled = (f"{NAMES[name]} {show_fact(fact)}" for name, fact in place.fills.items())
        yield f"Fills in: {', '.join(filled)}.", None
    elif not place.differs:
        yield "Fills in nothing; the text itself is kept.", "muted"
    for problem in place.left_out:
        yield f"Not filled in: {problem.message}", "warning"
    for remark in place.remarks:
        yield remark, "muted"
