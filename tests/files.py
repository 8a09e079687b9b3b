"""Small files of the kinds that are kept, made here, the same files spoiled, and the words of a printed one."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument


def picture(kind: bytes = b"png", width: int = 60, height: int = 40, color: str = "#0f6b6b") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind)
    assert writer.write(image)
    return bytes(buffer.data().data())


def pdf(words: str = "MRI report") -> bytes:
    """Needs an application of Qt."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(200, 200, words)
    painter.end()
    return bytes(buffer.data().data())


LOCKED_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2
/O<839250b781008bf10ee37002c7384271281a0aa7c2ed6d62a20646bd67950e6c>
/U<076de5b11582c85105c2638c46b5899b6764c9fffa4a4644ccc278394cdd03a3>
/P -4>>endobj
trailer<</Size 5/Root 1 0 R
/Encrypt 4 0 R
/ID[<00000000000000000000000000000000
><00000000000000000000000000000000>]>>
startxref
345
%%EOF"""
"""A page that opens with the password “b” only; written by hand, so a reader has to repair its table of places."""


def words_printed(data: bytes) -> str:
    """All pages of a PDF in one line, its words apart by one blank."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    return " ".join(" ".join(pages).split())
