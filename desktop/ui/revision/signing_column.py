"""What is open before signing, who signed what, and what can be done about it now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.rules.dates import show_date
from desktop.services.plan_page import HASH_SHOWN
from desktop.services.revision import CaseFile, PlanVersion
from desktop.ui.kit.attention import AttentionPoint
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.history import HistoryEntry
from desktop.ui.kit.theme import SPACE_S, Tone, px
from desktop.ui.revision.open_points import OpenPoints
from desktop.ui.revision.signing_frame import SigningFrame, moment_words, version_entry


class SigningColumn(SigningFrame):
    sheet_asked = Signal()
    letter_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("plan", parent)
        self._points = OpenPoints()
        self._points.version_asked.connect(self.version_asked)
        self.area.setWidget(self._points)
        self.sign_button.setObjectName("sign")
        self.amend_button.setObjectName("amend")
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
            self.column.addWidget(each)
        for pair in ((self.print_button, self.sheet_button), (self.letter_button, self.close_button)):
            line = QHBoxLayout()
            line.setSpacing(px(SPACE_S))
            for each in pair:
                line.addWidget(each, 1)
            self.column.addLayout(line)

    def show_case(self, file: CaseFile, *, may_sign: bool, may_plan: bool, may_close: bool) -> None:
        is_signed, is_open = file.signed_at is not None, file.closed_on is None
        self.card.title.setText("Needs attention" if is_signed else "Before signing")
        self.show_states(_states(file))
        has_signed = any(version.signed_at for version in file.versions)
        versions = [_entry(version) for version in reversed(file.versions)] if has_signed else []
        self._points.show_points(file.open_points, versions, is_signed=is_signed)
        self.name_version(file.plan_version)
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
        self.card.title.setText("Before signing")
        self.show_states(())
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


def signature_words(version: PlanVersion) -> str:
    """`Signed by Dr. A. Marchetti · 23 Nov 2026 14:05 · version 1 · hash 3f2a90c1b7de`."""
    if version.signed_at is None:
        return f"Version {version.plan_version} · not signed"
    on = moment_words(version.signed_at)
    shown = (version.signed_hash or "")[:HASH_SHOWN]
    return f"Signed by {version.signed_by} · {on} · version {version.plan_version} · hash {shown}"


def _entry(version: PlanVersion) -> HistoryEntry:
    told = (version.signed_by, version.signed_at, version.amends_reason)
    return version_entry(version.id, version.plan_version, *told)


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
