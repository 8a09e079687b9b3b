"""The late seromas of one case: the line above its reasons, and the page that a side of it leads to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget

from desktop.models.choices import Side
from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background
from desktop.ui.revision.work_up.line import WorkUpLine
from desktop.ui.revision.work_up.page import WorkUpPage


class WorkUpsOfCase(QObject):
    """The page lies in the stack of whoever shows the line, and is made when it is first asked for."""

    def __init__(self, stack: QStackedWidget, background: Background) -> None:
        super().__init__(stack)
        self._stack, self._background = stack, background
        self._patient_id = 0
        self._file: CaseFile | None = None
        self.line = WorkUpLine()
        self.line.asked.connect(self.open_work_up)
        self.page: WorkUpPage | None = None

    def begin(self) -> None:
        """A case nobody saved yet: nothing is known of it."""
        self._file = None
        self.line.show_seromas({})

    def update_case(self, patient_id: int, file: CaseFile) -> None:
        self._patient_id, self._file = patient_id, file
        self.line.show_seromas(file.seromas)
        side = self.page.shown_side(file.case.id) if self.page is not None else None
        if self.page is not None and side is not None and side in file.seromas:
            self.page.update_seroma(file.seromas[side], is_open=file.closed_on is None)

    def open_work_up(self, side: Side) -> None:
        file = self._file
        if file is None or file.case.id is None or side not in file.seromas:
            return
        if self.page is None:
            self.page = WorkUpPage(self._background, self._stack)
            self.page.left.connect(self._leave)
            self._stack.addWidget(self.page)
        self.page.show_work_up(self._patient_id, file.case.id, file.seromas[side], is_open=file.closed_on is None)
        self._stack.setCurrentWidget(self.page)
        self.page.focus_first()

    def keep_drafts(self) -> None:
        if self.page is not None:
            self.page.editor.keep_draft()

    def close(self) -> None:
        """Nothing of it stays in hand."""
        if self.page is not None:
            self.page.close_work_up()

    def _leave(self) -> None:
        """Back to the line that led here."""
        side = self.page.shown_side(self._file.case.id) if self.page is not None and self._file is not None else None
        self.close()
        self._stack.setCurrentIndex(0)
        if side is not None:
            self.line.lines[side].open.setFocus(Qt.FocusReason.OtherFocusReason)
