"""What is open before a report is signed, who signed which version, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.open_point import OpenPoint
from desktop.services.report_file import ReportFile, ReportVersion
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px
from desktop.ui.revision.signing_frame import SigningFrame, version_entry


class AsPlannedBox(QWidget):
    """Lists what it would set, and sets nothing before somebody says so; Escape steps back."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(Text("Left as planned. This is set:", "label", wrap=True))
        self.words = Text("", "small", wrap=True)
        column.addWidget(self.words)
        self.take_button = button("Set all of it")
        self.take_button.setObjectName("set_as_planned")
        self.take_button.clicked.connect(self.taken)
        back = button("Back")
        back.clicked.connect(self.left)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addWidget(self.take_button, 1)
        line.addWidget(back)
        column.addLayout(line)

    def ask(self, words: Sequence[str]) -> None:
        self.words.setText("\n".join(words))
        self.show()
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)


class ReportColumn(SigningFrame):
    rest_asked = Signal()
    """Everything that is left is to be answered as planned."""
    rest_taken = Signal()
    withdraw_asked = Signal()
    operation_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("report", parent)
        self._points: tuple[OpenPoint, ...] | None = None
        self._versions: tuple[ReportVersion, ...] = ()
        self.as_planned = AsPlannedBox()
        self.as_planned.hide()
        self.as_planned.taken.connect(self._take_rest)
        self.as_planned.left.connect(self._leave_rest)
        self.rest_button = button("What is left, as planned …")
        self.rest_button.setObjectName("rest_as_planned")
        self.rest_button.clicked.connect(self.rest_asked)
        self.sign_button.setObjectName("sign_report")
        self.amend_button.setObjectName("amend_report")
        self.print_button = button("Print …")
        self.print_button.setAccessibleName("Print the report")
        self.print_button.setObjectName("print_report")
        self.print_button.clicked.connect(self.print_asked)
        self.operation_button = Button("In the history", "quiet")
        self.operation_button.setAccessibleName("The operation in the history")
        self.operation_button.setObjectName("operation")
        self.operation_button.clicked.connect(self.operation_asked)
        self.withdraw_button = Button("Take out what was begun …", "quiet")
        self.withdraw_button.setObjectName("withdraw_report")
        self.withdraw_button.clicked.connect(self.withdraw_asked)
        for each in (self.as_planned, self.amend_box, self.rest_button, self.sign_button, self.amend_button):
            self.column.addWidget(each)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addWidget(self.print_button, 1)
        line.addWidget(self.operation_button, 1)
        self.column.addLayout(line)
        self.column.addWidget(self.withdraw_button)

    def show_report(
        self, file: ReportFile, points: tuple[OpenPoint, ...], *, may_write: bool, may_sign: bool, has_rest: bool
    ) -> None:
        newest = file.newest
        is_signed = newest is not None and newest.signed_at is not None
        self.card.title.setText("Signed" if is_signed else "Before signing")
        if (points, file.versions) != (self._points, self._versions):
            self._points, self._versions = points, file.versions
            self.show_states(_states(newest, points))
            self.area.setWidget(self._content(file, points, is_signed=is_signed))
        self.name_version(newest.report_version if newest else 1)
        self.sign_button.setVisible(may_sign and not is_signed)
        self.rest_button.setVisible(may_write and not is_signed and has_rest and self.as_planned.isHidden())
        self.amend_button.setVisible(may_write and is_signed and self.amend_box.isHidden())
        self.withdraw_button.setVisible(may_write and not is_signed)
        if not is_signed:
            self.amend_box.hide()
        else:
            self.as_planned.hide()

    def ask_for_rest(self, words: Sequence[str]) -> None:
        self.rest_button.hide()
        self.as_planned.ask(words)

    def _content(self, file: ReportFile, points: Sequence[OpenPoint], *, is_signed: bool) -> QWidget:
        page = QWidget()
        page.setProperty("kind", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, px(SPACE_S), 0)
        column.setSpacing(px(SPACE_M))
        told = [AttentionPoint(p.text, p.detail, "danger" if p.blocks else "warning") for p in points]
        if told and is_signed:
            column.addWidget(Text("Known and open", "label"))
        column.addWidget(AttentionList(told) if told else Text("Nothing is open.", "muted", wrap=True))
        if any(version.signed_at for version in file.versions):
            column.addWidget(Text("Versions of the report", "label"))
            versions = HistoryList([_entry(version) for version in reversed(file.versions)])
            versions.opened.connect(lambda key: self.version_asked.emit(int(key)))
            column.addWidget(versions)
        column.addStretch(1)
        return page

    def _take_rest(self) -> None:
        self.as_planned.hide()
        self.rest_taken.emit()

    def _leave_rest(self) -> None:
        self.as_planned.hide()
        self.rest_button.show()
        self.rest_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _states(newest: ReportVersion | None, points: Sequence[OpenPoint]) -> list[tuple[str, Tone]]:
    if newest is not None and newest.signed_at is not None:
        return [(f"Version {newest.report_version} signed", "good")]
    if any(point.blocks for point in points):
        return [("Not ready to sign", "danger")]
    return [("Ready to sign", "accent")]


def _entry(version: ReportVersion) -> HistoryEntry:
    told = (version.signed_by, version.signed_at, version.amends_reason)
    return version_entry(version.id, version.report_version, *told)
