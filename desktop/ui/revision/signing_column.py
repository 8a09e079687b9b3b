"""What is open before signing, who signed what, and what can be done about it now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_date, show_time
from desktop.services.plan_page import HASH_SHOWN
from desktop.services.revision import CaseFile, PlanVersion
from desktop.ui.kit.attention import AttentionPoint
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.history import HistoryEntry
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px
from desktop.ui.revision.open_points import OpenPoints

WIDTH = 250
SIGN_KEYS = "Ctrl+Shift+S"
"""Both for a plan and for an operative report: Tab comes to the button only after all of their fields."""


class AmendBox(QWidget):
    """Why a signed plan is amended; Enter goes on, Escape steps back."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self.reason = QLineEdit()
        self.reason.setObjectName("amend_reason")
        self.reason.setMaxLength(LINE_LENGTH)
        self.reason.setAccessibleName("Why the plan is amended")
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


class SigningColumn(QWidget):
    sign_asked = Signal()
    amended = Signal(str)
    """Why the newest signed version is amended."""
    print_asked = Signal()
    sheet_asked = Signal()
    letter_asked = Signal()
    version_asked = Signal(int)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_M))
        self._card = Card("Before signing")
        self._state = FlowRow()
        self._card.add(self._state)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._points = OpenPoints()
        self._points.version_asked.connect(self.version_asked)
        self._area.setWidget(self._points)
        self._card.add(self._area, 1)
        column.addWidget(self._card, 1)
        self.amend_box = AmendBox()
        self.amend_box.hide()
        self.amend_box.given.connect(self.amended)
        self.amend_box.left.connect(self._stop_amending)
        self.sign_button = button("Sign …", icon="sign")
        self.sign_button.setObjectName("sign")
        self.sign_button.clicked.connect(self.sign_asked)
        self.sign_button.setToolTip(SIGN_KEYS)
        self.amend_button = button("Amend …", icon="edit")
        self.amend_button.setObjectName("amend")
        self.amend_button.clicked.connect(self._start_amending)
        self.print_button = button("Print plan …")
        self.print_button.setObjectName("print_plan")
        self.print_button.clicked.connect(self.print_asked)
        self.sheet_button = button("OR sheet …")
        self.sheet_button.setAccessibleName("Operating-room sheet")
        self.sheet_button.setToolTip("Operating-room sheet: both sides on one page")
        self.sheet_button.setObjectName("print_sheet")
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.letter_button = Button("Letter …", "quiet")
        self.letter_button.setAccessibleName("Letter to a doctor")
        self.letter_button.setToolTip("Letter to a doctor about this case")
        self.letter_button.setObjectName("write_letter")
        self.letter_button.clicked.connect(self.letter_asked)
        self.close_button = Button("Close case", "quiet")
        self.close_button.setObjectName("close_case")
        self.close_button.clicked.connect(self.close_asked)
        for each in (self.amend_box, self.sign_button, self.amend_button):
            column.addWidget(each)
        for pair in ((self.print_button, self.sheet_button), (self.letter_button, self.close_button)):
            line = QHBoxLayout()
            line.setSpacing(px(SPACE_S))
            for each in pair:
                line.addWidget(each, 1)
            column.addLayout(line)

    def show_case(self, file: CaseFile, *, may_sign: bool, may_plan: bool, may_close: bool) -> None:
        is_signed, is_open = file.signed_at is not None, file.closed_on is None
        self._card.title.setText("Needs attention" if is_signed else "Before signing")
        self._state.clear()
        for words, tone in _states(file):
            self._state.add(Pill(words, tone))
        has_signed = any(version.signed_at for version in file.versions)
        versions = [_entry(version) for version in reversed(file.versions)] if has_signed else []
        self._points.show_points(file.open_points, versions, is_signed=is_signed)
        self.sign_button.setText(f" Sign version {file.plan_version} …")
        self.sign_button.setShortcut(SIGN_KEYS)  # new words take the old keys away
        self.sign_button.setVisible(may_sign and is_open and not is_signed)
        self.amend_button.setVisible(may_plan and is_open and is_signed and self.amend_box.isHidden())
        if not is_signed:
            self.amend_box.hide()
        for each in (self.print_button, self.sheet_button):
            each.setVisible(file.plan.id is not None)
        self.letter_button.show()
        self.close_button.setText("Close case" if is_open else "Open again")
        self.close_button.setVisible(may_close)

    def show_nothing_yet(self) -> None:
        """A case that is being written for the first time."""
        self._card.title.setText("Before signing")
        self._state.clear()
        self._points.say(AttentionPoint("Assessment not saved yet", "The plan belongs to it."))
        for each in (
            self.sign_button,
            self.amend_button,
            self.print_button,
            self.sheet_button,
            self.letter_button,
            self.close_button,
            self.amend_box,
        ):
            each.hide()

    def _start_amending(self) -> None:
        self.amend_button.hide()
        self.amend_box.ask()

    def _stop_amending(self) -> None:
        self.amend_box.hide()
        self.amend_button.show()
        self.amend_button.setFocus(Qt.FocusReason.OtherFocusReason)


def signature_words(version: PlanVersion) -> str:
    """`Signed by Dr. A. Marchetti · 23 Nov 2026 14:05 · version 1 · hash 3f2a90c1b7de`."""
    if version.signed_at is None:
        return f"Version {version.plan_version} · not signed"
    on = f"{show_date(version.signed_at.astimezone().date())} {show_time(version.signed_at)}"
    shown = (version.signed_hash or "")[:HASH_SHOWN]
    return f"Signed by {version.signed_by} · {on} · version {version.plan_version} · hash {shown}"


def _entry(version: PlanVersion) -> HistoryEntry:
    because = f"Amended: {version.amends_reason}" if version.amends_reason else ""
    if version.signed_at is None:
        title = f"Version {version.plan_version}"
        return HistoryEntry("being written", title, because, filled=False, key=str(version.id))
    on = f"{show_date(version.signed_at.astimezone().date())} {show_time(version.signed_at)}"
    detail = "\n".join(filter(None, (version.signed_by, because)))
    return HistoryEntry(on, f"Version {version.plan_version} signed", detail, "good", key=str(version.id))


def _states(file: CaseFile) -> list[tuple[str, Tone]]:
    states: list[tuple[str, Tone]] = []
    if file.closed_on is not None:
        states.append((f"Closed {show_date(file.closed_on)}", "neutral"))
    if file.signed_at is not None:
        states.append((f"Version {file.plan_version} signed", "good"))
    elif file.plan.id is None:
        states.append(("Not planned yet", "neutral"))
    elif any(point.blocks for point in file.open_points):
        states.append(("Not ready to sign", "danger"))
    else:
        states.append(("Ready to sign", "accent"))
    return states
