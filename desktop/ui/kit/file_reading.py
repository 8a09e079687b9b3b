"""How a file of a disk or a pasted picture becomes bytes that may be kept: whole, readable, not too large."""

from __future__ import annotations

import stat
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter
from PySide6.QtPdf import QPdfDocument
from shiboken6 import isValid

from desktop.errors import UserError
from desktop.rules.attachment import MOST_BYTES, PDF, WORDS, media_type_of, refusal, too_large
from desktop.ui.kit.picture_reading import MOST_MEMORY_MB, MOST_PIXELS

_PIECE: Final = 256 * 1024
_WHAT_NOW: Final = "Open it with the program that made it, save it again, and add that."


class FileRefused(UserError):
    """Nothing of the file is kept; its text says why and what to do."""


class ReadingStopped(UserError):
    def __init__(self) -> None:
        super().__init__("Stopped: nothing of the file is kept.")


class Reading(QObject):
    """One file on its way; made on the GUI thread, read on another, and stopped from either."""

    advanced = Signal(int, int)
    """Bytes read so far, and all of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def read(self, path: Path) -> bytes:
        """The file's bytes, looked at before they are handed on."""
        try:
            data = self._pieces(path)
        except OSError as error:
            why = error.strerror or "it cannot be opened"
            raise FileRefused(f"“{path.name}” could not be read: {why}. Choose another file.") from None
        return self.checked(data)

    def encode(self, picture: QImage) -> bytes:
        """A pasted picture as a PNG, which loses nothing of it."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not QImageWriter(buffer, b"png").write(picture):
            raise FileRefused("This picture could not be taken from the clipboard. Save it as a file, and add that.")
        return self.checked(bytes(buffer.data().data()))

    def checked(self, data: bytes) -> bytes:
        if why_not := refusal(data) or unreadable(data):
            raise FileRefused(why_not)
        self._refuse_if_stopped()
        return data

    def _pieces(self, path: Path) -> bytes:
        """A pipe or a device would be waited for for ever; a file that grows is read to the limit, not to its end."""
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FileRefused(f"“{path.name}” is no file with pages or a picture in it. Choose another one.")
        if found.st_size > MOST_BYTES:
            raise FileRefused(too_large(found.st_size))
        read = bytearray()
        with path.open("rb") as file:
            while len(read) <= MOST_BYTES and (piece := file.read(_PIECE)):
                read += piece
                self._refuse_if_stopped()
                if isValid(self):
                    self.advanced.emit(len(read), max(found.st_size, len(read)))
        return bytes(read)

    def _refuse_if_stopped(self) -> None:
        if self._stopped.is_set():
            raise ReadingStopped


def unreadable(data: bytes) -> str:
    """Why nobody could look at it, as a sentence; empty when it can be shown. Takes a moment."""
    return _unreadable_pdf(data) if media_type_of(data) == PDF else _unreadable_picture(data)


def _unreadable_pdf(data: bytes) -> str:
    document, buffer = QPdfDocument(), _buffer_of(data)
    document.load(buffer)
    error, pages = document.error(), document.pageCount()
    document.close()
    if error in (QPdfDocument.Error.IncorrectPassword, QPdfDocument.Error.UnsupportedSecurityScheme):
        return "This PDF is locked with a password, so nobody could read it here. Save it without one, and add that."
    if error != QPdfDocument.Error.None_ or pages < 1:
        return f"This PDF is damaged: it cannot be opened. {_WHAT_NOW}"
    return ""


def _unreadable_picture(data: bytes) -> str:
    buffer = _buffer_of(data)  # the reader does not hold it
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    QImageReader.setAllocationLimit(MOST_MEMORY_MB)
    size = QSize() if _is_cut_short(data) or not reader.canRead() else reader.size()
    if size.isEmpty():
        return f"This {WORDS[str(media_type_of(data))]} is damaged: it cannot be opened. {_WHAT_NOW}"
    if size.width() * size.height() > MOST_PIXELS:
        return (
            f"This picture is {size.width():,} × {size.height():,} pixels large, and at most "
            f"{MOST_PIXELS // 1_000_000} million are shown. Make it smaller, and add that."
        )
    if reader.read().isNull():
        return f"This {WORDS[str(media_type_of(data))]} is damaged: it cannot be shown. {_WHAT_NOW}"
    return ""


def _is_cut_short(data: bytes) -> bool:
    """A decoder fills what a JPEG lacks with grey and says nothing: the end of its last scan has to be there."""
    return data.startswith(b"\xff\xd8") and data.rfind(b"\xff\xd9") <= data.rfind(b"\xff\xda")


def _buffer_of(data: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
