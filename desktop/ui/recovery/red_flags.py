"""Warning signs, always in sight; choosing one shows at once, and big, what is to be done and whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.recovery_protocol import RedFlag
from desktop.services.recovery_view import Phones
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, px

NOT_MONITORED = "Nobody watches this page. What is chosen here is logged, but only a phone call reaches somebody."


class RedFlagCard(Card):
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Warning signs")
        self.title.set_tone("danger")
        self.add(Text("Choose one: what to do appears at once.", "muted", wrap=True))
        self._list = WalkedList()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        self.add(area, 1)
        self.add(Text(NOT_MONITORED, "small", wrap=True, tone="muted"))
        self._flags: tuple[RedFlag, ...] = ()

    def show_flags(self, flags: Sequence[RedFlag]) -> None:
        if tuple(flags) == self._flags:
            return
        self._flags = tuple(flags)
        self._list.clear()
        action = ""
        for flag in flags:
            if flag.action.title != action:
                action = flag.action.title
                caption = Text(action.upper(), "caption", wrap=True)
                caption.setAccessibleName(action)
                caption.setContentsMargins(px(SPACE_S), px(SPACE_S), 0, px(2))
                self._list.add(caption)
            self._list.add(self._row(flag))
        self._list.column.addStretch(1)

    def _row(self, flag: RedFlag) -> PickRow:
        row = PickRow(f"{flag.title}: {flag.action.title}")
        row.setObjectName(flag.code)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(px(SPACE_S), px(4), px(SPACE_S), px(4))
        inside.addWidget(Text(flag.title, "body", wrap=True), 1)
        row.opened.connect(lambda: self.chosen.emit(flag))
        return row


class ActionPanel(QFrame):
    """What is to be done about one warning sign; it stays until somebody closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "message")
        self.setProperty("tone", "danger")
        self.sign = Text("", "strong", wrap=True)
        self.action = Text("", "title", wrap=True, tone="danger")
        self.words = Text("", "heading", wrap=True)
        self.log = Text("", "muted", wrap=True)
        self.close_button = button("Close")
        self.close_button.setObjectName("close_action")
        self.close_button.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_L), px(SPACE_M), px(SPACE_L), px(SPACE_M))
        column.setSpacing(px(SPACE_S))
        for each in (self.sign, self.action, self.words):
            column.addWidget(each)
        self._numbers = QHBoxLayout()
        self._numbers.setSpacing(px(SPACE_XL))
        column.addLayout(self._numbers)
        foot = QHBoxLayout()
        foot.addWidget(self.log, 1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.hide()

    def show_action(self, flag: RedFlag, phones: Phones) -> None:
        self.sign.setText(flag.text)
        self.action.setText(flag.action.title)
        self.words.setText(flag.shown)
        while (item := self._numbers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        numbers = (
            ("Emergency number", phones.emergency),
            ("Practice", phones.practice),
            ("After hours", phones.after_hours),
        )
        for label, number in numbers:
            self._numbers.addWidget(_number(label, number))
        self._numbers.addStretch(1)
        self.log.setText("Being logged …")
        self.log.set_tone("muted")
        self.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        spoken = QAccessibleAnnouncementEvent(self, f"{flag.action.title}. {flag.shown}")
        spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(spoken)

    def show_logged(self, words: str, *, is_logged: bool) -> None:
        self.log.setText(words)
        self.log.set_tone("muted" if is_logged else "danger")

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.closed.emit) or super().event(event)


def _number(label: str, number: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Text(label, "small"))
    shown = Text(number or "not recorded", "title" if number else "strong", tabular=True)
    column.addWidget(shown)
    made.setAccessibleName(f"{label}: {shown.text()}")
    return made
