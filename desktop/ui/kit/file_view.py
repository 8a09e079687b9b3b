"""A kept file, looked at inside the program; it leaves only where somebody saves it on purpose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.attachment import ENDINGS, PDF, WORDS, show_size
from desktop.services.attachment import KeptFile
from desktop.ui.kit.buttons import button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.picture_view import PictureView
from desktop.ui.kit.printing import write_file
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


def ask_place(suggested_name: str, words: str, ending: str, parent: QWidget) -> str:
    """Let a person choose where to save; an empty string when they think better of it."""
    return QFileDialog.getSaveFileName(parent, "Save as", suggested_name, f"{words} (*{ending})")[0]


class FileView(QWidget):
    """`back` names where Escape and the first button lead."""

    left = Signal()

    def __init__(self, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: KeptFile | None = None
        self.title, self.facts = Text("", "heading", wrap=True), Text("", "muted", wrap=True)
        self.document, self.picture = PdfPreview(), PictureView()
        self._stage = QStackedWidget()
        self._stage.addWidget(self.document)
        self._stage.addWidget(self.picture)
        self.messages = MessageBar()
        self.back_button = button(back, icon="back")
        self.back_button.setObjectName("back")
        self.back_button.clicked.connect(self._leave)
        self.save_button = button("Save as …", icon="download")
        self.save_button.setObjectName("save_file")
        self.save_button.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self._stage, 1)
        column.addLayout(foot)

    def show_file(self, file: KeptFile) -> None:
        """What cannot be shown is said so, and can be saved all the same."""
        self._file = file
        self.messages.clear()
        self.title.setText(file.row.title)
        self.facts.setText(f"{file.row.kind.label} · {WORDS[file.row.media_type]} · {show_size(file.row.size_bytes)}")
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        try:
            if file.row.media_type == PDF:
                self._stage.setCurrentWidget(self.document)
                self.document.show_pdf(file.data)
            else:
                self._stage.setCurrentWidget(self.picture)
                self.picture.show_picture(file.data)
        except UserError as error:
            self.messages.refuse(str(error))

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self._leave) or super().event(event)

    def _leave(self) -> None:
        self._file = None
        self.picture.clear()
        self.left.emit()

    def _save(self) -> None:
        if self._file is None:
            return
        ending, words = ENDINGS[self._file.row.media_type], WORDS[self._file.row.media_type]
        name = "".join(c if c.isalnum() or c in " .-_()" else "_" for c in self._file.row.title).strip(" .")
        chosen = ask_place(f"{name or 'File'}{ending}", words, ending, self)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ending and (path.suffix.lower(), ending) != (".jpeg", ".jpg"):
            path = path.with_name(path.name + ending)
        try:
            write_file(self._file.data, path, "file")
        except UserError as error:
            self.messages.refuse(str(error))
        else:
            self.messages.say(f"Saved as {path.name}. The copy outside the program is not encrypted.")
