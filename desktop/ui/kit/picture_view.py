"""A picture as wide as the room, larger and smaller by the keys that zoom a document."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.ui.kit.picture_reading import MOST_MEMORY_MB
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.kit.zoom_bar import ZoomBar

_SMALLEST, _LARGEST = 0.1, 8.0


class _Canvas(QWidget):
    """Paints the picture at its own size: a scaled copy of a large one would take as much memory again."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self.image)


class PictureView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factor: float | None = None
        self._canvas = _Canvas()
        self.area = QScrollArea(self)
        self.area.setWidget(self._canvas)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setAccessibleName("The picture")
        bar = ZoomBar()
        bar.zoomed.connect(self._zoom)
        bar.fit_asked.connect(self.fit_width)
        self.where = bar.where
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(bar)
        column.addWidget(self.area, 1)

    def show_picture(self, data: bytes) -> None:
        """UserError when the bytes are no picture; they are read from memory and nowhere else."""
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        QImageReader.setAllocationLimit(MOST_MEMORY_MB)
        image = reader.read()
        if image.isNull():
            raise UserError("This picture cannot be shown. It is kept as it was added: save it, and open it elsewhere.")
        self._canvas.image = image
        self.where.setText(f"{image.width():,} × {image.height():,} pixels")
        self.fit_width()

    def clear(self) -> None:
        """Nothing of a picture that was left stays in memory."""
        self._canvas.image = QImage()

    def scale(self) -> float:
        """How large the picture is shown: 1 is pixel for pixel."""
        return self._canvas.width() / max(1, self._canvas.image.width())

    def fit_width(self) -> None:
        self._factor = None
        self._lay_out()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _zoom(self, factor: float) -> None:
        self._factor = min(_LARGEST, max(_SMALLEST, self.scale() * factor))
        self._lay_out()

    def _lay_out(self) -> None:
        size = self._canvas.image.size()
        if size.isEmpty():
            return
        room = self.area.width() - 2 * self.area.frameWidth() - self.area.verticalScrollBar().sizeHint().width()
        factor = self._factor if self._factor is not None else min(1.0, room / size.width())
        self._canvas.resize(QSize(max(1, round(size.width() * factor)), max(1, round(size.height() * factor))))
        self._canvas.update()
