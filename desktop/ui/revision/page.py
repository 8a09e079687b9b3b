"""The plan on paper: seen before it is printed, printed, or saved as a PDF."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.ui.kit.buttons import button
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.printing import print_pdf, save_pdf
from desktop.ui.kit.theme import SPACE_S, px


class PlanPage(QWidget):
    """Escape and Back lead to the plan again."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self.preview = PdfPreview()
        self.messages = MessageBar()
        self.back_button = button("Back to the plan", icon="back")
        self.back_button.clicked.connect(self.left)
        self.save_button = button("Save as PDF …", icon="download")
        self.save_button.clicked.connect(self._save)
        self.print_button = button("Print …", primary=True, icon="print")
        self.print_button.clicked.connect(self._print)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        for each in (self.back_button, self.save_button, self.print_button):
            foot.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.preview, 1)
        column.addLayout(foot)

    def show_pdf(self, data: bytes) -> None:
        self._data = data
        self.messages.clear()
        self.preview.show_pdf(data)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        """Escape belongs to this page before it belongs to the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    def _print(self) -> None:
        try:
            if print_pdf(self._data, self, title="Revision plan"):
                self.messages.say("Handed to the printer")
        except UserError as error:
            self.messages.refuse(str(error))

    def _save(self) -> None:
        try:
            if path := save_pdf(self._data, "Revision plan.pdf", self):
                self.messages.say(f"Saved as {path.name}")
        except UserError as error:
            self.messages.refuse(str(error))
