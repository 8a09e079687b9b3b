"""What was found at surgery, side by side with what was suspected; one key records each."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import Indication, Side
from desktop.rules.found_at_surgery import FoundLine, proposed_found, suspected_and_found
from desktop.rules.report_facts import ReportFacts
from desktop.ui.kit.buttons import Button, icon_button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px
from desktop.ui.revision.surgery.step_row import tab_anchor


class FoundCards(QWidget):
    found = Signal(object, object)
    """The side and the indication that somebody records as found."""
    taken_back = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SPACE_L))
        self.sides = {side: _SideFound(side, self) for side in Side}
        for card in self.sides.values():
            line.addWidget(card, 1)
            card.found.connect(self.found)
            card.taken_back.connect(self.taken_back)

    def show_facts(self, facts: ReportFacts, *, may_write: bool) -> None:
        lines, proposed = suspected_and_found(facts), proposed_found(facts)
        for side, card in self.sides.items():
            card.show_side(
                tuple(line for line in lines if line.side is side),
                tuple(indication for at, indication in proposed if at is side),
                may_write=may_write,
            )


class _SideFound(Card):
    found = Signal(object, object)
    taken_back = Signal(object, object)

    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(f"{side.label} · found at surgery", parent=parent)
        self.title.set_tone(side.label.lower())
        self._side = side
        self._shown: object = None
        self._start = tab_anchor(self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(SPACE_S))
        self.add(self._lines)
        self.box = _FoundBox(f"{side.label}: something else was found")
        self.box.setObjectName(f"{side.label.lower()}.found")
        self.box.chosen.connect(lambda indication: self.found.emit(side, indication))
        self.add(self.box)
        self.body.addStretch(1)

    def show_side(self, lines: tuple[FoundLine, ...], proposed: tuple[Indication, ...], *, may_write: bool) -> None:
        if self._shown == (lines, proposed, may_write):
            return
        had_keyboard = any(each.hasFocus() for each in self.findChildren(Button))
        self._shown = (lines, proposed, may_write)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(self._line(line, may_write=may_write))
        for indication in proposed:
            if not any(line.indication is indication for line in lines):
                self._lines.addWidget(self._proposal(indication, may_write=may_write))
        if not lines and not proposed:
            self._lines.addWidget(Text("Nothing was suspected, and nothing is recorded as found.", "muted", wrap=True))
        self.box.setVisible(may_write)
        for one, following in pairwise([self._start, *self.findChildren(Button), self.box]):
            QWidget.setTabOrder(one, following)
        if had_keyboard and may_write:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: FoundLine, *, may_write: bool) -> QWidget:
        by = ", ".join(layer.label.lower() for layer in line.suspected_by)
        state = line.verdict or ("recorded as found" if line.is_found else "")
        row = self._row(line.indication.label, " · ".join(filter(None, (by, state))))
        name = f"{self._side.label.lower()}.{line.indication.value}"
        if not may_write:
            return row
        if line.is_found:
            back = icon_button("remove", f"{self._side.label} {line.indication.label}: take back what was found")
            back.setObjectName(f"{name}.back")
            back.clicked.connect(lambda: self.taken_back.emit(self._side, line.indication))
            self._put(row, back)
        else:
            self._put(row, self._found_button(line.indication, name))
        return row

    def _proposal(self, indication: Indication, *, may_write: bool) -> QWidget:
        row = self._row(indication.label, "the removed device says so; nobody recorded it")
        if may_write:
            self._put(row, self._found_button(indication, f"{self._side.label.lower()}.{indication.value}"))
        return row

    def _found_button(self, indication: Indication, name: str) -> Button:
        found = Button("Found", "link")
        found.setObjectName(name)
        found.setAccessibleName(f"{self._side.label} {indication.label}: found at surgery")
        found.clicked.connect(lambda: self.found.emit(self._side, indication))
        return found

    def _row(self, title: str, detail: str) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(px(SPACE_XS))
        words.addWidget(Text(title, "strong", wrap=True))
        if detail:
            words.addWidget(Text(detail, "small", wrap=True, tone="muted"))
        line.addLayout(words, 1)
        return row

    def _put(self, row: QWidget, made: Button) -> None:
        layout = row.layout()
        assert layout is not None, "a row has a line"
        layout.addWidget(made)


class _FoundBox(ChoiceBox):
    """Letters and arrows look for an indication, Enter records it; nothing is recorded on the way."""

    chosen = Signal(object)
    chooses_while_typing = False

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model().blockSignals(True)  # nobody listens yet, and telling of each takes most of the time
        self.addItem("Something else was found …", "")
        for indication in Indication:
            self.addItem(indication.label, indication.value)
        self.model().blockSignals(False)
        self.setCurrentIndex(0)
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(name)
        self.setAccessibleDescription("Letters find, Enter records it")
        self.activated.connect(self._take)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
        elif event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            at = self.currentIndex() + steps[Qt.Key(event.key())]
            self.setCurrentIndex(min(self.count() - 1, max(0, at)))
        else:
            super().keyPressEvent(event)

    def _take(self, index: int) -> None:
        code = self.itemData(index)
        self.setCurrentIndex(0)
        if code:
            self.chosen.emit(Indication.from_code(code))
