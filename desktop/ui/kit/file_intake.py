"""How a file comes to a record: chosen, pasted or dropped, read with progress, and given a title before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import AttachmentKind
from desktop.rules.attachment import proposed_title, show_size
from desktop.services.attachment import NewFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.file_reading import Reading
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.new_file import NewFileBox
from desktop.ui.kit.theme import SPACE_S, px

_FILTER = "PDF and pictures (*.pdf *.png *.jpg *.jpeg)"


class FileIntake(QWidget):
    given = Signal(object)
    """A `NewFile`, which is held until `forget` is called: whoever keeps it may be refused."""
    failed = Signal(object)

    def __init__(self, background: Background, messages: MessageBar, kind: AttachmentKind) -> None:
        """`kind` is what a file usually is here; whoever adds one can say otherwise."""
        super().__init__()
        self._background, self._messages, self._kind = background, messages, kind
        self._reading: Reading | None = None
        self._data = b""
        self.new_file = NewFileBox()
        self.new_file.given.connect(self._give)
        self.new_file.left.connect(self.forget)
        self.add_button = button("Add a file …", icon="add")
        self.add_button.setObjectName("add_file")
        self.add_button.clicked.connect(self._ask_file)
        self.paste_button = button("Paste a picture")
        self.paste_button.setObjectName("paste_file")
        self.paste_button.setAccessibleDescription("Shortcut Ctrl+V while the files have the keyboard")
        self.paste_button.clicked.connect(self.paste)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.add_button)
        foot.addWidget(self.paste_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.new_file)
        column.addWidget(self._foot)

    def is_free(self) -> bool:
        """Whether no other file is being read or named."""
        return not self.isHidden() and self._reading is None and self.new_file.isHidden()

    def add_file(self, path: Path) -> None:
        """Read it on the thread for long work; what it holds is looked at before anything of it is kept."""
        if self.is_free():
            reading = self._begin(f"Reading {path.name} …")
            self._read(reading, lambda: reading.read(path), proposed_title(path.name))

    def paste(self) -> None:
        if self.is_free():
            self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData) -> None:
        """A picture, or one file, that was copied or dropped."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(files) > 1:
            self._messages.refuse("One file at a time: each has a title of its own.", "Nothing was added.")
        elif files:
            self.add_file(files[0])
        elif data.hasImage():
            picture = QImage(data.imageData())
            reading = self._begin("Taking the picture from the clipboard …")
            self._read(reading, lambda: reading.encode(picture), "")
        else:
            self._messages.refuse("There is no picture to paste.", "Copy one picture or one file, then paste it here.")

    def forget(self) -> None:
        """What was read and not kept goes; what is being read is stopped."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
            self._messages.clear()
        self._data = b""
        had_keyboard = self.new_file.isAncestorOf(self.window().focusWidget() or self)
        self.new_file.hide()
        self._foot.show()
        if had_keyboard:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "Add a file", "", _FILTER)
        if chosen:
            self.add_file(Path(chosen))

    def _begin(self, words: str) -> Reading:
        reading = self._reading = Reading(self)
        self._messages.work(words, reading.stop)
        reading.advanced.connect(lambda done, total: self._advance(reading, done, total))
        return reading

    def _advance(self, reading: Reading, done: int, total: int) -> None:
        if reading is self._reading:
            self._messages.advance(done, total)

    def _read(self, reading: Reading, read: Callable[[], bytes], title: str) -> None:
        self._background.read_long(
            self,
            lambda _session: read(),
            done=lambda data: self._ask_title(reading, data, title),
            failed=lambda error: self._on_unread(reading, error),
        )

    def _ask_title(self, reading: Reading, data: bytes, title: str) -> None:
        if not self._is_still_wanted(reading):
            return
        self._messages.clear()
        self._data = data
        self._foot.hide()
        self.new_file.ask(self._kind, title, show_size(len(data)))

    def _on_unread(self, reading: Reading, error: Exception) -> None:
        if self._is_still_wanted(reading):
            self._messages.clear()
            self.failed.emit(error)

    def _is_still_wanted(self, reading: Reading) -> bool:
        """Not when another record was opened meanwhile."""
        wanted = reading is self._reading
        if wanted:
            self._reading = None
        reading.deleteLater()
        return wanted

    def _give(self, kind: AttachmentKind, title: str) -> None:
        if self._data:
            self.given.emit(NewFile(kind, title, self._data))
