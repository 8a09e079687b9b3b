"""How a picture of a label becomes the texts of its codes, however large or broken its file is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from desktop.errors import UserError

MOST_FILE_BYTES: Final = 60_000_000
MOST_PIXELS: Final = 64_000_000
"""As large as a phone's camera takes them. A file of 9 kB can declare 144 million, which take 576 MB of memory."""
LONGEST_SIDE: Final = 4000
"""Pixels to which a larger picture is made smaller: a label that fills a quarter of it is still readable."""
MOST_MEMORY_MB: Final = 256
_FORMATS: Final = (b"png", b"jpeg")
_WHAT_NOW: Final = "Take another picture, scan the label, or type it."


class PictureRefused(UserError):
    """The file is no picture that can be looked at; its text says why and what to do."""


def read_picture_file(path: Path) -> tuple[str, ...]:
    """The codes of a picture in a file; see `read_picture`."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise PictureRefused(f"The picture {path.name} could not be read: {why}. Choose another file.") from None
    return read_picture(data)


def read_picture(data: bytes) -> tuple[str, ...]:
    """The texts of all codes in a PNG or JPEG, in reading order; none when it holds none.

    Takes a moment, so it belongs on a thread of its own. `PictureRefused` before anything large is decoded.
    """
    from desktop.exchange.label_picture import find_codes

    grey = _decode(data)
    return find_codes(grey.constBits(), grey.width(), grey.height(), grey.bytesPerLine())


def _decode(data: bytes) -> QImage:
    if len(data) > MOST_FILE_BYTES:
        raise PictureRefused(f"This file is larger than {MOST_FILE_BYTES // 1_000_000} MB. {_WHAT_NOW}")
    bytes_of_file = QByteArray(data)
    buffer = QBuffer(bytes_of_file)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)  # a wrong ending of the file's name means nothing
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(MOST_MEMORY_MB)
    if not reader.canRead() or bytes(reader.format().data()) not in _FORMATS:
        raise PictureRefused(f"This file is no PNG or JPEG picture. {_WHAT_NOW}")
    declared = reader.size()
    _refuse_bomb(declared)
    longest = max(declared.width(), declared.height())
    if longest > LONGEST_SIDE:
        smaller = QSize(LONGEST_SIDE, LONGEST_SIDE)
        reader.setScaledSize(declared.scaled(smaller, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise PictureRefused(f"This picture is damaged and could not be looked at. {_WHAT_NOW}")
    if image.hasAlphaChannel():
        image = _on_paper(image)
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def _on_paper(image: QImage) -> QImage:
    """A code that was cut out of its ground is black on nothing, which by itself would count as black too."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _refuse_bomb(declared: QSize) -> None:
    if declared.isEmpty():
        raise PictureRefused(f"This picture does not say how large it is. {_WHAT_NOW}")
    pixels = declared.width() * declared.height()
    if pixels > MOST_PIXELS:
        raise PictureRefused(
            f"This picture says that it is {declared.width():,} × {declared.height():,} pixels large, and at most "
            f"{MOST_PIXELS // 1_000_000} million are looked at. {_WHAT_NOW}"
        )
