"""What leaves on paper, seen before it leaves: the pages of a PDF as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.ui.kit.theme import SPACE_S, px, theme
from desktop.ui.kit.zoom_bar import ZoomBar

_SMALLEST, _LARGEST = 0.25, 4.0


class PdfPreview(QWidget):
    """All pages one under the other, as wide as the room; Ctrl+Plus and Ctrl+Minus zoom, Ctrl+0 fits again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = QByteArray()
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setPageSpacing(px(12))
        self.view.setAccessibleName("Preview of the document")
        bar = ZoomBar()
        bar.zoomed.connect(self._zoom)
        bar.fit_asked.connect(self.fit_width)
        self.where = bar.where
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(bar)
        column.addWidget(self.view, 1)
        self.view.pageNavigator().currentPageChanged.connect(self._tell)

    def show_pdf(self, data: bytes) -> None:
        """Show these bytes; the buffer is kept, because the pages are read from it as they are scrolled to."""
        self._document.close()
        self._buffer.close()
        self._data = QByteArray(data)
        self._buffer.setData(self._data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        ground = self.view.palette()
        ground.setColor(QPalette.ColorRole.Dark, QColor(theme().sunken))
        self.view.setPalette(ground)
        self._document.load(self._buffer)
        self._tell()
        if self._document.status() != QPdfDocument.Status.Ready:
            raise UserError("This document cannot be shown: it is not a readable PDF. Make it again, then look here.")

    def page_count(self) -> int:
        return self._document.pageCount()

    def fit_width(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _zoom(self, factor: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth and self.page_count():
            points = self._document.pagePointSize(0).width()
            now = self.view.viewport().width() / max(1.0, points * self.view.logicalDpiX() / 72)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(_LARGEST, max(_SMALLEST, now * factor)))

    def _tell(self) -> None:
        pages = self.page_count()
        current = self.view.pageNavigator().currentPage() + 1
        self.where.setText(f"Page {current} of {pages}" if pages else "")
