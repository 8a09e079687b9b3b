"""Which cases are wanted: four closed questions, and the filters a person keeps under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import Indication, UrgencyTier
from desktop.rules.case_review import CaseFilter, Waiting
from desktop.services.case_review import NamedFilter
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

WITHIN_DAYS = (7, 14, 30)


class Question(QWidget):
    """One closed list; its first answer leaves nothing out."""

    changed = Signal()

    def __init__(self, name: str, label: str, all_of_them: str, answers: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self.box = ChoiceBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(label)
        self._values: list[Any] = [None]
        self.box.addItem(all_of_them)
        self.offer(answers)
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.activated.connect(lambda _at: self.changed.emit())
        caption = Text(label, "label")
        caption.setBuddy(self.box)
        column.addWidget(caption)
        column.addWidget(self.box)

    def offer(self, answers: Sequence[tuple[Any, str]]) -> None:
        """Other answers after the first; Qt would keep the values as plain text, so they are kept here."""
        while self.box.count() > 1:
            self.box.removeItem(1)
        self._values = [None, *(value for value, _words in answers)]
        for _value, words in answers:
            self.box.addItem(words, True)  # an answer, which typed letters find

    def value(self) -> Any:
        return self._values[self.box.currentIndex()]

    def set_value(self, value: Any) -> None:
        """Without announcing it."""
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else 0)


class NameLine(QWidget):
    """Under which name the filter is kept; Enter keeps it, Escape steps back."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setObjectName("filter_name")
        self.name.setMaxLength(LINE_LENGTH)
        self.name.setAccessibleName("Name of the filter")
        self.name.setPlaceholderText("Name, then Enter")
        self.name.returnPressed.connect(lambda: self.given.emit(self.name.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name)

    def ask(self) -> None:
        self.name.clear()
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)


class FilterRow(QWidget):
    """Announces every change of what is wanted; the kept filters stand first."""

    changed = Signal()
    kept = Signal(str)
    forgotten = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named: dict[int, CaseFilter] = {}
        self.chosen = Question("kept_filter", "My filters", "All cases", ())
        self.waiting = Question("waiting", "What waits", "Anything", [(each, each.label) for each in Waiting])
        self.tier = Question("tier", "Urgency", "Any", [(each, each.label) for each in UrgencyTier])
        self.indication = Question("indication", "Indication", "Any", [(each, each.label) for each in Indication])
        days = [(count, f"within {count} days") for count in WITHIN_DAYS]
        self.within = Question("within", "Surgery", "Whenever", days)
        self.keep_button = button("Keep this filter …")
        self.keep_button.setObjectName("keep_filter")
        self.forget_button = Button("Forget it", "quiet")
        self.forget_button.setObjectName("forget_filter")
        self.name_line = NameLine()
        self.name_line.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_M))
        for each in (self.chosen, self.waiting, self.tier, self.indication, self.within):
            row.addWidget(each, 1)
        row.addSpacing(px(SPACE_S))
        for action in (self.keep_button, self.forget_button, self.name_line):
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignBottom)
        self.chosen.changed.connect(self._take_kept)
        for question in (self.waiting, self.tier, self.indication, self.within):
            question.changed.connect(self._ask_anew)
        self.keep_button.clicked.connect(self._ask_name)
        self.name_line.given.connect(self._give_name)
        self.name_line.left.connect(self._leave_name)
        self.forget_button.clicked.connect(lambda: self.forgotten.emit(self.chosen.value()))
        self._show_actions()

    def wanted(self) -> CaseFilter:
        def one(question: Question) -> tuple[Any, ...]:
            return () if question.value() is None else (question.value(),)

        return CaseFilter(one(self.waiting), one(self.tier), one(self.indication), self.within.value())

    def show_filters(self, named: Sequence[NamedFilter], chosen_id: int | None = None) -> None:
        """The kept ones by name; the one that is in use stays chosen."""
        now = self.chosen.value() if chosen_id is None else chosen_id
        self._named = {each.id: each.wanted for each in named}
        self.chosen.offer([(each.id, each.name) for each in named])
        self.chosen.set_value(now if now in self._named else None)
        self._show_actions()

    def show_wanted(self, wanted: CaseFilter) -> None:
        """Ask for these cases."""
        first = (wanted.waiting[:1], wanted.tiers[:1], wanted.indications[:1])
        for question, values in zip((self.waiting, self.tier, self.indication), first, strict=True):
            question.set_value(values[0] if values else None)
        self.within.set_value(wanted.within_days)
        self._show_actions()
        self.changed.emit()

    def _take_kept(self) -> None:
        self.show_wanted(self._named.get(self.chosen.value(), CaseFilter()))

    def _ask_anew(self) -> None:
        """What is asked by hand is none of the kept filters any more."""
        if self._named.get(self.chosen.value(), CaseFilter()) != self.wanted():
            self.chosen.set_value(None)
        self._show_actions()
        self.changed.emit()

    def _show_actions(self) -> None:
        is_kept = self.chosen.value() is not None
        self.forget_button.setVisible(is_kept)
        self.keep_button.setVisible(not is_kept and self.wanted() != CaseFilter() and self.name_line.isHidden())

    def _ask_name(self) -> None:
        self.keep_button.hide()
        self.name_line.ask()

    def _give_name(self, name: str) -> None:
        self.kept.emit(name)

    def _leave_name(self) -> None:
        self.end_naming()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_naming(self) -> None:
        self.name_line.hide()
        self._show_actions()
