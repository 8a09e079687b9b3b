"""The words under the chest diagram, each under its own side: they never shrink with it, nor cross its lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from desktop.ui.kit.chest_side import ChestSide
from desktop.ui.kit.theme import Theme, font

_MOST_LINES = 3
_SMALL_BELOW = 300


class ChestLabels:
    def __init__(self, painter: QPainter, rect: QRectF, right: ChestSide, left: ChestSide) -> None:
        self._rect, self._half = rect, min(rect.width() / 2, rect.height() * 0.75)
        self._name = font("caption" if rect.width() < _SMALL_BELOW else "strong")
        self._quiet = font("muted")
        self._quiet.setPixelSize(min(self._quiet.pixelSize(), self._name.pixelSize()))
        self._name_height = QFontMetricsF(self._name, painter.device()).height()
        self._metrics = QFontMetricsF(self._quiet, painter.device())
        most = max(1, min(_MOST_LINES, int(rect.height() // 90)))
        self._lines = [self._fitted(side.labels(), most) for side in (right, left)]
        self.height = self._name_height + 2 + max(map(len, self._lines)) * self._metrics.lineSpacing()

    def paint(self, painter: QPainter, top: float, look: Theme) -> None:
        painter.save()
        middle = self._rect.center().x()
        sides = ((middle - self._half, "PATIENT RIGHT", look.right), (middle, "PATIENT LEFT", look.left))
        for (left, label, colour), lines in zip(sides, self._lines, strict=True):
            box = QRectF(left, top, self._half, self._name_height)
            painter.setFont(self._name)
            painter.setPen(QColor(colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
            painter.setFont(self._quiet)
            painter.setPen(QColor(look.muted))
            box.translate(0, self._name_height)
            for line in lines:
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, line)
                box.translate(0, self._metrics.lineSpacing())
        painter.restore()

    def _fitted(self, parts: list[str], most_lines: int) -> list[str]:
        """The parts on as few lines as hold them; what does not fit is counted, never dropped in silence."""
        lines: list[str] = []
        width = self._half - 8
        for at, part in enumerate(parts):
            longer = f"{lines[-1]} · {part}" if lines else part
            if lines and self._metrics.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            elif len(lines) < most_lines:
                lines.append(self._metrics.elidedText(part, Qt.TextElideMode.ElideRight, width))
            else:
                more = f" +{len(parts) - at}"
                room = width - self._metrics.horizontalAdvance(more)
                lines[-1] = self._metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, room) + more
                break
        return lines
