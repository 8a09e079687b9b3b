"""One line of the checklist: what is to be done, what became of it, and the four answers in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout
from typing_extensions import override

from desktop.models.choices import RecoveryState
from desktop.rules.dates import show_date, show_time
from desktop.services.recovery_view import ItemLine, Override
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.recovery.inline_entry import InlineEntry

_SIGN: dict[RecoveryState, tuple[str, str]] = {
    RecoveryState.NOT_ANSWERED: ("○", "muted"),
    RecoveryState.DONE: ("✓", "good"),
    RecoveryState.NOT_DONE: ("✗", "danger"),
    RecoveryState.NOT_APPLICABLE: ("n/a", "muted"),
    RecoveryState.SKIPPED: ("–", "warning"),
}
_ANSWERS = (
    (RecoveryState.DONE, "Done", "Space", "first"),
    (RecoveryState.NOT_DONE, "Not done", "N", "middle"),
    (RecoveryState.NOT_APPLICABLE, "Does not apply", "A", "middle"),
    (RecoveryState.SKIPPED, "Skip …", "S", "last"),
)
_KEYS = {
    Qt.Key.Key_Space: RecoveryState.DONE,
    Qt.Key.Key_N: RecoveryState.NOT_DONE,
    Qt.Key.Key_A: RecoveryState.NOT_APPLICABLE,
    Qt.Key.Key_S: RecoveryState.SKIPPED,
    Qt.Key.Key_Delete: RecoveryState.NOT_ANSWERED,
    Qt.Key.Key_Backspace: RecoveryState.NOT_ANSWERED,
}


class ItemRow(PickRow):
    """`answered` carries the wish; the answer already given, pressed again, is taken back."""

    answered = Signal(object, object)
    move_asked = Signal(object)

    def __init__(
        self, item: ItemLine, override: Override | None, today: int, *, may_tick: bool, may_move: bool
    ) -> None:
        super().__init__(item.title)
        self.setObjectName(f"{item.code} {item.start_day}")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.item, self._today = item, today
        self.entry: InlineEntry | None = None
        self._may_tick, self._may_move = may_tick and not item.is_limit, may_move
        self._sign = Text("", "heading")
        self._sign.setFixedWidth(px(28))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.title = Text(item.title, "strong", wrap=True)
        self.words = Text("", "muted", wrap=True)
        self.status = Text("", "small", wrap=True)
        self.badge = Pill("", "accent")
        words = QVBoxLayout()
        words.setSpacing(px(1))
        for each in (self.title, self.words, self.status):
            words.addWidget(each)
        badge = QHBoxLayout()
        badge.addWidget(self.badge)
        badge.addStretch(1)
        words.addLayout(badge)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SPACE_S))
        line.addWidget(self._sign)
        line.addLayout(words, 1)
        self._buttons: dict[RecoveryState, Button] = {}
        self.move_button = _button("Change the day …", f"Change the day of: {item.title}")
        self.move_button.clicked.connect(lambda: self.move_asked.emit(self))
        line.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignTop)
        if self._may_tick:
            line.addLayout(self._answers())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(SPACE_S), px(7), px(SPACE_M), px(7))
        self._column.setSpacing(0)
        self._column.addLayout(line)
        self.show_item(item, override, may_move=may_move)

    def show_item(self, item: ItemLine, override: Override | None = None, *, may_move: bool | None = None) -> None:
        self.item = item
        self._may_move = self._may_move if may_move is None else may_move
        sign, tone = ("–", "muted") if item.is_limit else _SIGN[item.state]
        self._sign.setText("" if item.is_limit else sign)
        self._sign.set_tone(tone)
        self.words.setText(item.text)
        self.status.setText(_status(item, self._today))
        self.status.set_tone(tone)
        self.status.setVisible(bool(self.status.text()))
        if override is not None:
            self.badge.setText(_badge(override))
        self.badge.setVisible(bool(self.badge.text()))
        self.move_button.setVisible(self._may_move)
        self.show_state(item.state)
        spoken = "limit" if item.is_limit else item.state.label
        self.setAccessibleName(". ".join(filter(None, (item.title, spoken, item.text, self.status.text()))))

    def show_state(self, state: RecoveryState) -> None:
        """The wish, before the store has answered."""
        for each, made in self._buttons.items():
            made.setChecked(each is state)
        if not self.item.is_limit:
            self._sign.setText(_SIGN[state][0])
            self._sign.set_tone(_SIGN[state][1])

    def open_entry(self, entry: InlineEntry) -> None:
        self.close_entry()
        self.entry = entry
        self._column.addWidget(entry)
        entry.focus_first()

    def close_entry(self) -> None:
        if self.entry is not None:
            self._column.removeWidget(self.entry)
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_D and self._may_move:
            self.move_asked.emit(self)
        elif key in _KEYS and self._may_tick:
            self._ask(_KEYS[key])
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _answers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for state, label, key, place in _ANSWERS:
            made = _button(label, f"{label}: {self.item.title}")
            made.setProperty("segment", place)
            made.setCheckable(True)
            made.setToolTip(f"{label}  ({key})")
            made.clicked.connect(lambda _checked=False, wish=state: self._ask(wish))
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            self._buttons[state] = made
        return row

    def _ask(self, wish: RecoveryState) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        is_same = wish is self.item.state and wish is not RecoveryState.SKIPPED
        self.show_state(self.item.state)
        self.answered.emit(self, RecoveryState.NOT_ANSWERED if is_same else wish)


def _button(label: str, name: str) -> Button:
    """Reached by the row's own keys, so that Tab goes from line to line."""
    made = Button(label)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def _status(item: ItemLine, today: int) -> str:
    if item.is_limit:
        holds = "begins later" if today < item.start_day else "over" if today > item.end_day else "holds now"
        return f"Day {item.start_day} to {item.end_day} · {holds}"
    if item.state is RecoveryState.NOT_ANSWERED:
        return ""
    reason = f": {item.reason}" if item.reason else ""
    at = f"{show_date(item.answered_at.astimezone().date())} {show_time(item.answered_at)}" if item.answered_at else ""
    return f"{item.state.label}{reason} · {item.answered_by} · {at}"


def _badge(override: Override) -> str:
    on = show_date(override.made_at.astimezone().date())
    return f"Changed by {override.made_by}, {on}: day {override.old_day} → {override.new_day} ({override.reason})"
