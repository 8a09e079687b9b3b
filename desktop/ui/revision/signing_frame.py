"""What stands beside everything that is signed: what is open, the versions there are, sign and amend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_date, show_time
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.history import HistoryEntry
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px

WIDTH = 250
SIGN_KEYS = "Ctrl+Shift+S"
"""Both for a plan and for an operative report: Tab comes to the button only after all of their fields."""


class AmendBox(QWidget):
    """Why what is signed is amended; Enter goes on, Escape steps back."""

    given = Signal(str)
    left = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self.reason = QLineEdit()
        self.reason.setObjectName("amend_reason")
        self.reason.setMaxLength(LINE_LENGTH)
        self.reason.setAccessibleName(f"Why the {what} is amended")
        self.reason.returnPressed.connect(self._give)
        label = Text("Why is it amended?", "label")
        label.setBuddy(self.reason)
        go_on = button("Open a new version")
        go_on.setObjectName("amend_now")
        go_on.clicked.connect(self._give)
        back = button("Back")
        back.clicked.connect(self.left)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addWidget(go_on, 1)
        line.addWidget(back)
        for each in (label, self.reason):
            column.addWidget(each)
        column.addLayout(line)

    def ask(self) -> None:
        self.reason.clear()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _give(self) -> None:
        self.given.emit(self.reason.text())


class SigningFrame(QWidget):
    """`what` is signed here, in a word; the buttons are placed by whoever knows which others stand beside them."""

    sign_asked = Signal()
    amended = Signal(str)
    """Why the newest signed version is amended."""
    print_asked = Signal()
    version_asked = Signal(int)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, px(SPACE_S))
        self.column.setSpacing(px(SPACE_M))
        self.card = Card("Before signing")
        self._state = FlowRow()
        self.card.add(self._state)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card.add(self.area, 1)
        self.column.addWidget(self.card, 1)
        self.amend_box = AmendBox(what)
        self.amend_box.hide()
        self.amend_box.given.connect(self.amended)
        self.amend_box.left.connect(self._stop_amending)
        self.sign_button = button("Sign …", icon="sign")
        self.sign_button.clicked.connect(self.sign_asked)
        self.sign_button.setToolTip(SIGN_KEYS)
        self.amend_button = button("Amend …", icon="edit")
        self.amend_button.clicked.connect(self._start_amending)

    def show_states(self, states: Iterable[tuple[str, Tone]]) -> None:
        self._state.clear()
        for words, tone in states:
            self._state.add(Pill(words, tone))

    def name_version(self, number: int) -> None:
        """Which version the button signs."""
        self.sign_button.setText(f" Sign version {number} …")
        self.sign_button.setShortcut(SIGN_KEYS)  # new words take the old keys away

    def _start_amending(self) -> None:
        self.amend_button.hide()
        self.amend_box.ask()

    def _stop_amending(self) -> None:
        self.amend_box.hide()
        self.amend_button.show()
        self.amend_button.setFocus(Qt.FocusReason.OtherFocusReason)


def version_entry(
    row_id: int, number: int, signed_by: str | None, signed_at: dt.datetime | None, amends_reason: str | None
) -> HistoryEntry:
    """One version in the list: being written, or signed by whom and when; and why it was amended."""
    because = f"Amended: {amends_reason}" if amends_reason else ""
    if signed_at is None:
        return HistoryEntry("being written", f"Version {number}", because, filled=False, key=str(row_id))
    detail = "\n".join(filter(None, (signed_by, because)))
    return HistoryEntry(moment_words(signed_at), f"Version {number} signed", detail, "good", key=str(row_id))


def moment_words(at: dt.datetime) -> str:
    """`23 Nov 2026 14:05`."""
    return f"{show_date(at.astimezone().date())} {show_time(at)}"
