"""The devices over time on paper: made when it is asked for, shown in place of the form, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout

from desktop.services.timeline_page import print_timeline
from desktop.ui.kit.background import Background

if TYPE_CHECKING:
    from desktop.ui.kit.print_view import PrintView


class TimelinePrint(QObject):
    left = Signal()
    failed = Signal(object)

    def __init__(self, stack: QStackedLayout, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._stack, self._background = stack, background
        self._patient_id: int | None = None
        self._view: PrintView | None = None

    def follow(self, patient_id: int) -> None:
        """Whose file is open."""
        self._patient_id = patient_id

    def begin(self) -> None:
        if (patient_id := self._patient_id) is not None:

            def show(page: bytes) -> None:
                """A page that is ready only after somebody else's file was opened is not shown there."""
                if patient_id == self._patient_id:
                    self._show(page)

            self._background.run(self, print_timeline, patient_id, done=show, failed=self.failed.emit)

    def _show(self, page: bytes) -> None:
        from desktop.ui.kit.print_view import PrintView  # its libraries are large: loaded when first asked for

        if self._view is None:
            self._view = PrintView("Devices over time", "Back to the history", self._stack.parentWidget())
            self._view.left.connect(self.left)
            self._stack.addWidget(self._view)
        self._view.show_pdf(page)
        self._stack.setCurrentWidget(self._view)
