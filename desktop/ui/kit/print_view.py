"""What leaves on paper, before it leaves: the pages, and the printer or a file for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.ui.kit.buttons import button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.printing import print_pdf, save_pdf
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


class PrintView(QWidget):
    """`title` heads the page and the printer's list; `back` names where Escape and the first button lead."""

    left = Signal()
    handed_over = Signal(object)
    """The bytes that went to a printer or into a file; until then they were only looked at."""

    def __init__(self, title: str, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._file_name, self._data = title, f"{title}.pdf", b""
        self.preview = PdfPreview()
        self.messages = MessageBar()
        self.back_button = button(back, icon="back")
        self.back_button.setObjectName("back")
        self.back_button.clicked.connect(self.left)
        self.save_button = button("Save as PDF …", icon="download")
        self.save_button.setObjectName("save_pdf")
        self.save_button.clicked.connect(self._save)
        self.print_button = button("Print …", primary=True, icon="print")
        self.print_button.setObjectName("print_pdf")
        self.print_button.clicked.connect(self._print)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        for each in (self.back_button, self.save_button, self.print_button):
            foot.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_S))
        column.addWidget(Text(title, "heading"))
        column.addWidget(self.preview, 1)
        column.addLayout(foot)

    def show_pdf(self, data: bytes, file_name: str | None = None) -> None:
        self._data, self._file_name = data, file_name or f"{self._title}.pdf"
        self.messages.clear()
        self.preview.show_pdf(data)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _print(self) -> None:
        try:
            if print_pdf(self._data, self, title=self._title):
                self.messages.say("Handed to the printer")
                self.handed_over.emit(self._data)
        except UserError as error:
            self.messages.refuse(str(error))

    def _save(self) -> None:
        try:
            if path := save_pdf(self._data, self._file_name, self):
                self.messages.say(f"Saved as {path.name}")
                self.handed_over.emit(self._data)
        except UserError as error:
            self.messages.refuse(str(error))
