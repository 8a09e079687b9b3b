"""The printed note before it is printed: preview, printer, file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.ui.kit.buttons import button
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.printing import print_pdf, save_pdf
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


class PrintView(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._data, self._file_name = b"", ""
        self.preview = PdfPreview()
        self.messages = MessageBar()
        self.back_button = button("Back to the note", icon="back")
        self.back_button.clicked.connect(self.closed)
        self.file_button = button("Save as PDF")
        self.file_button.clicked.connect(self._save)
        self.print_button = button("Print", primary=True, icon="print")
        self.print_button.clicked.connect(self._print)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(Text("Anesthesia note", "heading"), 1)
        for each in (self.back_button, self.file_button, self.print_button):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        column.addWidget(self.messages)

    def show_pdf(self, data: bytes, file_name: str) -> None:
        self._data, self._file_name = data, file_name
        self.preview.show_pdf(data)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        try:
            if print_pdf(self._data, self, title="Anesthesia note"):
                self.messages.say("Handed to the printer")
        except UserError as error:
            self.messages.refuse(str(error))

    def _save(self) -> None:
        try:
            if path := save_pdf(self._data, self._file_name, self):
                self.messages.say(f"Saved as {path.name}")
        except UserError as error:
            self.messages.refuse(str(error))
